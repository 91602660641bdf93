# Read quiet.txt, then write loud.txt.

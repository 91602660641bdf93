# Ask three times, then print one line.

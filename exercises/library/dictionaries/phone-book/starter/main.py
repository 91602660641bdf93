numbers = {"Ada": "555-0117", "Mia": "555-0142", "Tom": "555-0163"}

# Ask for a name again and again; stop when nothing is typed.

# Ask for the name and the town with input(), then print two lines.

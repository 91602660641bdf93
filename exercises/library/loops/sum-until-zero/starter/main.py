# Begin with a count and a sum of 0.

import csv

# First collect the marks of each student in a dictionary of lists.

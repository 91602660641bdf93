line = input("Train: ")

# line.split(",") cuts the line at its commas.

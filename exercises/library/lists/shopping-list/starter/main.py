things = []

# Ask again and again; append each answer to the list.

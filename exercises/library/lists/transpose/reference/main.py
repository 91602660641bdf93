def transpose(table):
    if not table:
        return []
    return [[row[column] for row in table] for column in range(len(table[0]))]


print(transpose([[1, 2, 3], [4, 5, 6]]))

word = input("Word: ")

# The line of # above and below is four longer than the word.

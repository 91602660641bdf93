# Keep books in a database file and ask it questions in SQL.

import sqlite3

connection = sqlite3.connect("library.db")
connection.execute("DROP TABLE IF EXISTS books")
connection.execute("CREATE TABLE books (title TEXT, author TEXT, year INTEGER)")

books = [
    ("Frankenstein", "Mary Shelley", 1818),
    ("Pride and Prejudice", "Jane Austen", 1813),
    ("Emma", "Jane Austen", 1815),
    ("The Time Machine", "H. G. Wells", 1895),
    ("The War of the Worlds", "H. G. Wells", 1898),
]
connection.executemany("INSERT INTO books VALUES (?, ?, ?)", books)
connection.commit()

print("Books from before 1820:")
for title, year in connection.execute("SELECT title, year FROM books WHERE year < 1820 ORDER BY year"):
    print(year, title)

print()
print("Books of each author:")
for author, count in connection.execute("SELECT author, COUNT(*) FROM books GROUP BY author ORDER BY author"):
    print(author, count)

# The ? keeps what somebody types apart from the SQL itself.
print()
word = input("Which word shall the title hold? ")
found = connection.execute("SELECT title FROM books WHERE title LIKE ?", (f"%{word}%",)).fetchall()
for (title,) in found:
    print(title)
print(len(found), "found")

connection.close()

import sqlite3

db = sqlite3.connect(":memory:")
db.executescript("""
    CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
    CREATE TABLE loan (book_id INTEGER REFERENCES book (id), reader TEXT, days INTEGER);

    INSERT INTO book (title) VALUES ('Momo'), ('The Hobbit'), ('Matilda');
    INSERT INTO loan VALUES (1, 'Ada', 12), (1, 'Ben', 30), (2, 'Ada', 21);
""")

query = """
    SELECT book.title, COUNT(loan.reader) AS loans, MAX(loan.days) AS longest
    FROM book LEFT JOIN loan ON loan.book_id = book.id
    GROUP BY book.id
    ORDER BY loans DESC, book.title
"""
print(f"{'title':<12} {'loans':>5} {'longest':>8}")
for title, loans, longest in db.execute(query):
    print(f"{title:<12} {loans:>5} {longest or '-':>8}")

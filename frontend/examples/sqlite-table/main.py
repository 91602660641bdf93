import sqlite3

members = [
    ("Amira", 8, "violin"),
    ("Jonas", 9, "drums"),
    ("Mei", 8, "piano"),
    ("Tariq", 7, "violin"),
    ("Lena", 9, "violin"),
]

db = sqlite3.connect("orchestra.db")
db.execute("DROP TABLE IF EXISTS member")
db.execute("CREATE TABLE member (name TEXT, year INTEGER, instrument TEXT)")
db.executemany("INSERT INTO member VALUES (?, ?, ?)", members)
db.commit()

print("In year 8:")
query = "SELECT name, instrument FROM member WHERE year = ? ORDER BY name"
for name, instrument in db.execute(query, (8,)):
    print(f"  {name} plays the {instrument}.")

print("How many play what:")
query = "SELECT instrument, COUNT(*) FROM member GROUP BY instrument ORDER BY COUNT(*) DESC, instrument"
for instrument, count in db.execute(query):
    print(f"  {instrument}: {count}")

db.close()

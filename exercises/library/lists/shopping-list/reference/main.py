things = []

thing = input("Buy: ")
while thing != "":
    things.append(thing)
    thing = input("Buy: ")

print(len(things), "things")
for thing in sorted(things):
    print(thing)

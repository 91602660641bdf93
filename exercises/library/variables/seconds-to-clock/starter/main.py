total = int(input("Seconds: "))

# An hour has 3600 seconds, a minute has 60.

line = input("Train: ")

time, place, platform = line.split(",")
hour, minute = time.strip().split(":")
print(f"{int(hour):02}:{minute} {place.strip():.<15} {platform.strip()}")

number = int(input("Start: "))

road = [number]
while number != 1:
    number = number // 2 if number % 2 == 0 else 3 * number + 1
    road.append(number)
print(*road)
print("Steps:", len(road) - 1)
print("Highest:", max(road))

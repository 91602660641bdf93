from PIL import Image, ImageDraw

WIDTH, HEIGHT = 480, 320
image = Image.new("RGB", (WIDTH, HEIGHT), "midnightblue")
draw = ImageDraw.Draw(image)

# The moon, and water that shows it
draw.ellipse((340, 40, 410, 110), fill="lightyellow")
draw.rectangle((0, 220, WIDTH, HEIGHT), fill="navy")
for y in range(230, HEIGHT, 12):
    half = 12 + (y - 230) // 2
    draw.line((375 - half, y, 375 + half, y), fill="khaki", width=2)

# A sailing boat, seen against the water
draw.polygon([(110, 230), (250, 230), (225, 262), (135, 262)], fill="saddlebrown")
draw.line((180, 90, 180, 230), fill="tan", width=4)
draw.polygon([(186, 95), (186, 215), (248, 215)], fill="white")
draw.polygon([(174, 110), (174, 215), (122, 215)], fill="tomato")

# Stars in rows
for row in range(3):
    for column in range(9):
        x, y = 20 + column * 34 + row * 11, 25 + row * 30
        draw.ellipse((x, y, x + 2, y + 2), fill="white")

image.save("boat.png")
image.show()
print(f"boat.png: {image.width} by {image.height} pixels")

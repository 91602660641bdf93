from math import cos, radians, sin

from PIL import Image, ImageDraw

image = Image.new("RGB", (480, 400), "aliceblue")
draw = ImageDraw.Draw(image)
branches = 0


def branch(x, y, length, angle, depth):
    """Draw one branch, and at its end two smaller ones."""
    global branches
    if depth == 0:
        return
    end_x = x + length * cos(radians(angle))
    end_y = y - length * sin(radians(angle))
    color = "saddlebrown" if depth > 3 else "forestgreen"
    draw.line((x, y, end_x, end_y), fill=color, width=depth)
    branches += 1
    branch(end_x, end_y, length * 0.75, angle + 22, depth - 1)
    branch(end_x, end_y, length * 0.75, angle - 28, depth - 1)


branch(x=225, y=390, length=95, angle=90, depth=9)
image.show()
print(f"{branches} branches")

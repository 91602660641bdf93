from math import cos, radians, sin

from PIL import Image, ImageDraw

image = Image.new("RGB", (400, 400), "white")
draw = ImageDraw.Draw(image)

x, y = 200, 200  # where the pen is
heading = 0  # in degrees: 0 is to the right


def forward(length, color="black"):
    global x, y
    new_x = x + length * cos(radians(heading))
    new_y = y - length * sin(radians(heading))
    draw.line((x, y, new_x, new_y), fill=color, width=2)
    x, y = new_x, new_y


def left(degrees):
    global heading
    heading = (heading + degrees) % 360


COLORS = ["crimson", "darkorange", "seagreen", "royalblue"]
for step in range(90):
    forward(4 + 3 * step, COLORS[step % 4])
    left(91)

image.show()
print(f"The pen ends at ({x:.0f}, {y:.0f}), heading {heading} degrees.")

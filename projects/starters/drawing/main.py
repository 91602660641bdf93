# Draw a house. (0, 0) is the top left corner: x grows to the right, y grows downwards.

from PIL import Image, ImageDraw

image = Image.new("RGB", (400, 300), "skyblue")
draw = ImageDraw.Draw(image)

draw.rectangle((0, 220, 400, 300), fill="yellowgreen")
draw.ellipse((310, 30, 370, 90), fill="gold")

draw.rectangle((120, 130, 280, 250), fill="bisque", outline="saddlebrown", width=3)
draw.polygon([(105, 130), (200, 60), (295, 130)], fill="firebrick")
draw.rectangle((180, 185, 220, 250), fill="saddlebrown")

for x in (138, 232):
    draw.rectangle((x, 150, x + 30, 180), fill="white", outline="saddlebrown", width=2)
    draw.line((x + 15, 150, x + 15, 180), fill="saddlebrown", width=2)

for x in range(10, 110, 20):
    draw.line((x, 260, x, 230), fill="darkgreen", width=3)
    draw.ellipse((x - 6, 218, x + 6, 230), fill="hotpink")

image.save("house.png")
image.show()

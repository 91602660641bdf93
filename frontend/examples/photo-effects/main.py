from PIL import Image, ImageFilter, ImageOps

picture = Image.open("hills.png").convert("RGB")
width, height = picture.size

effects = {
    "as it is": picture,
    "grey": ImageOps.grayscale(picture),
    "negative": ImageOps.invert(picture),
    "mirrored": ImageOps.mirror(picture),
    "blurred": picture.filter(ImageFilter.GaussianBlur(4)),
    "edges": picture.filter(ImageFilter.FIND_EDGES),
}

sheet = Image.new("RGB", (3 * width, 2 * height))
for number, (name, result) in enumerate(effects.items()):
    row, column = divmod(number, 3)
    sheet.paste(result, (column * width, row * height))
    print(f"row {row}, column {column}: {name}")

sheet.save("effects.png")
sheet.show()

red, green, blue = picture.getpixel((width // 2, 5))
print(f"The sky is red {red}, green {green}, blue {blue}.")

class Shape:
    def __init__(self, name):
        self.name = name


# class Rectangle(Shape): comes next, then class Square(Rectangle):

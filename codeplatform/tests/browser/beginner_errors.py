"""Common errors of beginners, with what must be said of each."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """A program, the line that must be named, and parts of the paragraph beneath the traceback."""

    name: str
    program: str
    line: int
    parts: tuple[str, ...]
    answers: tuple[str, ...] = ()


CASES = [
    # Names
    Case("misspelt variable", 'name = "Ada"\nprint(nmae)', 2, ("Nothing is called nmae", "Did you mean name?")),
    Case("misspelt function", "for i in range(3):\n    pritn(i)", 2, ("Did you mean print?",)),
    Case("capital letters", 'Print("hello")', 1, ("Did you mean print?", "Capital letters")),
    Case("small true", "ready = true", 1, ("Did you mean True?",)),
    Case("text without quotes", "print(hello)", 1, ("Nothing is called hello", 'put quotes round it: "hello"')),
    Case("module not imported", "x = math.sqrt(16)", 1, ("math is a module", "import math")),
    Case("alias not imported", "df = pd.DataFrame()", 1, ("import pandas as pd",)),
    Case("function of a module", "dice = randint(1, 6)", 1, ("from random import randint",)),
    Case("used before assignment", "print(total)\ntotal = 5", 1, ("total has no value yet", "line 2")),
    Case("called before definition", "greet()\ndef greet():\n    pass", 1, ("function greet is defined on line 2",)),
    Case("counter not started", "for i in range(3):\n    count += 1", 2, ("count += 1", "such as count = 0")),
    Case(
        "local of a function",
        "def f():\n    result = 5\nf()\nprint(result)",
        4,
        ("only inside the function f", "return"),
    ),
    Case(
        "global changed in a function",
        "score = 0\ndef win():\n    score += 1\nwin()",
        3,
        ("function win", "variable of its own", "global score"),
    ),
    Case(
        "forgotten self.",
        "class Dog:\n    def __init__(self):\n        self.name = 'Rex'\n    def bark(self):\n"
        "        print(name)\nDog().bark()",
        5,
        ("self.name",),
    ),
    Case("Python 2 input", "name = raw_input('?')", 1, ("In Python it is called input",)),
    # Kinds of values
    Case("text and number", 'age = 12\nprint("Age: " + age)', 2, ("age is the integer 12", "str(age)")),
    Case(
        "answer and number",
        'age = input("Age? ")\nprint(age + 1)',
        2,
        ("age is the string '12'", "input() always gives a string", "int(age)"),
        ("12",),
    ),
    Case(
        "answer compared",
        'age = input("Age? ")\nif age >= 18:\n    print("adult")',
        2,
        (">= does not work", "int(age)"),
        ("12",),
    ),
    Case(
        "answer times a price",
        'price = input("Price? ")\nprint(price * 1.2)',
        2,
        ("price is the string '2.5'", "float(price)"),
        ("2.5",),
    ),
    Case(
        "answer in range()",
        'n = input("How many? ")\nfor i in range(n):\n    print(i)',
        2,
        ("range needs a whole number", "int(n)"),
        ("3",),
    ),
    Case(
        "result of sort()",
        "numbers = [3, 1, 2]\nnumbers = numbers.sort()\nprint(numbers[0])",
        3,
        ("numbers is None", ".sort() sorts the list itself"),
    ),
    Case(
        "result of append()",
        "names = ['a']\nnames = names.append('b')\nnames.append('c')",
        3,
        ("names is None", ".append() changes the list itself"),
    ),
    Case(
        "function without return",
        "def double(x):\n    print(x * 2)\ny = double(3)\nprint(y + 1)",
        4,
        ("y is None", "double() has no return"),
    ),
    Case("number called", "x = 3\nprint(2(x + 1))", 2, ("2 is an integer", "operator such as *")),
    Case(
        "list in round brackets", "numbers = [1, 2]\nprint(numbers(0))", 2, ("numbers is a list, [1, 2]", "numbers[…]")
    ),
    Case("hidden built-in", "list = [1, 2]\nprint(list('abc'))", 2, ("function of Python's own", "different name")),
    Case("module called", "import random\nprint(random(1, 6))", 2, ("random is a module",)),
    Case("item of a number", "x = 5\nprint(x[0])", 2, ("x is an integer, 5", "str()")),
    Case("loop over a number", "n = 3\nfor i in n:\n    print(i)", 2, ("n is an integer, 3", "range(n)")),
    Case("length of a number", "n = 12345\nprint(len(n))", 2, ("n is an integer, 12345", "len(str(n))")),
    Case(
        "item as index",
        "names = ['Ada', 'Ben']\nfor name in names:\n    print(names[name])",
        3,
        ("name is the item already",),
    ),
    Case("half as index", "n = [1, 2, 3]\nprint(n[len(n) / 2])", 2, ("len(n) / 2 is a float, 1.5", "//")),
    Case("letter changed", 'word = "cat"\nword[0] = "b"', 2, ("word is a string", "cannot be changed")),
    Case(
        "list as key", "places = {}\nplaces[[1, 2]] = 'here'", 2, ("A list can change", "key of a dictionary", "tuple")
    ),
    Case("numbers joined", 'print(", ".join([1, 2]))', 1, ("item 0 is an integer", "str(item)")),
    Case("item added by +", "numbers = [1, 2]\nnumbers = numbers + 3", 2, ("numbers.append(3)",)),
    # Calls
    Case(
        "argument missing",
        "def area(width, height):\n    return width * height\nprint(area(3))",
        3,
        ("area(width, height)", "value for height"),
    ),
    Case(
        "argument too many",
        "def area(width, height):\n    return width * height\nprint(area(3, 4, 5))",
        3,
        ("takes 2 values", "gives it 3"),
    ),
    Case(
        "argument misspelt",
        "def area(width, height):\n    return width * height\nprint(area(width=3, heigth=4))",
        3,
        ("no parameter heigth", "Did you mean height?"),
    ),
    Case("forgotten self", "class Dog:\n    def bark():\n        print('wuff')\nDog().bark()", 4, ("def bark(self):",)),
    Case(
        "constructor misspelt",
        "class Dog:\n    def __int__(self, name):\n        self.name = name\nDog('Rex')",
        4,
        ("class Dog", "__int__", "did you mean __init__"),
    ),
    # Values
    Case("word to int()", 'n = int(input("Number? "))', 1, ("the text 'five' by input()",), ("five",)),
    Case("fraction to int()", 'n = int("3.5")', 1, ("the text '3.5'", "use float()")),
    Case("decimal comma", 'x = float("3,5")', 1, ("the text '3,5'", "decimal point")),
    Case("too many values", "a, b = [1, 2, 3]", 1, ("2 names to fill", "3 values")),
    Case(
        "dictionary without items()",
        "ages = {'Ada': 12}\nfor name, age in ages:\n    print(name)",
        2,
        ("ages.items()",),
    ),
    Case("not in the list", "names = ['Ada', 'Ben']\nnames.remove('Cleo')", 2, ("looked for 'Cleo'", "['Ada', 'Ben']")),
    Case("root of a negative number", "import math\nx = -9\nprint(math.sqrt(x))", 3, ("no square root", "x is -9")),
    Case("randint backwards", "import random\nprint(random.randint(10, 1))", 2, ("no number from 10 to 1",)),
    # Items
    Case(
        "index one too far",
        "numbers = [4, 5, 6]\nfor i in range(len(numbers) + 1):\n    print(numbers[i])",
        3,
        ("numbers has 3 items", "i, which is 3", "the last one is number 2", "one too far"),
    ),
    Case("index of an empty list", "numbers = []\nnumbers[0] = 5", 2, ("numbers is empty", "numbers.append(…)")),
    Case(
        "key in other letters",
        "ages = {'Ada': 12, 'Ben': 13}\nprint(ages['ada'])",
        2,
        ("no key 'ada'", "Did you mean 'Ada'?"),
    ),
    Case(
        "key that is not there",
        "ages = {'Ada': 12, 'Ben': 13}\nprint(ages['Cleo'])",
        2,
        ("no key 'Cleo'", "'Ada', 'Ben'"),
    ),
    Case(
        "key of another kind",
        "seats = {1: 'Ada'}\nseat = input('Seat? ')\nprint(seats[seat])",
        3,
        ("'1' (a string)", "1 (an integer)"),
        ("1",),
    ),
    Case(
        "column misspelt",
        "import pandas as pd\ndf = pd.DataFrame({'name': ['Ada'], 'age': [12]})\nprint(df['nme'])",
        3,
        ("no column 'nme'", "Did you mean 'name'?", "'name', 'age'"),
    ),
    # Attributes
    Case("method of a list on text", "word = 'cat'\nword.append('s')", 2, ("word is a string, 'cat'", "Use + instead")),
    Case("append on a number", "x = 5\nx.append(3)", 2, ("x is an integer, 5", "belongs to a list")),
    Case("add for append", "numbers = [1]\nnumbers.add(2)", 2, ("numbers is a list, [1]", "Use .append() instead")),
    Case("method misspelt", "name = 'ada'\nprint(name.uper())", 2, ("Did you mean .upper?",)),
    Case(
        "function of a module misspelt",
        "import random\nprint(random.randit(1, 6))",
        2,
        ("Did you mean random.randint?",),
    ),
    Case(
        "own attribute misspelt",
        "class Dog:\n    def __init__(self):\n        self.name = 'Rex'\nprint(Dog().nmae)",
        4,
        ("This Dog object", "Did you mean name?"),
    ),
    Case(
        "parent's __init__ not called",
        "class Animal:\n    def __init__(self):\n        self.name = 'x'\n"
        "class Dog(Animal):\n    def __init__(self):\n        self.age = 3\nprint(Dog().name)",
        7,
        ("__init__ of Animal", "super().__init__(…)"),
    ),
    Case(
        "match that found nothing",
        "import re\nm = re.match('a', 'b')\nprint(m.group())",
        3,
        ("m is None", "when nothing matches"),
    ),
    # Numbers, files, course of the program
    Case("division by zero", "total, count = 10, 0\nprint(total / count)", 2, ("count is 0", "if count != 0:")),
    Case(
        "average of nothing", "marks = []\nprint(sum(marks) / len(marks))", 2, ("len(marks) is 0", "The list is empty")
    ),
    Case(
        "file misspelt", "file = open('mian.py')", 1, ("no file 'mian.py' in this project", "Did you mean 'main.py'?")
    ),
    Case(
        "file on a computer",
        "open('C:\\\\Users\\\\me\\\\data.csv')",
        1,
        ("place on a computer", "Add the file to the project"),
    ),
    Case(
        "endless recursion",
        "def fact(n):\n    return n * fact(n - 1)\nfact(3)",
        2,
        ("function fact called itself", "without calling itself"),
    ),
    Case("assertion", "x = -1\nassert x > 0", 2, ("x > 0 is false", "x is -1")),
    Case("number too large", "import math\nprint(math.exp(1000))", 2, ("too large for a float",)),
    Case("more than memory", "x = [0] * (4 * 10 ** 8)", 1, ("more memory than it may have",)),
    Case("single quotes in JSON", "import json\njson.loads(\"{'a': 1}\")", 2, ("not JSON", "double quotes only")),
    Case(
        "table misspelt",
        "import sqlite3\ndb = sqlite3.connect(':memory:')\ndb.execute('SELECT * FROM pupils')",
        3,
        ("no table pupils",),
    ),
    Case("shapes that differ", "import numpy as np\nnp.array([1, 2]) + np.array([1, 2, 3])", 2, ("(2,) and (3,)",)),
    Case(
        "plot of unequal lists",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3], [1, 2])",
        2,
        ("3 x values and 2 y values",),
    ),
    Case(
        "raised by the program",
        "def pay(sum):\n    raise ValueError('not enough money')\npay(3)",
        2,
        ("raises this error itself",),
    ),
    # Text that is not Python
    Case("colon missing", "for i in range(3)\n    print(i)", 1, ("begins with for ends with a colon",)),
    Case("one equals sign", "x = 3\nif x = 3:\n    print(x)", 2, ("write ==: if x == 3:",)),
    Case("quote missing", 'print("hello)', 1, ('begins with "hello)', "no closing quote")),
    Case("apostrophe", "print('it's')", 1, ("apostrophe in it's", "double quotes")),
    Case("bracket never closed", "numbers = [1, 2, 3\nprint(numbers)", 1, ("bracket [", "never closed", "Add ]")),
    Case("bracket of the wrong kind", "a = (1, 2]", 1, ("must be closed with )", "here stands ]")),
    Case("bracket too many", "print(1))", 1, ("one ) too many",)),
    Case("comma missing", 'age = 3\nprint("Age:" age)', 2, ('missing in "Age:" age', "a comma")),
    Case("print without brackets", 'print "hello"', 1, ('print("hello")',)),
    Case("block not indented", "if True:\nprint('x')", 2, ("belongs to if True: on line 1", "four spaces")),
    Case("indented without reason", "x = 1\n    y = 2", 2, ("by 4 spaces, the one above by 0 spaces",)),
    Case("indentation between two", "if True:\n    x = 1\n  y = 2", 3, ("by 2 spaces", "0 or 4 spaces")),
    Case("tabs and spaces", "if True:\n\tx = 1\n        y = 2", 3, ("tabs", "Use four spaces")),
    Case("else if", "x = 3\nif x > 3:\n    pass\nelse if x > 2:\n    pass", 4, ("elif",)),
    Case("elseif", "x = 3\nif x > 3:\n    pass\nelseif x > 2:\n    pass", 4, ("elif",)),
    Case("else alone", "x = 1\nelse:\n    x = 2", 2, ("This else has no if",)),
    Case("quotes for print", "print(“hello”)", 1, ("straight quotes",)),
    Case("plus plus", "x = 1\nx++", 2, ("no ++", "x += 1")),
    Case("sides of = swapped", "5 = x", 1, ("x = 5",)),
    Case("assignment to a call", "len(x) = 3", 1, ("len(x) is none",)),
    Case("hyphen in a name", 'my-name = "Ada"', 1, ("my_name",)),
    Case("space in a name", 'my name = "Ada"', 1, ("cannot contain spaces", "my_name")),
    Case("keyword as a name", "class = 3", 1, ("class is one of Python's own words", "class_")),
    Case("invisible character", "x =\u00a03", 1, ("invisible character (U+00A0)",)),
    Case("pip in the program", "pip install numpy", 1, ("command for a terminal", "loaded by themselves")),
    Case("brace never closed", 'name = "Ada"\nprint(f"Hello {name")', 2, ("{ in this f-string is never closed",)),
    Case("return outside", "return 3", 1, ("return can stand only inside a function",)),
    Case("three equals signs", "x = 3\nif x === 3:\n    pass", 2, ("with two signs: ==",)),
    Case("ampersands", "x = 3\nif x > 1 && x < 5:\n    pass", 2, ("the word: and",)),
    Case("bars", "x = 3\nif x > 1 || x < 5:\n    pass", 2, ("the word: or",)),
    Case("exclamation mark", "done = False\nwhile !done:\n    break", 2, ("the word: not",)),
    Case("word of Python misspelt", "whlie True:\n    pass", 1, ("Did you mean while?",)),
    Case("empty function", "def later():\n", 1, ("is empty", "pass")),
    Case("line stops", "x = 3 +\n", 1, ("stops too early",)),
]

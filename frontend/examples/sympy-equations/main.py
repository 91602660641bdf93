from sympy import Eq, diff, expand, factor, integrate, pprint, solve, sqrt, symbols

x, y = symbols("x y")

print("Solve: ", solve(Eq(x**2 - 5 * x + 6, 0), x))
print("System:", solve([Eq(2 * x + y, 7), Eq(x - y, 2)], [x, y]))
print("Expand:", expand((x + 3) * (x - 2) ** 2))
print("Factor:", factor(x**3 - x))
print("Derive:", diff(x**3 - 4 * x, x))
print("Exact: ", sqrt(8), "is", sqrt(8).evalf(6))

print("The integral of 1 / (x² + 1):")
pprint(integrate(1 / (x**2 + 1), x))

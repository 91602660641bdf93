from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier, export_text

iris = load_iris()
train_x, test_x, train_y, test_y = train_test_split(iris.data, iris.target, test_size=0.4, random_state=2)

model = DecisionTreeClassifier(max_depth=2, random_state=0)
model.fit(train_x, train_y)
print(f"Learnt from {len(train_x)} flowers, tested with {len(test_x)} others.")
print(f"Right: {model.score(test_x, test_y):.0%}")
print()
print(export_text(model, feature_names=iris.feature_names))

found = model.predict([[5.0, 3.4, 1.5, 0.2]])
print("A flower with short petals:", iris.target_names[found[0]])

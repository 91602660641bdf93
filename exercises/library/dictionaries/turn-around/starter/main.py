def members(clubs):
    pass


# Try it here:
print(members({"Mia": "chess", "Ben": "choir", "Ada": "chess"}))

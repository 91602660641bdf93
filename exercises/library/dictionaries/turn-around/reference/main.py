def members(clubs):
    result = {}
    for student in sorted(clubs):
        result.setdefault(clubs[student], []).append(student)
    return result


print(members({"Mia": "chess", "Ben": "choir", "Ada": "chess"}))

import requests

word = input("Search Wikipedia for: ")

answer = requests.get(
    "https://en.wikipedia.org/w/api.php",
    params={
        "action": "query",
        "list": "search",
        "srsearch": word,
        "srlimit": 5,
        "format": "json",
        "origin": "*",
    },
    timeout=20,
)
answer.raise_for_status()
found = answer.json()["query"]

print(f"{found['searchinfo']['totalhits']} pages")
for page in found["search"]:
    print(f"- {page['title']} ({page['wordcount']} words)")

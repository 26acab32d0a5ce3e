# One poll of an aggregator that keeps what feedparser gives it: entries by their ids, validators, and where the feed is.
import json
import sys

import feedparser

path, url, agent = sys.argv[1:4]
try:
    with open(path) as file:
        kept = json.load(file)
except FileNotFoundError:
    kept = {"url": url, "etag": None, "modified": None, "entries": {}}
options = {"agent": agent} if agent else {}
feed = feedparser.parse(
    kept["url"], etag=kept["etag"], modified=kept["modified"], **options
)
if feed.status == 301:
    kept["url"] = feed.href
if feed.status in (200, 226, 301):
    if feed.bozo:
        sys.exit(f"feedparser: {feed.bozo_exception}")
    kept["etag"] = feed.get("etag")
    kept["modified"] = feed.get("modified")
    for entry in feed.entries:
        kept["entries"][entry.id] = {
            "title": entry.title,
            "text": entry.content[0].value,
        }
with open(path, "w") as file:
    json.dump(kept, file)

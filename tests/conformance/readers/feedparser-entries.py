# Prints the entries that feedparser sees in a feed as JSON; fails where it had to guess.
import calendar
import datetime
import json
import sys

import feedparser

feed = feedparser.parse(sys.argv[1])
if feed.bozo or feed.get("status") != 200:
    sys.exit(f"feedparser: {feed.get('status')} {feed.get('bozo_exception')}")


def published(entry):
    seconds = calendar.timegm(entry.published_parsed)
    moment = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def html(entry):
    # As rss2email chooses, which would rather have plain text.
    parts = entry.get("content", []) + [entry.get("summary_detail", {"type": "", "value": ""})]
    return min(parts, key=lambda part: part["type"] != "text/plain")["value"]


json.dump(
    [
        {
            "id": entry.id,
            "title": entry.title,
            "link": entry.link,
            "published": published(entry),
            "authors": [author.get("name") for author in entry.get("authors", [])],
            "categories": [tag.label or tag.term for tag in entry.get("tags", [])],
            "html": html(entry),
        }
        for entry in feed.entries
    ],
    sys.stdout,
)

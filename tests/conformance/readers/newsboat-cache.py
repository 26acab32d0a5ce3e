# Prints the entries in a newsboat cache as JSON, in the order of the feed's document.
import json
import sqlite3
import sys

cache = sqlite3.connect(sys.argv[1])
cache.row_factory = sqlite3.Row
# newsboat writes a feed from its end, so that equal dates sort as in the document.
rows = cache.execute(
    "SELECT guid, title, author, url, pubDate, content FROM rss_item ORDER BY id DESC"
)
json.dump([dict(row) for row in rows], sys.stdout)

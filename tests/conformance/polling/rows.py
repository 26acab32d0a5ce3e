# Prints what a query gives from an SQLite database, as a JSON array of objects.
import json
import sqlite3
import sys

database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
database.row_factory = sqlite3.Row
json.dump([dict(row) for row in database.execute(sys.argv[2])], sys.stdout)

# Prints the document at a URL as a JSON tree, parsed by expat: names with their namespaces, text, and text as written.
import json
import sys
import urllib.request
from xml.parsers import expat

with urllib.request.urlopen(sys.argv[1]) as response:
    document = response.read()


def parse(handler):
    """The document's elements, with the text that the handler of this name is given."""
    root = {"name": "", "attributes": {}, "children": [], "text": ""}
    open_elements = [root]
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def start(name, attributes):
        element = {"name": name, "attributes": attributes, "children": [], "text": ""}
        open_elements[-1]["children"].append(element)
        open_elements.append(element)

    def character(data):
        open_elements[-1]["text"] += data

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: open_elements.pop()
    setattr(parser, handler, character)
    parser.Parse(document, True)
    return root["children"][0]


def add_written(element, twin):
    element["written"] = twin["text"]
    for child, other in zip(element["children"], twin["children"]):
        add_written(child, other)


tree = parse("CharacterDataHandler")
# Without a handler for character data, expat hands it over as it is written, references and CDATA included.
add_written(tree, parse("DefaultHandler"))
json.dump(tree, sys.stdout)

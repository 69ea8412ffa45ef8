#!/usr/bin/python3
"""What manpages_test.sh asks of the expanded manual pages.

    manpages.py keys PROGRAM PAGE...      what they do not tell of the keys that the schemas have
    manpages.py templates PAGE FOLDER     writes templates that use every name that the page claims
    manpages.py used PAGE FOLDER          names of the templates in FOLDER that the page does not have
"""

import json
import os
import re
import subprocess
import sys

ENDINGS = {"Figure": ["", "_stated", "_value", "_unit", "_unit_title"], "One of": ["", "_title"], "Text": [""], "Whole number": [""]}


def plain(line):
    """A line of mdoc as it reads."""
    for escape, c in ("\\(dq", '"'), ("\\(aq", "'"), ("\\(ga", "`"), ("\\(ha", "^"), ("\\(ti", "~"), ("\\-", "-"), ("\\&", ""):
        line = line.replace(escape, c)
    return line.replace("\\e", "\\")


def lists(path):
    """The generated lists of a page: {entity: {name: [rest of the tag, line, line ...]}}.

    The columns are under None, the templates under "templates"."""
    found, entity, item = {}, None, None
    with open(path, encoding="utf-8") as page:
        for line in map(plain, page.read().splitlines()):
            head = re.fullmatch(r"\.Sy (\w+) :", line)
            tag = re.fullmatch(r"\.It Va ([a-z_0-9]+)(.*)", line)
            template = re.fullmatch(r"\.It Pa (\S*[^/ ])", line)
            if head:
                entity = head[1]
            elif line == "Every page sees:":
                entity = "common"
            elif tag:
                item = found.setdefault(entity, {}).setdefault(tag[1], [tag[2]])
            elif template:
                item = found.setdefault("templates", {}).setdefault(template[1], [""])
            elif line == ".El":
                entity = item = None
            elif item is not None:
                item.append(line)
    return found


# --- keys ---


def schemas(program):
    """(entity, key, its schema, whether it is required) for every key; `line` has the columns too."""
    for name in subprocess.check_output([program, "schema"], text=True).split():
        schema = json.loads(subprocess.check_output([program, "schema", name]))
        entities = {name: schema, **schema["$defs"]}
        del entities["quantity"]
        for entity, its in entities.items():
            for key, of in its["properties"].items():
                if key.startswith("$"):
                    continue
                is_column = entity == "line" and of.get("$ref") == "#/$defs/quantity"
                yield (None if is_column else entity), key, of, key in its["required"]


def check_keys(program, pages):
    told = {}
    for page in pages:
        for entity, keys in lists(page).items():
            told.setdefault(entity, {}).update(keys)
    count = 0
    for entity, key, of, required in schemas(program):
        count += 1
        lines = told.get(entity, {}).get(key)
        where = f"{entity or 'columns'} {key}"
        if lines is None:
            print(where, "is not in the manual")
            continue
        if lines[0] != (" Pq required" if required else ""):
            print(where, "is required, or is not:", lines[0])
        for text in of["title"], of["description"]:
            if text not in lines[1]:
                print(where, "does not say", text)
        for choice in of.get("enum", []):
            if f".Ql {choice}" not in lines:
                print(where, "does not say that it can be", choice)
    known = {(entity, key) for entity, key, _, _ in schemas(program)}
    for entity in told.keys() - {"templates"}:
        for key in told[entity]:
            if (entity, key) not in known:
                print(entity or "columns", key, "is in the manual but not in a schema")
    if count < 100:
        print("there are too few keys:", count)


# --- templates ---


def kind(lines):
    return lines[1].rstrip(".:")


def child(lines):
    return re.fullmatch(r"\.Sy (\w+) \.", lines[2])[1]


def use(records, names, seen):
    """A template that uses all of these names, and of what they hold."""
    out = []
    for name, lines in names.items():
        what = kind(lines)
        for ending in ENDINGS.get(what, []):
            out.append(f"{{{{{name}{ending}}}}}{{{{#{name}{ending}}}}}1{{{{/{name}{ending}}}}}")
        inside = ""
        if what == "Markup":
            out.append(f"{{{{{{{name}}}}}}}")
        elif what == "Figure":
            inside = f"{{{{#{name}_negative}}}}-{{{{/{name}_negative}}}}{{{{#{name}_findings}}}}{{{{id}}}}{{{{/{name}_findings}}}}"
        elif what in ("Object", "List"):
            if what == "List":
                inside = "{{@index}}{{@number}}{{@length}}{{#@first}}1{{/@first}}{{#@last}}1{{/@last}}"
            if child(lines) not in seen:
                seen.add(child(lines))
                inside += use(records, records[child(lines)], seen)
        elif what not in ("Flag", "Anything") and what not in ENDINGS:
            sys.exit(f"{name} is what? {what}")
        out.append(f"{{{{#{name}}}}}{inside}{{{{/{name}}}}}{{{{^{name}}}}}0{{{{/{name}}}}}\n")
    return "".join(out)


def write_templates(path, folder):
    records = lists(path)
    for template, lines in records["templates"].items():
        sees = re.fullmatch(r"\.Sy (\w+) \.", lines[-1])
        if not sees:
            continue
        names = dict(records.get(sees[1], {}))
        if not re.search("[/.]", template):
            names.update(records["common"])
        file = os.path.join(folder, template + ".mustache")
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "w", encoding="utf-8") as out:
            out.write(use(records, names, set()))
        print(template)


def unknown_names(path, folder):
    known = {"unit_title", "labels", "@first", "@last", "@index", "@number", "@length", "."}
    for names in lists(path).values():
        for name, lines in names.items():
            known |= {name, name + "_foreign", name + "_negative", name + "_findings"} | {name + e for e in ENDINGS.get(kind(lines), [])}
    for root, _, files in os.walk(folder):
        for file in files:
            with open(os.path.join(root, file), encoding="utf-8") as template:
                for name in re.findall(r"\{\{\{?[#^&]?([@a-z_0-9.]+)\}", template.read()):
                    parts = name.split(".") if not name.startswith("labels.") else ["labels"]
                    for part in parts:
                        if part not in known:
                            print(file, name)


if __name__ == "__main__":
    if sys.argv[1] == "keys":
        check_keys(sys.argv[2], sys.argv[3:])
    elif sys.argv[1] == "templates":
        write_templates(*sys.argv[2:])
    else:
        unknown_names(*sys.argv[2:])

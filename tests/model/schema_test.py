#!/usr/bin/python3
"""The JSON Schemas that `juesuan schema` prints, and whether they and the loader agree.

Speaks TAP. The environment variable JUESUAN names the program, BUILD the folder of the test program
load_test, which says what the loader makes of a text.
"""

import copy
import json
import os
import random
import subprocess
import sys
import warnings

try:
    warnings.simplefilter("ignore", DeprecationWarning)
    from jsonschema import Draft202012Validator
except ImportError:
    print("1..0 # SKIP no python3-jsonschema")
    sys.exit(0)

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
PROGRAM = os.environ.get("JUESUAN", "")
LOADER = os.path.join(os.environ.get("BUILD", ""), "tests/model/load_test")
CHANGES = 40 if "MEMCHECK" in os.environ else 2000

# What one file and a schema cannot tell: whether ids come twice, how many digits fit, how a number is
# written, what a text
# without a form begins and ends with.
BEYOND_SCHEMAS = {"exponent", "duplicate-id", "duplicate-key", "out-of-range", "stray-space", "control-character"}


def printed(*arguments):
    return subprocess.run([PROGRAM, "schema", *arguments], stdout=subprocess.PIPE, check=True).stdout


def load_schemas():
    return {name: json.loads(printed(name)) for name in printed().decode().split()}


SCHEMAS = {}
VALIDATORS = {}


def entity_of(path):
    """Which kind of source file a path below content/ is."""
    name = os.path.basename(path)
    folder = os.path.basename(os.path.dirname(path))
    for ending in ("project", "evaluation", "profile", "classification"):
        if folder == ending + "s":
            return ending
    return os.path.splitext(name)[0]


def shipped():
    """All source files of the example site: (kind, path, text)."""
    for folder, folders, names in os.walk(os.path.join(ROOT, "content")):
        folders[:] = sorted(f for f in folders if f not in ("schemas", "theme") and not f.startswith("."))
        for name in sorted(names):
            path = os.path.join(folder, name)
            if name.endswith(".json"):
                with open(path, encoding="utf-8") as file:
                    yield entity_of(path), path, file.read()


def loader_says(texts):
    """For each (kind, text) the ids of the loader's errors."""
    sent = "".join(f"{kind}\0{text}\0" for kind, text in texts).encode()
    return json.loads(subprocess.run([LOADER, "check"], input=sent, stdout=subprocess.PIPE, check=True).stdout)


# --- the schemas themselves ---


def test_there_is_one_for_each_kind_of_source():
    assert set(SCHEMAS) == {"site", "profile", "classification", "department", "report", "project", "evaluation"}


def test_they_are_valid_draft_2020_12():
    for name, schema in SCHEMAS.items():
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        Draft202012Validator.check_schema(schema)


def objects_of(schema):
    """All schemas of records: the root and its definitions."""
    yield schema
    yield from (d for d in schema["$defs"].values() if d.get("type") == "object")


def test_every_property_has_words_for_an_editor():
    for schema in SCHEMAS.values():
        for record in objects_of(schema):
            assert record["title"] and record["description"]
            assert record["additionalProperties"] is False
            assert set(record["required"]) <= set(record["properties"])
            for name, value in record["properties"].items():
                assert name in ("$schema", "$comment") or (value["title"] and value["description"]), f"{record['title']}.{name}"


def test_every_reference_leads_somewhere_and_every_definition_is_used():
    def references(value):
        if isinstance(value, dict):
            if "$ref" in value:
                yield value["$ref"]
            for child in value.values():
                yield from references(child)
        elif isinstance(value, list):
            for child in value:
                yield from references(child)

    for name, schema in SCHEMAS.items():
        used = {reference.removeprefix("#/$defs/") for reference in references(schema)}
        assert used <= set(schema["$defs"]), name
        assert set(schema["$defs"]) - used <= {"quantity"}, name


def test_printed_twice_they_are_the_same_bytes():
    assert printed("report") == printed("report")


# --- what is shipped ---


def test_every_shipped_source_is_valid():
    count = 0
    for kind, path, text in shipped():
        errors = [error.message for error in VALIDATORS[kind].iter_errors(json.loads(text))]
        assert not errors, f"{path}: {errors[0]}"
        count += 1
    assert count >= 20


def test_every_shipped_source_names_its_schema():
    for kind, path, text in shipped():
        named = os.path.normpath(os.path.join(os.path.dirname(path), json.loads(text)["$schema"]))
        assert named == os.path.normpath(os.path.join(ROOT, f"content/schemas/{kind}.json")), path


# --- schema and loader ---

REPORT = {"year": 2021, "profile": "beijing-2021", "unit": "万元"}
LINE = {"id": "total", "final": "1"}
DEPARTMENT = {"names": [{"name": "局"}], "division": "110106", "division_name": "丰台区", "level": "county"}
EVALUATION = {"id": "a", "kind": "overall", "name": "局"}
TABLE = {"id": "income", "title": "收入决算表", "statutory": True, "columns": [{"id": "final"}]}
PROFILE = {"id": "p", "title": "样张", "unit": "元", "classification": 2021, "tables": [TABLE]}


def report(**more):
    return {**REPORT, **more}


def line(**more):
    return report(tables={"income": {"lines": [{**LINE, **more}]}})


def without(document, key):
    return {name: value for name, value in document.items() if name != key}


GOOD = [
    ("report", REPORT),
    ("report", report(**{"$schema": "x", "$comment": "y"})),
    ("report", line(**{"$comment": "约 <数>\n"})),
    ("report", report(tables={"$comment": "x", "$schema": "y", "income": {"$comment": "z"}})),
    ("report", report(year=2021.0)),
    ("report", report(tables={}, facts=[])),
    ("report", report(tables={"income": {"lines": []}})),
    ("report", line(final=1, prior=-0.5, share="-0.00", income={"na": "dash"}, closing={"na": "not-involved"})),
    ("report", line(id="2010301", prior_direction="flat", stated_year=2020, note="一\n二")),
    ("report", line(also=[{"column": "final", "where": "narrative", "value": "2"}])),
    ("department", DEPARTMENT),
    ("department", {**DEPARTMENT, "units": []}),
    ("department", {**DEPARTMENT, "names": [{"name": "局", "from": "2019-02-28", "to": "2020"}]}),
    ("department", {**DEPARTMENT, "names": [{"name": "局", "from": "2020-02-29"}]}),
    ("report", report(profile="p" * 100)),
    ("site", {"title": "决算", "base_url": "https://example.org/a/b/"}),
    ("evaluation", {**EVALUATION, "criteria": [{"id": "a", "name": "甲", "experts": ["1", 2, {"na": "dash"}]}]}),
    ("evaluation", {**EVALUATION, "criteria": [{"id": "a", "name": "甲", "experts": []}]}),
    ("profile", PROFILE),
    ("site", {"title": "决算", "language": "zh-Hans-CN", "theme": {"a": [None, 1.5, {"b": {}}]}}),
    ("site", {"title": "决算", "theme": None}),
    ("site", {"title": "决算", "site_code": "1101060001", "organizer": "局", "undertaker": "中心", "contact": "电话"}),
    ("site", {"title": "决算", "site_code": "bm01000001", "icp_record": "京ICP备00000000号", "police_record": "京公网安备 00000000000000号"}),
]

BROKEN = [
    ("report", []),
    ("report", "text"),
    ("report", None),
    ("report", {}),
    ("report", without(REPORT, "year")),
    ("report", without(REPORT, "profile")),
    ("report", without(REPORT, "unit")),
    ("report", report(year="2021")),
    ("report", report(year=2021.5)),
    ("report", report(year=None)),
    ("report", report(year=True)),
    ("report", report(profile="")),
    ("report", report(profile="Beijing 2021")),
    ("report", report(profile=5)),
    ("report", report(unit="万")),
    ("report", report(unit="")),
    ("report", report(unit=["万元"])),
    ("report", report(yaer=2021)),
    ("report", report(department="beijing")),
    ("report", report(figures=[])),
    ("report", report(**{"$schema": 5})),
    ("report", report(**{"$comment": ["x"]})),
    ("report", report(**{"$Comment": "x"})),
    ("report", line(**{"$comment": None})),
    ("report", report(tables={"$comment": {}})),
    ("report", report(tables={"$other": {}})),
    ("report", line(final={"na": "dash", "$comment": "x"})),
    ("report", report(source_title="")),
    ("report", report(tables=[])),
    ("report", report(tables={"Income": {}})),
    ("report", report(tables={"": {}})),
    ("report", report(tables={"income": None})),
    ("report", report(tables={"income": {"id": "income"}})),
    ("report", report(tables={"income": {"status": "given"}})),
    ("report", report(tables={"income": {"lines": {}}})),
    ("report", report(tables={"income": {"lines": ["total"]}})),
    ("report", report(tables={"income": {"lines": [{}]}})),
    ("report", report(facts=[{"id": "a"}])),
    ("report", report(facts=[{"id": "a", "label": "x", "role": "goal"}])),
    ("report", report(facts=[{"id": "a", "label": "x", "scope": "projects/p"}])),
    ("report", line(id="Total")),
    ("report", line(id="2010")),
    ("report", line(anmount="1")),
    ("report", line(measure="1")),
    ("report", line(prior_direction="up")),
    ("report", line(stated_year="2020")),
    ("report", line(also=[{"column": "final", "where": "narrative"}])),
    ("report", line(also=[{"column": "final", "where": "narrative", "value": ""}])),
    ("report", line(also={"column": "final"})),
    *[("report", line(final=value)) for value in (
        "", " ", "4,180.76", "82%", "+5", "5.", ".5", "05", "--5", "1e3", "５", "-", "——", "不涉及", "0x5", " 5",
        None, True, [], ["1"], {}, {"na": ""}, {"na": "Dash"}, {"na": None}, {"na": ["dash"]}, {"na": {"na": "dash"}},
        {"x": "dash"}, {"na": "dash", "x": 1}, {"na": "dash", "$schema": "x"}, {"$schema": "x"})],
    ("department", {**DEPARTMENT, "names": []}),
    ("department", {**DEPARTMENT, "names": [{}]}),
    ("department", {**DEPARTMENT, "division": "11010"}),
    ("department", {**DEPARTMENT, "division": 110106}),
    ("department", {**DEPARTMENT, "level": "district"}),
    ("department", {**DEPARTMENT, "id": "zwfwj"}),
    ("department", {**DEPARTMENT, "names": [{"name": "局", "from": "2019-13"}]}),
    ("department", {**DEPARTMENT, "names": [{"name": "局", "from": "2019-02-29"}]}),
    ("department", {**DEPARTMENT, "names": [{"name": "局", "to": "2019-02-30"}]}),
    ("department", {**DEPARTMENT, "names": [{"name": "局", "from": 2019}]}),
    ("department", {**DEPARTMENT, "units": [{"id": "a", "name": "甲", "kind": "x"}]}),
    ("evaluation", {**EVALUATION, "kind": "other"}),
    ("evaluation", {**EVALUATION, "criteria": [{"id": "a", "name": "甲", "experts": "1"}]}),
    ("evaluation", {**EVALUATION, "criteria": [{"id": "a", "name": "甲", "experts": [None]}]}),
    ("evaluation", {**EVALUATION, "criteria": [{"id": "a", "name": "甲", "experts": [["1"]]}]}),
    ("evaluation", {**EVALUATION, "criteria": [{"id": "a", "name": "甲", "depth": 1}]}),
    ("profile", {**PROFILE, "tables": []}),
    ("profile", {**PROFILE, "classification": "2021"}),
    ("profile", {**PROFILE, "tables": [{**TABLE, "columns": []}]}),
    ("profile", {**PROFILE, "tables": [{**TABLE, "statutory": "yes"}]}),
    ("profile", {**PROFILE, "tables": [{**TABLE, "codes": "economy"}]}),
    ("profile", {**PROFILE, "grades": [{"from": "90", "to": "100"}]}),
    ("classification", {"year": 2021, "functional": [{"code": "20", "name": "x"}]}),
    ("report", report(profile="p" * 101)),
    ("report", report(tables={"a" * 101: {}})),
    ("report", line(id="a" * 101)),
    ("site", {"title": "决算", "base_url": "https://example.org//"}),
    ("site", {"title": "决算", "base_url": "https://user:word@example.org/"}),
    ("site", {"title": "决算", "site_code": 1101060001}),
    ("site", {"title": "决算", "site_code": "110106000"}),
    ("site", {"title": "决算", "organizer": ""}),
    ("site", {"title": "决算", "language": "zh_CN"}),
    ("site", {"title": "决算", "language": "zh-"}),
    ("site", {"title": "决算", "languages": ["zh"]}),
]


def test_both_take_what_is_good():
    says = loader_says([(kind, json.dumps(document, ensure_ascii=False)) for kind, document in GOOD])
    for (kind, document), ids in zip(GOOD, says, strict=True):
        assert VALIDATORS[kind].is_valid(document), f"the schema refuses {document}"
        assert not ids, f"the loader says {ids} of {document}"


def test_both_refuse_what_is_broken():
    says = loader_says([(kind, json.dumps(document, ensure_ascii=False)) for kind, document in BROKEN])
    for (kind, document), ids in zip(BROKEN, says, strict=True):
        assert not VALIDATORS[kind].is_valid(document), f"the schema takes {document}"
        assert ids and not set(ids) & BEYOND_SCHEMAS, f"the loader says {ids} of {document}"


VALUES = [
    None, True, False, 0, 5, -3, 2021, 1.5, "", " ", "x", "Total", "total", "201", "2021", "1.50", "-0", "5%", "1,000",
    "万元", "万", "present", "increase", "dash", [], ["1"], {}, {"na": "dash"}, {"na": "no"}, {"id": "a"}, [{}],
    [{"id": "a", "name": "b"}], "2021-02", "110106", 10**30,
]  # fmt: skip


def places(value, path=()):
    """The paths of all values in a document, the document itself left out."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield (*path, key)
        yield from places(child, (*path, key))


def change(rng, document):
    path = rng.choice(list(places(document)))
    parent = document
    for key in path[:-1]:
        parent = parent[key]
    key = path[-1]
    kind = rng.randrange(5)
    if kind == 0:
        del parent[key]
    elif kind == 1 and isinstance(parent, dict):
        parent[rng.choice(["id", "name", "final", "value", "unit", "year", "x", "$schema", "$comment", key + "s", key[:-1]])] = (
            parent.pop(key)
        )
    elif kind == 2 and isinstance(parent[key], str):
        parent[key] = rng.choice([parent[key] + " ", parent[key].upper(), parent[key] + "%", parent[key][:-1]])
    elif kind == 3 and isinstance(parent, list):
        parent.insert(key, copy.deepcopy(parent[key]))
    else:
        parent[key] = rng.choice(VALUES)


def small(document):
    """Long lists cut short, so that many documents can be tried."""
    if isinstance(document, dict):
        return {key: small(value) for key, value in document.items()}
    if isinstance(document, list):
        return [small(value) for value in document[:2]]
    return document


def test_they_agree_on_random_changes_of_what_is_shipped():
    rng = random.Random(5)
    originals = [(kind, small(json.loads(text))) for kind, _, text in shipped()]
    documents = []
    for _ in range(CHANGES):
        kind, original = rng.choice(originals)
        document = copy.deepcopy(original)
        for _ in range(rng.randrange(1, 3)):
            if next(places(document), None):
                change(rng, document)
        documents.append((kind, document))
    says = loader_says([(kind, json.dumps(document, ensure_ascii=False)) for kind, document in documents])
    refused = 0
    for (kind, document), ids in zip(documents, says, strict=True):
        valid = VALIDATORS[kind].is_valid(document)
        text = json.dumps(document, ensure_ascii=False)
        assert valid or ids, f"the loader takes, the schema refuses {text}"
        assert not valid or set(ids) <= BEYOND_SCHEMAS, f"the schema takes, the loader says {ids} of {text}"
        refused += not valid
    assert CHANGES / 4 < refused < CHANGES * 0.95, refused


def main():
    if not os.access(PROGRAM, os.X_OK) or not os.access(LOADER, os.X_OK):
        print("1..0 # SKIP no juesuan in $JUESUAN, or no load_test in $BUILD")
        return 0
    SCHEMAS.update(load_schemas())
    VALIDATORS.update((name, Draft202012Validator(schema)) for name, schema in SCHEMAS.items())
    tests = [value for name, value in globals().items() if name.startswith("test_")]
    failures = 0
    print(f"1..{len(tests)}")
    for number, test in enumerate(tests, 1):
        try:
            test()
            print(f"ok {number} - {test.__name__[5:]}")
        except Exception as error:  # pylint: disable=broad-except # of a schema that is none, too
            failures += 1
            print(f"not ok {number} - {test.__name__[5:]}\n# " + str(error)[:2000].replace("\n", "\n# "))
    return 1 if failures else 0


sys.exit(main())

#!/usr/bin/python3
"""Python's csv module as the second reader and writer of the tables of lib/text/csv.c.

Speaks TAP. Uses the test program csv_test, which the environment variable BUILD tells where to find.
"""

import csv
import io
import json
import os
import random
import subprocess
import sys

PROGRAM = os.path.join(os.environ.get("BUILD", ""), "tests/text/csv_test")
TABLES = 100 if "MEMCHECK" in os.environ else 5000


def written_by_us(count):
    return json.loads(subprocess.run([PROGRAM, "write", str(count)], stdout=subprocess.PIPE, check=True).stdout)


def read_by_us(tables):
    """For each table its rows, or the line of the error."""
    text = "".join(table + "\0" for table in tables).encode()
    return json.loads(subprocess.run([PROGRAM, "read"], input=text, stdout=subprocess.PIPE, check=True).stdout)


def as_written(cell):
    """What a reader must see for a cell of ours: the text, guarded when it looks like a formula."""
    kind, text = cell
    return "'" + text if kind == "text" and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def test_python_reads_what_we_write():
    for table in written_by_us(TABLES):
        expected = [[as_written(cell) for cell in row] for row in table["cells"]]
        read = list(csv.reader(io.StringIO(table["csv"], newline=""), strict=True))
        assert read == expected, f"{table!r} gives {read!r}"


def random_text(rng):
    pieces = ['"', '""', ",", "\n", "\r\n", "\r", "'", " ", "a", "决算", "𠀀", "=1", "-1.50", ";", "\t", "\u2028", "\x7f"]
    return "".join(rng.choice(pieces) for _ in range(rng.randrange(6)))


def random_rows(rng):
    width = rng.randrange(1, 5)
    return [[random_text(rng) for _ in range(width)] for _ in range(rng.randrange(1, 6))]


def written_by_python(rng, rows):
    quoting, line_end = rng.choice([(csv.QUOTE_MINIMAL, "\r\n"), (csv.QUOTE_ALL, "\r\n"), (csv.QUOTE_ALL, "\n")])
    out = io.StringIO(newline="")
    csv.writer(out, quoting=quoting, lineterminator=line_end).writerows(rows)
    return out.getvalue()


def test_we_read_what_python_writes():
    rng = random.Random(1)
    tables = [random_rows(rng) for _ in range(TABLES)]
    texts = [written_by_python(rng, rows) for rows in tables]
    for rows, text, read in zip(tables, texts, read_by_us(texts), strict=True):
        assert read == rows, f"{text!r} gives {read!r}"


def test_what_python_calls_an_error_is_one():
    texts = ['a\n"b', 'a\n"b"c', 'a\n"b" ', 'a\n"']
    for text in texts:
        try:
            list(csv.reader(io.StringIO(text, newline=""), strict=True))
            assert False, f"Python takes {text!r}"
        except csv.Error:
            pass
    assert read_by_us(texts) == [2] * len(texts)


def main():
    if not os.access(PROGRAM, os.X_OK):
        print("1..0 # SKIP no csv_test in $BUILD")
        return 0
    tests = [value for name, value in globals().items() if name.startswith("test_")]
    failures = 0
    print(f"1..{len(tests)}")
    for number, test in enumerate(tests, 1):
        try:
            test()
            print(f"ok {number} - {test.__name__[5:]}")
        except AssertionError as error:
            failures += 1
            print(f"not ok {number} - {test.__name__[5:]}\n# {error}")
    return 1 if failures else 0


sys.exit(main())

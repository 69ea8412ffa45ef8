#!/usr/bin/python3
"""Debian's cmark program as the second renderer of texts that have nothing of our extensions.

Two things only may differ: headings, which have ids here, and texts that are refused here, where cmark
leaves HTML and dangerous links out. (Images as data: URLs are the one thing that cmark lets through and we
do not.) Speaks TAP. Uses the test program markdown_test, which the environment
variable BUILD tells where to find.
"""

import concurrent.futures
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys

PROGRAM = os.path.join(os.environ.get("BUILD", ""), "tests/text/markdown_test")
FOLDER = pathlib.Path(__file__).resolve().parent / "markdown"
TEXTS = 2000 if "FULL" in os.environ else 30 if "MEMCHECK" in os.environ else 300
# The title is taken out of our HTML: every text gets one of its own, which is taken out of cmark's as well.
TITLE, TITLE_HTML = "# T\n\n", "<h1>T</h1>\n"

# Lines of every kind, to be put together at random; markdown_test.c has tests for what is ours.
LINES = """
正文一行
a line of *emphasis*, **strong**, `code` and ***both***
a*b*c a_b_c _a_b _**a**_ **a*b** *a**b* __决算__ _决_算 **收入：**合计
`code `` with ticks` ``more ` ticks`` `unclosed
hard break\\
hard break by spaces  
[link](https://example.org/a?b=c&d "title") [ref] [ref][] [text][ref] [other][REF]
[link](<with space> 'it''s') [broken](a b) [empty]() [nested [link](b)](c)
![image](a.png) ![alt *em* `code`](b.png "决算") [![image](a.png)](b)
<https://example.org/决算> <a.b@example.org> <not a link> <http:x y>
&amp; &copy; &#20915; &#x51b3; &#0; &notanentity; & < > " '
\\* \\# \\[a](b) \\` \\& \\a \\决 \\\\
# heading
## heading *two* ##
###### six
####### seven
#no
setext
===
---
***
- - -
- item
* item
+ item
-    far item
-
1. one
1) one
12. twelve
0123456789. too long
> quote
>quote
> > deeper
>
> - in a quote
  two spaces
   three spaces
    four spaces
\ttab
 \ttab after a space
- a
  - b
    - c
      - d

      code in a list
```
```python
~~~
~~~~ text & more
[ref]: https://example.org/ref "title"
[ref]: <second> 'never used'
[other thing]:
/url
[bad]: a b c
| a | b |
~~no~~ ==no== H~2~O http://example.org
a\u00a0b\u3000c\u200bd
<b>inline</b>
<div>
<!-- comment -->
<?php ?>
a<br/>b
[x](javascript:alert(1))
[x](JavaScript:1)
![x](data:text/html;base64,AAAA)
[x](file:///etc/passwd)
<javascript:x>
{ not } {% ours %} {single}
""".strip("\n").split("\n")


def random_text(rng):
    lines = []
    for _ in range(rng.randrange(1, 12)):
        line = rng.choice(LINES)
        if rng.random() < 0.15:
            line = rng.choice(["> ", "- ", "  ", "    ", "1. ", "\t", ">> ", "* > ", "# "]) + line
        if rng.random() < 0.1:
            line += rng.choice(LINES)
        lines.append(line)
        if rng.random() < 0.4:
            lines.append("")
    return rng.choice(["\n", "\n", "\n", "\r\n", "\r"]).join(lines) + rng.choice(["", "\n"])


def random_characters(rng):
    pieces = list("*_`[]()<>!#-+=\\&;:\"' \n\t1.a") + ["决", "**", "](", "```\n", "\n\n", "> ", "- ", "    ", "&#", "![", "]: "]
    return "".join(rng.choice(pieces) for _ in range(rng.randrange(1, 40)))


def own_texts():
    texts = [path.read_text("utf-8") for path in sorted(FOLDER.glob("*.md"))]
    return [text for text in texts if "{{" not in text and "csv" not in text]


def without_marks(html):
    """What we make of a heading, as cmark writes it."""
    return re.sub(r'<h([1-6]) id="[^"]*">\n(.*?)\n?</h\1>', r"<h\1>\2</h\1>", html, flags=re.DOTALL)


def by_cmark(text):
    html = subprocess.run(["cmark", "--to", "html"], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    assert html.startswith(TITLE_HTML), f"cmark makes {html!r} of {text!r}"
    return html[len(TITLE_HTML) :]


def by_us(texts):
    """For each text its HTML, or None where it is refused."""
    text = "".join(text + "\0" for text in texts).encode()
    return json.loads(subprocess.run([PROGRAM, "render"], input=text, stdout=subprocess.PIPE, check=True).stdout)


def check_all(texts):
    texts = [TITLE + text for text in texts]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        expected = list(pool.map(by_cmark, texts))
    refused = 0
    for text, theirs, ours in zip(texts, expected, by_us(texts), strict=True):
        left_out = "<!-- raw HTML omitted -->" in theirs
        if ours is None:
            assert left_out or 'href=""' in theirs or 'src=""' in theirs, f"{text!r} is refused and should be {theirs!r}"
            refused += 1
        else:
            assert not left_out, f"{text!r} should be refused"
            assert without_marks(ours) == theirs, f"{text!r} is {ours!r} and should be {theirs!r}"
    return refused


def test_the_texts_that_have_nothing_of_ours():
    texts = own_texts()
    assert len(texts) >= 2, "there is nothing to compare in tests/text/markdown"
    check_all(texts)


def test_each_line_alone():
    check_all(LINES + [f"> {line}\n{line}" for line in LINES] + [f"- {line}\n\n  {line}" for line in LINES])


def test_lines_at_random():
    rng = random.Random(1)
    refused = check_all([random_text(rng) for _ in range(TEXTS)])
    assert 0 < refused < TEXTS, f"{refused} of {TEXTS} texts are refused"


def test_characters_at_random():
    rng = random.Random(2)
    check_all([random_characters(rng) for _ in range(TEXTS)])


def main():
    if not os.access(PROGRAM, os.X_OK):
        print("1..0 # SKIP no markdown_test in $BUILD")
        return 0
    if not shutil.which("cmark"):
        print("1..0 # SKIP no cmark: install the package cmark")
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

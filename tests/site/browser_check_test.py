#!/usr/bin/python3
"""Pages in a browser: no column is so narrow that its lines have a character or two, and none is cut off on paper.

Chromium shows every page in frames as wide as telephones, and prints some to A4. `make test-full` installs it.
"""

import collections
import functools
import html
import html.parser
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
JUESUAN = os.environ.get("JUESUAN", "")
WIDTHS = [320, 375, 1280]
CONTENTS = {"shipped": "content", "init": "cmd/juesuan/init", "odd": "tests/site/pages/content"}
PRINTED = [
    "shipped/departments/beijing/fengtai/zwfwj/2021/evaluations/website/",
    "shipped/departments/beijing/fengtai/zwfwj/2021/projects/p09/",
    "shipped/departments/shanghai/putuo/ghzyj/",
    "shipped/departments/shanghai/putuo/ghzyj/2024/",
    "shipped/data/",
    "init/departments/example/culture/",
    "init/departments/example/culture/2024/",
    "init/departments/example/culture/2024/projects/p01/",
    "odd/departments/jia/2021/evaluations/web/",
]

TARGET = "init/departments/example/culture/2024/#three_public.total"

# What is wider than the window; the text of each cell by its lines; how many cells of a form that has
# become a list take room though they are empty; the colours of the row that the address points to.
PROBE = """<!DOCTYPE html><meta charset="utf-8"><title>probe</title>
%s
<pre id="found"></pre>
<script>
function lines(cell) {
  const found = []; // [middle of the line, text]
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (cell.tagName != "LI" && walker.currentNode.parentElement.closest("li")) continue; // has lines of its own
    const text = walker.currentNode.data;
    for (let i = 0; i < text.length; i++) {
      const range = cell.ownerDocument.createRange();
      range.setStart(walker.currentNode, i);
      range.setEnd(walker.currentNode, i + 1);
      const box = range.getBoundingClientRect(), middle = (box.top + box.bottom) / 2;
      if (!box.width || !text[i].trim()) continue;
      const line = found.find(line => Math.abs(line[0] - middle) < 8);
      if (line) line[1] += text[i];
      else found.push([middle, text[i]]);
    }
  }
  return found.map(line => line[1]);
}
addEventListener("load", () => {
  const found = [];
  for (const frame of document.querySelectorAll("iframe")) {
    const page = frame.contentDocument;
    const row = page.querySelector("tr:target");
    found.push({
      empty: [...page.querySelectorAll(".stack td:empty")].filter(cell => frame.contentWindow.getComputedStyle(cell.parentNode).display == "block" && cell.getClientRects().length).length,
      colours: row && [...row.cells].map(cell => frame.contentWindow.getComputedStyle(cell).backgroundColor),
      page: frame.getAttribute("src"), width: frame.clientWidth, scroll: page.documentElement.scrollWidth,
      cells: [...page.querySelectorAll("th, td, th li, td li")].map(lines).filter(cell => cell.length > 2),
    });
  }
  document.getElementById("found").textContent = JSON.stringify(found);
});
</script>
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


def serve(folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def chromium(folder, *arguments):
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking"]
    command = ["chromium", *options, f"--user-data-dir={folder}/profile", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=300).stdout.decode()


def build(folder):
    """The sites, the odd one with as many experts as fit beside each other on no telephone."""
    for name, content in CONTENTS.items():
        shutil.copytree(ROOT / content, f"{folder}/{name}-content")
    evaluation = pathlib.Path(folder, "odd-content/departments/jia/2021/evaluations/web.json")
    source = json.loads(evaluation.read_text("utf-8"))
    source["criteria"][1]["experts"] = ["1.5"] * 9
    source["criteria"][1]["remark"] = "虚构的评语，长得要占好几行，才知道打印的时候会不会在纸边上断掉。"
    evaluation.write_text(json.dumps(source, ensure_ascii=False), "utf-8")
    for name in CONTENTS:
        command = [JUESUAN, "build", "--content", f"{folder}/{name}-content", "--theme", ROOT / "themes/default", "--out", f"{folder}/www/{name}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(f"{folder}/www/{name}/assets/style.css", "a") as style:
            style.write("@page { size: A4; }\n")


def check_screens(folder, base):
    """Problems, by width."""
    www = pathlib.Path(folder, "www")
    pages = sorted(str(path.parent.relative_to(www)) + "/" for path in www.rglob("index.html"))
    pages.append(TARGET)
    frames = "\n".join(f'<iframe src="{page}" width="{width}" height="600" style="border: 0"></iframe>' for page in pages for width in WIDTHS)
    (www / "probe.html").write_text(PROBE % frames, "utf-8")
    seen = chromium(folder, "--dump-dom", base + "probe.html")
    found = json.loads(html.unescape(re.search(r'<pre id="found">(.*?)</pre>', seen, re.DOTALL).group(1)))
    assert len(found) == len(pages) * len(WIDTHS), f"{len(found)} of {len(pages)} pages were seen"
    problems = collections.defaultdict(list)
    for view in found:
        if view["scroll"] > view["width"]:
            problems[view["width"]].append(f"{view['page']} is {view['scroll']} wide")
        if view["empty"]:
            problems[view["width"]].append(f"{view['page']}: {view['empty']} empty cells take room")
        if view["page"] == TARGET and (not view["colours"] or len(set(view["colours"])) > 1 or "rgba(0, 0, 0, 0)" in view["colours"]):
            problems[view["width"]].append(f"{view['page']}: the row has the colours {view['colours']}")
        for cell in view["cells"]:
            if len("".join(cell)) < 3 * len(cell):
                problems[view["width"]].append(f"{view['page']}: {'/'.join(cell)}")
    return problems


class Cells(html.parser.HTMLParser):
    """The texts of cells, captions and headings of a page, of what the page has once and does not fold away."""

    def __init__(self, text):
        super().__init__()
        self.found, self.open, self.left_out = [], False, []
        self.feed(text)

    def is_left_out(self, tag, attributes):
        """Rows without figures, tables that are there twice, projects in another order, what is not for paper."""
        classes = (attributes.get("class") or "").split()
        other_order = "panel" in classes and "by-document" not in classes
        return "empty" in classes or other_order or (tag == "details" and "open" not in attributes) or attributes.get("id") == "downloads"

    def handle_starttag(self, tag, attributes):
        if self.left_out:
            self.left_out += [tag] * (tag == self.left_out[0])
        elif self.is_left_out(tag, dict(attributes)):
            self.left_out = [tag]
        elif tag in {"th", "td", "caption", "h2", "h3"}:
            self.open, self.found = True, self.found + [""]

    def handle_endtag(self, tag):
        if self.left_out and tag == self.left_out[0]:
            self.left_out.pop()
        if tag in {"th", "td", "caption", "h2", "h3"}:
            self.open = False

    def handle_data(self, data):
        if self.open and not self.left_out:
            self.found[-1] += data


def check_print(folder, base, page):
    """Problems of a page on paper: words beyond the margin, cells that are not there."""
    paper = f"{folder}/paper.pdf"
    chromium(folder, f"--print-to-pdf={paper}", "--no-pdf-header-footer", base + page)
    boxes = subprocess.run(["pdftotext", "-bbox", paper, "-"], check=True, stdout=subprocess.PIPE).stdout.decode()
    problems, words, width = [], [], 0
    for line in boxes.splitlines():
        if match := re.search(r'<page width="([0-9.]+)"', line):
            width = float(match[1])
        if match := re.search(r'xMax="([0-9.]+)".*>(.*)</word>', line):
            words.append(html.unescape(match[2]))
            if float(match[1]) > width - 38:  # the margin is 15 mm, 42.5 points, and boxes are wider than what is in them
                problems.append(f"{words[-1]!r} ends at {match[1]} of {width}")
    # a sheet has the heads of its tables again, and its words may be in another order than the page's
    printed = collections.Counter(re.sub(r"\s", "", "".join(words)))
    wanted = collections.Counter(re.sub(r"\s", "", "".join(Cells(pathlib.Path(folder, "www", page, "index.html").read_text("utf-8")).found)))
    short = [character for character, times in wanted.items() if printed[character] < times]
    if short:
        problems.append(f"characters that are not all on paper: {''.join(sorted(short))[:40]}")
    return problems + ([] if words else ["there is nothing on the paper"])


def main():
    if not os.environ.get("FULL") or not shutil.which("chromium") or not shutil.which("pdftotext"):
        print("1..0 # SKIP the browser is run by make test-full")
        return 0
    failures = 0
    with tempfile.TemporaryDirectory(prefix="juesuan-test-", ignore_cleanup_errors=True) as folder:
        build(folder)
        base = serve(folder + "/www")
        print(f"1..{len(WIDTHS) + len(PRINTED)}")
        screens = check_screens(folder, base)
        results = [(f"{width} px wide", screens[width]) for width in WIDTHS] + [(page + " on paper", check_print(folder, base, page)) for page in PRINTED]
        for number, (name, problems) in enumerate(results, 1):
            failures += bool(problems)
            print(f"{'not ' if problems else ''}ok {number} - {name}")
            for problem in problems[:20]:
                print("# " + problem)
    return 1 if failures else 0


sys.exit(main())

#!/usr/bin/python3
"""Sites with the themes that come along, seen as a browser and a screen reader see them.

Every page is well-formed, every link leads somewhere, every page can be reached, every table has a cell for
each of its columns, and every figure of report.csv stands on the page of its report, project or evaluation.
How the pages look is not tested here.
"""

import collections
import csv
import html.parser
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
JUESUAN = os.environ.get("JUESUAN", "")
VOID = set("area base br col embed hr img input link meta source track wbr".split())
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "cite", "srcset", "manifest", "ping"}
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
NUMBER = re.compile(r"[-+]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?%?")
LABELS = json.loads((ROOT / "themes/default/labels/zh-CN.json").read_text("utf-8"))
PLACEHOLDERS = {"", "-", "——", "不涉及"}


class Page(html.parser.HTMLParser):
    """What the checks want to know of a page."""

    def __init__(self, path, text):
        super().__init__(convert_charrefs=True)
        self.path = path
        self.problems = []
        self.ids = set()
        self.links = []
        self.headings = []
        self.language = None
        self.canonical = None
        self.text = []  # what can be read, piece by piece
        self.tables = []  # for each its th elements, as dictionaries of attributes
        self.rows = []  # for each of these tables its rows, each a list of (columns, rows) that cells span
        self.marked = []  # what stands in <b>
        self.sections = {}  # the text of each <section>, by its id
        self.open = []  # the ids of those that are open
        self.numbers = []  # what the cells of class "number" hold
        self.marks = set()  # (id of the row or term, number of a finding)
        self.places = []  # the id of each open element, or None
        self.term = None  # the id of the <dt> before a <dd>
        self.lists = {}  # what stands in the <ul> of each class
        self.list = None
        self.pictures = []  # of each <svg>: its attributes, and what its <title> and <desc> have as id and text
        self.figures = []  # what is in each <figure>: the names of its elements, and its text
        self.stack = []
        self.spoken = []  # the language of each open element
        self.foreign = []  # Chinese in what is not said to be so
        self.cell = None
        self.feed(text)
        self.close()
        if self.stack:
            self.wrong(f"<{self.stack[-1]}> is not closed")

    def wrong(self, what):
        self.problems.append(f"{self.path}:{self.getpos()[0]}: {what}")

    def handle_decl(self, decl):
        if decl.lower() != "doctype html":
            self.wrong(f"<!{decl}>")

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        if len(set(names)) != len(names):
            self.wrong(f"an attribute comes twice in <{tag}>")
        attributes = dict(attributes)
        if tag not in VOID:
            self.stack.append(tag)
            self.places.append(attributes.get("id"))
            self.spoken.append(attributes.get("lang") or (self.spoken or [None])[-1])
        if tag == "ul":
            self.list = attributes.get("class")
        if tag == "dt":
            self.term = attributes.get("id")
        self.check_attributes(tag, attributes)
        if tag == "link" and attributes.get("rel") == "canonical":
            self.canonical = attributes.get("href")
        if tag == "html":
            self.language = attributes.get("lang")
        if tag in HEADINGS:
            self.headings.append(int(tag[1]))
        if tag == "table":
            self.tables.append([])
            self.rows.append([])
        if tag == "tr" and self.rows:
            self.rows[-1].append([])
        if tag in {"th", "td"} and self.rows and self.rows[-1]:
            self.rows[-1][-1].append((int(attributes.get("colspan", 1)), int(attributes.get("rowspan", 1))))
        if tag == "th" and self.tables:
            self.tables[-1].append(attributes)
        if tag == "style" or (tag == "script" and "src" not in attributes):
            self.wrong(f"inline <{tag}>")
        if tag == "svg":
            self.pictures.append({"attributes": attributes, "title": (None, ""), "desc": (None, "")})
        if tag in {"title", "desc"} and self.stack[-2] == "svg":
            self.pictures[-1][tag] = (attributes.get("id"), "")
        if tag == "figure":
            self.figures.append(([], []))
        elif "figure" in self.stack:
            self.figures[-1][0].append(tag)
        if tag == "b":
            self.marked.append("")
        if tag == "section":
            self.open.append(attributes.get("id"))
        if tag == "td" and "number" in (attributes.get("class") or "").split():
            self.cell = ""

    def check_attributes(self, tag, attributes):
        if "id" in attributes:
            id = attributes["id"]
            if not id or id in self.ids or re.search(r"\s", id):
                self.wrong(f"the id {id!r} is empty, has a space or comes twice")
            self.ids.add(id)
        for name, value in attributes.items():
            if name == "style" or name.startswith("on"):
                self.wrong(f"inline {name} in <{tag}>")
            if name in ADDRESSES and not (value or "").startswith(("mailto:", "tel:")):
                self.links.append((self.getpos()[0], value or ""))
            if name in {"for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list"}:
                self.links += [(self.getpos()[0], "#" + id) for id in (value or "").split()]

    def handle_endtag(self, tag):
        if not self.stack or self.stack[-1] != tag:
            self.wrong(f"</{tag}> closes <{self.stack[-1] if self.stack else 'nothing'}>")
            return
        self.stack.pop()
        self.places.pop()
        self.spoken.pop()
        if tag == "section":
            self.open.pop()
        if tag == "td" and self.cell is not None:
            self.numbers.append(self.cell.strip())
            self.cell = None

    def handle_data(self, data):
        if "head" in self.stack:
            return
        if re.search("[\u4e00-\u9fff]", data) and not (self.spoken[-1] or "").startswith("zh"):
            self.foreign.append(data.strip())
        if "sup" in self.stack:
            place = self.term if "dd" in self.stack else [id for id in self.places if id][-1]
            self.marks |= {(place, int(number)) for number in re.findall(r"\[([0-9]+)\]", data)}
            return
        if self.stack[-2:-1] == ["svg"] and self.stack[-1] in {"title", "desc"}:
            id, text = self.pictures[-1][self.stack[-1]]
            self.pictures[-1][self.stack[-1]] = (id, text + data)
        if "figure" in self.stack:  # says again what stands elsewhere
            self.figures[-1][1].append(data)
        else:
            self.text.append(data)
        if "ul" in self.stack and self.list:
            self.lists[self.list] = self.lists.get(self.list, "") + data
        for id in filter(None, self.open):
            self.sections[id] = self.sections.get(id, "") + data
        if "b" in self.stack:
            self.marked[-1] += data
        if self.cell is not None and not {"small", "span"} & set(self.stack):
            self.cell += data


class Site:
    def __init__(self, root, content):
        self.root = root
        self.content = content
        self.shipped = content == ROOT / "content"
        self.base_url = json.loads((content / "site.json").read_text("utf-8")).get("base_url")
        self.files = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
        self.languages = [entry["language"] for entry in json.loads((content / "site.json").read_text("utf-8")).get("translations", [])]
        self.pages = {path: Page(path, (root / path).read_text("utf-8")) for path in sorted(self.files) if path.endswith(".html")}

    def has(self, count, least, what):
        """That the content which is shipped, by far the largest, gave the checks something to do."""
        assert count > (least if self.shipped else 0), f"there are only {count} {what}"

    def below(self, page, link):
        """A link of the page that a server shows at any depth, as if it stood at the root."""
        root = urllib.parse.urlsplit(self.base_url or "/").path
        return "./" + link[len(root) :] if page.path == "404.html" and link.startswith(root) else link

    def target(self, page, link):
        """(file or None, fragment) of a link within the site."""
        link = self.below(page, link)
        if self.base_url and link.startswith(self.base_url):
            link = os.path.relpath("/" + link[len(self.base_url) :], "/" + os.path.dirname(page.path)) + "/" * link.endswith("/")
        parts = urllib.parse.urlsplit(link)
        path = urllib.parse.unquote(parts.path)
        if not path:
            return page.path, urllib.parse.unquote(parts.fragment)
        joined = os.path.normpath(os.path.join(os.path.dirname(page.path), path))
        if path.endswith("/") or joined == ".":
            joined = os.path.normpath(os.path.join(joined, "index.html"))
        return (joined if joined in self.files else None), urllib.parse.unquote(parts.fragment)


    def own(self):
        """The pages in the site's own language."""
        return {path: page for path, page in self.pages.items() if path.split("/")[0] not in self.languages}


def shown(problems):
    assert not problems, f"{len(problems)} problems:\n" + "\n".join(problems[:20])


def test_elements_are_closed_and_ids_come_once(site):
    shown([problem for page in site.pages.values() for problem in page.problems])


def test_every_page_has_its_language_and_one_first_heading(site):
    problems = []
    for page in site.pages.values():
        if not page.language or not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*", page.language):
            problems.append(f"{page.path}: lang is {page.language!r}")
        if page.headings.count(1) != 1 or page.headings[0] != 1:
            problems.append(f"{page.path}: the headings are {page.headings}")
        for above, level in zip(page.headings, page.headings[1:]):
            if level > above + 1:
                problems.append(f"{page.path}: h{level} comes after h{above}")
    shown(problems)


def test_tables_say_what_their_heads_are_of(site):
    problems = []
    for page in site.pages.values():
        for heads in page.tables:
            if not heads or any(head.get("scope") not in {"col", "row", "colgroup", "rowgroup"} for head in heads):
                problems.append(f"{page.path}: a table whose heads are {heads[:3]}")
    shown(problems)
    site.has(sum(len(page.tables) for page in site.pages.values()), 10, "tables")


def test_pictures_can_be_read_without_being_seen(site):
    problems, named = [], 0
    for page in site.pages.values():
        for picture in page.pictures:
            attributes = picture["attributes"]
            if attributes.get("aria-hidden") == "true":
                continue
            named += 1
            for name, tag in (("aria-labelledby", "title"), ("aria-describedby", "desc")):
                id, text = picture[tag]
                if attributes.get("role") != "img" or not id or attributes.get(name) != id or not text.strip():
                    problems.append(f"{page.path}: a picture whose {tag} is {id!r}, {text!r}, and which has {attributes}")
        for names, texts in page.figures:
            if "h3" not in names or "svg" not in names or not {"a", "table"} & set(names):
                problems.append(f"{page.path}: a figure without a heading, a picture or its data: {texts[:3]}")
    shown(problems)
    site.has(named, 5, "pictures")


def widths(rows):
    """How many columns each row of a table has, with what reaches down into it from the rows above."""
    found, reaching = [], []  # (columns, further rows) of cells
    for row in rows:
        found.append(sum(columns for columns, _ in row) + sum(columns for columns, _ in reaching))
        reaching = [(columns, left - 1) for columns, left in reaching + row if left > 1]
    return found


def test_every_row_has_a_cell_for_each_column(site):
    shown([f"{page.path}: table {number} has rows of {sorted(set(widths(rows)))} columns" for page in site.pages.values() for number, rows in enumerate(page.rows, 1) if len(set(widths(rows))) != 1])


def test_cells_for_numbers_hold_numbers(site):
    cells = [(page.path, cell) for page in site.pages.values() for cell in page.numbers]
    shown([f"{path}: {cell!r}" for path, cell in cells if cell not in PLACEHOLDERS and not NUMBER.fullmatch(cell)])
    site.has(len(cells), 500, "cells of class number")


def test_nothing_is_fetched_from_elsewhere(site):
    problems = []
    for page in site.pages.values():
        for line, link in page.links:
            own = site.base_url and link.startswith(site.base_url)
            link = site.below(page, link)
            if not own and re.match(r"\s*([a-z][a-z0-9+.-]*:|//|/|\\)", link, re.IGNORECASE):
                problems.append(f"{page.path}:{line}: {link!r} is not relative")
    for path in site.files:
        if path.endswith((".css", ".js", ".mjs", ".svg")):
            text = (site.root / path).read_text("utf-8").replace("http://www.w3.org/", "")
            problems += [f"{path}: {match}" for match in re.findall(r"(?:https?:|@import|url\(['\"]?//)[^\s;)]*", text)]
    shown(problems)


def test_every_link_leads_somewhere(site):
    problems, links = [], 0
    for page in site.pages.values():
        for line, link in page.links:
            links += 1
            target, fragment = site.target(page, link)
            if target is None:
                problems.append(f"{page.path}:{line}: there is no {link!r}")
            elif fragment and target in site.pages and fragment not in site.pages[target].ids:
                problems.append(f"{page.path}:{line}: {target} has no id {fragment!r}")
    shown(problems)
    site.has(links, 100, "links")


def test_every_page_can_be_reached(site):
    reached, left = set(), ["index.html"]
    while left:
        path = left.pop()
        if path in reached or path not in site.pages:
            continue
        reached.add(path)
        left += [target for target, _ in (site.target(site.pages[path], link) for _, link in site.pages[path].links) if target]
    shown(sorted(set(site.pages) - reached - {"404.html"}))


# --- figures ---


def grouped(stated):
    """4180.76 as 4,180.76; what is no number as it is."""
    match = re.fullmatch(r"(-?)([0-9]+)((?:\.[0-9]+)?)", stated)
    if not match:
        return stated
    sign, whole, decimals = match.groups()
    return sign + re.sub(r"(?<=[0-9])(?=([0-9]{3})+$)", ",", whole) + decimals


def numbers_of(text):
    """How often each number, or what stands for one, is written in a text."""
    return collections.Counter(re.findall(r"(?<![0-9,.])-?[0-9](?:[0-9,]*[0-9])?(?:\.[0-9]+)?|——|不涉及", text))


def figures_by_page(site):
    """The rows of all report.csv, by the page that each should stand on."""
    found = collections.defaultdict(list)
    for path in sorted(site.files):
        if path.endswith("/report.csv"):
            with open(site.root / path, encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file, strict=True):
                    found[os.path.join(os.path.dirname(path), row["scope"], "index.html")].append(row)
    site.has(sum(map(len, found.values())), 1000, "figures")
    return found


def test_every_figure_stands_on_its_page(site):
    problems = []
    for page, rows in figures_by_page(site).items():
        if page not in site.pages:
            problems.append(f"there is no page {page}")
            continue
        written = numbers_of(" ".join(site.pages[page].text))
        for number, times in collections.Counter(grouped(row["stated"]) for row in rows).items():
            if written[number] < times:
                problems.append(f"{page}: {number} is written {written[number]} times, but {times} figures are so")
    shown(problems)


def test_every_figure_can_be_linked_to(site):
    shown([f"{page}: {row['address']} has no anchor" for page, rows in figures_by_page(site).items() for row in rows
           for anchor in (f"{row['table']}.{row['line']}", f"{row['table']}.{row['line']}.{row['column']}") if anchor not in site.pages[page].ids])


def test_how_to_cite_names_an_anchor_of_the_page(site):
    problems = []
    for page in site.pages.values():
        if "cite" in page.sections:
            named = [anchor.rstrip(".") for anchor in re.findall(r"#[^\s。]+", page.sections["cite"])]
            if len(named) != 1 or named[0][1:] not in page.ids:
                problems.append(f"{page.path}: the anchors are {named}")
    shown(problems)


def test_the_address_of_a_report_stands_where_it_is_cited(site):
    """The whole address where the site knows its own, from the root of the site where it does not."""
    cites = {page.path: page.sections["cite"] for page in site.pages.values() if "cite" in page.sections}
    shown([f"{path}: {text!r}" for path, text in cites.items() if (site.base_url or "/") + path[: -len("index.html")] not in text or (not site.base_url and "http" in text)])
    assert cites


def test_a_site_without_an_address_names_none(site):
    found = [page.path for page in site.pages.values() if page.canonical or re.search(r"https?:", "".join(page.text))]
    assert bool(found) == bool(site.base_url), f"there are addresses in {found[:5]}"
    assert ("sitemap.xml" in site.files) == bool(site.base_url), "a sitemap, or none"


# --- what the checks found ---


def published_reports(site):
    for path in sorted(site.files):
        if re.fullmatch("departments/.*/report.json", path):
            yield os.path.dirname(path), json.loads((site.root / path).read_text("utf-8"))


def plain(text):
    return re.sub(r"\s+", "", text)


def test_findings_stand_where_they_belong(site):
    """On the page of the year, and of the projects and evaluations that they are about, whole."""
    problems, count = [], 0
    for folder, report in published_reports(site):
        for number, finding in enumerate(report.get("findings", []), 1):
            count += 1
            below = len(f"{report['department']}/{report['year']}/")
            scopes = {re.match("(?:(?:projects|evaluations)/[^/]+)?", figure["address"][below:])[0] for figure in finding["figures"]}
            for path in {os.path.normpath(os.path.join(folder, scope, "index.html")) for scope in scopes | {""}}:
                text = plain(site.pages[path].sections.get("findings", ""))
                wanted = [finding["message"], finding.get("reason", ""), finding.get("stated", ""), finding.get("recomputed", "")]
                problems += [f"{path}: finding {number}: no {what!r}" for what in wanted if plain(what) not in text]
    shown(problems)
    assert count > 20 or not site.shipped, f"there are only {count} findings"


def test_figures_are_marked_with_what_was_found_about_them(site):
    """And no others are."""
    wanted, found = set(), set()
    at = lambda row: f"{row['table']}.{row['line']}" + ("" if row["table"] in {"facts", "result"} else f".{row['column']}")
    addresses = {row["address"]: (page, at(row)) for page, rows in figures_by_page(site).items() for row in rows}
    for _, report in published_reports(site):
        own = f"{report['department']}/{report['year']}/"
        for number, finding in enumerate(report.get("findings", []), 1):
            for figure in finding["figures"]:
                if figure["address"].startswith(own) and figure["address"] in addresses:
                    wanted.add((*addresses[figure["address"]], number))
    for page in site.own().values():
        found |= {(page.path, *mark) for mark in page.marks}
    shown([f"not marked: {mark}" for mark in sorted(wanted - found)] + [f"marked: {mark}" for mark in sorted(found - wanted)])
    assert len(wanted) > 50 or not site.shipped, f"something was found about only {len(wanted)} figures"


def test_the_quality_page_adds_up(site):
    """Its sums are those of the reports, and every rule that found something lists it."""
    page = site.pages["quality/index.html"]
    reports = [report for _, report in published_reports(site)]
    counts = re.findall("[0-9]+", page.lists["counts"])
    names = ["figures_checked", "figures", "balances_held", "balances_broken", "balances_unchecked"]
    shown([f"{name}: {is_}" for name, is_ in zip(names, counts) if int(is_) != sum(report[name] for report in reports)])
    assert len(counts) == len(names), counts
    text = plain("".join(page.text))
    shown([finding["message"] for report in reports for finding in report.get("findings", []) if plain(finding["message"]) not in text])
    for report in reports:
        assert f"{report['department']}/{report['year']}/#findings" in " ".join(link for _, link in page.links), report["department"]


# --- what is not stated ---


def test_what_is_no_number_has_no_percent_sign(site):
    shown([f"{page.path}: {match}" for page in site.pages.values() for match in re.findall(r".{0,10}(?:——|不涉及)\s*%", "".join(page.text))])


def test_nothing_is_marked_that_is_not_there(site):
    shown([f"{page.path}: an empty <b>" for page in site.pages.values() for marked in page.marked if not marked.strip()])


def test_a_table_is_called_missing_where_the_report_has_none(site):
    """And nowhere else: what a report says of an empty table is said, or that it is empty."""
    problems, count = [], 0
    for source in sorted(site.content.glob("departments/**/report.json")):
        report = json.loads(source.read_text("utf-8"))
        page = site.pages[str(source.parent.relative_to(site.content) / "index.html")]
        for id, text in page.sections.items():
            if not id.startswith("table-"):
                continue
            count += 1
            table = report["tables"].get(id[6:])
            if (LABELS["missing"] in text) != (table is None):
                problems.append(f"{page.path}: {id} is {'not ' if table is None else ''}called missing")
            wanted = {"empty-with-statement": (table or {}).get("statement", LABELS["empty_table"]), "not-applicable": LABELS["not_applicable"]}
            if table and wanted.get(table.get("status"), "") not in text:
                problems.append(f"{page.path}: {id} does not say {wanted[table['status']]!r}")
    shown(problems)
    site.has(count, 20, "tables of reports")


# --- languages ---


def test_a_translation_has_the_same_pages_places_and_figures(site):
    """Only words differ. What is Chinese says so, and the languages lead to each other."""
    problems = []
    for language in site.languages:
        for path, page in site.own().items():
            twin = site.pages.get(f"{language}/{path}")
            if path == "404.html":
                continue
            if not twin:
                problems.append(f"{path}: there is none in {language}")
                continue
            for what in ("ids", "marks"):
                if getattr(page, what) != getattr(twin, what):
                    problems.append(f"{twin.path}: other {what}")
            if [cell.strip() for cell in page.numbers] != [cell.strip() for cell in twin.numbers]:
                problems.append(f"{twin.path}: other numbers")
            if twin.language != language:
                problems.append(f"{twin.path}: lang is {twin.language!r}")
            for one, other in ((page, twin), (twin, page)):
                if other.path not in [site.target(one, link)[0] for _, link in one.links]:
                    problems.append(f"{one.path}: no link to {other.path}")
    shown(problems)
    assert site.languages or not site.shipped


def test_chinese_on_a_page_that_is_not_says_so(site):
    translated = [page for page in site.pages.values() if page.path.split("/")[0] in site.languages]
    shown([f"{page.path}: {text!r}" for page in translated for text in page.foreign][:20])


# --- words ---


def test_the_dictionary_is_for_readers_of_data(site):
    """Its descriptions are those that authors see in their editors; none tells what to write."""
    text = "\n".join(site.pages["data/dictionary/index.html"].sections.values())
    shown(re.findall(r".*(?:不写|可写|写上|注明|必须|请).*", text))


def test_a_field_is_called_as_in_the_dictionary(site):
    schema = json.loads((ROOT / "content/schemas/evaluation.json").read_text("utf-8"))
    title = schema["properties"]["kind"]["title"]
    pages = [page for page in site.own().values() if re.search(r"/evaluations/[^/]+/", page.path)]
    shown([f"{page.path}: no {title!r}" for page in pages if title not in [text.strip() for text in page.text]])
    assert pages


def test_it_is_said_how_to_open_csv(site):
    """CSV has no byte order mark, on purpose: Excel takes it for GBK when it is opened with a click."""
    places = [page.path for page in site.pages.values() if any(link.endswith(".csv") for _, link in page.links)]
    shown([path for path in places if not re.search("Excel.*UTF-8", "".join(site.pages[path].text))])
    assert len(places) > 1, f"there is CSV on {places}"


# --- the sites ---

# What is shipped, what `juesuan init` makes, and the odd cases of tests/site/pages_test.sh.
CONTENTS = [ROOT / "content", ROOT / "cmd/juesuan/init", ROOT / "tests/site/pages/content"]
SITES = [(content, theme) for theme in ("default", "plain") for content in CONTENTS]


def build(content, theme, out):
    command = [JUESUAN, "build", "--content", content, "--theme", ROOT / "themes" / theme, "--out", out]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert not done.returncode, done.stderr.decode()
    return Site(pathlib.Path(out), content)


def run(tests, site, name, number):
    failures = 0
    for number, (test_name, test) in enumerate(tests, number):
        try:
            test(site)
            print(f"ok {number} - {name}: {test_name}")
        except AssertionError as error:
            failures += 1
            message = str(error).replace("\n", "\n# ")
            print(f"not ok {number} - {name}: {test_name}\n# {message}")
    return failures


def main():
    if not os.access(JUESUAN, os.X_OK):
        print("1..0 # SKIP no juesuan in $JUESUAN")
        return 0
    tests = [(name[5:], value) for name, value in globals().items() if name.startswith("test_")]
    failures = 0
    print(f"1..{len(tests) * len(SITES)}")
    for i, (content, theme) in enumerate(SITES):
        with tempfile.TemporaryDirectory(prefix="juesuan-test-") as folder:
            failures += run(tests, build(content, theme, folder), f"{content.relative_to(ROOT)}, {theme}", i * len(tests) + 1)
    return 1 if failures else 0


sys.exit(main())

#!/usr/bin/python3
"""How fast the history is read: the second part of `make bench`.

    history.py [--files N] [--commits N] [--rounds R] [--dir DIR] [--daff COMMAND]

A repository is made of N reports of 35 KB, all invented, and N commits that change one figure each. What
is compared takes turns in each round, in one run on one file system; figures are medians.

    log        the full list of figure changes, without a cache, filling one, and with it;
               beside `git log -p` of the same repository
    one more   the same after one more commit
    diff       two revisions of 200,000 figures of which 5 % differ;
               beside `git diff --no-index` of the two CSVs of the figures, and daff, if it is there
"""
import argparse
import csv
import io
import os
import random
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from bench import JUESUAN, median, run  # noqa: E402

LINES = 430  # of a report: about 35 KB
CLASSES = [f"2{a:02}" for a in range(1, 7)]
GROUPS = [f"{c}{g:02}" for c in CLASSES for g in range(1, 8)]
CODES = sorted(CLASSES + GROUPS + [f"{g}{i:02}" for g in GROUPS for i in range(1, 11)])[:LINES]
COLUMNS = ("final", "basic", "project")

PROFILE = """{"id": "bench", "title": "测速样张（虚构）", "unit": "万元", "classification": 2024,
 "tables": [{"id": "general_public_expenditure", "title": "一般公共预算财政拨款支出决算表",
   "statutory": true, "codes": "functional",
   "columns": [{"id": "final", "label": "合计"}, {"id": "basic"}, {"id": "project"}]}]}
"""
SITE = '{"title": "测速（虚构）", "description": "全部数据均为虚构", "publisher": "虚构的发布者"}\n'


DEPARTMENT = """{"division": "110106", "division_name": "丰台区", "level": "county",
 "names": [{"name": "虚构部门%(number)05d"}]}
"""


def amount(rng):
    return f"{rng.randrange(1, 1000000)}.{rng.randrange(100):02}"


def path_of(number):
    return f"content/departments/d{number:05}/2024/report.json"


def report(figures):
    lines = ",\n".join(
        '  {"id": "%s", %s}' % (code, ", ".join(f'"{c}": "{v}"' for c, v in zip(COLUMNS, row)))
        for code, row in zip(CODES, figures))
    return ('{"year": 2024, "profile": "bench", "unit": "万元", "tables": {"general_public_expenditure": {"lines": [\n'
            + lines + "\n]}}}\n").encode()


class Repository:
    """A repository that is written through `git fast-import`."""

    def __init__(self, folder, files, seed=1):
        self.folder, self.rng, self.count = folder, random.Random(seed), 0
        self.changes = []  # the newest first: address, old, new
        self.figures = [[[amount(self.rng) for _ in COLUMNS] for _ in CODES] for _ in range(files)]
        run(["git", "init", "-q", "-b", "main", folder])
        self.open()

    def open(self):
        self.is_opened = self.count > 0  # what it continues has to be said once
        self.to = subprocess.Popen(["git", "-C", self.folder, "fast-import", "--quiet", "--force"],
                                   stdin=subprocess.PIPE)

    def write(self, path, data):
        self.to.stdin.write(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data))

    def commit(self, message):
        self.count += 1
        self.to.stdin.write(b"commit refs/heads/main\ncommitter juesuan <juesuan@example.org> %d +0800\n"
                            b"data %d\n%s\n" % (1700000000 + self.count * 3600, len(message), message.encode()))
        if self.is_opened:
            self.to.stdin.write(b"from refs/heads/main^0\n")
        self.is_opened = False

    def start(self):
        self.commit("all reports")
        self.write("content/site.json", SITE.encode())
        self.write("content/profiles/bench.json", PROFILE.encode())
        names = ", ".join('{"code": "%s", "name": "科目%s（虚构）"}' % (c, c) for c in CODES)
        self.write("content/classifications/2024.json", ('{"year": 2024, "functional": [%s]}\n' % names).encode())
        for number, figures in enumerate(self.figures):
            self.write(f"content/departments/d{number:05}/department.json",
                       DEPARTMENT.encode() % {b"number": number})
            self.write(path_of(number), report(figures))

    def change_one(self):
        number, line, column = (self.rng.randrange(n) for n in (len(self.figures), len(CODES), len(COLUMNS)))
        old, new = self.figures[number][line][column], amount(self.rng)
        self.figures[number][line][column] = new
        self.changes.insert(0, [f"d{number:05}/2024/general_public_expenditure/{CODES[line]}/{COLUMNS[column]}",
                                old, new])
        self.commit(f"a correction of d{number:05}")
        self.write(path_of(number), report(self.figures[number]))

    def finish(self):
        self.to.stdin.close()
        if self.to.wait():
            sys.exit("git fast-import failed")

    def repack(self):
        run(["git", "-C", self.folder, "repack", "-adfq"])
        run(["git", "-C", self.folder, "reset", "-q", "--hard", "main"])


def git_log(folder):
    return run(["git", "-C", folder, "log", "-p", "--first-parent"])


def juesuan_log(folder, *options):
    return run([JUESUAN, "log", "--content", os.path.join(folder, "content"), "--format", "csv",
                *options], env={**os.environ, "XDG_CACHE_HOME": os.path.join(folder, "cache")})


def measure_log(arguments, folder):
    repository = Repository(folder, arguments.files)
    repository.start()
    for _ in range(arguments.commits):
        repository.change_one()
    repository.finish()
    repository.repack()
    rows = []
    for _ in range(arguments.rounds):
        shutil.rmtree(os.path.join(folder, "cache"), ignore_errors=True)
        git = git_log(folder)
        none = juesuan_log(folder, "--no-cache")
        fill, full = juesuan_log(folder), juesuan_log(folder)
        if not none[2] == fill[2] == full[2]:
            sys.exit("the cache changes what is told")
        repository.open()
        repository.change_one()
        repository.finish()
        more = juesuan_log(folder)
        told = [[row["address"], row["old_stated"], row["new_stated"]]
                for row in csv.DictReader(io.StringIO(more[2])) if row["change"] == "changed"]
        if told != repository.changes:
            sys.exit(f"{len(repository.changes)} figures were changed, and other {len(told)} are told")
        rows.append({"git": git[0], "none": none[0], "fill": fill[0], "full": full[0],
                     "more": more[0]})
    of = {key: median(rows, key) for key in rows[0]}
    print(f"history: {arguments.files} reports of {len(report(repository.figures[0])) / 1000:.0f} KB, "
          f"{arguments.commits} commits of one change")
    print(f"  git log -p               {of['git']:8.2f} s")
    print(f"  log, without a cache     {of['none']:8.2f} s   {of['none'] / of['git']:.2f} x git log -p")
    print(f"  log, filling the cache   {of['fill']:8.2f} s")
    print(f"  log, with the cache      {of['full']:8.2f} s")
    print(f"  and one more commit      {of['more']:8.2f} s")


# --- two revisions ---

def csv_of(repository):
    rows = ["address,value"]
    for number, figures in enumerate(repository.figures):
        rows += [f"d{number:05}/2024/general_public_expenditure/{code}/{column},{value}"
                 for code, row in zip(CODES, figures) for column, value in zip(COLUMNS, row)]
    return "\n".join(rows) + "\n"


def write_csv(folder, name, repository):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(csv_of(repository))


def git_diff(folder):
    # `git diff` says 1 when there is a difference
    return run(["sh", "-c", 'git diff --no-index "$0/old.csv" "$0/new.csv"; [ $? = 1 ]', folder])


def measure_diff(arguments, folder):
    files = max(1, round(arguments.figures / LINES / len(COLUMNS)))
    repository = Repository(folder, files, seed=2)
    repository.start()
    write_csv(folder, "old.csv", repository)
    figures = files * LINES * len(COLUMNS)
    repository.commit("many corrections")
    for figure in repository.rng.sample(range(figures), figures // 20):
        number, place = divmod(figure, LINES * len(COLUMNS))
        line, column = divmod(place, len(COLUMNS))
        old = repository.figures[number][line][column]
        repository.figures[number][line][column] = old[:-1] + ("1" if old[-1] != "1" else "2")
    for number, figures_of in enumerate(repository.figures):
        repository.write(path_of(number), report(figures_of))
    repository.finish()
    repository.repack()
    write_csv(folder, "new.csv", repository)
    rows = []
    for _ in range(arguments.rounds):
        git = git_diff(folder)
        mine = run([JUESUAN, "diff", "HEAD~1", "HEAD", "--content", os.path.join(folder, "content"),
                    "--format", "csv"])
        changed = len(mine[2].splitlines()) - 1
        if changed != figures // 20:
            sys.exit(f"{figures // 20} figures were changed, and {changed} are told")
        rows.append({"git": git[0], "mine": mine[0]})
        if arguments.daff:
            rows[-1]["daff"] = run([*arguments.daff.split(), "--id", "address", "--output", os.devnull,
                                    os.path.join(folder, "old.csv"), os.path.join(folder, "new.csv")])[0]
    of = {key: median(rows, key) for key in rows[0]}
    print(f"diff: {figures} figures, {figures // 20} of them changed")
    print(f"  git diff of two CSVs     {of['git']:8.2f} s")
    print(f"  diff of two revisions    {of['mine']:8.2f} s   {of['mine'] / of['git']:.2f} x git diff")
    if arguments.daff:
        print(f"  daff of two CSVs         {of['daff']:8.2f} s   {of['daff'] / of['mine']:.1f} x the diff of two revisions")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--commits", type=int, default=1000)
    parser.add_argument("--figures", type=int, default=200000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--dir", default="/dev/shm/juesuan-history")
    parser.add_argument("--daff", default=shutil.which("daff") or "")
    arguments = parser.parse_args()
    for name, part in (("log", measure_log), ("diff", measure_diff)):
        folder = os.path.join(arguments.dir, name)
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        part(arguments, folder)
    shutil.rmtree(arguments.dir)


if __name__ == "__main__":
    main()

#!/usr/bin/python3
"""What the search costs, and whether it is right: the third part of `make bench`.

    search.py [--reports N] [--rounds R] [--queries N] [--dir DIR] [--pagefind FILE]

An invented site of about 20 pages a report is built with its search and without it (unsearched.c): the difference of
the two is what the index costs. Beside it Pagefind makes its index of the same HTML, as it is, and once without the
figures of the tables, which the site's own search does not have either. The programs take turns in each round; figures
are medians. Time is that of the processor; memory is the peak of the whole program, for the site's own search that of
the whole build.

Then both are asked the same random questions and compared with looking at every text and page (ask.mjs): QUERIES of
the environment or --queries says how many. Without Pagefind, node, Playwright or Chromium that part is left out.
"""
import argparse
import glob
import json
import os
import shutil
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from bench import BUILD, HERE, JUESUAN, THREADS, generate, median, spend  # noqa: E402

UNSEARCHED = os.path.join(BUILD, "tests/bench/unsearched")
THEME = os.path.join(HERE, "../../themes/default")


def measure(command, **options):
    _, seconds, memory, _ = spend(command, **options)
    return {"seconds": seconds, "memory": memory}


def build(program, content, out):
    shutil.rmtree(out, ignore_errors=True)
    return measure([program, "build", "--content", content, "--out", out, "--theme", THEME, "--jobs", str(THREADS)])


def size_of(folder, wanted=lambda name: True):
    return sum(os.path.getsize(os.path.join(path, name)) for path, _, names in os.walk(folder)
               for name in names if wanted(name))


def find_pagefind(package):
    """The program itself: node, which starts it otherwise, would be measured with it."""
    programs = glob.glob(os.path.join(os.path.dirname(package), "../@pagefind/*/bin/pagefind_extended")) if package else []
    return programs[0] if programs else None


def pagefind(program, site, out, *options):
    shutil.rmtree(out, ignore_errors=True)
    result = measure([program, "--site", site, "--output-path", out, "--silent", *options],
                     env={**os.environ, "RAYON_NUM_THREADS": str(THREADS)})
    return {**result, "bytes": size_of(out, lambda name: not name.endswith((".js", ".css")) and not name.startswith("wasm"))}


def costs(arguments, content, folder):
    program = find_pagefind(arguments.pagefind)
    site, out = f"{folder}/site", f"{folder}/pagefind"
    mine, without, theirs = [], [], []
    for _ in range(arguments.rounds):
        without.append(build(UNSEARCHED, content, site))
        mine.append(build(JUESUAN, content, site))
        if program:
            theirs.append(pagefind(program, site, out))
    pages = sum(name.endswith(".html") for _, _, names in os.walk(site) for name in names)
    html = size_of(site, lambda name: name.endswith(".html"))
    index = size_of(f"{site}/search", lambda name: name.endswith(".bin"))
    seconds, memory = median(mine, "seconds"), median(mine, "memory")
    cost = seconds - median(without, "seconds")
    print(f"search: {pages} pages, {html / 1e6:.0f} MB of HTML, {THREADS} threads, medians of {arguments.rounds} rounds on {folder}")
    print(f"  juesuan   {cost:8.2f} s of the {seconds:.2f} s of a build  {memory:6.0f} MiB peak of the build, "
          f"{memory - median(without, 'memory'):.0f} more than without  {index / 1e6:6.2f} MB, {index / html:.3f} of the HTML")
    if not program:
        print("  nothing to measure it beside: there is no Pagefind")
        return None
    less = pagefind(program, site, f"{folder}/pagefind-less", "--exclude-selectors", "td.number")
    shutil.rmtree(f"{folder}/pagefind-less")
    for name, row in (("pagefind", {key: median(theirs, key) for key in theirs[0]}), ("  without figures", less)):
        print(f"  {name:9} {row['seconds']:8.2f} s  {row['memory']:6.0f} MiB peak  {row['bytes'] / 1e6:6.2f} MB, {row['bytes'] / html:.3f} of the HTML:  "
              f"{row['seconds'] / cost:.0f} times the time, {row['memory'] / memory:.1f} times the memory, {row['bytes'] / index:.1f} times the size")
    return out


def answers(arguments, folder, theirs):
    if not shutil.which("node"):
        print("  nothing is asked: there is no node")
        return
    with open(f"{folder}/package.json", "w", encoding="utf-8") as file:
        file.write('{"type": "module"}\n')  # as the pages say of their scripts
    said = json.loads(spend(["node", os.path.join(HERE, "ask.mjs"), f"{folder}/site", str(arguments.queries), *([theirs] if theirs else [])])[3])
    own = said["own"]
    print(f"  {said['queries']} questions, against looking at {said['texts']} texts and {said['pages']} pages")
    print(f"  juesuan            {own['wrong']:5d} wrong ({own['strange']} with a page without the words, {own['nothing']} with nothing)")
    for name, title in (("typed", "pagefind"), ("quoted", "pagefind, in quotes")):
        if name in said:
            row = said[name]
            print(f"  {title:18} {row['wrong']:5d} wrong ({row['strange']} with a page without the words, {row['missed']} without a page that has them, "
                  f"{row['nothing']} with nothing)")
    if theirs and "typed" not in said:
        print("  Pagefind is not asked: there is no Playwright or no Chromium")
    if own["wrong"]:
        sys.exit("the search is wrong")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=190)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--queries", type=int, default=int(os.environ.get("QUERIES", "200")))
    parser.add_argument("--dir", default="/dev/shm/juesuan-search")
    parser.add_argument("--pagefind", default=os.environ.get("PAGEFIND", ""))
    arguments = parser.parse_args()
    shutil.rmtree(arguments.dir, ignore_errors=True)
    try:
        os.makedirs(arguments.dir)
        content = f"{arguments.dir}/content"
        generate(content, arguments.reports)
        answers(arguments, arguments.dir, costs(arguments, content, arguments.dir))
    finally:
        shutil.rmtree(arguments.dir, ignore_errors=True)


if __name__ == "__main__":
    main()

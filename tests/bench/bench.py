#!/usr/bin/python3
"""How fast, and with how much memory: what `make bench` runs.

    bench.py [--reports N] [--rounds R] [--growth N,N,...] [--no-hugo] [--dir DIR] [--large DIR]

Everything happens in one run on one file system (/dev/shm), the programs taking turns in each round,
so that a noisy machine is noisy for all of them. Figures are medians. "Floor" is what floor.c measures:
writing the same files from memory and inserting the same rows, one after the other in one thread; or
both at once, in two.

Growth is measured once for each size. What does not fit into the memory of --dir goes to --large, on the
disk: there its memory says something, its time does not.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get("BUILD", os.path.join(HERE, "../../build"))
JUESUAN = os.environ.get("JUESUAN", os.path.join(BUILD, "juesuan"))
THREADS = 2


def spend(command, **options):
    """Runs a program; seconds, of the processor too, peak resident set in MiB, its output."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    output, errors = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} failed:\n{output.decode()}{errors.decode()}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output.decode()


def run(command, **options):
    """The same without the time of the processor."""
    seconds, _, memory, output = spend(command, **options)
    return seconds, memory, output


def generate(folder, reports):
    if not os.path.isdir(folder):
        run([os.path.join(BUILD, "tests/bench/generate"), folder, str(reports)])


def build(content, out):
    shutil.rmtree(out, ignore_errors=True)
    seconds, memory, output = run([JUESUAN, "build", "--content", content, "--out", out,
                                   "--jobs", str(THREADS)])
    words = output.split()
    return {"seconds": seconds, "memory": memory, "pages": int(words[words.index("pages,") - 1]),
            "files": int(words[words.index("files") - 1]), "bytes": int(words[words.index("bytes,") - 1]),
            "rows": int(words[words.index("rows,") - 1])}


def check(content):
    """All checks alone, without a site."""
    seconds, memory, output = run([JUESUAN, "check", content, "--format", "json", "--jobs", str(THREADS)])
    return {"seconds": seconds, "memory": memory, **json.loads(output)["checked"]}


def floor(site, out):
    return json.loads(run([os.path.join(BUILD, "tests/bench/floor"), site, out])[2])


# --- hugo ---

HUGO_CONFIG = """baseURL = "https://example.org/"
title = "bench"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404"]
[markup.goldmark.renderer]
unsafe = false
"""

HUGO_BASE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<link rel="stylesheet" href="/style.css"></head><body>
<header><a href="/">{{ .Site.Title }}</a></header>
<nav>{{ range .Ancestors.Reverse }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
<main>{{ block "main" . }}{{ end }}</main></body></html>
"""

HUGO_PROJECT = """{{ define "main" }}<h1>{{ .Title }}</h1>
<p>{{ .Params.supervisor }} {{ .Params.implementer }} {{ .Params.goal }} {{ .Params.goal_actual }}</p>
<table><thead><tr><th>资金</th><th>年初预算数</th><th>全年预算数</th><th>全年执行数</th><th>分值</th><th>执行率</th><th>得分</th></tr></thead><tbody>
{{ range .Params.funds }}<tr id="{{ .id }}"><th scope="row">{{ .id }}</th><td class="number">{{ .initial_budget }}</td><td class="number">{{ .full_budget }}</td><td class="number">{{ .executed }}</td><td class="number">{{ with .weight }}{{ if reflect.IsMap . }}——{{ else }}{{ . }}{{ end }}{{ end }}</td><td class="number">{{ .execution_rate }}</td><td class="number">{{ with .score }}{{ if reflect.IsMap . }}——{{ else }}{{ . }}{{ end }}{{ end }}</td></tr>
{{ end }}</tbody></table>
<table><thead><tr><th>一级指标</th><th>二级指标</th><th>三级指标</th><th>年度指标值</th><th>实际完成值</th><th>分值</th><th>得分</th><th>原因</th></tr></thead><tbody>
{{ range .Params.indicators }}<tr id="{{ .id }}"><td>{{ .level1 }}</td><td>{{ .level2 }}</td><th scope="row">{{ .name }}</th><td>{{ .target }}</td><td>{{ .actual }} {{ .completion }}</td><td class="number">{{ .weight }}</td><td class="number">{{ .score }}</td><td>{{ .reason }}</td></tr>
{{ end }}</tbody></table>{{ end }}
"""

HUGO_REPORT = """{{ define "main" }}<h1>{{ .Title }}</h1>
{{ range $name, $table := .Params.tables }}<section id="{{ $name }}"><h2>{{ $name }}</h2>
<table><thead><tr><th>项目</th><th>合计</th><th>基本支出</th><th>项目支出</th><th>年初预算数</th><th>完成率</th></tr></thead><tbody>
{{ range $table.lines }}<tr id="{{ $name }}.{{ .id }}"><td class="code">{{ .id }}</td><th scope="row">{{ .id }}</th><td class="number">{{ .final }}</td><td class="number">{{ .basic }}</td><td class="number">{{ .project }}</td><td class="number">{{ .initial_budget }}</td><td class="number">{{ .completion }}</td></tr>
{{ end }}</tbody></table></section>{{ end }}
{{ .Content }}
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ range first 1 .Params.funds }}{{ .full_budget }} {{ .executed }}{{ end }}</li>{{ end }}</ul>{{ end }}
"""

HUGO_LIST = """{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
"""


def hugo_site(content, folder):
    """The same departments as a hugo site: a page for each department, year and project, the data of
    each page as its front matter, the narrative as its text."""
    if os.path.isdir(folder):
        return
    layouts = {"_default/baseof.html": HUGO_BASE, "_default/list.html": HUGO_LIST,
               "project/single.html": HUGO_PROJECT, "report/list.html": HUGO_REPORT}
    for name, text in layouts.items():
        path = os.path.join(folder, "layouts", name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    with open(os.path.join(folder, "config.toml"), "w", encoding="utf-8") as file:
        file.write(HUGO_CONFIG)
    root = os.path.join(content, "departments")
    for path, folders, files in os.walk(root):
        folders.sort()
        target = os.path.join(folder, "content/departments", os.path.relpath(path, root))
        os.makedirs(target, exist_ok=True)
        if "department.json" in files:
            data = json.load(open(os.path.join(path, "department.json"), encoding="utf-8"))
            page(os.path.join(target, "_index.md"), dict(data, title=data["names"][0]["name"]), "")
        if "report.json" in files:
            data = json.load(open(os.path.join(path, "report.json"), encoding="utf-8"))
            text = open(os.path.join(path, "narrative.md"), encoding="utf-8").read()
            text = text.replace("{{", "").replace("}}", "")  # references are juesuan's own
            page(os.path.join(target, "_index.md"), dict(data, title=str(data["year"]), type="report"), text)
            for name in sorted(os.listdir(os.path.join(path, "projects"))):
                data = json.load(open(os.path.join(path, "projects", name), encoding="utf-8"))
                page(os.path.join(target, data["id"] + ".md"), dict(data, title=data["name"], type="project"), "")
            folders.clear()


def page(path, data, text):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False)
        file.write("\n\n" + text)


def hugo(site, out):
    shutil.rmtree(out, ignore_errors=True)
    environment = dict(os.environ, HUGO_CACHEDIR=os.path.join(os.path.dirname(out), "hugo-cache"),
                       GOMAXPROCS=str(THREADS))
    seconds, memory, _ = run(["hugo", "--quiet", "--noTimes", "--source", site, "--destination", out],
                             env=environment)
    pages = sum(name == "index.html" for _, _, files in os.walk(out) for name in files)
    size = sum(os.path.getsize(os.path.join(p, n)) for p, _, files in os.walk(out) for n in files)
    return {"seconds": seconds, "memory": memory, "pages": pages, "bytes": size}


# --- the report ---

def median(rows, key):
    return statistics.median(row[key] for row in rows)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--growth", default="200,2000,20000")
    parser.add_argument("--no-hugo", action="store_true")
    parser.add_argument("--dir", default="/dev/shm/juesuan-bench")
    parser.add_argument("--large", default=os.path.join(BUILD, "bench"))
    arguments = parser.parse_args()
    try:
        os.makedirs(arguments.dir, exist_ok=True)
        measure(arguments, arguments.dir)
        grow(arguments)
    finally:
        shutil.rmtree(arguments.dir, ignore_errors=True)
        shutil.rmtree(arguments.large, ignore_errors=True)


BYTES_A_REPORT = 1_100_000  # sources and site


def grow(arguments):
    for size in (int(word) for word in arguments.growth.split(",") if word):
        free = shutil.disk_usage(arguments.dir).free
        folder = arguments.dir if size * BYTES_A_REPORT < free / 2 else arguments.large
        os.makedirs(folder, exist_ok=True)
        content, out = f"{folder}/content-{size}", f"{folder}/out"
        generate(content, size)
        result = build(content, out)
        print(f"  growth: {size:6d} department-years  {result['seconds']:8.2f} s  "
              f"{result['pages'] / result['seconds']:9.0f} pages/s  {result['memory']:6.0f} MiB peak"
              f"{'' if folder == arguments.dir else '  (on the disk)'}", flush=True)
        shutil.rmtree(content)
        shutil.rmtree(out)


def measure(arguments, folder):
    n = arguments.reports
    content, out = f"{folder}/content-{n}", f"{folder}/out"
    generate(content, n)
    ours, checks, floors, hugos = [], [], [], []
    if not arguments.no_hugo:
        hugo_site(content, f"{folder}/hugo-{n}")
    for _ in range(arguments.rounds):
        ours.append(build(content, out))
        checks.append(check(content))
        floors.append(floor(out, f"{folder}/floor"))
        if not arguments.no_hugo:
            hugos.append(hugo(f"{folder}/hugo-{n}", f"{folder}/hugo-out"))
            shutil.rmtree(f"{folder}/hugo-out")
    shutil.rmtree(out)
    seconds = median(ours, "seconds")
    serial = statistics.median(f["files1"] + f["database"] for f in floors) / 1e6
    together = median(floors, "together") / 1e6
    first = ours[0]
    print(f"{n} department-years, {THREADS} threads, medians of {arguments.rounds} rounds on {folder}")
    print(f"  juesuan   {seconds:8.2f} s  {first['pages'] / seconds:9.0f} pages/s  "
          f"{median(ours, 'memory'):6.0f} MiB peak  ({first['pages']} pages, {first['files']} files, "
          f"{first['bytes'] / 1e6:.0f} MB, {first['rows']} rows)")
    print(f"  floor     {serial:8.2f} s  files {median(floors, 'files1') / 1e6:.2f} s, database "
          f"{median(floors, 'database') / 1e6:.2f} s (both at once: {together:.2f} s)")
    print(f"  ratio to the floor: {seconds / serial:.2f} (at once: {seconds / together:.2f})")
    alone, checked = median(checks, "seconds"), checks[0]
    print(f"  check     {alone:8.2f} s  {checked['figures'] / alone:9.0f} figures/s  "
          f"{median(checks, 'memory'):6.0f} MiB peak  ({checked['figures']} figures, of which "
          f"{checked['figures_checked']} checked; {checked['balances_held']} balances held)")
    print(f"  check alone takes {alone / seconds:.2f} of the time of a build")
    if hugos:
        other = median(hugos, "seconds")
        print(f"  hugo      {other:8.2f} s  {hugos[0]['pages'] / other:9.0f} pages/s  "
              f"{median(hugos, 'memory'):6.0f} MiB peak  ({hugos[0]['pages']} pages, "
              f"{hugos[0]['bytes'] / 1e6:.0f} MB)")
        print(f"  hugo takes {other / seconds:.1f} times as long")
    shutil.rmtree(content)
    shutil.rmtree(f"{folder}/hugo-{n}", ignore_errors=True)


if __name__ == "__main__":
    main()

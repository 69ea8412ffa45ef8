#!/bin/sh
# juesuan diff --format daff says what daff says of the figures of both sides, after changes at random.
# `make test-full` installs daff and names it in $DAFF.
. tests/cmd/tap.sh

if [ -z "$full" ] || [ ! -e "${DAFF:-}" ]; then
    skip 'tabular diffs are those of daff' 'it needs daff: make test-full'
    done_testing
fi
cd "$ground" || exit 1
revisions=6

# Lines of reports come, go and are changed; labels have signs that diffs and CSV have. All invented.
cat >change.py <<'END'
import glob, json, random, sys
random.seed(int(sys.argv[1]))
labels = ["甲->乙", "甲--->乙", "=1+1", "-", "a,b", '说"明"', "空 格", "->", "NULLA", "..."]
for path in sorted(glob.glob("content/departments/**/report.json", recursive=True)):
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    for table in report["tables"].values():
        for line in list(table.get("lines", [])):
            dice = random.random()
            if dice < 0.1:
                table["lines"].remove(line)
            elif dice < 0.3 and "final" in line:
                line["final"] = str(random.randrange(-9, 9999)) + random.choice(["", ".5", ".50"])
    facts = report["facts"] = report.get("facts", [])
    for n in range(20):
        facts[:] = [fact for fact in facts if fact["id"] != f"f{n}"]
        if random.random() < 0.5:
            facts.append({"id": f"f{n}", "label": random.choice(labels), "value": str(random.randrange(3)), "unit": "份"})
    with open(path, "w", encoding="utf-8") as file:
        json.dump(report, file, ensure_ascii=False, indent=1)
END

# All figures of a site in one table, by department and address.
cat >figures.py <<'END'
import csv, glob, sys
rows, header = [], None
for path in glob.glob(sys.argv[1] + "/departments/**/report.csv", recursive=True):
    with open(path, encoding="utf-8", newline="") as file:
        header, *more = csv.reader(file)
    rows += more
rows.sort(key=lambda row: (row[header.index("department")].encode(), row[0].encode()))
with open(sys.argv[2], "w", encoding="utf-8", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows([header, *rows])
END

# The figures of one of two years, of departments that have both, with a key that both have in common: the address
# without the year, a project as the later year calls it.
cat >year.py <<'END'
import csv, glob, json, os, sys
content, site, year, earlier, later, out = sys.argv[1:]
scopes, rows, header = {}, [], None
def forms(department, year, kind):
    found = {}
    for path in glob.glob(f"{content}/departments/{department}/{year}/{kind}/*.json"):
        with open(path, encoding="utf-8") as file:
            form = json.load(file)
        found[form["id"]] = form
    return found
def scope(department, scope):
    kind, id = scope.split("/")
    name = forms(department, year, kind)[id]["name"]
    if kind == "projects" and year == earlier:
        after = forms(department, later, kind).values()
        same = [f for f in after if f.get("continues") == id]
        taken = [f["continues"] for f in after if "continues" in f]
        if not same and id not in taken:
            same = [f for f in after if f["name"] == name and "continues" not in f]
        return f"{kind}/{same[0]['id']} {same[0]['name']}" if same else f"{kind}/{id} {name}\t"
    return f"{kind}/{id} {name}"
for path in glob.glob(f"{site}/departments/**/{year}/report.csv", recursive=True):
    if not all(os.path.exists(path.replace(f"/{year}/", f"/{y}/")) for y in (earlier, later)):
        continue
    with open(path, encoding="utf-8", newline="") as file:
        header, *more = csv.reader(file)
    at = {name: n for n, name in enumerate(header)}
    for row in more:
        department, below = row[at["department"]], row[0][len(row[at["department"]]) + len("/2024/"):]
        if row[at["scope"]]:
            below = scope(department, row[at["scope"]]) + below[len(row[at["scope"]]):]
        rows.append([f"{department}/{below}", *[cell for name, cell in zip(header, row) if name not in ("address", "year")]])
rows.sort(key=lambda row: (row[1].encode(), row[0].encode()))
for row in rows: # projects that ended are by themselves, and told by their year
    row[0] = row[0].replace("\t", f" ({year})")
with open(out, "w", encoding="utf-8", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows([["key", *[name for name in header if name not in ("address", "year")]], *rows])
END

"$juesuan" init content >/dev/null
rm content/departments/example/culture/2024/narrative.md # it cites figures
for n in $(seq $revisions); do
    python3 change.py "$n"
    [ "$n" != 3 ] || mkdir -p content/departments/example/sports
    [ "$n" != 3 ] || cp -R content/departments/example/culture/department.json content/departments/example/culture/2023 content/departments/example/sports
    [ "$n" != 5 ] || rm -r content/departments/example/culture/2024
    commit . "2024-10-0$n" "第 $n 次"
    git tag "r$n"
    build content "site-$n"
    is "$status$err" 0 "revision $n is built"
    python3 figures.py "site-$n" "$n.csv"
done
for old in $(seq $revisions); do
    for new in $(seq $revisions); do
        node "$DAFF" --id address --ignore file --ignore source_line "$old.csv" "$new.csv" >expected
        "$juesuan" diff "r$old" "r$new" --format daff >told
        check "r$old to r$new: $(wc -l <told) lines" cmp expected told
    done
done

# --- two years, whose projects have other ids and names ---
project() { # year id name executed field...
    mkdir -p "content/departments/example/culture/$1/projects"
    printf '{"id": "%s", "name": "%s（虚构）", "unit": "万元", %s"funds": [{"id": "total", "executed": "%s", "full_budget": "60"}]}\n' "$2" "$3" "${5:-}" "$4" \
        >"content/departments/example/culture/$1/projects/$2.json"
}
git checkout -q r4 -- content
project 2023 p01 图书馆购书 10
project 2023 p02 博物馆免费开放 20
project 2023 p03 送戏下乡 40
project 2023 p04 文化站修缮 50
project 2024 p01 博物馆免费开放 20
project 2024 p02 图书馆购书 11
project 2024 p03 文化惠民演出 41 '"continues": "p03", '
project 2024 p04 数字文化馆 51
project 2024 p05 文化站修缮（二期） 51
build content site-years
is "$status$err" 0 'two years are built'
python3 year.py content site-years 2023 2023 2024 2023.csv
python3 year.py content site-years 2024 2023 2024 2024.csv
for pair in '2023 2024' '2024 2023'; do
    set -- $pair
    node "$DAFF" --id key --ignore file --ignore source_line "$1.csv" "$2.csv" >expected
    "$juesuan" diff "$1" "$2" --format daff >told
    check "$1 to $2: $(wc -l <told) lines" cmp expected told
done
done_testing

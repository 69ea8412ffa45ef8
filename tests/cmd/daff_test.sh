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
done_testing

#!/bin/sh
# The examples of CONTRIBUTING.md: applied to a copy of the tree, all together, compiled and run.
. tests/cmd/tap.sh

build=${BUILD:-$root/build}
tree=$ground/tree

# --- the copy ---

mkdir -p "$tree/build/lib"
cp -Rp cmd lib content themes tests Makefile ./*.md LICENSE "$tree"
# what no example changes need not be compiled again; objects with instrumentation are of no use
[ "$build" = "$root/build" ] && cp -Rp "$build/lib/base" "$build/lib/text" "$tree/build/lib" 2>/dev/null
chmod -R u+w "$tree"

in_tree() { # command...
    (cd "$tree" && env -u MAKEFLAGS -u MAKELEVEL -u SANITIZE GIT_CEILING_DIRECTORIES="$ground" "$@")
}

# --- the examples ---

# Each block of the page in a file: changes are NN.diff, new files have their path in NN.path.
mkdir "$ground/blocks"
awk -v folder="$ground/blocks" '
    /^## / { section = substr($0, 4) }
    inside && /^```$/ { inside = 0; close(file); next }
    inside { print >file; next }
    /^```/ {
        inside = 1
        file = sprintf("%s/%02d", folder, ++count)
        print section >(file ".section")
        if ($1 == "```diff") file = file ".diff"
        else print $2 >(file ".path")
    }' CONTRIBUTING.md

for section in "$ground"/blocks/*.section; do
    block=${section%.section}
    section=$(cat "$section")
    path=$(cat "$block.path" 2>/dev/null)
    if [ -f "$block.diff" ]; then
        check "$section: the change can be applied" in_tree git apply --unidiff-zero "$block.diff"
    elif [ -n "$path" ]; then
        check_not "$section: $path is new" test -e "$tree/$path"
        cp "$block" "$tree/$path"
    else
        fail "$section: a block is neither a change nor a file"
    fi
done
is "$(cat "$ground"/blocks/*.section | uniq)" 'A field
A column
A dataset
A page
A rule
A command' 'there are examples of all that can be added'

check 'the examples are compiled' in_tree make -j2 CFLAGS=-O0 HARDEN=-fPIE all
new=$tree/build/juesuan
if [ ! -x "$new" ]; then
    done_testing
fi
run in_tree "$new" schema --out content/schemas
is "$status" 0 'the schemas are written'

# --- sources that use what is new ---

(cd "$tree/content" && python3 - <<'P'
import json, pathlib

def change(path, by):
    path = pathlib.Path(path)
    source = json.loads(path.read_text(encoding="utf-8"))
    by(source)
    path.write_text(json.dumps(source, ensure_ascii=False), encoding="utf-8")

def department(it):
    it["website"] = "https://example.org/fengtai"
    it["windows"] = [{"id": "hall", "name": "综合窗口（虚构）"}]

def table(tables, id):
    return next(t for t in tables if t["id"] == id)

def profile(it):
    table(it["tables"], "general_public_expenditure")["columns"].append({"id": "audited"})

def report(it):
    table(it["tables"]["general_public_expenditure"]["lines"], "201")["audited"] = "3940.00"

place = "departments/beijing/fengtai/zwfwj/"
change(place + "department.json", department)
change("profiles/beijing-2021.json", profile)
change(place + "2021/report.json", report)
P
) || fail 'the sources are changed'
mkdir -p "$tree/content/theme/templates"
echo '{{department.website}} {{#department.windows}}{{name}}{{/department.windows}}' \
    >"$tree/content/theme/templates/department.mustache"
run in_tree "$new" build --strict
is "$status $err" '0 ' 'a site with all of it is built'

# --- what came of each ---

site=$tree/public
place=beijing/fengtai/zwfwj
has "$(cat "$tree/content/schemas/department.json")" '"description": "部门自己的网站"' 'field: it is in the schema'
has "$(grep "^$place," "$site/data/departments.csv")" ',https://example.org/fengtai' 'field: it is in the data'
has "$(cat "$site/departments/$place/index.html")" 'https://example.org/fengtai' 'field: templates know it'

address=$place/2021/general_public_expenditure/201/audited
has "$(grep "^$address," "$site/departments/$place/2021/report.csv")" '审定数,amount,39400000,3940.00,万元' \
    'column: its figures have an address'
has "$(head -1 "$site/data/general_public_expenditure.csv")" ',audited,audited_stated' 'column: it is one of the table'

is "$(cat "$site/data/windows.csv")" "$(printf 'department,id,name\n%s,hall,综合窗口（虚构）' "$place")" 'dataset: it is in CSV'
is "$(sqlite3 "$site/data/juesuan.sqlite" 'SELECT w.name FROM windows w JOIN departments d ON d.id = w.department' 2>&1)" \
    '综合窗口（虚构）' 'dataset: it is in SQLite'
has "$(cat "$site/departments/$place/index.html")" '综合窗口（虚构）' 'dataset: templates know it'

page=$(cat "$site/imprint/index.html")
has "$page" '<h1>关于本站</h1>' 'page: it is there'
has "$page" "<p>$(sqlite3 "$site/data/juesuan.sqlite" 'SELECT count(*) FROM all_figures') " 'page: it shows what it was given'
has "$(cat "$site/index.html")" 'href="./imprint/"' 'page: a link leads there'

has "$("$new" check --explain posts)" '超编' 'rule: it explains itself'
has "$(cat "$site/quality/index.html")" 'id="rule-posts"' 'rule: it is on the quality page'
sed -i 's/"established": "23"/"established": "16"/' "$tree/content/departments/$place/2021/report.json"
run in_tree "$new" check --rule posts --format json
is "$status $(printf '%s' "$out" | python3 -c 'import json, sys
print(*(f["figures"][0]["address"] + " " + f["message"] for f in json.load(sys.stdin)["findings"]))')" \
    '0 beijing/fengtai/zwfwj/2021/staffing/administrative/actual “人员构成”的“行政”：实有 17 人，编制 16 人' 'rule: it finds what it should'

run "$new" columns
has "$out" 'audited 审定数' 'command: it runs'
has "$("$new" help)" '  columns   List the columns.' 'command: it is in the help'
has "$(cat "$tree/build/juesuan.1")" '.Ss columns' 'command: it is in the manual'
check 'command: its test passes' in_tree env JUESUAN="$new" BUILD="$tree/build" sh tests/cmd/columns_test.sh

is "$(python3 tests/cmd/manpages.py keys "$new" "$tree/build/juesuan-content.5" "$tree/build/juesuan-profile.5" 2>&1)" '' \
    'the manual has all keys, the new ones too'

# --- what the text names ---

is_there() { # path, of a file or as #include has it
    [ -e "$tree/$1" ] || [ -e "$tree/lib/$1" ]
}
for path in $(grep -oE '`[a-z]+/[A-Za-z0-9_./-]+`' CONTRIBUTING.md | tr -d '`' | LC_ALL=C sort -u); do
    check "$path is there" is_there "$path"
done
for target in $(grep -oE '`make [a-z-]+[` ]' CONTRIBUTING.md | tr -d '`' | sed 's/ $//; s/.* //' | LC_ALL=C sort -u); do
    check "make $target is a target" grep -qE "^([a-z -]* )?$target( [a-z -]*)?:" Makefile
done

done_testing

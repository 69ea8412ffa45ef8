#!/bin/sh
# The story of `make story`: what it tells is in tests/story/told, with ids as ID, and numbers of bytes,
# files, pages and rows as N; UPDATE=1 writes it, to be read by somebody. What it leaves behind is looked
# at here: the figures of 2020, worked out by hand; the commits; the pages.

# repositories are synced: in memory that costs nothing
if [ -w /dev/shm ] && [ "$(df --output=avail /dev/shm | tail -1)" -gt 100000 ]; then
    export TMPDIR=/dev/shm
fi
. tests/cmd/tap.sh

export JUESUAN="$juesuan"
department=beijing/fengtai/zwfwj
# settings of a user that must not matter
export HOME="$ground/home" TZ=Asia/Shanghai
mkdir "$HOME"
printf '[commit]\n\tgpgSign = true\n[core]\n\tautocrlf = true\n[user]\n\tname = 别人\n' >"$HOME/.gitconfig"
unset GIT_CONFIG_GLOBAL

masked() {
    sed -E -e 's/\b[0-9a-f]{10}\b/ID/g; s/, [0-9.]+ s$/, SECONDS/' \
        -e 's/[0-9]+ (bytes|files|pages|rows|written)/N \1/g'
}

refs() { # repository
    git -C "$1" for-each-ref --format='%(objectname) %(refname)'
}

story=$ground/故事
run sh tests/story/story.sh "$story"
is "$status$err" 0 'the story is told'
[ -z "${UPDATE:-}" ] || printf '%s\n' "$out" | masked >tests/story/told
is "$(printf '%s\n' "$out" | masked)" "$(cat tests/story/told)" '... as it always is'

# --- the same each time ---

first=$(refs "$story")
export SOURCE_DATE_EPOCH=1 TZ=America/Lima
run env ${memcheck:+JUESUAN=build/juesuan} sh tests/story/story.sh "$story" # under valgrind once is enough
is "$status" 0 'it can be told again, in the same folder'
is "$(refs "$story")" "$first" '... and gives the same commits and tags'
is "$(git -C "$story" status --porcelain content)" '' '... all is committed'
unset SOURCE_DATE_EPOCH

mkdir "$ground/mine"
echo precious >"$ground/mine/file"
run sh tests/story/story.sh "$ground/mine"
is "$status" 1 'a folder that is no story is refused'
is "$(cat "$ground/mine/file")" precious '... and left alone'

# --- 2020: 4180.76 - 1885.34, 3869.78 - 1778.52, 4125.94 - 1872.04, 4149.35 - 1854.45, 40.31 - 5.95 ---

cd "$story" || exit 1
python3 - content/departments/$department/2020/report.json >"$ground/2020" <<'P'
import json, sys
report = json.load(open(sys.argv[1], encoding="utf-8"))
for name, table in report["tables"].items():
    for line in table.get("lines", []):
        print(name, line["id"], *(line[key] for key in line if key not in ("id", "note")))
        assert line["note"].startswith("推算的数"), line
assert "都是从2021年度的报告推算的" in report["source_note"]
P
is "$?" 0 'each figure of 2020 says that it was derived, and so does the report'
is "$(cat "$ground/2020")" 'income_expenditure_summary total 2295.42
income_expenditure_summary income-total 2091.26
income_expenditure_summary expenditure-total 2253.90
appropriation_summary total 2294.90
operating_costs total 34.36' 'these figures of 2020 can be derived, and no others are there'
figure=$department/2020/income_expenditure_summary/expenditure-total/final
run "$juesuan" log $figure --format csv
is "$(printf '%s\n' "$out" | grep -c "$figure")" 1 'what was published for 2020 was never altered'
is "$(git diff --stat published/2021-08-30 main -- content/departments/$department/2020)" '' '... nor anything else of it'

# --- 2021: as it is shipped, but for the restatement ---

restated=$(git diff --no-index --numstat "$root/content/departments/$department/2021" content/departments/$department/2021)
is "$(printf '%s\n' "$restated" | wc -l)" 1 'one file of 2021 is another one than in content/'
has "$restated" report.json '... the report'
is "$(git diff --no-index "$root/content/departments/$department/2021/report.json" content/departments/$department/2021/report.json |
    grep '^+ ' | grep -c 虚构)" 2 '... and what is invented there says so'

has "$(git show published/2022-08-30:content/site.json)" 虚构 'so does the title of the site, from the first day'

# --- on the site ---

page=$(cat copy/departments/$department/index.html)
has "$page" '2,253.90<small>' "the department's page has what was published for 2020"
has "$page" '2021年报告称</a> 2254.40 万元' '... and the restatement beside it'
page=$(cat as-of-2022-08-30/departments/$department/index.html)
has "$page" '机关运行经费</label></h3>' 'a table that is not statutory is there, too, when it is restated'
has "$page" '2021年报告称</a> 34.18 万元' '... with both numbers'
has "$(cat copy/departments/$department/2021/index.html)" '更正：机关运行经费是40.31，不是40.13（虚构的笔误）' "the report's page has the correction"
has "$(cat copy/changes/index.html)" '重述：2020年度支出按新口径是2254.40（虚构）' 'the page of changes has the restatement'
mkdir before
git archive site~2 | tar -x -C before
check 'the site as of the second release is what was published then' diff -r before as-of-2022-08-30

done_testing

#!/bin/sh
# `juesuan import`: how it is called, what it writes and what it leaves alone. What it recognises is tests/import.
. tests/cmd/tap.sh
python3 tests/import/make_documents.py "$ground"
cd "$ground" || exit 1
"$juesuan" init content >/dev/null
cp -R content clean
report=content/departments/example/culture/2025/report.json

import() { # file... option...
    run "$juesuan" import "$@" --department example/culture --year 2025
}
fresh() {
    rm -rf content
    cp -R clean content
}

# --- the command line ---

wrong() { # what expected argument...
    what=$1
    expected=$2
    shift 2
    run "$juesuan" import "$@"
    is "$status $out$err" "2 $expected" "$what"
}
wrong 'no documents' 'juesuan import: name the documents' --department x --year 2025
wrong 'no department' 'juesuan import: say whose report it is: --department ID --year YYYY' statement.docx --year 2025
wrong 'no year' 'juesuan import: say whose report it is: --department ID --year YYYY' statement.docx --department x
for id in ../x x/../y /x X 'a b' x/; do
    run "$juesuan" import statement.docx --department "$id" --year 2025
    is "$status" 2 "a department '$id' is refused"
done
for year in 0 25 20250 2025x -1; do
    run "$juesuan" import statement.docx --department x --year "$year"
    is "$status" 2 "the year '$year' is refused"
done
import statement.docx --profile nothing
is "$status $err" "2 juesuan: error[unknown-profile]: there is no profile 'nothing'
  the profiles are in the folder profiles/ of the content" 'a profile that there is not'
run "$juesuan" import statement.docx --department example/culture --year 2030
is "$status $err" "2 juesuan: error[no-profile]: no profile is for the year 2030
  name one with --profile, or write one: juesuan-profile(5)" 'a year without a profile'
cp statement.docx copy.docx
import statement.docx copy.docx
is "$status $err" "2 juesuan: error[same-document]: copy.docx is the same document as statement.docx
  name each document once" 'the same document twice'
import missing.docx
is "$status" 3 'a document that there is not'
import statement.docx --into nowhere
is "$status" 3 'a content folder that there is not'
check 'nothing was written by any of these' diff -r clean content

# --- writing ---

import statement.docx tables.xlsx
is "$status$err" 0 'two documents of one report: all is well'
has "$out" '20 of 20 figures placed (100.00 %), 0 only in text, 0 not placed' 'what became of the numbers is told'
has "$out" '2 files written to content/departments/example/culture/2025' 'and where the files are'
check 'report.json is there' test -s $report
check 'narrative.md is there' test -s content/departments/example/culture/2025/narrative.md
run "$juesuan" build --content content --out public --theme "$themes"
is "$status" 0 'what was imported builds'
check 'its page is there' test -s public/departments/example/culture/2025/index.html
before=$(identity content)
import statement.docx tables.xlsx
is "$status$err" 0 'the same again: all is well'
has "$out" 'content/departments/example/culture/2025 has all of it already' '... it is there already'
is "$(identity content)" "$before" '... and nothing is touched'
mv content first
cp -R clean content
import statement.docx tables.xlsx
check 'the same documents give the same bytes' diff -r first content
is "$(find content -name '.*')" '' 'nothing is left beside'
rm -rf first

# --- what is there already ---

edit() { # what by
    sed -i "s|$1|$2|" $report
}
edit '"final": "4.10"' '"final": "4.20"'
edit '"unit": "万元"' '"unit": "万元", "published": "2026-08-20", "acknowledgements": [{"rule": "balance-three-public", "reason": "原文如此（虚构）"}]'
edited=$(fingerprint content)
import statement.docx tables.xlsx
is "$status" 1 'a file that was edited is not replaced'
has "$err" 'error[content-differs]: 1 file in content/departments/example/culture/2025 says something else than the documents: nothing was written' '... which is said'
has "$out" '4.20' '... with what is there'
has "$out" '4.10' '... and what the documents say'
has "$out" '1 figure changed' '... by figures'
is "$(fingerprint content)" "$edited" '... and nothing is written'
cp $report edited.json
import statement.docx tables.xlsx --force
is "$status" 0 '--force replaces it'
has "$(cat $report)" '"final": "4.10"' '... with what the documents say'
has "$(cat $report)" '"published": "2026-08-20"' '... but not the date that a person wrote'
has "$(cat $report)" '"rule": "balance-three-public"' '... nor what was acknowledged'
check '... and the replaced file is kept' cmp edited.json content/departments/example/culture/2025/.replaced/report.json
run "$juesuan" check content
is "$(printf '%s' "$err" | grep -c replaced)" 0 '... where nothing looks'
printf 'kept\n' >content/departments/example/culture/2025/projects-note.md
import statement.docx tables.xlsx --force
check 'files that are not of the import stay' test -s content/departments/example/culture/2025/projects-note.md

# --- a new department ---

fresh
run "$juesuan" import statement.docx --department example/new --year 2025 --name '示例新局（虚构）'
has "$(cat content/departments/example/new/department.json)" '"name": "示例新局（虚构）"' 'a new department has the name that was given'
has "$err" 'note[new-department]' '... and it is said to look at it'
has "$err" "warning[wrong-department]: the document says '示例市文化和旅游局', the department to be imported is '示例新局（虚构）'" 'a document of another department is told'
is "$status" 1 '... for a person to look at'
run "$juesuan" import statement.docx --department example/other --year 2025
has "$(cat content/departments/example/other/department.json)" '"name": "示例市文化和旅游局"' 'without a name, it has that of the document'
run "$juesuan" import statement.docx --department example/culture --year 2023 --into clean --force
has "$err" 'warning[wrong-year]: the document says 2025, the year to be imported is 2023' 'a document of another year is told'
is "$status" 1 '... for a person to look at'

# --- what is no report ---

printf '关于举办培训班的通知（虚构）\n\n参加人员约60人，费用每人800元。\n' >notice.txt
run "$juesuan" import notice.txt --department example/notice --year 2025
is "$status" 1 'a document that is no report is for a person to look at'
has "$err" 'warning[no-report]: no table, sentence or form of the profile example-2024 was found' '... which is said'
has "$err" 'warning[no-name]' '... and that it does not name the department'
printf '' >empty.txt
import empty.txt
is "$status" 1 'an empty document is refused'

# --- contacts ---

form=$root/tests/import/documents/form.html
cp "$root/content/profiles/beijing-2021.json" content/profiles
cp "$root/content/classifications/2021.json" content/classifications
contacts() { # option...
    run "$juesuan" import "$form" --department example/form --year 2021 --profile beijing-2021 --force "$@"
    cat content/departments/example/form/2021/*.* content/departments/example/form/2021/*/*
}
contacts >left-out
is "$(grep -c '王虚构\|12345678' left-out)" 0 'contacts are left out'
has "$err" 'note[contacts-left-out]: 2 names and telephones of contacts and experts were left out' '... which is told'
contacts --keep-contacts >kept
is "$(grep -c '王虚构\|12345678' kept)" 2 '--keep-contacts keeps them'

# --- for machines ---

run "$juesuan" import statement.docx tables.xlsx --department example/culture --year 2025 --format json
check 'JSON is one document' python3 -c '
import json, sys
told = json.load(open(sys.argv[1], encoding="utf-8"))
result = told["import"]
assert result["state"] == "written" and result["coverage"]["placed"] == 20, result["coverage"]
assert sum(part["figures"] for part in result["parts"]) == 20
numbers = [n for n in result["numbers"] if n["class"] == "figure"]
assert len(numbers) == 20 and all(n["address"] for n in numbers)
assert {n["file"] for n in numbers} == {"statement.docx", "tables.xlsx"}
' "$ground/.out"
has "$out" '"address": "three_public/reception/final"' 'each number has its address'

# --- what was not placed ---

fresh
printf '示例局2025年度部门决算（虚构）\n\n下属单位2025年度收入1.50万元，支出2.50万元，结余3.50万元。\n' >units.txt
import units.txt --max-errors 1
has "$out" 'not placed:
  units.txt:3: 1.50万元, 2.50万元, 3.50万元' 'all figures that were not placed are listed, however few warnings are shown'
import units.txt --max-errors 0
is "$(printf '%s' "$err" | grep -c 'warning\[not-placed\]')" 3 '... and each has a warning of its own'

# --- limits ---

fresh
import tables.xlsx --max-cells 5
is "$status" 1 'a document with more cells than are allowed is refused'
head -c 3000000 /dev/zero | tr '\0' 'x' >large.txt
import large.txt --max-file 1
is "$status" 1 'and one that is larger'
check 'nothing was written' diff -r clean/departments/example/culture/2024 content/departments/example/culture/2024
check_not '... at all' test -e content/departments/example/culture/2025

# --- nothing can be written ---

rm -rf content
cp -R clean content
(
    trap '' XFSZ
    ulimit -f 0
    exec "$juesuan" import statement.docx --department example/culture --year 2025
) 2>/dev/null | cat >/dev/null
check_not 'a disk that is full leaves no folder behind' test -e content/departments/example/culture/2025

done_testing

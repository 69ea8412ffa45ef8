#!/bin/sh
# juesuan diff and juesuan log: what is told of a small site with some revisions. What is expected is in
# tests/cmd/history/NAME: the output, the errors behind it, the exit status. The ids of commits are
# c1, c2 ... there. UPDATE=1 writes these files, to be read by somebody who knows what was changed below.
. tests/cmd/tap.sh

golden=$root/tests/cmd/history
cd "$ground" || exit 1
department=content/departments/example/culture
report=$department/2024/report.json
"$juesuan" init content >/dev/null
commit . 2024-09-05 '公开 2023、2024 年决算'
git tag published/2024-09-05

# c2: a correction
sed -i -e 's/"final": "1262.00", "prior_change": "112.00", "prior_rate": "9.74"/"final": "1263.00", "prior_change": "113", "prior_rate": {"na": "dash"}/' \
    -e 's/"新馆开放，项目经费增加"/"新馆开放"/' \
    -e 's/"id": "abroad", "initial_budget": {"na": "not-involved"}, /"id": "abroad", /' $report
sed -i 's/两天，以后错开/三天，以后错开/; s/"score": "24.84"/"score": "24.8"/' $department/2024/projects/p01.json
printf '\n另有一段。\n' >>$department/2024/narrative.md
commit . 2024-10-01 '更正：总计多 1 万元'

# c3: the same in another form, and a file that no report has
python3 - $report $department/department.json <<'END'
import json, sys
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        text = file.read()
    text = text.replace('"prior_change": "113"', '"prior_change": "113.00"')
    with open(path, "w", encoding="utf-8") as file:
        json.dump(json.loads(text), file, ensure_ascii=True, indent=8)
END
sed -i 's/$/\r/' $department/2024/narrative.md
cp content/pages/about.md content/pages/more.md
commit . 2024-10-02 '换一种写法'

# c4: it cannot be read; c5 mends it, and has more
cp $report report.json
echo '{' >$report
commit . 2024-10-03 '写坏了'
mv report.json $report
git rm -q -r $department/2024/projects
mkdir -p content/departments/example/sports
cp -R $department/department.json $department/2023 content/departments/example/sports
sed -i 's/"names": \[/"names": [{"name": "示例市体育局（虚构）", "from": "2020"}, /' content/departments/example/sports/department.json
commit . 2024-10-04 '删去一个项目，多一个部门'

# the folder now
sed -i 's/"1118.00"/"1119.00"/' $report

for n in 1 2 3 4 5; do
    id=$(git rev-parse "HEAD~$((5 - n))")
    printf 's/%s/c%d/g\ns/%.10s/c%d        /g\n' "$id" $n "$id" $n
done >ids.sed

# What is not run under valgrind: what differs from another in the form or in the message alone.
slow='diff-backwards diff-another-form diff-same diff-folder-from diff-days diff-unreadable-day diff-day-too-early
diff-years diff-unknown-department diff-unknown-revision diff-one-year diff-year-and-revision diff-rev-without-years
diff-daff diff-daff-same diff-daff-unreadable diff-daff-years page-correction page-folder page-same page-unknown
log-line log-path log-department log-day log-unknown-department log-unknown-revision log-all-csv log-all-json
diff-renamed-backwards diff-renamed-daff diff-renamed-json diff-renamed-same-year diff-published-json
diff-not-as-published diff-published-too-early page-published diff-published-revisions log-restated-csv
diff-years-without-repository log-without-repository diff-format log-project log-restated-before log-restated-json
page-renamed log-figure kept not-kept not-writable'

mask() {
    sed -f ids.sed
}

told() { # name command...
    name=$1
    shift
    too_slow "$name" && return
    run "$juesuan" "$@"
    said_is "$name" "juesuan $*"
}

# The same of a page, without its style; $pages has it whole.
pages=$ground/pages
mkdir "$pages"
told_page() { # name command...
    name=$1
    shift
    too_slow "$name" && return
    run "$juesuan" "$@" --format html
    printf '%s\n' "$out" >"$pages/$name.html"
    out=$(sed '/^<style>$/,/^<\/style>$/d' "$pages/$name.html")
    said_is "$name" "juesuan $*"
}

# --- diff ---
told diff-correction diff published/2024-09-05 HEAD~3
told diff-backwards diff HEAD~3 published/2024-09-05
told diff-another-form diff HEAD~3 HEAD~2
told diff-same diff HEAD HEAD
told diff-unreadable diff HEAD~2 HEAD~1
told diff-whole diff HEAD~2 HEAD
told diff-folder diff
told diff-folder-from diff HEAD~2 --department example/culture
told diff-days diff 2024-09-30 2024-10-02
told diff-unreadable-day diff 2024-10-02 2024-10-03
told diff-day-too-early diff 2024-09-04 HEAD
told diff-years diff 2023 2024 --table general_public_expenditure
told diff-years-of-a-revision diff 2023 2024 --rev HEAD~4 --department example --table three_public
told diff-table diff HEAD~4 HEAD~3 --table income_expenditure_summary --format json
told diff-csv diff HEAD~4 HEAD~3 --format csv
told diff-unknown-department diff HEAD~1 HEAD --department example/cultre
told diff-unknown-revision diff HEAD~1 mian
told diff-one-year diff 2023
told diff-year-and-revision diff 2023 HEAD
told diff-rev-without-years diff HEAD~1 --rev HEAD
told diff-format diff --format xml
told diff-daff diff published/2024-09-05 HEAD~3 --format daff
told diff-daff-whole diff HEAD~2 HEAD --format daff --table funds
told diff-daff-same diff HEAD~3 HEAD~2 --format daff
told diff-daff-unreadable diff HEAD~2 HEAD~1 --format daff
told diff-daff-years diff 2023 2024 --format daff
told_page page-correction diff published/2024-09-05 HEAD~3
told_page page-whole diff HEAD~2 HEAD
told_page page-folder diff --department example/culture --table income_expenditure_summary
told_page page-unreadable diff HEAD~2 HEAD~1
told_page page-same diff HEAD HEAD
told_page page-unknown diff HEAD~1 mian

# --- log ---
total=example/culture/2024/income_expenditure_summary/total
told log-figure log $total/final
told log-line log $total --rev HEAD~3
told log-project log example/culture/2024/projects/p01/indicators/timeliness-1
told log-path log $department/2024/income_expenditure_summary/total/final
told log-department log example/sports --format csv
told log-json log $total/prior_rate --format json
told log-day log $total/final --rev 2024-09-30
told log-unknown-figure log example/culture/2024/income_expenditure_summary/totl/final
told log-unknown-department log exampel/culture
told log-unknown-revision log $total/final --rev none

# --- all that all revisions did: the same whether old results are kept or not ---
told log-all log
told log-all-csv log --format csv
told log-all-json log --format json --jobs 1
check 'what old revisions did is kept' test -s "$XDG_CACHE_HOME/juesuan/history.sqlite"
for kept in kept not-kept lost spoiled 'no database' not-writable; do
    case $kept in
    lost) rm -r "$XDG_CACHE_HOME" ;;
    spoiled) sqlite3 "$XDG_CACHE_HOME/juesuan/history.sqlite" 'UPDATE results SET value = substr(value, 1, length(value) - 3)' ;;
    'no database') echo 'no database, but a text that is longer than the header of one would be, and so is none, whoever looks at it' \
        >"$XDG_CACHE_HOME/juesuan/history.sqlite" ;;
    not-writable) rm -r "$XDG_CACHE_HOME" && echo >"$XDG_CACHE_HOME" ;;
    esac
    too_slow "$kept" && continue
    if [ "$kept" = not-kept ]; then
        run "$juesuan" log --no-cache
    else
        run "$juesuan" log
    fi
    is "$(printf '%s\n--\n%s\nstatus %s\n' "$out" "$err" "$status" | sed -f ids.sed)" "$(cat "$golden/log-all")" \
        "the same when results are $kept"
done
rm "$XDG_CACHE_HOME"

# --- a text that would be a formula ---
sed -i 's/"source_note": "[^"]*"/"source_note": "=1+1"/' $report
run "$juesuan" diff --format csv
has "$out" "'=1+1" 'a text that begins like a formula is no formula in CSV'

# --- what is said is no markup; a site's own template and words ---
sed -i 's/"source_note": "[^"]*"/"source_note": "<script>alert(1)<\/script>"/' $report
run "$juesuan" diff --format html
has "$out" '&lt;script&gt;alert(1)&lt;/script&gt;' 'a text with tags is shown as it is'
check_not 'and makes none' grep -q '<script' "$ground/.out"
mkdir -p content/theme/labels
echo '{"diff": "改动对照"}' >content/theme/labels/zh-CN.json
run "$juesuan" diff --format html
has "$out" '<h1>改动对照</h1>' 'a site has words of its own on the page'
run "$juesuan" diff --format html --theme "$root/tests/site/pages/theme"
has "$out" 'table= general_public_expenditure 一般公共预算财政拨款支出决算表' 'another theme makes another page'
rm -r content/theme
for page in "$pages"/*.html; do
    check_not "$(basename "$page") asks for nothing else" grep -qE '(src|href|url|@import)[=(]|https?:' "$page"
done

# --- projects that have another name or id the next year ---
"$juesuan" init renamed >/dev/null
put_project() { # year id name executed field...
    mkdir -p "renamed/departments/example/culture/$1/projects"
    printf '{"id": "%s", "name": "%s（虚构）", "unit": "万元", %s"funds": [{"id": "total", "executed": "%s"}]}\n' "$2" "$3" "${5:-}" "$4" \
        >"renamed/departments/example/culture/$1/projects/$2.json"
}
rm -r renamed/departments/example/culture/2024/evaluations renamed/departments/example/culture/2024/narrative.md
put_project 2023 p01 图书馆购书 10
put_project 2023 p02 博物馆免费开放 20
put_project 2023 p03 非遗保护专项 30
put_project 2023 p04 送戏下乡 40
put_project 2023 p05 文化站修缮 50
put_project 2024 p01 博物馆免费开放 21                       # by name, with another id
put_project 2024 p02 图书馆购书 11
put_project 2024 p03 文化惠民演出 41 '"continues": "p04", '  # another name
put_project 2024 p04 非遗保护专项经费 31                     # perhaps
put_project 2024 p05 数字文化馆 51                           # the same id, and nothing else
put_project 2024 p06 送戏下乡 61                             # its name was that of p04, which p03 continues
told diff-renamed diff 2023 2024 --content renamed --table funds
told diff-renamed-backwards diff 2024 2023 --content renamed --table funds
told_page page-renamed diff 2023 2024 --content renamed --table funds
told diff-renamed-daff diff 2023 2024 --content renamed --table funds --format daff
told diff-renamed-json diff 2024 2023 --content renamed --table funds --format json
told diff-renamed-same-year diff 2024 2024 --content renamed --table funds

# --- years as they were published: p1 2023, p2 the first 2024, which cannot be read, p3 mends it, p4 corrects both ---
"$juesuan" init published/content >/dev/null
year=published/content/departments/example/culture
mv $year/2024 2024
commit published 2024-09-01 '公开 2023 年决算'
mv 2024 $year
mv $year/2024/report.json report.json
echo '[' >$year/2024/report.json
commit published 2025-09-01 '公开 2024 年决算，写坏了'
mv report.json $year/2024/report.json
commit published 2025-09-02 '公开 2024 年决算'
sed -i 's/{"id": "opening", "final": "[0-9.]*"/{"id": "opening", "final": "77.00"/' $year/2023/report.json
sed -i 's/{"id": "opening", "final": "[0-9.]*"/{"id": "opening", "final": "88.00"/' $year/2024/report.json
rm $year/2024/narrative.md
commit published 2025-10-01 '更正两年的年初结转'
for n in 1 2 3 4; do
    id=$(git -C published rev-parse "HEAD~$((4 - n))")
    printf 's/%s/p%d/g\ns/%.10s/p%d        /g\n' "$id" $n "$id" $n
done >>ids.sed
told diff-published diff 2023 2024 --as-published --content published/content --table income_expenditure_summary
told diff-published-json diff 2024 2023 --as-published --content published/content --table income_expenditure_summary --format json
told diff-not-as-published diff 2023 2024 --rev HEAD --content published/content --table income_expenditure_summary
told diff-published-too-early diff 2023 2024 --as-published --rev HEAD~2 --content published/content
told_page page-published diff 2023 2024 --as-published --content published/content --table income_expenditure_summary
told diff-published-revisions diff HEAD~1 HEAD --as-published --content published/content
git clone -q --depth 2 "file://$ground/published" short
told diff-published-shallow diff 2023 2024 --as-published --content short/content --table income_expenditure_summary

# --- a figure that the next report restates: p5 corrects 2023, and 2024 has what it was ---
restated=example/culture/2023/income_expenditure_summary/total
sed -i 's/{"id": "total", "final": "1150.00"/{"id": "total", "final": "1151.00"/' $year/2023/report.json
commit published 2025-11-01 '更正 2023 年总计'
id=$(git -C published rev-parse HEAD)
printf 's/%s/p5/g\ns/%.10s/p5        /g\n' "$id" "$id" >>ids.sed
told log-restated log $restated --content published/content
told log-restated-before log $restated --content published/content --rev HEAD~1
told log-restated-json log $restated --content published/content --format json
told log-restated-csv log $restated/final --content published/content --format csv
sed -i 's/"tables": {/"acknowledgements": [{"rule": "prior-report", "figure": "income_expenditure_summary\/total\/prior_change", "reason": "口径调整（虚构）"}], "tables": {/' $year/2024/report.json
commit published 2025-11-02 '说明理由'
told log-restated-acknowledged log $restated --content published/content --format text
told diff-acknowledged diff HEAD~1 HEAD --content published/content

# --- both formats for machines are what they say ---
for name in diff-table diff-renamed-json diff-published-json log-json log-restated-json; do
    check "$name is JSON" sh -c "sed '/^--\$/,\$d' '$golden/$name' | python3 -m json.tool >/dev/null"
done

# --- where there is no git ---
cp -R content "$ground/plain"
mv .git gone
told diff-without-repository diff HEAD --content plain
told diff-years-without-repository diff 2023 2024 --content plain --table three_public
told log-without-repository log $total/final --content plain
mv gone .git
git init -q -b main empty
cp -R plain empty/content
told log-before-the-first log $total/final --content empty/content
told diff-before-the-first diff --content empty/content

# --- a shallow clone ---
git clone -q --depth 2 "file://$ground" shallow
told log-shallow log $total/final --content shallow/content

done_testing

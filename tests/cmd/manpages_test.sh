#!/bin/sh
# The manual pages of section 5: that they are good mdoc, that they tell of every key and of no name
# that there is not, and that all their examples work as a reader would copy them.
. tests/cmd/tap.sh

build=${BUILD:-$root/build}
program=$build/manpage

manpage() { # template
    if [ -n "$memcheck" ]; then
        valgrind --quiet --error-exitcode=99 --leak-check=full "$program" "$@"
    else
        "$program" "$@"
    fi
}

# --- the pages ---

pages='juesuan-content juesuan-profile juesuan-theme'
for page in $pages; do
    run manpage "cmd/juesuan/$page.5.in"
    is "$status $err" '0 ' "$page: all is well"
    printf '%s\n' "$out" >"$ground/$page.5"
    check "$page: is what was built" cmp "$ground/$page.5" "$build/$page.5"
    is "$(grep '^@' "$ground/$page.5")" '' "$page: every line that is to be replaced was"
    is "$(sed -n 's/^\.Dd //p' "$ground/$page.5")" "$(sed -n 's/^DATE *:= *//p' Makefile)" "$page: has the date of the version"
    (export TZ=Pacific/Kiritimati LC_ALL=C && manpage "cmd/juesuan/$page.5.in") >"$ground/again"
    check "$page: is always the same" cmp "$ground/again" "$ground/$page.5"
done
is "$("$juesuan" help --man | sed -n 's/^\.Dd //p')" "$(sed -n 's/^DATE *:= *//p' Makefile)" 'juesuan.1 has the same date'

# --- what the program says of templates that are wrong ---

printf '.Sh X\n@keys department\n@keyz department\n@keys figure\n@columns \n' >"$ground/wrong.in"
run manpage "$ground/wrong.in"
is "$status" 1 'a template with mistakes: it is at fault'
is "$out" '' 'a template with mistakes: there is no page'
is "$err" "manpage: $ground/wrong.in:3: there is nothing to say for '@keyz department'
manpage: $ground/wrong.in:4: there is nothing to say for '@keys figure'
manpage: $ground/wrong.in:5: there is nothing to say for '@columns '" 'a template with mistakes: all are named, with their lines'
run manpage "$ground/nothing.in"
is "$status" 3 'no template: the file system is at fault'
run manpage
is "$status" 2 'without a template: the call is at fault'
if [ -e /dev/full ]; then
    manpage cmd/juesuan/juesuan-theme.5.in >/dev/full 2>"$ground/err"
    is "$?" 3 'a page that cannot be written: the file system is at fault'
fi

# --- what they tell ---

is "$(python3 tests/cmd/manpages.py keys "$juesuan" "$ground/juesuan-content.5" "$ground/juesuan-profile.5" 2>&1)" '' \
    'the manual has every key of every source, as the schemas have it, and no other'

cp -R content "$ground/content"
chmod -R u+w "$ground/content"
claimed=$(python3 tests/cmd/manpages.py templates "$ground/juesuan-theme.5" "$ground/content/theme/templates")
check 'the manual tells of templates' test "$(echo "$claimed" | grep -c .)" -ge 10
build "$ground/content" "$ground/site" --strict
is "$status $err" '0 ' 'templates that use every name that the manual claims are compiled and rendered'
for template in $claimed; do
    check "$template is a template that a theme must have" test -f "$themes/templates/$template.mustache"
done
echo '{{department_count}}{{no_such_name}}' >"$ground/content/theme/templates/home.mustache"
build "$ground/content" "$ground/site" --strict
has "$err" '1:23: error[unknown-name]' 'a name that nobody claims is refused'
rm -rf "$ground/content/theme"
is "$(python3 tests/cmd/manpages.py used "$ground/juesuan-theme.5" "$themes/templates" 2>&1)" '' \
    'the manual has every name that the default theme uses'

policy=$(grep -o 'http-equiv="Content-Security-Policy" content="[^"]*"' "$themes/templates/parts/head.mustache")
has "$policy" "default-src 'none'" 'the policy of the default theme lets nothing through but what it names'
is "$(echo "$policy" | grep -E 'unsafe|https?:|\*')" '' 'the policy of the default theme lets in nothing inline and no other host'

# --- the examples ---

if ! command -v mandoc >/dev/null; then
    skip 'the examples work' 'mandoc is not installed'
    done_testing
fi

for page in $pages; do
    run mandoc -T lint -W warning "$ground/$page.5"
    is "$status $out$err" '0 ' "$page: is good mdoc"
    mandoc -T utf8 -O width=200 "$ground/$page.5" | sed 's/.\x08//g' >"$ground/$page.txt"
done
has "$(cat "$ground/juesuan-content.txt")" '全年预算数' 'Chinese titles arrive on the terminal'

# Writes the files of a page's examples into a folder. A file is named at the end of a line, with a
# colon; its text is the block that follows.
extract() { # page folder
    awk '/^EXAMPLES/ { inside = 1 }
        /^[A-Z ]+$/ && !/^EXAMPLES/ { inside = 0 }
        !inside { next }
        /^     [^ ]/ && /content\/[^ ]*:$/ { sub(/:$/, ""); blanks = 0; begun = 0; print "file " $NF; next }
        /^           / { for (; begun && blanks; blanks--) print "text "; begun = 1; blanks = 0; print "text " substr($0, 12) }
        /^$/ { blanks++ }' "$ground/$1.txt" >"$ground/lines"
    file=
    while IFS= read -r line; do
        case $line in
        'file '*)
            file=$2/${line#file }
            mkdir -p "${file%/*}"
            : >"$file"
            ;;
        *) printf '%s\n' "${line#text }" >>"$file" ;;
        esac
    done <"$ground/lines"
}

home() { # the part of the home page that is its own
    sed -n '/<main/,/<\/main>/p' "$ground/site/index.html"
}

extract juesuan-content "$ground/example"
is "$(cd "$ground/example" && find content -type f | LC_ALL=C sort)" "content/classifications/2024.json
content/departments/example/office/2024/evaluations/overall.json
content/departments/example/office/2024/narrative.md
content/departments/example/office/2024/projects/p01.json
content/departments/example/office/2024/report.json
content/departments/example/office/department.json
content/pages/about.md
content/profiles/example-2024.json
content/site.json" 'juesuan-content has a whole site'
rm -rf "$ground/site"
build "$ground/example/content" "$ground/site" --strict
is "$status $err" '0 ' 'the site of juesuan-content is built, without a warning'
report=$ground/site/departments/example/office/2024
has "$(cat "$report/index.html")" '120.05' 'the second statement of a figure is on the page'
has "$(cat "$report/index.html")" 'Second' 'the table in the text is on the page'
has "$(cat "$report/report.csv")" 'example/office/2024/projects/p01/funds/total/executed' 'the form is in the data'
check 'the ordinary page is there' test -f "$ground/site/pages/about/index.html"
check 'the evaluation has a page' test -f "$report/evaluations/overall/index.html"

extract juesuan-profile "$ground/example"
rm -rf "$ground/site"
build "$ground/example/content" "$ground/site" --strict
is "$status $err" '0 ' 'the site with the profile of juesuan-profile is built, without a warning'
page=$(cat "$ground/site/departments/example/office/2025/index.html")
has "$page" '其中' 'columns have a head above their own'
has "$page" '<caption>收入</caption>' 'a table has sides'
has "$page" '人大事务' 'a line by code has its name'
is "$(sed -n 2p "$ground/site/data/vehicles.csv")" 'example/office,2025,kept,年末保有量,2,2' 'a table of the narrative has its dataset'
sed 's/"year": 2025/"year": 2027/' "$ground/example/content/departments/example/office/2025/report.json" >"$ground/report.json"
mkdir "$ground/example/content/departments/example/office/2027"
mv "$ground/report.json" "$ground/example/content/departments/example/office/2027"
build "$ground/example/content" "$ground/site" --strict
has "$err" 'error[profile-year]' 'a profile is for its years'
rm -r "$ground/example/content/departments/example/office/2027"

extract juesuan-theme "$ground/example"
rm -rf "$ground/site"
build "$ground/example/content" "$ground/site" --strict
is "$status $err" '0 ' 'the site with the theme of juesuan-theme is built, without a warning'
has "$(home)" '<h2>各部门的报告 (2)</h2>' 'the page has the label of its own'
has "$(home)" '<a href="./departments/example/office/2025/">' 'the page has the part of its own'
has "$(home)" '130.00 万元' 'the page has the figure of the report that has one'
is "$(home | grep -c '<p>')" 1 'a setting that is not there is not shown'
sed -i 's/{"title"/{"theme": {"motto": "公开 \& 透明"}, "title"/' "$ground/example/content/site.json"
build "$ground/example/content" "$ground/site" --strict
has "$(home)" '<p>公开 &amp; 透明</p>' 'a setting that is there is shown'

# --- the addresses that the manual names ---

build content "$ground/site"
addresses=$(sed -n 's/^\.Ql \([a-z/]*\/[0-9]\{4\}\/.*\)/\1/p' "$ground/juesuan-content.5")
check 'the manual names addresses' test "$(echo "$addresses" | grep -c .)" -ge 4
for address in $addresses; do
    check "$address is the address of a figure" grep -rqF "$address," "$ground/site/departments" --include=report.csv
done

done_testing

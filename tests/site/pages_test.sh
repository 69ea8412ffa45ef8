#!/bin/sh
# The pages of a small site that is made up (tests/site/pages/content), made with a theme that prints
# a field a line: each must be as in tests/site/pages/expected, <path>/page.txt for <path>/index.html.
# The history of the content is for history_test.sh.
set -u
cd "$(dirname "$0")/pages" || exit 1

if [ ! -x "${JUESUAN:-}" ]; then
    echo "1..0 # SKIP no juesuan in \$JUESUAN"
    exit 0
fi
out=$(mktemp -d /tmp/juesuan-test-XXXXXX)
trap 'rm -rf "$out"' EXIT

number=0
check() { # description, what is wrong
    number=$((number + 1))
    if [ -z "$2" ]; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        printf '%s\n' "$2" | sed 's/^/# /'
    fi
}

wrong=$("$JUESUAN" build --content content --theme theme --no-history --out "$out/site" 2>&1 >"$out/said") || wrong="$wrong failed"
check "the site is built, with a warning of the department that has no report" "$(
    expected="content/departments/bing: warning[no-report]: this department has no report yet
  make a folder for the year, such as 2024, with a report.json"
    [ "$wrong" = "$expected" ] || printf '%s\n' "$wrong"
)"

pages() { (cd "$1" && find . -name "$2" | sed "s|$2\$||" | LC_ALL=C sort); }
pages expected page.txt >"$out/expected"
pages "$out/site" index.html >"$out/made"
check "there are just these pages" "$(diff "$out/expected" "$out/made")"

# The list of data files and of their columns is for the tests of the datasets to know.
while read -r path; do
    check "${path#./}index.html" "$(grep -v -e '^file=' -e '^dataset=' -e '^column=' "$out/site/${path}index.html" |
        diff -u "expected/${path}page.txt" - 2>&1)"
done <"$out/expected"
for file in 404.html robots.txt sitemap.xml; do
    check "$file" "$(diff -u "expected/$file" "$out/site/$file" 2>&1)"
done

wrong=$(
    dictionary=$out/site/data/dictionary/index.html
    datasets=$(sed -n 's/^dataset=\([^ ]*\) .*/\1/p' "$dictionary")
    for dataset in $datasets; do
        sed -n "/^dataset=$dataset /,/^dataset=/s/^column=\([^ ]*\) .*/\1/p" "$dictionary" | paste -sd, >"$out/columns"
        head -1 "$out/site/data/$dataset.csv" | diff "$out/columns" - || echo "in $dataset"
    done
    (cd "$out/site/data" && ls ./*.csv) | sed 's|^\./||; s|\.csv$||' | LC_ALL=C sort >"$out/files"
    echo "$datasets" | LC_ALL=C sort | diff - "$out/files"
)
check "the dictionary has the columns of all datasets" "$wrong"
grep '^column=final ' "$out/site/data/dictionary/index.html" | sort -u >"$out/final"
check "columns have their type, key and title" "$(
    printf '%s\n' 'column=final amount 决算数' | diff - "$out/final"
    grep -qx 'column=year integer key 年度' "$out/site/data/dictionary/index.html" || echo "no year"
    grep -qx 'column=final_stated text 决算数<as_stated>' "$out/site/data/dictionary/index.html" ||
        grep -qx 'column=final_stated text 决算数&lt;as_stated&gt;' "$out/site/data/dictionary/index.html" ||
        echo "no stated column"
    grep -q '^column=level text 预算级次 central:中央 ' "$out/site/data/dictionary/index.html" || echo "no choices"
    grep -q '^column=unit text 金额单位 元: 千元: ' "$out/site/data/dictionary/index.html" || echo "units of money twice"
)"

wrong=$(
    grep '^file=' "$out/site/data/index.html" >"$out/files" || echo "no files at all"
    sed -n 1p "$out/files" | grep -Eq '^file=data/juesuan\.sqlite juesuan\.sqlite 数据库 rows=[1-9][0-9]* has bytes has sum$' ||
        echo "the database does not come first"
    grep -e '^group=' -e '^file=' "$out/site/data/index.html" | while read -r line; do
        case $line in
        group=*) year=${line#group=} ;;
        file=data/"${year:+$year/}"[!/]*) ;;
        *) echo "in the group of '$year': $line" ;;
        esac
    done
    groups=$(sed -n 's/^group=//p' "$out/site/data/index.html" | paste -sd,)
    [ "$groups" = ,2022,2021,2020 ] || echo "the groups are $groups"
    while read -r file name rest; do
        [ "${file#file=}" = "data/$name" ] || echo "$file is called $name"
        [ -f "$out/site/${file#file=}" ] || echo "there is no $file"
    done <"$out/files"
    find "$out/site/data" -type f ! -name index.html | while read -r file; do
        grep -q "^file=${file#"$out"/site/} " "$out/files" || echo "$file is not listed"
    done
)
check "the data page lists the data files that there are" "$wrong"
# Twenty-one departments more: the home page has the latest reports only, the list has all.
cp -R content "$out/many"
for i in 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21; do
    cp -R content/departments/jia/yi "$out/many/departments/x$i"
done
"$JUESUAN" build --content "$out/many" --theme theme --out "$out/many-site" >"$out/said" 2>&1
check "the home page has twenty reports, the newest first, then by department" "$(
    sed -n 's/^  department=\([^ ]*\) .*/\1/p; s/^  year=//p' "$out/many-site/index.html" | paste -sd' ' >"$out/found"
    printf 'jia 2022 jia 2021 jia/yi 2021' >"$out/wanted"
    for i in 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17; do printf ' x%s 2021' $i >>"$out/wanted"; done
    echo >>"$out/wanted"
    diff "$out/wanted" "$out/found"
)"
check "the list of departments has them all" "$(
    found=$(grep -c '^report ' "$out/many-site/departments/index.html")
    [ "$found" = 25 ] || echo "it has $found reports"
    found=$(sed -n 's/^division=\([^ ]*\) .*/\1/p' "$out/many-site/departments/index.html" | paste -sd,)
    [ "$found" = 110100,110200,110300 ] || echo "the divisions are $found"
)"
# By name, which is not the order of the ids: 财 comes before 教 and 政 in pinyin.
cp -R content "$out/named"
for name in x:政务局 y:财政局 z:教育局; do
    cp -R content/departments/bing "$out/named/departments/${name%%:*}"
    sed -i "s/还没有报告的丙局/${name#*:}（虚构）/" "$out/named/departments/${name%%:*}/department.json"
done
"$JUESUAN" build --content "$out/named" --theme theme --out "$out/named-site" >"$out/said" 2>&1
check "departments of a division come by name" "$(
    found=$(sed -n '/^division=110300/,$s/^department=\([^ ]*\) .* no report$/\1/p' "$out/named-site/departments/index.html" | paste -sd,)
    [ "$found" = y,bing,z,x ] || echo "they are $found"
)"
# One division by two names: each department stands under the one that it states.
cp -R content "$out/renamed"
for name in w:虚构市丙县 x:虚构市丙区 y:虚构市丙县; do
    cp -R content/departments/jia/yi "$out/renamed/departments/${name%%:*}"
    sed -i "s/110100/110300/; s/虚构市甲区/${name#*:}/" "$out/renamed/departments/${name%%:*}/department.json"
done
"$JUESUAN" build --content "$out/renamed" --theme theme --out "$out/renamed-site" >"$out/said" 2>&1
check "a division with two names is there by both" "$(
    for page in departments years/2021; do
        sed -n 's/^division=//p; s/^department=\([^ ]*\) .*/  \1/p' "$out/renamed-site/$page/index.html" | sed -n '/^110300/,$p'
    done >"$out/found"
    diff - "$out/found" <<END
110300 虚构市丙区 #d110300
  bing
  x
110300 虚构市丙县 #d110300-2
  w
  y
110300 虚构市丙区 #d110300
  x
110300 虚构市丙县 #d110300-2
  w
  y
END
)"
sed -i 's|"base_url": "[^"]*", ||' "$out/named/site.json"
"$JUESUAN" build --content "$out/named" --theme theme --out "$out/nowhere-site" >"$out/said" 2>&1
check "a site that does not say where it will be has no sitemap, no addresses" "$(
    [ ! -e "$out/nowhere-site/sitemap.xml" ] || echo "there is a sitemap"
    [ "$(cat "$out/nowhere-site/robots.txt")" = 'sitemap=' ] || cat "$out/nowhere-site/robots.txt"
    grep -rh '^url=.' "$out/nowhere-site"
    grep -qx 'root=/' "$out/nowhere-site/404.html" || echo "404.html has another root"
)"
# What the departments of a year spent, in 元, and its sum in 万元.
total() { # sum, amount...
    wanted=$1
    shift
    rm -rf "$out/summed"
    cp -R content "$out/summed"
    mv "$out/summed/departments/jia/yi" "$out/one"
    rm -rf "$out/summed/departments/jia"
    for amount; do
        cp -R "$out/one" "$out/summed/departments/x$#"
        sed -i "s/\"final\": \"0.00\"/\"final\": \"$amount\"/" "$out/summed/departments/x$#/2021/report.json"
        shift
    done
    rm -rf "$out/one"
    "$JUESUAN" build --content "$out/summed" --theme theme --out "$out/summed-site" 2>&1 >"$out/said" | grep error
    grep -Eq "^year=2021 .* expenditure=$wanted of [1-9]$" "$out/summed-site/years/index.html" ||
        grep '^year=2021 ' "$out/summed-site/years/index.html"
}
check "the sum of a year is exact, however large" "$(
    total 27,670,116,110,564.327421 92233720368547758.07 92233720368547758.07 92233720368547758.07
    total -18,446,744,073,709.551614 -92233720368547758.07 -92233720368547758.07
    total 0.00 92233720368547758.07 -92233720368547758.07 0.00
    total 0.999999 10000.00 -0.01
    total -0.999999 0.01 -10000.00
    total -0.50 -5000.00
    total 0.000001 9999.99 0.02 -10000.00
    total 1.00 5000.00 5000.00
    total 1,234.5678 12345678
)"
# Links to all that the site has, from a page of it, and to what it has not.
cp -R content "$out/linking"
(cd "$out/site" && find . -type f | sed 's|^\./||; s|^\(.*/\)*index\.html$|\1|' | LC_ALL=C sort) |
    sed 's|.*|[link](../../&)\n|' >>"$out/linking/pages/about.md"
"$JUESUAN" build --content "$out/linking" --theme theme --out "$out/linking-site" >"$out/said" 2>"$out/wrong"
check "no link to what the site has is warned about" "$(
    grep -c '^\[link\]' "$out/linking/pages/about.md" >"$out/count"
    [ "$(cat "$out/count")" -gt 50 ] || echo "there are only $(cat "$out/count") links"
    grep -A3 dead-link "$out/wrong"
)"
echo '[link](../../departments/jia/2021/projects/p4/)' >>"$out/linking/pages/about.md"
"$JUESUAN" build --content "$out/linking" --theme theme --out "$out/linking-site" >"$out/said" 2>"$out/wrong"
check "a link to what it has not is warned about" "$(
    [ "$(grep -c 'warning\[dead-link\]' "$out/wrong")" = 1 ] || cat "$out/wrong"
)"
check "the assets are copied" "$(diff theme/assets/plain.txt "$out/site/assets/plain.txt" 2>&1)"

echo "1..$number"

#!/bin/sh
# What the site says of the history of its content: the content of tests/site/pages, committed, corrected,
# written in another way, broken and mended, with the theme that prints a field a line. Ids of commits
# are written HASH in tests/site/history.
. tests/cmd/tap.sh

repo=$ground/repo
content=$repo/content
jia=$content/departments/jia
theme=$root/tests/site/pages/theme
mkdir "$repo"
cp -R tests/site/pages/content "$content"
rm "$content/site.json" # before there is one, nothing can be published
commit "$repo" 2024-01-01 'before there was a site'
cp tests/site/pages/content/site.json "$content"
mkdir "$ground/later"
mv "$jia/2022" "$ground/later"
commit "$repo" 2024-09-05 'first <&> "all"'
mv "$ground/later/2022" "$jia"
commit "$repo" 2024-09-20 '2022'
sed -i 's/"12345.60"/"12345.61"/; s/"100000"/{"na": "dash"}/' "$jia/2021/report.json"
commit "$repo" 2024-10-01 'a correction'
python3 -c 'import json, sys
path = sys.argv[1]
report = json.load(open(path, encoding="utf-8"))
json.dump(dict(reversed(report.items())), open(path, "w", encoding="utf-8"), ensure_ascii=False, indent=4)' "$jia/2021/report.json"
commit "$repo" 2024-10-02 'written in another way'
mv "$jia/2021/report.json" "$ground/report.json"
echo '{' >"$jia/2021/report.json"
commit "$repo" 2024-10-03 'broken'
sed 's/"12000"/"12000.50"/' "$ground/report.json" >"$jia/2021/report.json"
commit "$repo" 2024-10-04 'mended'
rm -r "$jia/yi/2021" "$jia/2021/projects/p3.json"
commit "$repo" 2024-11-01 'removed'

run "$juesuan" build --content "$content" --theme "$theme" --out "$ground/site"
is "$status" 0 'a site with history is built'
has "$err" 'warning[unreadable-revision]: the revision ' 'the broken revision is told'
site=$ground/site
git -C "$repo" log --format=%H >"$ground/commits"
masked() { # file: without the ids of the commits
    sed "$(sed 's|.*|s/&/HASH/g|' "$ground/commits")
$(cut -c1-12 "$ground/commits" | sed 's|.*|s/&/HASH/g|')" "$1"
}
golden() { # name, file of the site
    masked "$2" >"$ground/made"
    [ -z "${UPDATE:-}" ] || cp "$ground/made" "tests/site/history/$1"
    check "$1" diff -u "tests/site/history/$1" "$ground/made"
}
golden changes.txt "$site/changes/index.html"
golden feed.txt "$site/changes/feed.atom"
golden report.txt "$site/departments/jia/2021/index.html"
golden department.txt "$site/departments/jia/index.html"
golden home.txt "$site/index.html"
golden revisions.csv "$site/data/revisions.csv"
golden changes.csv "$site/data/changes.csv"
day=$(git -C "$repo" log --format=%H --grep='a correction')
golden correction.txt "$site/changes/$(echo "$day" | cut -c1-12)/index.html"
is "$(find "$site/changes" -name index.html | wc -l)" 6 'a revision without a change of value has no page'

# --- datasets ---
figure=jia,2021,income_expenditure_summary,income-total,final
first=$(git -C "$repo" log --format=%H --grep='first')
is "$(grep "^$figure," "$site/data/figures.csv" | grep -o '[^,]*,[^,]*$')" "$first,$day" 'a figure has its first and its last revision'
is "$(sqlite3 "$site/data/juesuan.sqlite" "SELECT count(*) FROM figures AS f LEFT JOIN revisions AS r
    ON r.department = f.department AND r.id = f.last_revision WHERE r.id IS NULL")" 0 'they are revisions of the dataset'
sqlite3 "$site/data/juesuan.sqlite" 'SELECT DISTINCT id FROM revisions' | sort >"$ground/ids"
sort "$ground/commits" >"$ground/known"
is "$(comm -23 "$ground/ids" "$ground/known")" '' 'revisions are commits'

# --- what is not committed ---
sed -i 's/12345.61/12345.62/' "$jia/2021/report.json"
run "$juesuan" build --content "$content" --theme "$theme" --out "$site"
is "$(grep "^$figure," "$site/data/figures.csv" | grep -o '[^,]*,[^,]*$')" "$first," \
    'a figure that is not as it was committed has no last revision'

# --- a department whose folder is removed ---
git clone -q "file://$repo" "$ground/without"
git -C "$ground/without" rm -q -r content/departments/bing
commit "$ground/without" 2024-12-01 'a department less'
git -C "$ground/without" log --format=%H >"$ground/commits"
run "$juesuan" build --content "$ground/without/content" --theme "$theme" --out "$ground/less"
is "$status" 0 'a site is built that had a department more'
less=$(git -C "$ground/without" rev-parse HEAD)
golden less-changes.txt "$ground/less/changes/index.html"
golden less-feed.txt "$ground/less/changes/feed.atom"
golden less-revision.txt "$ground/less/changes/$(echo "$less" | cut -c1-12)/index.html"
golden less-first.txt "$ground/less/changes/$(echo "$first" | cut -c1-12)/index.html"
golden less-revisions.csv "$ground/less/data/revisions.csv"
grep '^[a-z]*,[0-9a-f]*,[0-9]*,,' "$ground/less/data/changes.csv" | grep '^bing' >"$ground/bing.csv"
golden less-bing.csv "$ground/bing.csv"
is "$(grep -c '^bing' "$ground/less/data/departments.csv")" 0 'it is no longer among the departments'
check_not 'it has no page' test -e "$ground/less/departments/bing"
is "$(sqlite3 "$ground/less/data/juesuan.sqlite" 'PRAGMA foreign_key_check')" '' 'no record of the database refers to it'
is "$(sqlite3 "$ground/less/data/juesuan.sqlite" "SELECT c.kind FROM changes AS c JOIN revisions AS r
    ON r.department = c.department AND r.id = c.revision WHERE r.department = 'bing' AND c.whole ORDER BY r.time")" 'added
removed' 'what became of it is in the database'
build "$ground/without/content" "$ground/less-default"
has "$(cat "$ground/less-default/changes/$(echo "$less" | cut -c1-12)/index.html")" '现在没有这个部门' 'its page says so'
check_not 'and has no link to it' grep -r 'departments/bing/"' "$ground/less-default/changes"

# --- little history ---
git clone -q --depth 1 "file://$repo" "$ground/shallow"
run "$juesuan" build --content "$ground/shallow/content" --theme "$theme" --out "$ground/short"
is "$status" 0 'a shallow clone builds'
has "$(cat "$ground/short/changes/index.html")" ' removed cut' 'it says that there was more'
run "$juesuan" build --content "$content" --theme "$theme" --out "$ground/none" --no-history
has "$(cat "$ground/none/changes/index.html")" 'no revisions' 'without history there are no revisions'
git init -q "$ground/empty"
cp -R tests/site/pages/content "$ground/empty/content"
run "$juesuan" build --content "$ground/empty/content" --theme "$theme" --out "$ground/unborn"
is "$status" 0 'a repository without a commit builds'
has "$(cat "$ground/unborn/changes/index.html")" 'no revisions' 'and has no revisions'
run "$juesuan" build --content "$content" --theme "$theme" --out "$ground/strict" --strict
printf '%s\n' "$err" >"$ground/strict.err"
check_not 'an old revision that cannot be read is no reason to stop' grep -q unreadable-revision "$ground/strict.err"

done_testing

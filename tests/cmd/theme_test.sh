#!/bin/sh
# The themes that come with the program: a second one that has only what is different.
. tests/cmd/tap.sh

plain=$root/themes/plain
build() { # folder option...
    folder=$1
    shift
    run "$juesuan" build --content cmd/juesuan/init --out "$ground/$folder" --strict "$@"
}

# --- what it has ---

is "$(cd "$plain" && find . -type f | LC_ALL=C sort)" './assets/plain.css
./screenshot.png
./templates/home.mustache
./templates/layout.mustache
./theme.json' 'the second theme has templates and a style sheet, and nothing else'
for template in home layout; do
    check "$template: takes the place of the default one" test -f "$themes/templates/$template.mustache"
done

# --- what comes of it ---

build default --theme "$themes"
is "$status" 0 'the default theme: all is well'
build plain --theme plain
is "$status $err" '0 ' 'a theme of the program by its name: all is well, without a warning'
build folder --theme "$plain/"
is "$status $(diff -rq "$ground/plain" "$ground/folder")" '0 ' 'its folder: the same'
is "$(cd "$ground/plain" && find . -type f | LC_ALL=C sort | grep -v plain.css)" \
    "$(cd "$ground/default" && find . -type f | LC_ALL=C sort)" 'there are the same pages at the same addresses'
is "$(cd "$ground/default" && find . -type f ! -name '*.html' ! -name manifest.json -exec cmp '{}' "$ground/plain/{}" ';')" '' \
    'all but the pages are the same bytes'
main() { # page: what it says between the layout's header and footer
    sed -n '/<main/,/<\/main>/p' "$ground/$1"
}
page=departments/example/culture/2024/index.html
is "$(main plain/$page)" "$(main default/$page)" 'a report says the same'
has "$(cat "$ground/plain/$page")" '<link rel="stylesheet" href="../../../../assets/plain.css">' 'in another form'
check 'the default home page is a portal' grep -q 'class="cards"' "$ground/default/index.html"
check_not 'that of the second theme is none' grep -q 'class="cards"' "$ground/plain/index.html"
has "$(main plain/index.html)" '<dt>本年支出</dt><dd>1,230.00</dd>' 'but has what the latest report says'

# --- which one is meant ---

mkdir -p "$ground/work/plain/templates" "$ground/mine/templates"
cp -R cmd/juesuan/init "$ground/work/content"
echo '{"extends": "plain"}' >"$ground/mine/theme.json"
echo mine >"$ground/mine/templates/glossary.mustache"
build of-mine --theme "$ground/mine"
is "$status" 0 'a theme may extend one of the program from anywhere'
is "$(cat "$ground/of-mine/glossary/index.html")" mine 'it has its own page'
check 'and the others of that theme' cmp "$ground/of-mine/index.html" "$ground/plain/index.html"
run sh -c 'cd "$1" && "$2" build --theme plain' - "$ground/work" "$juesuan"
has "$status $err" '1 juesuan: error[missing-template]: the theme plain has no templates' 'a folder goes before a name'

done_testing

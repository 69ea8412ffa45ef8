#!/bin/sh
# The charts of the example site that 'juesuan init' makes, with the default theme: each page's are as in
# tests/site/charts. UPDATE=1 writes these files, to be read by somebody and looked at in a browser.
. tests/cmd/tap.sh

golden=$root/tests/site/charts

charts() { # page golden
    found=$(sed -n '/<section id="charts">/,/<\/section>/p' "$ground/site/$1/index.html")
    [ -z "${UPDATE:-}" ] || printf '%s\n' "$found" >"$golden/$2"
    is "$found" "$(cat "$golden/$2")" "$1: $2"
}

build "$root/cmd/juesuan/init" "$ground/site" --no-history
is "$status" 0 'the example site is built'
charts departments/example/culture/2024 report.html
charts departments/example/culture department.html
charts departments/example/culture/2024/evaluations/overall evaluation.html
done_testing

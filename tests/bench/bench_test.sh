#!/bin/sh
# The tools of `make bench`, on a small scale: what they make and say, not how fast they are.
. tests/cmd/tap.sh

# the floor keeps all it reads until it ends: what it measures must not be slowed down by freeing
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"
tools=${BUILD:-$root/build}/tests/bench
run "$tools/generate" "$ground/content" 12 5
is "$status$err" 0 'generate: all is well'
"$tools/generate" "$ground/again" 12 5
check 'the same arguments give the same sources' diff -r "$ground/content" "$ground/again"
is "$(find "$ground/content" -name report.json | wc -l)" 12 'so many department-years as were asked for'
is "$(find "$ground/content" -name department.json | wc -l)" 3 'in departments of five years'
is "$(find "$ground/content" -path '*/projects/*.json' | wc -l)" 216 'with 18 projects each'
is "$(find "$ground/content" \( -name department.json -o -name site.json \) -exec grep -L 虚构 {} + | wc -l)" 0 'that say that they are invented'
build "$ground/content" "$ground/site" --strict
is "$status$err" 0 'they build without warnings'
run "$juesuan" check "$ground/content" --format json
is "$(echo "$out" | python3 -c 'import json, sys
said = json.load(sys.stdin)
print(said["findings"], said["checked"]["balances_broken"], said["checked"]["balances_unchecked"], said["checked"]["balances_held"] > 500)')" \
    '[] 0 3 True' 'their arithmetic holds; the first year of a department has none before it'
build "$ground/content" "$ground/site" --strict
pages=$(echo "$out" | sed -n 's/.* \([0-9]*\) pages.*/\1/p')
check 'a department-year is about 19 pages' test "$((pages / 12))" -ge 19 -a "$((pages / 12))" -le 22

run "$tools/floor" "$ground/site" "$ground/floor"
is "$status" 0 'floor: all is well'
check 'it gives four times' sh -c 'echo "$1" | python3 -c "
import json, sys
times = json.load(sys.stdin)
assert sorted(times) == [\"database\", \"files1\", \"files2\", \"together\"] and all(t > 0 for t in times.values()), times"' - "$out"
check_not 'and leaves nothing behind' test -e "$ground/floor"

if [ -z "$memcheck" ]; then
    run env BUILD="${BUILD:-$root/build}" JUESUAN="$juesuan" python3 tests/bench/bench.py --reports 6 --rounds 1 --growth 6,12 \
        --no-hugo --dir "$ground/bench" --large "$ground/large"
    is "$status" 0 'bench.py: all is well'
    has "$out" '6 department-years, 2 threads' 'it says what was measured'
    has "$out" 'ratio to the floor: ' 'and the ratio'
    has "$out" 'figures/s' 'and how fast figures are checked'
    is "$(echo "$out" | grep -c '^  growth: ')" 2 'and how it grows'
    check_not 'and leaves nothing behind either' test -e "$ground/bench" -o -e "$ground/large"
    run env BUILD="${BUILD:-$root/build}" JUESUAN="$juesuan" python3 tests/bench/history.py --files 5 --commits 8 --figures 3000 \
        --rounds 1 --dir "$ground/history" --daff ''
    is "$status$err" 0 'history.py: all is well, and what is told is what was changed'
    has "$out" '5 reports of 38 KB, 8 commits of one change' 'it says what was measured'
    has "$out" 'x git log -p' 'and the ratio'
    has "$out" '2580 figures, 129 of them changed' 'and of two revisions'
    check_not 'and leaves nothing behind either' test -e "$ground/history"
    build "$ground/content" "$ground/site"
    run "$tools/unsearched" build --content "$ground/content" --theme "$themes" --out "$ground/unsearched"
    is "$status$err" 0 'unsearched: all is well'
    is "$(diff -rq "$ground/site" "$ground/unsearched" | grep -v -e '/search[:/ ]' -e manifest.json)" '' 'the site without its search is the same site'
    check_not 'but there is nothing in its index' test -e "$ground/unsearched/search/texts"
    run env BUILD="${BUILD:-$root/build}" JUESUAN="$juesuan" python3 tests/bench/search.py --reports 3 --rounds 1 --queries 30 \
        --dir "$ground/search" --pagefind ''
    is "$status$err" 0 'search.py: all is well'
    has "$out" 'there is no Pagefind' 'it says what is left out'
    if command -v node >/dev/null; then
        has "$out" ' 0 wrong (0 with a page without the words, 0 with nothing)' 'the search answers as looking at every text does'
    fi
    check_not 'and leaves nothing behind either' test -e "$ground/search"
fi
done_testing

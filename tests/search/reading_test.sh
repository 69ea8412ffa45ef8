#!/bin/sh
# The index of a site, read by the module that its pages use: against looking at every text, against what
# stands on the pages, against the same module's folding in C, and how much of it is fetched.
. tests/cmd/tap.sh

if ! command -v node >/dev/null; then
    echo "1..0 # SKIP no node"
    exit 0
fi
programs=${BUILD:-$root/build}/tests
queries=1000
[ -z "$memcheck" ] || queries=100
more=$((queries / 5))
[ -z "$full" ] || more=$((queries * 5))

# says its last line, and is ok when the program was
holds() { # what, program, arguments
    what=$1
    shift
    if "$@" >"$ground/said" 2>&1; then
        pass "$what: $(tail -n 1 "$ground/said")"
    else
        fail "$what"
        say <"$ground/said"
    fi
}

build() { # content, site, options
    "$juesuan" build --content "$1" --out "$2" --theme "$themes" --no-history "$3" "$4" >"$ground/said" 2>&1
}

# the scripts of a site are modules: browsers are told so by the page, older node by this
echo '{"type": "module"}' >"$ground/package.json"
build "$root/content" "$ground/real" --jobs 2 || say <"$ground/said"
"$programs/bench/generate" "$ground/content" 6 3
build "$ground/content" "$ground/made" --jobs 1 || say <"$ground/said"
build "$ground/content" "$ground/made again" --jobs 3 || say <"$ground/said"

holds "real: as looking at every text" node tests/search/oracle.mjs "$ground/real" $queries 1
holds "made: as looking at every text" node tests/search/oracle.mjs "$ground/made" $more 2
for site in real made; do
    holds "$site: what stands on the pages" node tests/search/coverage.mjs "$ground/$site"
done
holds "a query fetches little" node tests/search/weigh.mjs "$ground/real" 60
if diff -r "$ground/made/search" "$ground/made again/search" >"$ground/said"; then
    pass "the same bytes with one thread and with three"
else
    fail "the same bytes with one thread and with three"
    say <"$ground/said"
fi

# C and JavaScript fold the same way: all characters there may be in the middle of others, and texts.
cat >"$ground/fold.mjs" <<'END'
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const { fold } = await import(pathToFileURL(process.argv[2]));
for (const line of readFileSync(0, "utf8").split("\n").slice(0, -1))
  console.log(Array.from({ length: fold(line).runs.length }, (_, i) => fold(line).runs.charCodeAt(i).toString(16) + " ").join(""));
END
python3 - >"$ground/lines" <<'END'
import random
random.seed(1)
for start in list(range(1, 0x3000)) + list(range(0xF900, 0x10100)) + list(range(0x4E00, 0x110000, 997)):
    if start != 10 and not 0xD800 <= start < 0xE000:
        print("a" + chr(start) + "1" + chr(start) + "支", end="\n")
for _ in range(3000):
    print("".join(random.choice("01239,,..ａＢｚ１２．，AZ决算。 “”%+-/") for _ in range(12)))
END
"$programs/search/print_fold" <"$ground/lines" >"$ground/c"
node "$ground/fold.mjs" "$ground/real/assets/search-index.js" <"$ground/lines" >"$ground/js"
if [ "$(wc -l <"$ground/c")" -gt 18000 ] && cmp "$ground/c" "$ground/js"; then
    pass "C and JavaScript fold alike"
else
    fail "C and JavaScript fold alike"
    diff "$ground/c" "$ground/js" | head -n 6 | say
fi

if [ -n "$full" ]; then
    "$programs/bench/generate" "$ground/middle content" 300
    build "$ground/middle content" "$ground/middle" --jobs 2
    holds "texts that stand in very many places: as looking at every text" node tests/search/oracle.mjs "$ground/middle" 300 3
    "$programs/bench/generate" "$ground/large content" 2000
    build "$ground/large content" "$ground/large" --jobs 2
    holds "the first result of one word or two comes with less than 150 KB of 38,000 pages" node tests/search/weigh.mjs "$ground/large" 600
fi
done_testing

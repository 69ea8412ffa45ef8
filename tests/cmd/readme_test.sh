#!/bin/sh
# The examples of README.md, in a copy of the tree: all its ```sh and ```json blocks and all commands
# of juesuan within its text. What cannot be run here is listed with the reason.
. tests/cmd/tap.sh

# Says why a block is not run; nothing, if it is.
why_not() { # block
    case $1 in
    'make site '*) echo 'installs packages; the tests are run by make themselves' ;;
    esac
}

# --- the copy ---

tree=$ground/tree
mkdir "$tree" "$tree/build"
mkdir "$tree/tests"
cp -R cmd content themes Makefile "$tree"
cp -R tests/story "$tree/tests"
cp "$juesuan" "$tree/build/juesuan" # not a link: it looks for its theme beside itself
chmod -R u+w "$tree"
printf '#!/bin/sh\nunset MAKEFLAGS MAKELEVEL SANITIZE STORY\nexec "%s" -o all "$@"\n' "$(command -v make)" >"$tree/build/make"
chmod +x "$tree/build/make" # what is compiled is there
commit "$tree/content" 2024-09-05 first

in_tree() { # command line
    (cd "$tree" && PATH="$tree/build:$PATH" sh -e -c "$1")
}

run in_tree 'build/juesuan build'
is "$status" 0 'the site is built'

# --- the blocks ---

# Blocks of a language, each in a file of its own; says how many. A block of text that follows one is
# what it prints: NUMBER.text.
blocks() { # language
    mkdir "$ground/$1"
    awk -v fence='```' -v language="$1" -v folder="$ground/$1" '
        inside && $0 == fence { inside = 0; close(file); next }
        inside { print >file; next }
        $0 == fence language { inside = 1; follows = 1; file = sprintf("%s/%02d", folder, ++count); next }
        $0 == fence "text" && follows { inside = 1; file = sprintf("%s/%02d.text", folder, count) }
        NF { follows = 0 }
        END { print count + 0 }' README.md
}

# Seconds differ from run to run, bytes with every word of a page, and so do the ids of commits.
without_measures() {
    sed 's/, [0-9]*\.[0-9]* s$/, SECONDS/; s/ [0-9]* bytes\([,:]\)/ BYTES bytes\1/
        s/\b[0-9a-f]\{10\}\b/ID/g'
}

shells=$(blocks sh)
is "$(grep -c '^```sh' README.md)" "$shells" 'every block of commands is read'
check 'there are blocks of commands' test "$shells" -gt 0
skipped=0
for block in "$ground"/sh/??; do
    text=$(cat "$block")
    first=$(head -1 "$block" | sed "s, *#.*,,")
    why=$(why_not "$text")
    if [ -n "$why" ]; then
        skip "$first" "$why"
        skipped=$((skipped + 1))
        continue
    fi
    run in_tree "$text"
    is "$status" 0 "$first"
    [ "$status" = 0 ] || printf '%s\n' "$err" | say
    if [ -e "$block.text" ]; then
        is "$(printf '%s%s' "$out${out:+
}" "$err" | without_measures)" "$(without_measures <"$block.text")" '... prints what the README says'
    fi
    case $text in
    *sqlite3*) check "... shows something" test -n "$out" ;;
    esac
done
is "$skipped" "$(sed -n '/^why_not/,/^}/p' "$0" | grep -c ') echo')" 'everything that is not run is still in the README'

is "$(grep -c '^```text' README.md)" "$(find "$ground/sh" -name '*.text' | wc -l)" 'every block of output was compared'

# --- commands within the text ---

grep -o '`juesuan [^`]*`' README.md | tr -d '`' | LC_ALL=C sort -u >"$ground/commands"
check 'there are commands within the text' test -s "$ground/commands"
while IFS= read -r line; do
    run in_tree "$line"
    is "$status" 0 "$line"
done <"$ground/commands"

# --- a line of a table ---

jsons=$(blocks json)
check 'there are blocks of JSON' test "$jsons" -gt 0
for block in "$ground"/json/??; do
    check "JSON: $(head -c 60 "$block")" python3 -m json.tool "$block" "$ground/json.out"
done
address=$(grep -o '`[a-z/-]*/[0-9]\{4\}/[a-z_]*/[0-9]*/final`' README.md | tr -d '`' | head -1)
check 'the README names the address of a figure' test -n "$address"
figure=${address#*/[0-9][0-9][0-9][0-9]/}
report=departments/${address%/"$figure"}
line=$(cat "$ground/json/01")
stated=$(printf '%s' "$line" | sed -n 's/.*"final": "\([^"]*\)".*/\1/p')
# in the place of the line that has this id: the report has no figure there but those of the README
python3 - "$tree/content/$report/report.json" "$figure" "$line" <<'P'
import json, sys
path, figure, line = sys.argv[1:]
table, id, _ = figure.split("/")
report = json.load(open(path, encoding="utf-8"))
lines = report["tables"][table]["lines"]
lines[:] = [json.loads(line) if l["id"] == id else l for l in lines]
json.dump(report, open(path, "w", encoding="utf-8"), ensure_ascii=False)
P
is "$?" 0 'the line is put into the report'
run in_tree 'build/juesuan build --out with-line'
is "$status" 0 'the line of the README stands in a report'
has "$(cat "$tree/with-line/$report/report.csv")" "$address," 'its figure has the address that the README says'
has "$(grep "^$address," "$tree/with-line/$report/report.csv")" ",$stated," 'and is what the line says'

done_testing

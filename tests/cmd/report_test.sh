#!/bin/sh
# How errors and warnings are shown, and what happens when nobody can read what is printed.
. tests/cmd/tap.sh
cp -R content "$ground/content"
cd "$ground" || exit 1
chmod -R u+w content
esc=$(printf '\033')
cp content/site.json site.json

site() { # what expected file: site.json is that, and the errors are these
    printf '%s' "$3" >content/site.json
    build content out
    is "$status" 1 "$1: status"
    is "$err" "$2
juesuan: nothing was changed in out" "$1"
}

# --- file:line:column: error[id]: message, the line, a caret, what to do ---

site 'an error' 'content/site.json:3:3: error[unknown-key]: unknown key '"'titel'"'
    "titel": "x",
    ^
  did you mean '"'title'"'?' '{
  "title": "t", "description": "d", "licence": "l", "language": "zh-CN",
  "titel": "x",
  "publisher": "p"
}'
site 'a caret behind wide characters' 'content/site.json:1:24: error[unknown-key]: unknown key '"'titel'"'
  {"title": "决算Ａ，ａ한글€é", "titel": "x", "description": "d", "licence": "l"}
                                ^
  did you mean '"'title'"'?' '{"title": "决算Ａ，ａ한글€é", "titel": "x", "description": "d", "licence": "l"}'
site 'tabs take one cell' 'content/site.json:1:18: error[unknown-key]: unknown key '"'titel'"'
  { "title":  "t", "titel": "x", "description": "d", "licence": "l"}
                   ^
  did you mean '"'title'"'?' "$(printf '{\t"title":\t\t"t",\t"titel": "x", "description": "d", "licence": "l"}')"
site 'carriage returns are not shown' 'content/site.json:2:1: error[unknown-key]: unknown key '"'titel'"'
  "titel": "x"}
  ^
  did you mean '"'title'"'?' "$(printf '{"title": "t", "description": "d", "licence": "l", "language": "zh-CN",\r\n"titel": "x"}')"

# in a long line, a window of it: what the caret points to is the key
long=$(printf '决算%.0s' $(seq 200))
printf '{"title": "%s", "titel": "x", "description": "%s"}' "$long" "$long" >content/site.json
build content out
width() { # of a text on a terminal
    printf '%s' "$1" | python3 -c 'import sys, unicodedata
print(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in sys.stdin.read()))'
}
line=$(echo "$err" | sed -n '/unknown-key/{n;p}')
caret=$(echo "$err" | sed -n '/unknown-key/{n;n;p}')
check 'a long line is cut' test "${#line}" -lt 200
is "$(width "${line%%\"titel\"*}")" "$(width "${caret%^}")" 'a long line: the caret stands below the key'

# --- nothing that a terminal would obey ---

printf '{"title": "t", "a\\u001b[31m\\u0085\\u0007b": "%s", "language": "zh-CN"}' "${esc}" >content/site.json
build content out
check_not 'control characters of a key are not shown' grep -q '[^[:print:][:space:]]' .err
printf '{"title": "t", "x\\u001b]0;owned\\u0007": 1, "language": "zh-CN", "description": "d", "licence": "l"}' >content/site.json
build content out
has "$err" "unknown key 'x\\x1b]0;owned\\x07'" 'control characters of a key are shown as numbers'
cp site.json content/site.json
odd=$(printf 'odd\033[2J\nname.json')
echo '{}' >"content/profiles/$odd"
build content out
has "$err" 'content/profiles/odd\x1b[2J\x0aname.json:1:1: error' 'control characters of a file name are shown as numbers'
rm "content/profiles/$odd"
printf '{"title": "caf\351"}' >content/site.json
build content out
has "$err" '"caf?"' 'what is not UTF-8 is shown as a question mark'

# --- several files, in order ---

cp site.json content/site.json
echo 'x' >content/departments/note.txt
echo '{}' >content/departments/shanghai/putuo/ghzyj/department.json
echo '{}' >content/departments/beijing/fengtai/zwfwj/department.json
build content out
is "$(echo "$err" | sed -n 's/^\(content[^:]*\):.*\(error\|warning\)\[.*/\1 \2/p' | uniq)" 'content/departments/note.txt warning
content/departments/beijing/fengtai/zwfwj/department.json error
content/departments/shanghai/putuo/ghzyj/department.json error' 'departments come in the order of their ids'
has "$err" '
juesuan: 8 errors and 1 warning in 3 files
juesuan: nothing was changed in out' 'in the end comes how many there are'

# --- the files stay together, what others stand on comes first ---

mkdir content/theme content/theme/templates content/theme/templates/parts
echo '{{titel}}{{>parts/note}}' >content/theme/templates/home.mustache
echo '{{/x}}' >content/theme/templates/parts/unused.mustache
echo 'x' >content/profiles/note.txt
sed 's/"title"/"titel"/' site.json >content/site.json
build content out
places=$(echo "$err" | sed -n 's/^\([a-z][^: ]*\):\([0-9]*\).*\(error\|warning\)\[.*/\1 \2/p')
is "$(echo "$places" | sed 's/ .*//' | uniq)" "$(echo "$places" | sed 's/ .*//' | awk '!seen[$0]++')" 'each file comes once'
is "$(echo "$places" | sed 's/ .*//' | uniq)" 'content/profiles/note.txt
content/site.json
content/departments/note.txt
content/theme/templates/parts/unused.mustache
content/departments/beijing/fengtai/zwfwj/department.json
content/departments/shanghai/putuo/ghzyj/department.json' 'the catalog comes first, then the theme, then departments'

# --- what includes a template, and which page it is for ---

rm content/theme/templates/parts/unused.mustache content/profiles/note.txt content/departments/note.txt
cp site.json content/site.json
cp "$root/content/departments/shanghai/putuo/ghzyj/department.json" content/departments/shanghai/putuo/ghzyj/
cp "$root/content/departments/beijing/fengtai/zwfwj/department.json" content/departments/beijing/fengtai/zwfwj/
cp -R "$themes" theme
themes=theme
printf '<main>\n{{>parts/note}}</main>\n' >theme/templates/home.mustache
printf '  {{> parts/more}}\n' >content/theme/templates/parts/note.mustache
printf '<i>{{titel}}</i>\n' >content/theme/templates/parts/more.mustache
printf '{{>parts/note}}\n' >content/theme/templates/departments.mustache
rm content/theme/templates/home.mustache
build content out
is "$status
$err" '1
content/theme/templates/parts/more.mustache:1:6: error[unknown-name]: unknown name "titel" (looked for in: page_home, constants)
  <i>{{titel}}</i>
       ^
  did you mean '"'title'"'?
  note: included from content/theme/templates/parts/note.mustache:1:3
  note: included from theme/templates/home.mustache:2:1
  note: for the template '"'home'"'
  note: and 1 more of the same
juesuan: nothing was changed in out' 'a mistake in a part: once, with the way to it'
printf '{{#site}}{{>parts/more}}{{/site}}' >content/theme/templates/parts/more.mustache
printf '{{>parts/more}}' >content/theme/templates/department.mustache
rm content/theme/templates/departments.mustache
build content out --jobs 1
is "$status
$err" '1
content/theme/templates/parts/more.mustache:1:10: error[template-recursion]: template "parts/more" includes itself without end: parts/more > parts/more
  {{#site}}{{>parts/more}}{{/site}}
           ^
  put the inclusion into a section that ends; at most 1000 are rendered in each other
  note: for departments/beijing/fengtai/zwfwj/index.html
  note: and 1 more of the same
juesuan: nothing was changed in out' 'a part that never ends: once, with the page'
for jobs in 2 7; do
    expected=$err
    build content out --jobs $jobs
    is "$err" "$expected" "a part that never ends: the same with $jobs threads"
done
themes=$root/themes/default
rm -r content/theme

# --- at most so many ---

many() { # errors warnings: a site.json with so many unknown keys, a folder with so many strange files
    find content/departments -name '*.txt' -delete
    [ "$2" = 0 ] || (cd content/departments/beijing/fengtai/zwfwj/2021/evaluations &&
        seq "$2" | sed 's/.*/a&.txt/' | xargs touch)
    {
        printf '{"title": "t"'
        [ "$1" = 0 ] || seq "$1" | sed 's/.*/,\n"zz&": 1/'
        printf '}\n'
    } >content/site.json
}
shown() { # how many errors and warnings are shown, and what comes behind them
    is "$(echo "$err" | grep -c ': error\[') $(echo "$err" | grep -c ': warning\[')
$(echo "$err" | grep '^juesuan')" "$1
juesuan: nothing was changed in out" "$2"
}
many 21 42
build content out
shown '20 20
juesuan: and 1 more error and 22 more warnings; --max-errors 0 shows all
juesuan: 21 errors and 42 warnings in 43 files' 'twenty of each are shown'
build content out --max-errors 21
shown '21 21
juesuan: and 21 more warnings; --max-errors 0 shows all
juesuan: 21 errors and 42 warnings in 43 files' '--max-errors 21'
build content out --max-errors=1
shown '1 1
juesuan: and 20 more errors and 41 more warnings; --max-errors 0 shows all
juesuan: 21 errors and 42 warnings in 43 files' '--max-errors 1'
build content out --max-errors 0
shown '21 42
juesuan: 21 errors and 42 warnings in 43 files' '--max-errors 0'
check 'the first ones are shown' grep -q "site.json:2:1: error.*'zz1'" .err
check 'with --max-errors 0 the last one as well' grep -q "site.json:42:1: error.*'zz21'" .err
cp site.json content/site.json
build content out --strict --max-errors 0
is "$status
$(echo "$err" | grep '^juesuan')" '1
juesuan: 42 warnings in 42 files
juesuan: --strict: warnings count as errors
juesuan: nothing was changed in out' 'warnings alone'
many 10100 3
build content out --max-errors 0
is "$status $(grep -c ': error\[' .err) $(grep -c ': warning\[' .err)
$(echo "$err" | grep '^juesuan')" '1 9999 1
juesuan: and 101 more errors and 2 more warnings; --max-errors 0 shows more
juesuan: 10100 errors and 3 warnings in at least 2 files
juesuan: nothing was changed in out' 'more errors than are kept'
if [ -n "$full" ]; then
    many 0 20200
    cp site.json content/site.json
    build content out --max-errors 0
    is "$status $(grep -c ': warning\[' .err)
$(echo "$err" | grep '^juesuan')" '0 10000
juesuan: and 10200 more warnings; --max-errors 0 shows more
juesuan: 20200 warnings in at least 10000 files' 'more warnings than are kept: all is well'
fi
many 0 0
cp site.json content/site.json
rm -rf out

# --- for machines ---

json() { # what: the output is one JSON document, and this program accepts it as `d`
    what=$1
    check "$what" python3 -c 'import json, sys
d = json.load(open(sys.argv[1], encoding="utf-8"))
assert list(d) == ["program", "command", "status", "errors", "summary", "result"], list(d)
assert d["status"] == int(sys.argv[2]), d["status"]
for e in d["errors"]:
    assert list(e) == ["severity", "id", "message", "file", "line", "column", "excerpt",
                       "excerpt_column", "hint", "notes", "repeats"], list(e)
exec(sys.stdin.read())' .out "$status"
    is "$err" '' "$what: nothing on standard error"
}
build content out --format json
is "$status" 0 '--format json: all is well'
json '--format json: a build' <<'END'
assert d["program"].startswith("juesuan ") and d["command"] == "build"
assert d["errors"] == []
assert d["summary"] == {"errors": 0, "warnings": 0, "files": 0, "not_shown": 0}
r = d["result"]
assert r["out"] == "out" and r["state"] == "built", r
assert (r["departments"], r["reports"], r["removed"]) == (2, 2, 0), r
assert r["files"] == r["written"] > r["pages"] > 20 and r["bytes"] > 10**6 and r["rows"] > 1000, r
assert 0 <= r["milliseconds"] < 600000, r
END
cp -R out before
printf '{"title": "caf\351\t\033<",\n "titel": "标题"}' >content/site.json
build content out --format=json
is "$status" 1 '--format json: a mistake'
json '--format json: a mistake: told' <<'END'
assert len(d["errors"]) == 1
e = d["errors"][0]
assert e["severity"] == "error" and e["id"] == "invalid-utf8", e
assert (e["file"], e["line"], e["column"], e["excerpt_column"]) == ("content/site.json", 1, 15, 15), e
assert e["excerpt"] == '{"title": "caf\ufffd\t\x1b<",' and e["notes"] == [] and e["repeats"] == 0, e
assert d["summary"] == {"errors": 1, "warnings": 0, "files": 1, "not_shown": 0}
assert d["result"] == {"out": "out", "state": "unchanged"}
END
check '--format json: a mistake: the site is as it was' diff -r before out
echo '{}' >content/site.json
touch content/departments/note.txt
mkdir -p content/theme/templates/parts
printf '一\n二{{>parts/note}}' >content/theme/templates/home.mustache
printf '{{titel}}' >content/theme/templates/parts/note.mustache
build content out --format json --strict
json '--format json: warnings, notes, hints' <<'END'
assert [(e["severity"], e["id"]) for e in d["errors"]] == [
    ("error", "missing-key"), ("warning", "unexpected-file"), ("error", "unknown-name")], d["errors"]
e = d["errors"][1]
assert e["file"] == "content/departments/note.txt" and e["line"] is None and e["column"] is None
assert e["excerpt"] is None and e["excerpt_column"] is None and e["hint"], e
e = d["errors"][2]
assert e["hint"] == "did you mean 'title'?", e
assert e["notes"] == [
    {"message": "included from", "file": "content/theme/templates/home.mustache", "line": 2, "column": 2},
    {"message": "for the template 'home'", "file": None, "line": None, "column": None}], e
assert d["summary"] == {"errors": 2, "warnings": 1, "files": 3, "not_shown": 0}
END
build content out --format json --max-errors 1
json '--format json: --max-errors counts' <<'END'
assert [e["id"] for e in d["errors"]] == ["missing-key", "unexpected-file"]
assert d["summary"] == {"errors": 2, "warnings": 1, "files": 3, "not_shown": 1}
END
rm -r content/theme
cp site.json content/site.json
build content out --format json --strict
is "$status" 1 '--format json --strict: warnings are at fault'
json '--format json --strict: told by the status' <<'END'
assert d["summary"]["warnings"] == 1 and d["summary"]["errors"] == 0
assert d["result"]["state"] == "unchanged"
END
rm content/departments/note.txt
build nowhere out --format json
is "$status" 3 '--format json: no content'
json '--format json: no content: told' <<'END'
e = d["errors"][0]
assert e["id"] == "system" and e["file"] is None and "nowhere" in e["message"], e
END
run "$juesuan" build --content content --out out --theme nowhere --format json
is "$status" 3 '--format json: no theme'
json '--format json: no theme: told' <<'END'
assert d["errors"][0]["id"] == "no-theme" and d["result"]["state"] == "unchanged"
END
build content out --format text
has "$out" 'departments, ' '--format text is as without it'
"$juesuan" build --content content --out out --theme "$themes" --format json >/dev/full 2>err
is "$? $(cat err)" '3 juesuan: cannot write to standard output' '--format json: standard output full'
echo '{}' >content/departments/shanghai/putuo/ghzyj/department.json
echo '{}' >content/departments/beijing/fengtai/zwfwj/department.json
touch content/departments/note.txt
build content out

# --- colours ---

if command -v script >/dev/null; then
    # what a terminal would get of a command line
    terminal() { # variable... command
        env "$@" script -qec "'$juesuan' build --content content --out out --theme '$themes' 2>&1 >/dev/null" /dev/null </dev/null
    }
    shown=$(terminal TERM=xterm)
    has "$shown" "${esc}[1;31merror[missing-key]:${esc}[0m" 'on a terminal, errors are red'
    has "$shown" "${esc}[1;35mwarning[unexpected-file]:${esc}[0m" 'on a terminal, warnings are magenta'
    case $(terminal TERM=xterm NO_COLOR=1) in # a slow build may tell how far it has come
    *"$esc["[0-9]*) fail 'NO_COLOR: no colours' ;;
    *missing-key*) pass 'NO_COLOR: no colours' ;;
    *) fail 'NO_COLOR: no errors' ;;
    esac
    has "$(terminal TERM=xterm NO_COLOR=)" "${esc}[1;31m" 'an empty NO_COLOR says nothing'
    case $(terminal TERM=dumb) in
    *"$esc"*) fail 'a terminal that knows no colours gets none' ;;
    *missing-key*) pass 'a terminal that knows no colours gets none' ;;
    *) fail 'a terminal that knows no colours gets no errors' ;;
    esac
else
    skip 'colours' 'there is no script(1)'
fi

case $err in
*"$esc"*) fail 'in a file, no colours' ;;
*) pass 'in a file, no colours' ;;
esac

# --- how far it has come: on a terminal, after a second ---

rm -rf out before content/departments/note.txt
cp "$root/content/departments/shanghai/putuo/ghzyj/department.json" content/departments/shanghai/putuo/ghzyj/
cp "$root/content/departments/beijing/fengtai/zwfwj/department.json" content/departments/beijing/fengtai/zwfwj/
late=$(mktemp -d /tmp/juesuan-late.XXXXXX) # the list of libraries to be preloaded has no spaces
trap 'rm -rf "$late"; clean_up' EXIT
if [ -n "$memcheck" ] || ! command -v script >/dev/null ||
    ! ${CC:-cc} -shared -fPIC -o "$late/late.so" "$root/tests/cmd/late/late.c" 2>.cc ||
    ! LD_PRELOAD=$late/late.so "$juesuan" version >.out 2>&1; then
    skip 'progress' 'the clock cannot be moved here'
else
    slow() { # variable... option...: what a terminal gets on standard error of a build that takes long
        variables=
        while case ${1-} in *=*) true ;; *) false ;; esac; do
            variables="$variables $1"
            shift
        done
        # shellcheck disable=SC2086 # words
        env TERM=xterm $variables script -qec "LD_PRELOAD=$late/late.so '$juesuan' build --content content --out out \
            --theme '$themes' --jobs 1 $* 2>&1 >.slow" /dev/null </dev/null | sed "s/$esc\\[K/<clear>/g" | tr '\r' '>'
    }
    is "$(slow)" '><clear>juesuan: 1 of 2 departments><clear>juesuan: 2 of 2 departments><clear>juesuan: writing the site><clear>juesuan: writing the site><clear>' \
        'a long build tells how far it has come, and clears that'
    has "$(cat .slow)" '2 departments, ' 'it says the same as ever in the end'
    is "$(slow NO_COLOR=1 | cut -c1-37)" '><clear>juesuan: 1 of 2 departments><' 'NO_COLOR does not matter'
    is "$(slow TERM=dumb)" '' 'a terminal that knows no clearing is left alone'
    is "$(slow --format json)" '' '--format json: no progress'
    check '--format json: JSON' python3 -m json.tool .slow .json
    echo '{}' >content/departments/shanghai/putuo/ghzyj/department.json
    shown=$(slow NO_COLOR=1 | head -1)
    is "$shown" '><clear>juesuan: 1 of 2 departments><clear>juesuan: 2 of 2 departments><clear>content/departments/shanghai/putuo/ghzyj/department.json:1:1: error[missing-key]: the key '"'division'"' is missing>' \
        'the line is cleared before errors are shown'
    LD_PRELOAD=$late/late.so run "$juesuan" build --content content --out out --theme "$themes"
    check_not 'in a file, no progress' grep -q ' of 2 ' .err
    echo '{"titel": 1}' >content/site.json
    is "$(build content out; grep -c ' of 2 ' .err)" 0 'a short build says nothing of it'
    cp site.json content/site.json
fi

# --- streams that take nothing ---

cp "$root/content/departments/shanghai/putuo/ghzyj/department.json" content/departments/shanghai/putuo/ghzyj/
build content expected
is "$status" 0 'mended: all is well'
for command in version help 'help --man' 'help build' 'build --help' schema 'schema report'; do
    for target in /dev/full closed; do
        if [ $target = closed ]; then
            # shellcheck disable=SC2086 # words
            "$juesuan" $command >&- 2>err
        else
            # shellcheck disable=SC2086
            "$juesuan" $command >$target 2>err
        fi
        is "$? $(cat err)" '3 juesuan: cannot write to standard output' "$command: standard output $target"
    done
done
"$juesuan" build --content content --out out --theme "$themes" >/dev/full 2>err
is "$? $(cat err)" '3 juesuan: cannot write to standard output' 'build: standard output full'
check 'build: standard output full: the site is there all the same' diff -r expected out
if [ -n "$memcheck" ]; then # which needs its streams
    skip 'build: all streams closed' 'not under valgrind'
else
    rm -rf out
    "$juesuan" build --content content --out out --theme "$themes" --jobs 1 <&- >&- 2>&-
    is $? 3 'build: all streams closed'
    check 'build: all streams closed: nothing of what was printed is in the site' diff -r expected out
    printf '{}' >content/site.json
    "$juesuan" build --content content --out out --theme "$themes" --jobs 1 <&- >&- 2>&-
    is $? 1 'build: mistakes and all streams closed'
    check 'build: mistakes and all streams closed: the site is as it was' diff -r expected out
fi
printf '{}' >content/site.json
"$juesuan" build --content content --out out --theme "$themes" 2>/dev/full
is $? 1 'build: mistakes and standard error full'

done_testing

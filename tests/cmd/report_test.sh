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

# --- colours ---

if command -v script >/dev/null; then
    # what a terminal would get of a command line
    terminal() { # variable... command
        env "$@" script -qec "'$juesuan' build --content content --out out --theme '$themes' 2>&1 >/dev/null" /dev/null </dev/null
    }
    shown=$(terminal TERM=xterm)
    has "$shown" "${esc}[1;31merror[missing-key]:${esc}[0m" 'on a terminal, errors are red'
    has "$shown" "${esc}[1;35mwarning[unexpected-file]:${esc}[0m" 'on a terminal, warnings are magenta'
    case $(terminal TERM=xterm NO_COLOR=1) in
    *"$esc"*) fail 'NO_COLOR: no colours' ;;
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

# --- streams that take nothing ---

cp "$root/content/departments/shanghai/putuo/ghzyj/department.json" content/departments/shanghai/putuo/ghzyj/
cp "$root/content/departments/beijing/fengtai/zwfwj/department.json" content/departments/beijing/fengtai/zwfwj/
rm content/departments/note.txt
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

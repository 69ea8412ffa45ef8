#!/bin/sh
# What the program says about itself: help, manual page, version; and that its examples work.
. tests/cmd/tap.sh

run "$juesuan" help
is "$status" 0 'help: all is well'
commands=$(echo "$out" | sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
check 'help lists build' test "$(echo "$commands" | grep -c '^build$')" = 1
for way in '' --help -h; do
    run "$juesuan" $way
    is "$status" 0 "'juesuan $way': all is well"
    is "$out" "$("$juesuan" help)" "'juesuan $way' is the same as 'juesuan help'"
done

"$juesuan" help --man >"$ground/juesuan.1"
is $? 0 'help --man: all is well'
# how the manual shows a line of text
roff() {
    sed -e 's/\\/\\e/g' -e 's/-/\\-/g' -e 's/"/\\(dq/g' -e "s/'/\\\\(aq/g" \
        -e 's/`/\\(ga/g' -e 's/\^/\\(ha/g' -e 's/~/\\(ti/g'
}

for command in $commands; do
    run "$juesuan" "$command" --help
    is "$status" 0 "$command --help: all is well"
    is "$err" '' "$command --help: nothing on standard error"
    has "$out" "usage: juesuan $command " "$command --help shows how to call it"
    help=$out
    run "$juesuan" help "$command"
    is "$status" 0 "help $command: all is well"
    is "$out" "$help" "help $command is the same"
    run "$juesuan" "$command" -h
    is "$out" "$help" "$command -h is the same"
    run "$juesuan" "$command" --no-such-thing-as-this --help
    is "$status" 2 "$command: a mistake before --help is a mistake"
    summary=$("$juesuan" help | sed -n "s/^  $command  *//p")
    has "$help" "

$summary

" "$command --help has the summary that 'help' has"
    check "$command has an example" test -n "$(echo "$help" | sed -n "/^examples:/,\$s/^  juesuan $command/&/p")"
    manual=$(sed -n "/^\\.Ss $command\$/,/^\\.S[sh] /p" "$ground/juesuan.1")
    check "$command is in the manual" test -n "$manual"
    echo "$help" | sed -n '/^options:/,/^$/s/^  --\([a-z-]*\)\( [A-Z][A-Z]*\)\{0,1\}  .*/\1\2/p' >"$ground/options"
    check "$command has options in its help" grep -q '^help$' "$ground/options"
    while read -r option value; do
        [ "$option" = help ] && continue # of all commands, once in the manual
        has "$manual" "
.It Fl Fl $option${value:+ Ar $value}
" "$command: --$option is in the manual"
    done <"$ground/options"
done
has "$(cat "$ground/juesuan.1")" '.Fl Fl help' '--help is in the manual'
wide=$(for command in $commands; do "$juesuan" help "$command"; done | awk 'length > 100')
is "$wide" '' 'no line of the help is wider than 100 characters'

# --- the manual ---

if command -v mandoc >/dev/null; then
    run mandoc -T lint -W warning "$ground/juesuan.1"
    is "$status $out$err" '0 ' 'the manual is good mdoc'
    text=$(mandoc -T utf8 "$ground/juesuan.1" | sed 's/.\x08//g')
    for command in $commands; do
        has "$text" "juesuan $command [option ...]" "the manual shows how to call $command"
    done
else
    skip 'the manual is good mdoc' 'mandoc is not installed'
fi
(export TZ=Pacific/Kiritimati LC_ALL=C && "$juesuan" help --man) >"$ground/again.1"
check 'the manual is always the same' cmp "$ground/juesuan.1" "$ground/again.1"
check_not 'the manual has a date of its own' grep -q 'Mdocdate' "$ground/juesuan.1"
for status in 0 1 2 3 4; do
    check "the manual explains exit status $status" grep -q "^\\.It $status\$" "$ground/juesuan.1"
done

# --- the version ---

run "$juesuan" version
is "$status" 0 'version: all is well'
is "$out" "juesuan $(sed -n 's/^VERSION *:= *//p' Makefile)" 'version is that of the Makefile'
version=$out
run "$juesuan" --version
is "$status $out" "0 $version" '--version is the same'

# --- the examples: all that the manual has, as they stand ---

mkdir "$ground/work" "$ground/work/bin"
cp -R content "$ground/work/content"
cp -R content "$ground/work/sources"
chmod -R u+w "$ground/work"
for folder in content sources; do # the same commits, so the same history
    commit "$ground/work/$folder" 2024-09-05 first
    commit "$ground/work/$folder" 2024-09-06 second
done
git init -q --bare "$ground/origin.git"
git -C "$ground/work/content" remote add origin "$ground/origin.git"
git -C "$ground/work/content" config user.name somebody
git -C "$ground/work/content" config user.email somebody@example.org
cp "$juesuan" "$ground/work/bin/juesuan" # not a link: it looks for its theme beside itself
cp -R themes "$ground/work/themes"
mkdir -p "$ground/work/share/juesuan"
cp -R cmd/juesuan/init "$ground/work/share/juesuan/init"
python3 tests/import/make_documents.py "$ground/work"
sed -n '/^\.Sh EXAMPLES/,/^\.Sh [^E]/s/^\.Dl //p' "$ground/juesuan.1" >"$ground/roff"
sed -e 's/\\-/-/g' -e 's/\\(dq/"/g' -e "s/\\\\(aq/'/g" -e 's/\\(ga/`/g' -e 's/\\(ha/^/g' \
    -e 's/\\(ti/~/g' -e 's/\\&//g' -e 's/\\e/\\/g' "$ground/roff" >"$ground/examples"
check 'the manual has examples' test -s "$ground/examples"
is "$(roff <"$ground/examples")" "$(cat "$ground/roff")" 'the examples were read as they were written'
is "$(cat "$ground/examples")" "$(for command in $commands; do
    "$juesuan" help "$command" | sed -n '/^examples:/,$s/^  \(juesuan .*\)/\1/p'
done)" 'the manual has the examples of the help'
while IFS= read -r example; do
    here=$(echo "$example" | sed "s|/srv/|srv/|g") # where tests may write
    run env PATH="$ground/work/bin:$PATH" sh -c 'cd "$1" && eval "$2"' - "$ground/work" "$here"
    is "$status" 0 "example: $example"
    [ "$status" = 0 ] || printf '%s\n' "$err" | say
done <"$ground/examples"
check 'the example of init made the sources of a site' test -s "$ground/work/accounts/site.json"
check 'the example of build made a site' test -s "$ground/work/public/index.html"
check 'the example with a revision made a site' diff -r "$ground/work/public" "$ground/work/before"
check 'the example with another folder made a site' diff -r "$ground/work/public" "$ground/work/srv/www"
is "$(git -C "$ground/origin.git" for-each-ref --format='%(refname:short)' refs/heads)" 'main
site' 'the example of publish published'
check 'the example of schema made schemas' test -s "$ground/work/content/schemas/report.json"

done_testing

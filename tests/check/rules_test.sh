#!/bin/sh
# Every rule, and every kind of balance, finds what it is to find and nothing else. A case is a folder
# below tests/check/rules:
#
#     <rule>/pass*/   what is right    |  20*/    the reports of the one department of rules/base,
#     <rule>/fail*/   what is wrong    |          put over it
#                                      |  expect  what `juesuan check --rule <rule>` then says: standard
#                                      |          output, standard error and the exit status
#
# A wrong case differs in one line of the sources from the right one (fail-2 from pass-2), and that line
# is what is found. Which rules there are is asked of the program, so none can be forgotten. All is
# invented (虚构).
#
# CASES='rate truncated' runs these only; UPDATE=1 writes what is said into expect, to be read by somebody
# who knows the rule but not the program.

if [ -w /dev/shm ] && [ "$(df --output=avail /dev/shm | tail -1)" -gt 100000 ]; then
    export TMPDIR=/dev/shm
fi
. tests/cmd/tap.sh
cases=$root/tests/check/rules

cd "$ground" || exit 1
cp -R "$cases/base" content
office=content/departments/office

ids() {
    "$juesuan" check content --format sarif | python3 -c '
import json, sys
for rule in json.load(sys.stdin)["runs"][0]["tool"]["driver"]["rules"]:
    print(rule["id"])' | LC_ALL=C sort
}
known=$(ids)
is "$(ls "$cases" | grep -v '^base$' | LC_ALL=C sort)" "$known" 'each rule has its cases, and there are no others'

try() { # rule case
    rm -rf "$office"/20*
    cp -R "$cases/$1/$2"/20* "$office"
    run "$juesuan" check content --rule "$1" --jobs 1
    said=$(printf '%s\n%s\nstatus %s\n' "$out" "$err" "$status" | sed '/^$/d')
    [ -z "${UPDATE:-}" ] || printf '%s\n' "$said" >"$cases/$1/$2/expect"
    is "$said" "$(cat "$cases/$1/$2/expect")" "$1/$2"
}

finds() { # rule: whether it is what was found
    case $said in
    *"[$1]: "*) ;;
    *) return 1 ;;
    esac
}

for rule in ${CASES:-$known}; do
    if [ -n "$memcheck" ]; then # slow: what is found says the most
        try "$rule" fail
        continue
    fi
    for right in "$cases/$rule"/pass*; do
        right=${right##*/}
        wrong=fail${right#pass}
        if ! [ -d "$cases/$rule/$right" ] || ! [ -d "$cases/$rule/$wrong" ]; then
            fail "$rule: $right and $wrong"
            continue
        fi
        try "$rule" "$right"
        ! finds '[^]]*' || fail "$rule/$right: something is found"
        try "$rule" "$wrong"
        finds "$rule" || fail "$rule/$wrong: nothing is found"
        lines=$(diff -r --exclude=expect "$cases/$rule/$right" "$cases/$rule/$wrong" | grep -c '^[<>]')
        case $lines in
        1 | 2) ;;
        *) fail "$rule: $right and $wrong differ in $lines lines" ;;
        esac
    done
done

done_testing

#!/bin/sh
# The schemas that the program prints and writes.
. tests/cmd/tap.sh

run "$juesuan" schema
is "$status" 0 'schema: all is well'
names=$out
for name in site profile classification department report project evaluation; do
    check "there is a schema of $name" test "$(echo "$names" | grep -cx $name)" = 1
done

run "$juesuan" schema --out "$ground/new/schemas"
is "$status" 0 'schema --out: all is well'
is "$(ls "$ground/new/schemas")" "$(echo "$names" | sed 's/$/.json/' | LC_ALL=C sort)" 'schema --out writes all of them and nothing else'
for name in $names; do
    run "$juesuan" schema "$name"
    is "$status" 0 "schema $name: all is well"
    "$juesuan" schema "$name" >"$ground/printed"
    check "$name: what is printed is what is written" cmp "$ground/printed" "$ground/new/schemas/$name.json"
    check "$name: is JSON" python3 -m json.tool "$ground/printed" "$ground/tree"
    has "$(cat "$ground/printed")" '"$schema": "https://json-schema.org/draft/2020-12/schema"' "$name: says which draft it is"
    if [ -d content/schemas ]; then
        check "$name: content/schemas is up to date (juesuan schema --out content/schemas)" \
            cmp "$ground/printed" "content/schemas/$name.json"
    fi
done
[ -d content/schemas ] || skip 'content/schemas is up to date' 'there is no such folder'
if [ -d content/schemas ]; then
    is "$(ls content/schemas)" "$(ls "$ground/new/schemas")" 'content/schemas has no schema too many'
fi

before=$(identity "$ground/new")
run "$juesuan" schema --out "$ground/new/schemas"
is "$(identity "$ground/new")" "$before" 'schema --out again touches nothing'
echo '{}' >"$ground/new/schemas/report.json"
run "$juesuan" schema --out "$ground/new/schemas/"
"$juesuan" schema report >"$ground/printed"
check 'schema --out again mends what is old' cmp "$ground/printed" "$ground/new/schemas/report.json"

touch "$ground/file"
run "$juesuan" schema --out "$ground/file"
is "$status" 3 'schema --out into a file: the file system is at fault'
is "$(echo "$err" | grep -c 'error\[')" 1 'schema --out into a file: one error is enough'
run "$juesuan" schema --out /proc/nowhere
is "$status" 3 'schema --out where nothing can be made: the file system is at fault'

done_testing

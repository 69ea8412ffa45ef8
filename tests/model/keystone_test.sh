#!/bin/sh
# A new field is one line. A program is compiled with the definitions of toy.def as they are, and
# again with one line put in: before, nothing knows the field; afterwards it arrives everywhere.
set -u
cd "$(dirname "$0")/../.." || exit 1

number=0
failed=0
check() { # description, status
    number=$((number + 1))
    if [ "$2" = 0 ]; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        failed=1
    fi
}

has() { # description, what a program printed, part of a line of it
    grep -qF -e "$3" "$2"
    check "$1" $?
    grep -qF -e "$3" "$2" || sed '/^# schema/,/^# sql/d; s/^/#   /' "$2"
}

lacks() {
    ! grep -qF -e "$3" "$2"
    check "$1" $?
}

library=${BUILD:-build}/libjuesuan.a
if [ ! -f "$library" ]; then
    echo "1..0 # SKIP no libjuesuan.a in \$BUILD"
    exit 0
fi
work=$(mktemp -d /tmp/juesuan-test-XXXXXX) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT PIPE TERM

# What the library was compiled with must be linked with it.
flags=
symbols=$(nm "$library" 2>/dev/null)
case $symbols in *__asan_*) flags="$flags -fsanitize=address" ;; esac
case $symbols in *__ubsan_*) flags="$flags -fsanitize=undefined -fno-sanitize-recover=all" ;; esac
case $symbols in *__tsan_*) flags="$flags -fsanitize=thread" ;; esac
case $symbols in *__gcov_*) flags="$flags --coverage" ;; esac
packages="libcmark jansson sqlite3 libcrypto libgit2 zlib libarchive libxml-2.0 freexl"
run=
[ -n "${MEMCHECK:-}" ] && run="valgrind --quiet --error-exitcode=99"

compile() { # folder with a toy.def, name of the program
    # shellcheck disable=SC2046,SC2086 # lists of flags
    ${CC:-cc} -std=c17 -Wall -Wextra -Werror $flags -D_GNU_SOURCE -I"$1" -Ilib \
        $(pkg-config --cflags $packages) -o "$work/$2" tests/model/keystone/program.c "$library" \
        $(pkg-config --libs $packages) -pthread
}

# A variant: what it is called, behind which line of toy.def, the line put in, the record, the
# template; then "$work/before" and "$work/after" hold what the two programs print.
variant() {
    mkdir -p "$work/$1"
    sed "/^$2/a $3" tests/model/toy.def >"$work/$1/toy.def"
    [ "$(diff tests/model/toy.def "$work/$1/toy.def" | grep -c '^[<>]')" = 1 ]
    check "$1: one line is added to the definitions" $?
    compile "$work/$1" "with-$1"
    check "$1: it compiles" $?
    printf '%s' "$4" >"$work/record.json"
    printf '%s' "$5" >"$work/page.mustache"
    $run "$work/without" "$work/record.json" "$work/page.mustache" >"$work/before"
    check "$1: the program without it runs" $?
    $run "$work/with-$1" "$work/record.json" "$work/page.mustache" >"$work/after"
    check "$1: the program with it runs" $?
}

compile tests/model without
check "the program without new lines compiles" $?

# a text
variant colour 'TEXT(name, plain' 'TEXT(colour, plain, 0, "颜色", "Colour", "玩具的颜色")' \
    '{"id": "car", "name": "小汽车", "colour": "大红, \"亮\""}' \
    '<p>{{name}}{{#colour}}：{{colour}}{{/colour}}</p>'
has "before, the loader refuses a colour" "$work/before" "loader: unknown key 'colour'"
has "before, the template does not compile" "$work/before" 'template: unknown name "colour"'
[ "$(grep -c colour "$work/before")" = "$(grep -c -e '^loader' -e '^template' "$work/before")" ]
check "before, no other line knows of colours" $?
has "the loader takes it" "$work/after" "loader: fine"
has "the JSON Schema has it" "$work/after" '"colour": {'
has "with its title" "$work/after" '"title": "颜色"'
has "and its description" "$work/after" '"description": "玩具的颜色"'
has "the SQLite table has it" "$work/after" '  "colour" TEXT,'
has "the CSV header has it" "$work/after" 'id,name,colour,final,final_stated'
has "the CSV row has it" "$work/after" 'car,小汽车,"大红, ""亮""",,'
has "the JSON row has it" "$work/after" '"colour": "大红, \"亮\""'
has "the template compiles" "$work/after" "template: fine"
has "and shows it, escaped" "$work/after" '<p>小汽车：大红, &quot;亮&quot;</p>'

# an amount: one line, and the dictionary's column says all the rest
variant executed 'TEXT(name, plain' 'QUANTITY(executed, 0)' \
    '{"id": "car", "name": "小汽车", "executed": "-1234.50"}' \
    '<p>{{name}} {{executed}} {{executed_stated}}{{#executed_negative}} 负{{/executed_negative}}</p>'
has "before, the loader refuses an amount executed" "$work/before" "loader: unknown key 'executed'"
has "before, the template does not compile" "$work/before" 'template: unknown name "executed"'
lacks "before, no table has it" "$work/before" '"executed" INTEGER'
has "the loader takes it" "$work/after" "loader: fine"
has "the JSON Schema has it" "$work/after" '"executed": {'
has "with the column's title" "$work/after" '"title": "全年执行数"'
has "the SQLite table has its value" "$work/after" '  "executed" INTEGER,'
has "the SQLite table has what was written" "$work/after" '  "executed_stated" TEXT,'
has "the SQLite table has its decimals" "$work/after" '  "executed_scale" INTEGER,'
has "the CSV header has it" "$work/after" 'id,name,executed,executed_stated,final,final_stated'
has "the CSV row has it" "$work/after" 'car,小汽车,-1234.50,-1234.50,,'
has "the JSON row has it" "$work/after" '"executed": -1234.50, "executed_stated": "-1234.50"'
has "the template shows it" "$work/after" '<p>小汽车 -1,234.50 -1234.50 负</p>'

# a whole number
variant made 'TEXT(name, plain' 'INTEGER(made, FIELD_REQUIRED, "年份", "Made", "造于哪一年")' \
    '{"id": "car", "made": 1957}' '<p>{{made}}</p>'
has "before, the loader refuses a year" "$work/before" "loader: unknown key 'made'"
has "the loader takes it" "$work/after" "loader: fine"
has "the JSON Schema requires it" "$work/after" '    "made"'
has "the SQLite table has it" "$work/after" '  "made" INTEGER,'
has "the CSV row has it" "$work/after" 'car,,1957,,'
has "the JSON row has it" "$work/after" '"made": 1957,'
has "the template shows it" "$work/after" '<p>1957</p>'
printf '{"id": "car"}' >"$work/record.json"
$run "$work/with-made" "$work/record.json" "$work/page.mustache" >"$work/after"
has "the loader misses it" "$work/after" "loader: the key 'made' is missing"

# a text of what is in a list
variant material 'QUANTITY(count, 0)' 'TEXT(material, id, FIELD_KEY, "材料", "Material", "轮子的材料")' \
    '{"id": "car", "wheels": [{"id": "front", "material": "wood"}, {"id": "rear", "count": 2}]}' \
    '{{#wheels}}<i>{{id}}{{#material}} of {{material}}{{/material}}</i>{{/wheels}}'
has "before, the loader refuses a material" "$work/before" "loader: unknown key 'material'"
has "before, the template does not compile" "$work/before" 'template: unknown name "material"'
has "the loader takes it" "$work/after" "loader: fine"
has "the JSON Schema has its form" "$work/after" '"pattern": "^[a-z][a-z0-9-]{0,99}$"'
has "the SQLite table has it" "$work/after" '  "material" TEXT NOT NULL,'
has "and has it in its key" "$work/after" 'PRIMARY KEY ("toy", "id", "material")'
has "the CSV header has it" "$work/after" 'toy,id,count,count_stated,material'
has "a CSV row has it" "$work/after" ',front,,,wood'
has "a JSON row has it" "$work/after" '"id": "front", "count": null, "count_stated": null, "material": "wood"'
has "the template shows it" "$work/after" '<i>front of wood</i><i>rear</i>'

# SQLite takes the tables
sed -n '/^# sql/,/^# rows/{/^#/d;p;}' "$work/after" >"$work/schema.sql"
columns=$(sqlite3 :memory: ".read $work/schema.sql" "SELECT group_concat(name) FROM pragma_table_info('toy_wheels')")
[ "$columns" = toy,id,count,count_stated,count_scale,material ]
check "SQLite makes the table with all columns" $?

echo "1..$number"
exit $failed

#!/bin/sh
# What the compiler does not see: which folder may use which, how source files begin, that each
# header can be used alone, that no file grows without end.
set -u
cd "$(dirname "$0")/../.." || exit 1

number=0
check() { # description, lines that should not be there
    number=$((number + 1))
    if [ -z "$2" ]; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        printf '%s\n' "$2" | sed 's/^/# /'
    fi
}

# Each folder may include those before it in this list, and itself.
order="base text search model source check history import dataset site publish serve"

wrong=$(
    before=
    for folder in $order; do
        before="$before $folder"
        [ -d "lib/$folder" ] || continue
        allowed=$(echo $before | tr ' ' '|')
        grep -nE '^#include "' lib/"$folder"/*.[ch] lib/"$folder"/*.def lib/"$folder"/*.inc 2>/dev/null |
            grep -vE "#include \"($allowed)/"
    done
)
check "a lib folder includes only those above it in the order of the design" "$wrong"

wrong=$(for folder in lib/*/; do
    name=$(basename "$folder")
    case " $order " in *" $name "*) ;; *) echo "$folder" ;; esac
done)
check "every lib folder has its place in the order" "$wrong"

wrong=$(for folder in cmd/*/; do
    own=$(ls "$folder" | grep '\.h$' | tr '\n' '|')
    grep -nE '^#include "' "$folder"*.[ch] /dev/null |
        grep -vE "#include \"($own($(echo $order | tr ' ' '|'))/)"
done 2>/dev/null)
check "each program in cmd includes lib and itself, nothing else" "$wrong"

wrong=$(for file in lib/*/*.c cmd/*/*.c; do
    [ "$(grep -m1 '^#include' "$file")" = '#include "base/base.h"' ] || echo "$file"
done)
check "every source file begins with base/base.h, and so with the banned functions" "$wrong"

wrong=$(for file in lib/*/*.h cmd/*/*.h; do
    printf '#include "base/base.h"\n#include "%s"\n' "$(basename "$file")" |
        ${CC:-cc} -std=c17 -D_GNU_SOURCE -Ilib -I"$(dirname "$file")" -Wall -Wextra -Werror -fsyntax-only \
            $(pkg-config --cflags libcmark jansson sqlite3 libcrypto libgit2 zlib libarchive libxml-2.0 freexl) -x c - 2>&1 |
        grep -m1 -E 'error' | sed "s|^|$file: |"
done)
check "every header compiles alone" "$wrong"

wrong=$(for file in lib/*/*.h cmd/*/*.h; do
    [ "$(head -c 2 "$file")" = '/*' ] || echo "$file"
done)
check "every header begins by saying what it is for" "$wrong"

wrong=$(wc -l lib/*/*.[ch] cmd/*/*.[ch] | awk '$2 != "total" && $1 > 650 { print $2 ": " $1 " lines" }')
check "no unit is longer than 650 lines" "$wrong"

# The markup of texts is made in one place; pages are made by templates.
wrong=$(grep -nE '"[^"]*</?[a-z][a-z0-9]*[ >]' lib/*/*.c cmd/*/*.c |
    grep -vE '^lib/text/(markdown|escape)\.c:|#include <|/\*.*"')
check "no HTML in C strings outside of the Markdown renderer" "$wrong"

wrong=$(grep -nE '^[^"/]*\b(double|float)\b' lib/*/*.[ch] cmd/*/*.[ch] | grep -vE ':[0-9]+: \*')
check "no binary floating point" "$wrong"

wrong=$(grep -nE '\b(printf|puts|putchar|exit|perror)\(|\b(stdout|stderr)\b' lib/*/*.c |
    grep -vE '^lib/base/mem\.c:|snprintf|vsnprintf')
check "the library neither prints nor exits" "$wrong"

wrong=$(grep -nE '^(static )?[a-z][a-z_ ]*[ *][a-z_]+(\[[^]]*\])*( = .*)?;' lib/*/*.c | grep -vE 'const|typedef|return|extern|strbuf_empty')
check "no state at file scope" "$wrong"

wrong=$(git ls-files 2>/dev/null | grep -E '\.(c|h|def|inc|sh|py|md|json|mustache|css|m?js|mk)$|Makefile' |
    grep -v '^tests/text/' | while read -r file; do
        [ -f "$file" ] && grep -nE '[[:blank:]]+$' "$file" | grep -vE '\.md:' | sed "s|^|$file: |" | head -3
    done)
check "no space at the end of a line" "$wrong"

echo "1..$number"

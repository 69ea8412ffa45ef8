# inject.sh: to be sourced after tap.sh. Builds the library of inject.c.
#
# $can_inject  empty when it does not work here: under a sanitizer or valgrind, or without a
#              compiler; then $why_not says why

can_inject=
# the list of libraries to be preloaded is divided by spaces and colons: its path must have none
library_folder=$(mktemp -d /tmp/juesuan-inject.XXXXXX) || exit 1
library=$library_folder/inject.so
trap 'rm -rf "$library_folder"; clean_up' EXIT

injected() { # what number-of-call kinds-of-calls command...: kinds may be empty, for all
    injected_do=$1
    injected_at=$2
    injected_only=$3
    shift 3
    rm -f "$library_folder/log"
    # the shell itself would say that something was killed
    { run env LD_PRELOAD="$library" INJECT_DO="$injected_do" INJECT_AT="$injected_at" \
        INJECT_LOG="$library_folder/log" ${injected_only:+"INJECT_ONLY=$injected_only"} "$@"; } 2>/dev/null
}

if [ -n "$memcheck" ]; then
    why_not='not under valgrind'
elif ! ${CC:-cc} -std=gnu17 -O1 -shared -fPIC -o "$library" "$root/tests/publish/inject/inject.c" 2>"$ground/.cc"; then
    why_not='the library could not be compiled'
    say <"$ground/.cc"
else
    injected COUNT 0 '' "$juesuan" version
    if [ "$status" = 0 ] && [ -s "$library_folder/log" ]; then
        can_inject=yes
    else
        why_not='the library cannot be preloaded, as with sanitizers'
    fi
fi

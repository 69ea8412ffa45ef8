# tap.sh: what the shell tests share. To be sourced, from the root of the project:
#
#     . tests/cmd/tap.sh
#     run "$juesuan" version
#     is "$status" 0 'version: all is well'
#     done_testing
#
# $juesuan   the program, $root the project, $themes its default theme
# $ground    an empty folder, gone afterwards; its path has a space and Chinese characters in it
# $full      not empty: the slow tests, too
# $memcheck  not empty: under valgrind, where everything is slow

set -u
root=$PWD
juesuan=${JUESUAN:-$root/build/juesuan}
case $juesuan in
/*) ;;
*) juesuan=$root/$juesuan ;;
esac
themes=$root/themes/default
full=${FULL:-}
memcheck=${MEMCHECK:-}
export LSAN_OPTIONS="suppressions='$root/tests/publish/libgit2.lsan':print_suppressions=0"
# what the user has set must not matter
unset NO_COLOR SOURCE_DATE_EPOCH
export LC_ALL=C.UTF-8
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=somebody GIT_AUTHOR_EMAIL=somebody@example.org
export GIT_COMMITTER_NAME=somebody GIT_COMMITTER_EMAIL=somebody@example.org

ground=$(mktemp -d "${TMPDIR:-/tmp}/juesuan 测试.XXXXXX") || exit 1
export XDG_CACHE_HOME="$ground.cache"
tests=0
failures=0

clean_up() {
    chmod -R u+rwX "$ground"
    rm -rf "$ground" "$ground.cache"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

say() { # lines for people, on standard input
    sed 's/^/# /'
}

pass() { # what
    tests=$((tests + 1))
    printf 'ok %d - %s\n' "$tests" "$1"
}

fail() { # what
    tests=$((tests + 1))
    failures=$((failures + 1))
    printf 'not ok %d - %s\n' "$tests" "$1"
}

skip() { # what why
    tests=$((tests + 1))
    printf 'ok %d - %s # SKIP %s\n' "$tests" "$1" "$2"
}

too_slow() { # name: whether it is one of $slow and this is under valgrind; it is then skipped
    [ -n "$memcheck" ] && printf '%s\n' $slow | grep -qxF -e "$1" && skip "$1" 'slow under valgrind'
}

# What was run last said $golden/NAME: the output, the errors behind it, the exit status, through the test's
# own mask. UPDATE=1 writes the file, to be read by somebody.
said_is() { # name what
    said=$(printf '%s\n--\n%s\nstatus %s\n' "$out" "$err" "$status" | mask)
    [ -z "${UPDATE:-}" ] || printf '%s\n' "$said" >"$golden/$1"
    is "$said" "$(cat "$golden/$1")" "$1: $2"
}

check() { # what command...: whether it succeeds
    what=$1
    shift
    if output=$("$@" 2>&1); then
        pass "$what"
    else
        fail "$what"
        printf 'failed: %s\n%s\n' "$*" "$output" | head -40 | say
    fi
}

check_not() { # what command...
    what=$1
    shift
    if "$@" >"$ground/check" 2>&1; then
        fail "$what"
        { printf 'did not fail: %s\n' "$*" && head -40 "$ground/check"; } | say
    else
        pass "$what"
    fi
    rm -f "$ground/check"
}

is() { # actual expected what
    if [ "$1" = "$2" ]; then
        pass "$3"
    else
        fail "$3"
        printf 'got:\n%s\nexpected:\n%s\n' "$1" "$2" | say
    fi
}

has() { # text part what
    case $1 in
    *"$2"*) pass "$3" ;;
    *)
        fail "$3"
        printf 'got:\n%s\nwhich should have in it:\n%s\n' "$1" "$2" | say
        ;;
    esac
}

run() { # command...: sets $status, $out and $err
    "$@" >"$ground/.out" 2>"$ground/.err"
    status=$?
    out=$(cat "$ground/.out")
    err=$(cat "$ground/.err")
}

build() { # content out option...
    content=$1
    site=$2
    shift 2
    run "$juesuan" build --content "$content" --out "$site" --theme "$themes" "$@"
}

# Commits a folder as it is, on a certain day; it becomes a repository if it is none.
commit() { # folder day message
    [ -e "$1/.git" ] || git init -q -b main "$1"
    git -C "$1" add -A -f
    GIT_AUTHOR_DATE="$2T12:00:00Z" GIT_COMMITTER_DATE="$2T12:00:00Z" \
        git -C "$1" commit -q --allow-empty -m "$3"
}

# Every file below a folder with its SHA-256, every folder, every link.
fingerprint() { # folder
    [ -e "$1" ] || return 0
    (cd "$1" && find . -type f -exec sha256sum {} + && find . ! -type f -printf '%y %p %l\n') |
        LC_ALL=C sort
}

# The same, and whether it was touched.
identity() { # folder
    (cd "$1" && find . ! -type d -printf '%p %i %T@ %C@ %s\n' && find . -type d) | LC_ALL=C sort
}

done_testing() {
    printf '1..%d\n' "$tests"
    [ "$failures" = 0 ]
    exit
}

#!/bin/sh
# What is wrong with a content, a theme or an output folder, and what is said about it. A case is a
# folder below tests/cmd/bad_input:
#
#     make.sh  makes it, in a folder that has in/ (the sources of `juesuan init`), theme/ (the default
#              theme) and site/ (what is built of them, when all is well)
#     in/      is put over in/ before that; both may be missing
#     cmd      the command, run by sh there; without it, the one below
#     expect   what is then on standard error, with the exit status behind it
#
# It may say `commit DIR DAY MESSAGE`: see tap.sh. A make.sh that ends with 77 skips the case and says why. After each command that fails, nothing in
# the whole folder may have been written, and site/ must be what it was. Builds that are killed, and
# disks that fail at any moment, are tests/publish/kill_test.sh and failing_write_test.sh.
#
# CASES='one two' runs these only; UPDATE=1 writes what is said into expect, to be read by somebody
# who knows the case but not the program.

# many small folders are made and removed: in memory, where there is room for them
if [ -w /dev/shm ] && [ "$(df --output=avail /dev/shm | tail -1)" -gt 100000 ]; then
    export TMPDIR=/dev/shm
fi
. tests/cmd/tap.sh
cases=$root/tests/cmd/bad_input
default='juesuan build --content in --out site --theme theme'
export full

cd "$ground" || exit 1
mkdir bin
PATH=$ground/bin:$PATH
program() { # name line...: an executable for the cases
    program=$1
    shift
    printf '#!/bin/sh\n' >"bin/$program"
    printf '%s\n' "$@" >>"bin/$program"
    chmod +x "bin/$program"
}
program juesuan "exec '$juesuan' \"\$@\""
# `limited` runs with little memory, where that can be said: not with valgrind or a sanitizer
program limited 'ulimit -v 300000' 'exec "$@"'
limited juesuan version >/dev/null 2>&1 || program limited 'exec "$@"'
# `mounted` runs where mounts can be made that nobody else sees; `can_mount` skips a case without
if unshare --mount true 2>/dev/null; then
    program mounted 'exec unshare --mount "$@"'
else
    program mounted 'exec unshare --map-root-user --mount "$@"'
fi
mkdir disk
if mounted mount -t tmpfs none disk 2>/dev/null; then
    program can_mount 'mkdir disk'
else
    program can_mount "echo 'no mounts can be made here'" 'exit 77'
fi

juesuan init in >/dev/null
cp -R "$themes" theme
chmod -R u+w theme
juesuan build --content in --out site --theme theme --strict >/dev/null
is $? 0 'what the cases are made from builds'

try() { # case
    case=$cases/$1
    export case
    cp -R ../in ../theme ../site .
    [ ! -d "$case/in" ] || cp -R "$case/in/." in/
    if [ -f "$case/make.sh" ]; then
        why=$(set -e; . "$case/make.sh")
        made=$?
        if [ $made = 77 ]; then
            skip "$1" "$why"
            return
        fi
        [ $made = 0 ] || fail "$1: make.sh"
    fi
    command=$default
    [ ! -f "$case/cmd" ] || command=$(cat "$case/cmd")
    identity . >../before
    run sh -c "$command"
    said=$(printf '%s\n' "$err" | sed "s|$PWD|WORK|g" | sed '1{/^$/d}' && echo "status $status")
    [ -z "${UPDATE:-}" ] || printf '%s\n' "$said" >"$case/expect"
    is "$said" "$(cat "$case/expect")" "$1"
    [ "$status" != 0 ] || return
    identity . | cmp -s - ../before || fail "$1: something was written"
    diff -r ../site site >../diff || fail "$1: the site is not as it was"
}

for name in ${CASES:-$(ls "$cases")}; do
    [ -d "$cases/$name" ] || continue
    mkdir work
    cd work || exit 1
    try "$name"
    cd ..
    chmod -R u+w work
    rm -rf work
done

done_testing

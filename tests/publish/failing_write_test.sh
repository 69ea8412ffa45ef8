#!/bin/bash
# Builds in which one call that changes the disk fails: each says so, and leaves the site as it was
# or to be completed by the next build.
[ -w /dev/shm ] && TMPDIR=/dev/shm # hundreds of small sites
export TMPDIR=${TMPDIR:-/tmp}
. tests/cmd/tap.sh
. tests/publish/inject/inject.sh
if [ -z "$can_inject" ]; then
    printf '1..0 # SKIP %s\n' "$why_not"
    exit 0
fi

zwfwj=departments/beijing/fengtai/zwfwj
cd "$ground" || exit 1

# two versions of a small content: a figure, a project less, a project more
mkdir -p content/$zwfwj
cp -R "$root"/content/{site.json,profiles,classifications} content/
cp -R "$root/content/$zwfwj/"{department.json,2021} content/$zwfwj/
chmod -R u+w content
rm -r content/$zwfwj/2021/{evaluations,projects,narrative.md}
mkdir content/$zwfwj/2021/projects
cp -R content changed
cp "$root/content/$zwfwj/2021/projects/p01.json" content/$zwfwj/2021/projects/
cp "$root/content/$zwfwj/2021/projects/p02.json" changed/$zwfwj/2021/projects/
sed -i 's/"4125.56"/"4125.57"/' changed/$zwfwj/2021/report.json
build content old
is "$status" 0 'the old content builds'
build changed new
is "$status" 0 'the new content builds'

try() { # what at only option...: builds the new content, in front of which the site is $before
    what="$1 for call $2${3:+ of $3}"
    rm -rf out
    [ -z "$before" ] || cp -R "$before" out
    injected "$1" "$2" "$3" "$juesuan" build --content changed --out out --theme "$themes" --jobs 1
    reason=
    if [ "$status" -ge 128 ]; then
        reason="killed by signal $((status - 128))"
    elif [ "$status" != 0 ] && [ "$status" != 3 ]; then
        reason="status $status"
    elif [ "$status" = 0 ] && [ "$3" != remove ]; then
        reason='the failure was not noticed'
    elif [ "$status" = 0 ]; then
        # what failed was the removal of what nobody needs any more
        [ ! -e out/.juesuan/journal ] || reason='succeeded, but is to be completed'
        rm -rf out/.juesuan
        find out -mindepth 1 -type d -empty -delete
        diff -r new out >diff || reason='succeeded, but with another site'
    elif ! grep -Eq '^(juesuan|out): error\[[a-z-]*\]: .' .err; then
        reason='no message'
    elif [ -e out/.juesuan/journal ]; then
        grep -q 'the next build completes it' .err || reason='begun, and not said'
        journals=$((journals + 1))
    else
        grep -q 'nothing was changed in out' .err || reason='nothing changed, and not said'
        if [ -n "$before" ]; then
            diff -r -x .juesuan "$before" out >diff || reason='the old site is not as it was'
        elif [ -e out ]; then
            reason='half a site appeared'
        fi
    fi
    failed=$status
    # over a site that is untouched, the next build is like any other: not looked at each time
    if [ -z "$reason" ] && { [ -e out/.juesuan ] || [ $(($2 % 4)) = 1 ] || [ -n "$full" ]; }; then
        build changed out
        [ "$status" = 0 ] || reason="the next build failed"
        find out -mindepth 1 -type d -empty -delete
        diff -r new out >diff || reason='the next build made another site'
        [ ! -e .out.juesuan ] || reason='something is left beside the site'
    fi
    [ -z "$reason" ] && return
    { printf '%s: %s\n%s\n' "$what" "$reason" "$err"; head -5 diff; } | say
    return 1
}

try_all() { # name before error kinds step
    before=$2
    rm -rf out
    [ -z "$before" ] || cp -R "$before" out
    injected COUNT 0 "$4" "$juesuan" build --content changed --out out --theme "$themes" --jobs 1
    count=$(cat "$library_folder/log")
    step=$5
    [ -z "$full" ] || step=1
    bad=0 tried=0 noticed=0 journals=0
    # the last calls are those for the manifest and the journal
    for n in $(seq 1 $step $((count - 2))) $((count - 1)) "$count"; do
        [ "$n" -gt 0 ] && [ "$bad" -lt 5 ] || continue
        try "$3" $n "$4" || bad=$((bad + 1))
        tried=$((tried + 1))
        [ "$failed" = 0 ] || noticed=$((noticed + 1))
    done
    is "$bad" 0 "$1: $4: $tried of $count calls fail with $3, $noticed builds with them, $journals to be completed"
    check "$1: $4: calls were there to fail" test "$noticed" -gt 0
    all_journals=$((all_journals + journals))
}

all_journals=0
try_all 'a later build' old ENOSPC write 13
try_all 'a later build' old EIO write 19
try_all 'a later build' old ENOSPC open 13
try_all 'a later build' old EIO close 11
try_all 'a later build' old EACCES mkdir 37
try_all 'a later build' old ENOSPC mkdir 41
try_all 'a later build' old EIO rename 2
try_all 'a later build' old EACCES remove 5
try_all 'a later build' old EIO fsync 1
try_all 'a later build' old ENOSPC syncfs 1
check 'some changes were begun and completed by the next build' test "$all_journals" -gt 8
try_all 'a first build' '' ENOSPC write 37
try_all 'a first build' '' EIO open 37
try_all 'a first build' '' EIO close 23
try_all 'a first build' '' ENOSPC mkdir 53
try_all 'a first build' '' EIO rename 1
try_all 'a first build' '' EIO syncfs 1

# a disk that is full from some point on, and stays so
export INJECT_FULL=1
try_all 'a disk that fills up' old ENOSPC 'open write close mkdir fsync syncfs truncate' 41
try_all 'a disk that fills up in a first build' '' ENOSPC 'open write close mkdir fsync syncfs truncate' 97

done_testing

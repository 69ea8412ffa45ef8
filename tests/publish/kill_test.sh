#!/bin/bash
# Builds that are killed: at any moment every file of the site is whole, and the next build makes
# of it just what a build from nothing makes.
# hundreds of megabytes are written and removed: in memory, where there is room for them
if [ -w /dev/shm ] && [ "$(df --output=avail /dev/shm | tail -1)" -gt 1000000 ]; then
    export TMPDIR=/dev/shm
fi
. tests/cmd/tap.sh
. tests/publish/inject/inject.sh

departments=20
kills=10
if [ -n "$full" ]; then
    departments=300
    kills=100
fi
if [ -n "$memcheck" ]; then
    departments=2
    kills=3
fi
cd "$ground" || exit 1

# A large content, by copying the shipped departments, and another version of it: some figures
# are others, some departments are gone, some have come.
cp -R "$root/content" first
chmod -R u+w first
find first/departments -name '*.md' -size +20k -delete
copy() { # folder number
    case $(($2 % 2)) in
    0) from=beijing/fengtai/zwfwj ;;
    1) from=shanghai/putuo/ghzyj ;;
    esac
    mkdir -p "$1/departments/copies"
    cp -R "first/departments/$from" "$1/departments/copies/d$2"
}
for ((i = 100; i < 100 + departments; i++)); do
    copy first $i
done
cp -R first second
find second -name report.json -path '*copies/d??[05]*' -exec sed -i 's/"4125.56"/"4125.57"/; s/"final": "1/"final": "2/' {} +
rm -rf second/departments/copies/d1?3
for i in 901 902 903 904; do
    copy second $i
done

build first clean-first
is "$status" 0 "the content of $departments departments builds"
build second clean-second
is "$status" 0 'the other version builds'
check_not 'they are not the same' diff -rq clean-first clean-second
(cd clean-first && find . -type f -exec sha256sum {} +) >sums
(cd clean-second && find . -type f -exec sha256sum {} +) >>sums
sort -u -o sums sums

# Every file of the site, which may be in the middle of a change, is of one of the versions.
whole() {
    [ ! -e out ] || (cd out && find . -path ./.juesuan -prune -o -type f -exec sha256sum {} +) | sort | comm -23 - sums
}

start() { # content
    "$juesuan" build --content "$1" --out out --theme "$themes" >.out 2>.err &
    child=$!
}

# how long a build of something else takes, in milliseconds
now() {
    date +%s%3N
}
began=$(now)
cp -R clean-first out
build second out
took=$(($(now) - began))
rm -rf out

RANDOM=${SEED:-$$}
echo "# SEED=$RANDOM, a build takes $took ms"
killed=0 begun=0 old=0 new=0 bad=0
for ((i = 0; i < kills && bad < 3; i++)); do
    # by turns a first build, a build over the other version
    if [ $((i % 5)) = 4 ]; then
        rm -rf out
        target=first
    elif [ -e out ] && [ "$now_is" = first ]; then
        target=second
    else
        target=first
    fi
    delay=$((RANDOM * took / 32768))
    [ $((i % 2)) = 0 ] || delay=$((took - delay / 3)) # files are moved at the end
    start $target
    sleep "$(printf '%d.%03d' $((delay / 1000)) $((delay % 1000)))"
    if kill -KILL $child 2>/dev/null; then
        killed=$((killed + 1))
    fi
    wait $child 2>/dev/null || :
    [ -e out/.juesuan/journal ] && begun=$((begun + 1))
    broken=$(whole)
    if [ -n "$broken" ]; then
        bad=$((bad + 1))
        printf 'killed after %d ms, these are not whole:\n%s\n' $delay "$broken" | say
    fi
    # then the same again, or what there was before
    if [ $((RANDOM % 3)) = 0 ]; then
        [ $target = first ] && target=second || target=first
        old=$((old + 1))
    else
        new=$((new + 1))
    fi
    build $target out
    now_is=$target
    if [ "$status" != 0 ] || ! diff -rq clean-$target out >diff 2>&1; then
        bad=$((bad + 1))
        { printf 'killed after %d ms, then a build of %s: status %d\n%s\n' $delay $target "$status" "$err"; head diff; } | say
    fi
    if [ -e .out.juesuan ] || [ -e out/.juesuan ]; then
        bad=$((bad + 1))
        echo '# something is left of a build that was killed'
    fi
done
is "$bad" 0 "$killed builds killed, $begun of them while files were moved; then built $new times anew, $old times the other version"
check 'builds were there to be killed' test "$killed" -gt 0

# --- in front of each call that changes the site, and of some that stage it ---

if [ -z "$can_inject" ]; then
    skip 'killed in front of any call that changes the site' "$why_not"
    done_testing
fi
rm -rf first second out clean-*
small() { # to from...
    mkdir -p "$1/departments/shanghai/putuo"
    cp -R "$root"/content/{site.json,profiles,classifications} "$1/"
    cp -R "$root/content/departments/shanghai/putuo/ghzyj" "$1/departments/shanghai/putuo/"
    chmod -R u+w "$1"
}
small first
small second
mv second/departments/shanghai/putuo/ghzyj second/departments/shanghai/putuo/moved
for version in first second; do
    build $version clean-$version
    is "$status" 0 "the small $version version builds"
done

kill_at() { # number kinds
    rm -rf out
    cp -R clean-first out
    injected KILL "$1" "$2" "$juesuan" build --content second --out out --theme "$themes" --jobs 1
    ended=$status
    [ -e out/.juesuan/journal ] && begun=$((begun + 1))
    build "$3" out
    diff -rq "clean-$3" out >diff && [ "$status" = 0 ] && [ ! -e .out.juesuan ] && return
    { printf 'killed in front of call %d, then a build of %s: status %d\n%s\n' "$1" "$3" "$status" "$err"; head diff; } | say
    return 1
}
for kinds in 'rename remove fsync syncfs' 'open write mkdir close'; do
    step=7
    [ "${kinds%% *}" = rename ] || step=67
    [ -z "$full" ] || step=1
    bad=0 tried=0 begun=0 ended=137
    for ((n = 1; ended == 137 && bad < 3; n += step)); do
        next=second
        [ $((tried % 3)) = 2 ] && next=first
        kill_at $n "$kinds" $next || bad=$((bad + 1))
        tried=$((tried + 1))
    done
    is "$bad $ended" '0 0' "killed in front of $kinds: $tried builds, $begun of them while files were moved"
    case $kinds in
    rename*) check 'some were killed while files were moved' test "$begun" -gt 5 ;;
    esac
done

done_testing

#!/bin/sh
# A build that is stopped by SIGINT (Ctrl-C), SIGTERM or SIGHUP changes nothing, leaves nothing behind, and
# ends as the signal has it: 130, 143, 129. Builds that are killed without a word are
# tests/publish/kill_test.sh.
if [ -w /dev/shm ] && [ "$(df --output=avail /dev/shm | tail -1)" -gt 300000 ]; then
    export TMPDIR=/dev/shm
fi
. tests/cmd/tap.sh
cd "$ground" || exit 1

departments=24
[ -z "$memcheck" ] || departments=3

# a content that takes a while, and another version of it
cp -R "$root/content" first
chmod -R u+w first
mkdir first/departments/copies
for i in $(seq 101 $((100 + departments))); do
    cp -R first/departments/shanghai/putuo/ghzyj "first/departments/copies/d$i"
done
cp -R first second
sed -i 's/"title": "/"title": "另一个/' second/site.json
build first clean-first
is "$status" 0 'a content'
build second clean-second
is "$status" 0 'another version of it'
cp -R clean-first site
was=$(identity site)

begun() { # the folder that a build is made in is there
    [ -e .site.juesuan ] || [ -e site/.juesuan ]
}

# A build of the second version that is sent a signal when it has begun: sets $status and $err. A shell
# lets background commands ignore SIGINT, which env undoes.
stop() { # signal env-option option...
    signal=$1
    how=$2
    shift 2
    env "$how" "$juesuan" build --content second --out site --theme "$themes" "$@" >.out 2>.err &
    child=$!
    while ! begun && kill -0 $child 2>/dev/null; do
        sleep 0.01
    done
    kill -"$signal" $child 2>/dev/null
    wait $child 2>/dev/null
    status=$?
    err=$(grep -v '^==' .err) # valgrind tells of what a signal leaves
}
# It may have been ready before the signal came: then again.
surely_stop() { # signal option...
    for attempt in 1 2 3 4 5; do
        stop "$1" --default-signal="$1" "$2" "$3"
        [ "$status" = 0 ] || return
        rm -rf site
        [ -z "$was" ] || cp -R clean-first site
        [ -z "$was" ] || was=$(identity site)
    done
}
left() {
    ls -A | grep -vE '^(\.out|\.err|first|second|clean-first|clean-second|site)$'
    [ ! -e site ] || find site -name '*juesuan*' ! -name 'juesuan.sqlite'
}

for each in INT:130 TERM:143 HUP:129; do
    signal=${each%:*}
    surely_stop "$signal" --jobs 2
    is "$status" "${each#*:}" "SIG$signal: the status"
    is "$err" 'juesuan: error[stopped]: the build was stopped
juesuan: nothing was changed in site' "SIG$signal: what is said"
    is "$(identity site)" "$was" "SIG$signal: the site is what it was, and was not touched"
    is "$(left)" '' "SIG$signal: nothing is left behind"
done

surely_stop TERM --format json
is "$status $(grep -c '"id": "stopped"' .out) $(grep -c '"state": "unchanged"' .out)" '143 1 1' 'in JSON'

build second site
is "$status" 0 'then a build is a build'
check 'as if nothing had been' diff -r clean-second site

rm -rf site
was=
surely_stop INT --jobs 1
is "$status" 130 'the first build of a site: the status'
check_not 'the first build of a site: there is none' test -e site
is "$(left)" '' 'the first build of a site: nothing is left behind'

# what runs under nohup goes on
cp -R clean-first site
stop HUP --ignore-signal=HUP --jobs 2
is "$status" 0 'a signal that is ignored stops nothing'
check 'a signal that is ignored: the site is built' diff -r clean-second site

done_testing

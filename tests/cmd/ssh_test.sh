#!/bin/sh
# juesuan publish --push over ssh: with the key of an agent, with that of a file, and with neither.
. tests/cmd/tap.sh

if ! /usr/bin/python3 -c 'import paramiko' 2>/dev/null; then
    echo '1..0 # SKIP no python3-paramiko: make deps-test installs it'
    exit 0
fi
export HOME="$ground/home" SOURCE_DATE_EPOCH=1725537600
unset SSH_AUTH_SOCK
mkdir -p "$HOME/.ssh"
chmod 700 "$HOME/.ssh"
ssh-keygen -q -t ed25519 -N '' -f "$ground/key"
ssh-keygen -q -t ed25519 -N '' -f "$ground/other"
/usr/bin/python3 tests/cmd/ssh_server.py "$ground/key.pub" >"$ground/server" 2>"$ground/server-said" &
server=$!
agent=
short=/tmp/juesuan-ssh.$$ # an address has no blanks
ln -s "$ground" "$short"
trap 'kill $server $agent; rm -f "$short"; clean_up' EXIT
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    [ "$(wc -l <"$ground/server")" -eq 2 ] || sleep 0.2
done

mkdir "$ground/here"
"$juesuan" init "$ground/here/content" >/dev/null
git -C "$ground/here" init -q -b main
git -C "$ground/here" config user.name somebody
git -C "$ground/here" config user.email somebody@example.org
commit "$ground/here" 2024-09-05 'the first'
git init -q --bare "$ground/there.git"
remote=ssh://somebody@127.0.0.1:$(head -n 1 "$ground/server")$short/there.git

use_key() { # name, or nothing
    rm -f "$HOME/.ssh/id_ed25519" "$HOME/.ssh/id_ed25519.pub"
    [ -z "$1" ] || cp "$ground/$1" "$HOME/.ssh/id_ed25519"
    [ -z "$1" ] || cp "$ground/$1.pub" "$HOME/.ssh/id_ed25519.pub"
}
push() {
    run "$juesuan" publish --content "$ground/here/content" --push "$remote"
}

use_key key
push
is "$status" 3 'a host that is not known is not sent anything'
has "$err" 'error[unknown-host]: ' 'that is said'
has "$err" 'connect to it with ssh once' 'and what to do'
is "$(git --git-dir "$ground/there.git" for-each-ref)" '' 'nothing is there'
tail -n 1 "$ground/server" >"$HOME/.ssh/known_hosts"

use_key ''
push
is "$status" 3 'without a key nobody is let in'
has "$err" 'error[not-let-in]: ' 'that is said'
has "$err" 'ssh-add your key' 'and what to do'
use_key other
push
is "$status" 3 'nor with another'
has "$err" 'error[not-let-in]: ' 'that is said'

use_key key
push
is "$status" 0 'with the key of a file it is pushed'
is "$(git --git-dir "$ground/there.git" rev-parse main site)" "$(git -C "$ground/here" rev-parse main site)" 'it is there'
check 'and it is whole' git --git-dir "$ground/there.git" fsck --strict

eval "$(ssh-agent -s | sed 's/^echo.*//')"
agent=$SSH_AGENT_PID
push
is "$status" 0 'an agent without keys is no hindrance'
ssh-add -q "$ground/key" 2>/dev/null
use_key ''
push
is "$status" 0 'with the key of an agent it is pushed'
ssh-keygen -q -p -P '' -N secret -f "$ground/other" >/dev/null
use_key other
push
is "$status" 0 'and so when the file of a key is locked'
has "$out" 'has all of it already' 'it was all there'
done_testing

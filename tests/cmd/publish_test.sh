#!/bin/sh
# juesuan publish: what becomes of a repository, and what is said. What is said is in
# tests/cmd/publish/NAME: the output, the errors behind it, the exit status; ids are ID there, and numbers
# of files and bytes N. UPDATE=1 writes these files, to be read by somebody who knows what is done below.

# repositories are synced: in memory that costs nothing
if [ -w /dev/shm ] && [ "$(df --output=avail /dev/shm | tail -1)" -gt 100000 ]; then
    export TMPDIR=/dev/shm
fi
. tests/cmd/tap.sh

golden=$root/tests/cmd/publish
export HOME="$ground/home" # libgit2 looks there for settings
mkdir "$HOME" "$ground/tmp"
export TMPDIR="$ground/tmp"
unset GIT_CONFIG_GLOBAL GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
git config --global user.name 发布者
git config --global user.email somebody@example.org
git config --global init.defaultBranch main
export SOURCE_DATE_EPOCH=1725537600 # 2024-09-05T12:00:00Z

repo=$ground/仓库
folder=资料/content
report=$folder/departments/example/culture/2024/report.json

# ssh-keygen writes paths in its own way
mask() {
    sed -E -e "s|$ground|GROUND|g; s/\b[0-9a-f]{40}\b/ID/g; s/\b[0-9a-f]{10}\b/ID/g; s/127.0.0.1:[0-9]+/HOST/g" \
        -e 's/Load key "[^"]*"/Load key KEY/; s/[0-9]+ files, [0-9]+ bytes/N files, N bytes/; s/"bytes": [0-9]+/"bytes": N/'
}

told() { # name argument...
    name=$1
    shift
    run "$juesuan" publish "$@"
    said_is "$name" "juesuan publish $*"
}

# Branches, tags, HEAD, index and working tree of where one is; all of it but objects.
state() {
    git for-each-ref
    cat "$(git rev-parse --git-dir)/HEAD"
    find . -name objects -prune -o -type f -exec sha256sum {} + | sort
}

# What is not run under valgrind: sites that are built for the sake of another message.
slow='unborn-dry-run unchanged-message revision-unchanged lock-tag lock-main lock-index branch-in-the-way
branch-in-the-way-below push-dry-run push-branch-not-here sign-locked-key bare'

# The same as told, and nothing has changed afterwards.
refused() { # name argument...
    too_slow "$1" && return
    before=$(state)
    told "$@"
    is "$(state)" "$before" "$1: nothing has changed"
}

next_day() {
    SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 86400))
}

correct() { # any word: another reason in the report
    sed -i "s/\"source_note\": \"[^\"]*\"/\"source_note\": \"虚构：$1\"/" "$report"
}

ref() { # name
    git rev-parse -q --verify "$1" || echo none
}

# --- a repository without a commit ---
mkdir -p "$repo/资料" && cd "$repo" || exit 1
git init -q
"$juesuan" init "$folder" >/dev/null
echo other >other.txt
git add other.txt
printf '*.bak\n' >.gitignore
echo x >"$folder/x.bak"
refused unborn --content $folder
refused unborn-dry-run --content $folder -m first --dry-run
is "$(find .git/objects -type f | wc -l)" 1 'a dry run stores nothing'
told first --content $folder -m 第一次公开
is "$(git log --format='%an <%ae> %at %s' main)" '发布者 <somebody@example.org> 1725537600 第一次公开' \
    'the content was committed, in the name that git knows, at the time that was set'
is "$(git diff-tree -r --root --name-only -z main | tr '\0' '\n' | grep -v "^$folder/")" "$(git rev-parse main)" 'nothing else was'
is "$(git status --short --untracked-files)" 'A  other.txt
?? .gitignore' 'what is staged and new elsewhere stays so, and what is ignored is left out'
is "$(git log -1 --format='%an %at %P' site)" '发布者 1725537600 ' 'the site is the first commit of a branch of its own'
is "$(git log -1 --format='%(trailers:key=Source,valueonly)' site)" "$(git rev-parse main)" 'it names its source'
is "$(git cat-file -t published/2024-09-05) $(git rev-parse 'published/2024-09-05^{commit}')" "tag $(git rev-parse main)" \
    'the tag is at the source'
check 'the repository is sound' git fsck --strict
mkdir ../checkout
git archive site | tar -x -C ../checkout
build $folder ../built --rev main
check 'the site is that of build --rev' diff -r ../built ../checkout

# --- again, and corrections ---
refused unchanged --content $folder
refused unchanged-message --content $folder -m nothing
correct 更正
refused dirty --content $folder
told same-day --content $folder -m 更正
is "$(git log --format=%s main | head -1)" 更正 'the correction was committed'
is "$(git rev-list --count site)" 2 'the site has its second commit'
git config core.autocrlf true # must not alter the bytes of the site
mkdir "$folder/theme"
mkdir "$folder/theme/assets"
printf 'a {}\r\n' >"$folder/theme/assets/own.css"
git rm -q -r --cached "$folder/pages"
mv "$folder/pages/about.md" "$folder/pages/another.md"
chmod +x "$folder/site.json"
echo 'not staged' >>other.txt
next_day
told next-day --content $folder -m '三处'
is "$(git diff-tree -r --no-commit-id -M --name-status -z main | tr '\0' '\n' | sort)" "$(printf '%s\n' A M R100 "$folder/pages/about.md" \
    "$folder/pages/another.md" "$folder/site.json" "$folder/theme/assets/own.css" | sort)" 'new, gone and renamed files are committed'
is "$(git ls-tree main "$folder/site.json" | cut -c1-6)" 100755 'so is who may run them'
is "$(git status --short --untracked-files)" 'AM other.txt
?? .gitignore' 'elsewhere all is as it was'
rm -rf ../checkout ../built
git -c core.autocrlf=false worktree add -q --detach ../checkout site
build $folder ../built --rev main
check 'the bytes of the site do not depend on settings for ends of lines' diff -r -x .git ../built ../checkout
git worktree remove ../checkout
git config core.autocrlf false
is "$(git tag -l)" 'published/2024-09-05
published/2024-09-05.2
published/2024-09-06' 'all three have their tags'

# --- what another revision has ---
told revision --content $folder --rev published/2024-09-05 --branch old --base-url https://example.org/site/
is "$(git log -1 --format='%(trailers:key=Base-URL,valueonly)' old)" https://example.org/site/ 'another address is told'
is "$(git rev-parse 'published/2024-09-06.2^{commit}')" "$(git rev-parse 'published/2024-09-05^{commit}')" \
    'another site of a commit is another release'
correct 没有提交
refused revision-unchanged --content $folder --rev main
refused revision-message --content $folder --rev main -m x
refused revision-unknown --content $folder --rev mian
git checkout -q "$folder"

# --- what the checks find ---
sed -i 's/"id": "total", "final": "1262.00"/"id": "total", "final": "1263.00"/' "$report"
refused check-errors --content $folder -m '合计有误'
git checkout -q "$folder"
echo '{' >"$report"
refused broken --content $folder -m x --max-errors 1
git checkout -q "$folder"
is "$(ls "$TMPDIR")" '' 'nothing is left behind'

# --- locks ---
correct 锁
touch .git/refs/heads/site.lock
refused lock-site --content $folder -m x
rm .git/refs/heads/site.lock
mkdir -p .git/refs/tags/published
touch .git/refs/tags/published/2024-09-06.3.lock
refused lock-tag --content $folder -m x
rm .git/refs/tags/published/2024-09-06.3.lock
touch .git/refs/heads/main.lock
refused lock-main --content $folder -m x
rm .git/refs/heads/main.lock
touch .git/index.lock
refused lock-index --content $folder -m x
rm .git/index.lock

# --- HEAD and the working tree ---
touch .git/MERGE_HEAD
git rev-parse main >.git/MERGE_HEAD
refused merging --content $folder -m x
rm .git/MERGE_HEAD
git checkout -q --detach
refused detached-message --content $folder -m x
git stash -q
git checkout -q main~1
told detached --content $folder --branch detached
git switch -q main
git stash pop -q
git -c init.defaultBranch=main init -q "$folder/inner"
git -C "$folder/inner" commit -q --allow-empty -m inner
refused repository-inside --content $folder -m x
rm -rf "$folder/inner"

# --- branches ---
refused branch-name --content $folder -m x --branch 'a..b'
refused branch-same --content $folder -m x --branch main
git branch other main
refused branch-foreign --content $folder -m x --branch other
git worktree add -q ../checkout site
refused branch-checked-out --content $folder -m x
git worktree remove ../checkout
git branch deep/er main
refused branch-in-the-way --content $folder -m x --branch deep
refused branch-in-the-way-below --content $folder -m x --branch site/below
git branch -q -D other deep/er

# --- half of it was done: the tag is missing ---
git checkout -q "$folder"
git tag -d published/2024-09-06 >/dev/null
told tag-missing --content $folder
is "$(git rev-parse 'published/2024-09-06^{commit}')" "$(git rev-parse main)" 'the tag that was missing is made'

# --- pushing ---
git init -q --bare ../there.git
git remote add there ../there.git
refused push-dry-run --content $folder --push there --dry-run
told push --content $folder --push there
is "$(git -C ../there.git for-each-ref)" "$(git for-each-ref refs/heads/main refs/heads/site refs/tags/published)" \
    'the branches and all releases are there'
check 'and they are whole' git -C ../there.git fsck --strict
told push-again --content $folder --push ../there.git
correct 推送
told push-correction --content $folder --push there -m 推送
is "$(git -C ../there.git rev-parse main site)" "$(git rev-parse main site)" 'the correction is there'

git clone -q ../there.git ../clone
git -C ../clone commit -q --allow-empty -m elsewhere
git -C ../clone push -q origin main
correct 另一次
refused push-not-fast-forward --content $folder --push there -m x
is "$(git -C ../there.git rev-parse main)" "$(git -C ../clone rev-parse main)" 'what is there stays'
git -C ../there.git update-ref refs/heads/main "$(git rev-parse main)"
git -C ../there.git update-ref refs/heads/site "$(git -C ../there.git commit-tree -p site -m x 'site^{tree}')"
refused push-site-not-fast-forward --content $folder --push there -m x
git -C ../there.git update-ref refs/heads/site "$(git rev-parse site)"
git -C ../there.git tag -f published/2024-09-05 main >/dev/null
refused push-another-tag --content $folder --push there -m x
git -C ../there.git update-ref refs/tags/published/2024-09-05 "$(git rev-parse published/2024-09-05)"
git -C ../there.git tag published/2024-09-06.5 main
told push-number --content $folder --push there -m '号码已用'
is "$(git -C ../there.git rev-parse site)" "$(git rev-parse site)" 'a number that is used there is passed over'
refused push-unknown --content $folder --push thre
refused push-nowhere --content $folder --push ./nowhere
refused push-not-bare --content $folder --push ../clone
refused push-unreachable --content $folder --push https://127.0.0.1:1/x.git
# --- over HTTP ---
mkdir ../served
for name in open locked; do
    git init -q --bare ../served/$name.git
    git -C ../served/$name.git config http.receivepack true
done
python3 "$root/tests/cmd/git_server.py" "$ground/served" >../port 2>/dev/null &
server=$!
trap 'kill $server; clean_up' EXIT
for i in 1 2 3 4 5 6 7 8 9 10; do
    [ -s ../port ] || sleep 0.2
done
url=127.0.0.1:$(cat ../port)
told http --content $folder --push "http://$url/open.git"
is "$(git -C ../served/open.git rev-parse main site)" "$(git rev-parse main site)" 'over HTTP: it is there'
check 'over HTTP: and it is whole' git -C ../served/open.git fsck --strict
refused http-locked --content $folder --push "http://$url/locked.git"
told http-name --content $folder --push "http://somebody:secret@$url/locked.git"
printf '#!/bin/sh\nexit 1\n' >../served/open.git/hooks/pre-receive
chmod +x ../served/open.git/hooks/pre-receive
correct 钩子
told http-hook --content $folder --push "http://$url/open.git" -m 钩子
is "$(git log -1 --format='%(trailers:key=Source,valueonly)' site)" "$(git rev-parse main)" 'over HTTP: what is refused there is published here'
rm ../served/open.git/hooks/pre-receive
told http-after-all --content $folder --push "http://$url/open.git"
kill $server
trap clean_up EXIT
git -C ../there.git tag -d published/2024-09-06.5 >/dev/null
git push -q there main site --tags

correct 没有
refused push-branch-not-here --content $folder -m x --branch main-site --push there --dry-run
git -C ../there.git branch main-site site
refused push-branch-there --content $folder -m x --branch main-site --push there
git -C ../there.git branch -q -D main-site
git checkout -q $folder

# --- clones, bare, shallow ---
cd ../clone || exit 1
git fetch -q
git reset -q --hard origin/main
refused clone-without-branch --content $folder
git branch -q site origin/site
sed -i 's/"source_note": "[^"]*"/"source_note": "虚构：克隆"/' "$report"
told clone --content $folder -m 克隆 --push origin
cd ../there.git || exit 1
refused bare --content $folder
refused bare-message --content $folder -m x
told bare-revision --content $folder --rev HEAD~1 --branch before
git clone -q --depth 1 --no-single-branch "file://$ground/there.git" ../shallow
cd ../shallow || exit 1
git branch -q site origin/site
sed -i 's/"source_note": "[^"]*"/"source_note": "虚构：浅"/' "$report"
told shallow --content $folder -m 浅
check 'a shallow clone: what was made is sound' git fsck
refused shallow-push --content $folder --push origin

# --- where the content is ---
"$juesuan" init ../alone >/dev/null
cd ../alone || exit 1
git init -q
told alone --content . -m alone
is "$(git status --short)" '' 'the content is all there is: all of it is committed'
mkdir ../outer && cd ../outer || exit 1
git init -q
git -c protocol.file.allow=always submodule --quiet add ../alone content
git commit -q -m outer
git -C content branch -q site origin/site
sed -i 's/"source_note": "[^"]*"/"source_note": "虚构：子模块"/' content/departments/example/culture/2024/report.json
told submodule -m 子模块
is "$(git -C content log -1 --format=%s main)" 子模块 'a submodule is a repository of its own'
git -C content switch -q --detach
refused submodule-message -m x
rm -rf ../outer
"$juesuan" init ../plain >/dev/null
cd ../plain || exit 1
told no-repository --content .

# --- who it is ---
cd "$repo" || exit 1
correct 谁
git config --global --unset user.email
refused nobody --content $folder -m x
git config --global user.email somebody@example.org
refused bad-message --content $folder -m ' '
refused no-message --content $folder -m
SOURCE_DATE_EPOCH=soon
refused bad-time --content $folder
SOURCE_DATE_EPOCH=1725710400

# --- for machines ---
told json --content $folder -m 机器 --format json
check 'it is JSON' python3 -m json.tool "$ground/.out"

# --- two at once ---
correct 同时
git commit -q -m 同时 $folder
before=$(git rev-list --count site)
for i in 1 2 3; do
    "$juesuan" publish --content $folder >"../out$i" 2>&1 &
done
wait
is "$(git rev-list --count site)" $((before + 1)) 'of three at once one publishes'
is "$(grep -l '^Published' ../out?  | wc -l)" 1 '... and says so'
is "$(grep -LE '^Published|has this site already|meanwhile|\.lock is there' ../out?)" '' '... and the others say why not'

# --- killed at any moment: wholly, or as it was, or a whole part of it ---
[ -n "$full" ] && kills=40 || kills=4
[ -z "$memcheck" ] || kills=0
bad=
for i in $(seq $kills); do
    correct "中断 $i"
    old=$(git rev-parse main site)
    "$juesuan" publish --content $folder -m "kill $i" >/dev/null 2>&1 &
    pid=$!
    sleep "0.0$((i * 37 % 10))$((i * 7 % 10))"
    kill -9 $pid
    wait $pid
    find .git -name '*.lock' -delete
    [ "$(git rev-parse main site)" = "$old" ] || [ "$(git log -1 --format=%s main)" = "kill $i" ] || bad="$bad $i"
    git fsck --strict >/dev/null 2>&1 || bad="$bad $i"
done 2>/dev/null
is "$bad" '' 'killed: the repository is as it was, or a step further, and sound'
correct 以后
run "$juesuan" publish --content $folder -m 以后
is "$status" 0 'killed: the next one publishes'
is "$(git log -1 --format='%(trailers:key=Source,valueonly)' site)" "$(git rev-parse main)" '... what is there now'
rm -rf "$TMPDIR"/juesuan-site-*

# --- signing ---
if command -v ssh-keygen >/dev/null; then
    next_day
    correct 签名
    refused sign-not-set --content $folder -m x --sign
    git config gpg.format ssh
    refused sign-no-key --content $folder -m x --sign
    git config user.signingKey "$HOME/nothing"
    refused sign-missing-key --content $folder -m x --sign
    ssh-keygen -q -t ed25519 -N '' -C somebody -f "$HOME/key"
    ssh-keygen -q -t ed25519 -N secret -C somebody -f "$HOME/locked"
    git config user.signingKey '~/locked'
    SSH_ASKPASS=false SSH_ASKPASS_REQUIRE=force refused sign-locked-key --content $folder -m x --sign
    git config gpg.ssh.program "$ground/no-such-program"
    refused sign-no-program --content $folder -m x --sign
    git config --unset gpg.ssh.program
    git config user.signingKey '~/key.pub'
    cp "$HOME/key.pub" "$HOME/allowed"
    sed -i 's/^/somebody@example.org /' "$HOME/allowed"
    git config gpg.ssh.allowedSignersFile "$HOME/allowed"
    told sign --content $folder -m 签名 --sign
    check 'the commit of the content has a good signature' git verify-commit main
    check 'so has the commit of the site' git verify-commit site
    check 'so has the tag' git verify-tag "$(git describe --tags --exact-match main)"
    if command -v ssh-agent >/dev/null; then
        eval "$(ssh-agent -s)" >/dev/null
        ssh-add -q "$HOME/key"
        rm "$HOME/key"
        git config user.signingKey "key::$(cut -d' ' -f1,2 "$HOME/key.pub")"
        correct 代理
        run "$juesuan" publish --content $folder -m 代理 --sign
        is "$status$err" 0 'a key that is with the agent'
        check 'its signature is good, too' git verify-commit site
        kill "$SSH_AGENT_PID"
    fi
else
    skip 'signing' 'there is no ssh-keygen'
fi
is "$(ls "$TMPDIR")" '' 'nothing is left behind in the end'

done_testing

#!/bin/sh
# juesuan verify: what is found out about copies of a site. What is said is in tests/cmd/verify/NAME: the
# output, the errors behind it, the exit status; ids are ID there, and numbers of bytes N. UPDATE=1 writes
# these files, to be read by somebody who knows what is done below.
if [ -w /dev/shm ] && [ "$(df --output=avail /dev/shm | tail -1)" -gt 100000 ]; then
    export TMPDIR=/dev/shm
fi
. tests/cmd/tap.sh

golden=$root/tests/cmd/verify
export HOME="$ground/home" # libgit2 looks there for settings
mkdir "$HOME" "$ground/tmp"
export TMPDIR="$ground/tmp"
unset GIT_CONFIG_GLOBAL GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
git config --global user.name 发布者
git config --global user.email somebody@example.org
git config --global init.defaultBranch main
export SOURCE_DATE_EPOCH=1725537600 # 2024-09-05T12:00:00Z

# What is not run under valgrind: sites that are built for the sake of another message.
slow='copy-named json other-branch-source altered-json forged-source unfinished another-address-source clone signed-no-signers
signed-too-late signed-otherwise'

mask() {
    sed -E -e "s|$ground|GROUND|g; s/\b[0-9a-f]{40}\b/ID/g; s/\b([0-9a-f]{10}|[0-9a-f]{12})\b/ID/g" \
        -e 's/[0-9]+ bytes/N bytes/g; s/"bytes": [0-9]+/"bytes": N/; s/it has [0-9]+/it has N/g'
}

told() { # name argument...
    name=$1
    shift
    too_slow "$name" && return
    run "$juesuan" verify "$@"
    said_is "$name" "juesuan verify $*"
}

# --- two releases, and a copy of the first ---
mkdir -p "$ground/仓库"
cd "$ground/仓库" || exit 1
git init -q
"$juesuan" init content >/dev/null
"$juesuan" publish -m first >/dev/null
mkdir "$ground/copy"
git archive site | tar -x -C "$ground/copy"
sed -i 's/"source_note": "[^"]*"/"source_note": "虚构：更正"/' content/departments/example/culture/2024/report.json
"$juesuan" publish -m second >/dev/null
git worktree add -q --detach "$ground/checkout" site
cp -R "$ground/copy" public

told copy
told copy-named "$ground/copy/" --content content
told checkout "$ground/checkout"
told source public --rev published/2024-09-05
told other-source public --rev main
told unknown-source public --rev mian
told other-branch public --branch none
told other-branch-source public --branch none --content content
told json public --format json
[ -n "$memcheck" ] || check 'it is JSON' python3 -m json.tool "$ground/.out"

# --- alterations ---
again() {
    rm -rf public
    cp -R "$ground/copy" public
}
page=public/departments/example/culture/2024/index.html
rm public/index.html
printf x >>public/glossary/index.html
sed -i '0,/1262.00/s//1262.01/' $page
mkdir public/new public/.well-known
echo x >public/new/index.html
echo x >public/.well-known/x
rm public/data/figures.csv
ln -s ../manifest.json public/data/figures.csv
rm public/data/juesuan.sqlite
mkdir public/data/juesuan.sqlite
told altered
told altered-json --format json --max-errors 2
again

# who alters the manifest, too, is found out by its commit and by its source
sed -i '0,/1262.00/s//1262.01/' $page
sed -i "s/$(sha256sum "$ground/copy/${page#public/}" | cut -c1-64)/$(sha256sum $page | cut -c1-64)/" public/manifest.json
told forged
told forged-source --rev published/2024-09-05
told forged-elsewhere --content ../nowhere
git -C "$ground/checkout" rm -rq .
cp -R public/. "$ground/checkout/"
told forged-checkout "$ground/checkout"
git -C "$ground/checkout" add -A
git -C "$ground/checkout" commit -q -m "Site of x

Source: $(git rev-parse published/2024-09-05^{commit})"
told forged-commit "$ground/checkout"
again

# --- what is no site ---
told nothing nowhere
told no-manifest content
rm public/manifest.json
told manifest-gone
echo '{"files": []}' >public/manifest.json
told manifest-foreign
echo '{"generator": "juesuan 0.1.0", "files": [{"path": "../x", "size": 1, "sha256": ""}]}' >public/manifest.json
told manifest-outside
sed 's,"data/202.*,"data/202,; T; q' "$ground/copy/manifest.json" | head -c -1 >public/manifest.json
told manifest-cut
again
mkdir -p public/.juesuan/stage
printf 'juesuan journal 1\nend\n' >public/.juesuan/journal
told unfinished
again

# --- another version, another address ---
sed -i 's/"juesuan 0.1.0"/"juesuan 0.0.9"/' public/manifest.json
told another-version --rev published/2024-09-05
again
"$juesuan" publish --rev published/2024-09-05 --branch elsewhere --base-url https://example.org/x/ >/dev/null
rm -rf public
mkdir public
git archive elsewhere | tar -x -C public
told another-address --branch elsewhere
told another-address-source --rev main~1 --base-url https://example.org/x/

# --- where the repository is ---
again
cp -R public "$ground/alone"
cd "$ground" || exit 1
told without-sources alone
told without-sources-wanted alone --content alone
git clone -q --bare 仓库 bare.git
told bare alone --content bare.git/content
git clone -q --depth 1 --no-single-branch "file://$ground/仓库" shallow
told shallow alone --content shallow/content
git clone -q -b site 仓库 clone
cd clone || exit 1
told clone .
cd "$ground/仓库" || exit 1

# --- signatures ---
if command -v ssh-keygen >/dev/null; then
    ssh-keygen -q -t ed25519 -N '' -C somebody -f "$HOME/key"
    ssh-keygen -q -t ed25519 -N '' -C another -f "$HOME/another"
    git config gpg.format ssh
    git config user.signingKey "$HOME/key"
    sed -i 's/"source_note": "[^"]*"/"source_note": "虚构：签名"/' content/departments/example/culture/2024/report.json
    "$juesuan" publish -m signed --sign >/dev/null
    rm -rf public
    mkdir public
    git archive site | tar -x -C public
    told signed-unchecked
    git config gpg.ssh.allowedSignersFile "$HOME/allowed"
    told signed-no-signers
    printf 'another@example.org %s\n' "$(cat "$HOME/another.pub")" >"$HOME/allowed"
    told signed-by-nobody
    printf 'somebody@example.org %s\n' "$(cat "$HOME/key.pub")" >>"$HOME/allowed"
    told signed
    printf 'somebody@example.org valid-before="20240101Z" %s\n' "$(cat "$HOME/key.pub")" >"$HOME/allowed"
    told signed-too-late
    printf 'somebody@example.org %s\n' "$(cat "$HOME/key.pub")" >"$HOME/allowed"
    # another text under the same signature
    git cat-file commit site | sed 's/^Site of.*/Site of somebody else/' >"$ground/text"
    git update-ref refs/heads/site "$(git hash-object -t commit -w "$ground/text")"
    told signed-altered
    git cat-file commit site | sed 's/SSH SIGNATURE/PGP SIGNATURE/' >"$ground/text"
    git update-ref refs/heads/site "$(git hash-object -t commit -w "$ground/text")"
    told signed-otherwise
else
    skip 'signatures' 'there is no ssh-keygen'
fi
is "$(ls "$TMPDIR")" '' 'nothing is left behind'

done_testing

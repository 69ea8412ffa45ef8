#!/bin/sh
# A site as of a revision is the site of a checkout of it, byte for byte, wherever the content lies in
# the repository and however that keeps its objects. What is wrong with revisions is in bad_input.
. tests/cmd/tap.sh

repo=$ground/仓库
folder=$repo/资料/content
zwfwj=departments/beijing/fengtai/zwfwj/2021

# Two commits of the shipped content; the second has a theme of its own, and is not what is in the
# folder now.
mkdir -p "$repo/资料"
cp -R content "$folder"
chmod -R u+w "$folder"
commit "$repo" 2024-09-05 first
git -C "$repo" tag -a -m published published/2024-09-05
git -C "$repo" checkout -q -b corrected
sed -i 's/"final": "4180.76"/"final": "4180.77"/' "$folder/$zwfwj/report.json"
mkdir -p "$folder/theme/labels" "$folder/theme/assets" "$folder/theme/templates"
printf '{"glossary": "自己的说法"}\n' >"$folder/theme/labels/zh-CN.json"
printf 'body {}\r\n' >"$folder/theme/assets/own.css"
sed '1s|^|<!-- own -->|' "$themes/templates/glossary.mustache" >"$folder/theme/templates/glossary.mustache"
rm "$folder/$zwfwj/projects/p01.json"
cp "$folder/pages/about.md" "$folder/pages/new.md"
commit "$repo" 2024-09-06 second
git -C "$repo" checkout -q main
first=$(git -C "$repo" rev-parse main)

# what is compared with need not be made under valgrind
tested=$juesuan
[ -z "$memcheck" ] || juesuan=$BUILD/juesuan
for revision in published/2024-09-05 origin/corrected; do
    name=$(basename "$revision")
    git clone -q "$repo" "$ground/checkout-$name"
    git -C "$ground/checkout-$name" checkout -q "$revision"
    build "$ground/checkout-$name/资料/content" "$ground/site-$name"
    is "$status$err" 0 "a checkout of $revision builds"
done
juesuan=$tested
old=$ground/site-2024-09-05
new=$ground/site-corrected
check_not 'the two are not the same site' diff -rq "$old" "$new"

# what is in the folder does not matter
echo '{' >"$folder/$zwfwj/report.json"
echo '{' >"$folder/untracked.json"
mkdir -p "$folder/theme/templates"
echo '{{' >"$folder/theme/templates/layout.mustache"

history=
same() { # what folder revision site [option...]
    what=$1 from=$2 revision=$3 expected=$4
    shift 4
    case $memcheck$what in
    ?*'a branch'* | ?*packed* | ?*bare* | ?*shallow* | [!1]*) ;;
    *)
        skip "$what" 'it is slow under valgrind'
        return
        ;;
    esac
    rm -rf "$ground/site"
    build "$from" "$ground/site" --rev "$revision" $history "$@"
    is "$status$err" 0 "$what: it builds"
    check "$what: the site is that of the checkout" diff -r "$expected" "$ground/site"
}

same 'a tag' "$folder" published/2024-09-05 "$old"
same 'the beginning of the id of a commit' "$folder" "$(echo "$first" | cut -c1-12)" "$old" --jobs 1
same 'a branch with a theme of its own' "$folder" corrected "$new" --jobs 4
has "$(cat "$ground/site/index.html")" '自己的说法' 'labels are those of the revision'
has "$(cat "$ground/site/glossary/index.html")" '<!-- own -->' 'templates are those of the revision'
printf 'body {}\r\n' >"$ground/own.css"
check 'assets are those of the revision' cmp "$ground/site/assets/own.css" "$ground/own.css"

# --- settings that make a checkout differ from what was committed; in a small site from here on ---
big=$repo bigger=$folder
repo=$ground/小仓库
folder=$repo/资料/content
mkdir -p "$repo/资料"
"$juesuan" init "$folder" >/dev/null
mkdir -p "$folder/theme/assets"
printf 'body {}\r\n' >"$folder/theme/assets/own.css"
cp -R "$folder" "$ground/alone"
# each of these repositories has another history; sites with theirs are compared above
history=--no-history
build "$folder" "$ground/expected" $history
is "$status" 0 'the small site builds'
commit "$repo" 2024-09-05 first
git -C "$repo" config core.autocrlf true
echo '* text=auto eol=crlf' >"$repo/.gitattributes"
echo '{' >"$folder/site.json"
same 'ends of lines are not converted' "$folder" main "$ground/expected"

# --- how the objects are kept ---
git -C "$repo" gc -q
same 'packed objects' "$folder" main "$ground/expected"
git clone -q --bare "$repo" "$ground/bare.git"
same 'a bare repository' "$ground/bare.git/资料/content" main "$ground/expected"
git clone -q --depth 1 "file://$repo" "$ground/shallow"
same 'a shallow clone' "$ground/shallow/资料/content" HEAD "$ground/expected"
git -C "$repo" worktree add -q --detach "$ground/linked" main
same 'a linked worktree with a detached head' "$ground/linked/资料/content" HEAD "$ground/expected"
git clone -q --shared --no-checkout "$repo" "$ground/borrowed"
same 'objects of another repository, and no checkout' "$ground/borrowed/资料/content" \
    origin/main "$ground/expected"

# --- where the content is ---
commit "$ground/alone" 2024-09-06 first
git clone -q --bare "$ground/alone" "$ground/alone.git"
same 'the content is all there is' "$ground/alone" HEAD "$ground/expected"
same 'the same, bare' "$ground/alone.git" main "$ground/expected"
mkdir "$ground/outer"
commit "$ground/outer" 2024-09-08 first
git -C "$ground/outer" -c protocol.file.allow=always submodule --quiet add "$ground/alone" content
commit "$ground/outer" 2024-09-08 second
same 'a submodule is a repository of its own' "$ground/outer/content" HEAD "$ground/expected"
rm -rf "$ground/site"
run sh -c "cd '$repo/资料' && '$juesuan' build --rev main $history --theme '$themes' --out '$ground/site'"
is "$status" 0 'content/ of where one is builds'
check 'content/ of where one is: the same site' diff -r "$ground/expected" "$ground/site"
mv "$folder" "$ground/gone"
same 'a folder that is not there now' "$folder" main "$ground/expected"
repo=$big folder=$bigger history=

# --- the next build alters what differs, and nothing else ---
build "$folder" "$ground/site" --rev published/2024-09-05
check 'from one revision to another' diff -r "$old" "$ground/site"
[ -n "$memcheck" ] || build "$folder" "$ground/site" --rev published/2024-09-05
[ -n "$memcheck" ] || has "$out" '(0 written, 0 removed)' 'the same revision again writes nothing'

# --- check ---
run "$juesuan" check --content "$folder" --rev corrected --max-errors 0
revised=$err$out
run "$juesuan" check --content "$ground/checkout-corrected/资料/content" --max-errors 0
is "$revised" "$(printf '%s' "$err$out" | sed "s|$ground/checkout-corrected/|corrected:|g")" \
    'check finds what it finds in a checkout, and says where'
run "$juesuan" check --content "$folder" --rev corrected --explain balance-three-public
is "$status" 0 'a balance of a profile of a revision is explained'

done_testing

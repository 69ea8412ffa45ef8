#!/bin/sh
# What `juesuan build` makes of a content folder: always the same bytes, written only where they
# change, and nothing at all when anything is wrong.
. tests/cmd/tap.sh

zwfwj=departments/beijing/fengtai/zwfwj
ghzyj=departments/shanghai/putuo/ghzyj
cp -R content "$ground/content"
cd "$ground" || exit 1
chmod -R u+w content

same_site() { # folder what
    check "$2" diff -r expected "$1"
}

# --- the same bytes ---

build content expected --jobs 1
is "$status" 0 'the shipped content builds'
is "$err" '' 'it builds without warnings'
check 'the site has a home page' test -s expected/index.html
check 'the site has a manifest' test -s expected/manifest.json
check 'the site has pages of projects' test -s expected/$zwfwj/2021/projects/p07/index.html
check 'the database is whole' test "$(sqlite3 expected/data/juesuan.sqlite 'PRAGMA integrity_check')" = ok

for jobs in 2 7 64; do
    build content out-jobs --jobs $jobs
    same_site out-jobs "$jobs threads make the same site"
    rm -rf out-jobs
done

vary() { # what variable...
    what=$1
    shift
    run env "$@" "$juesuan" build --content content --out out-env --theme "$themes"
    is "$status" 0 "$what: builds"
    same_site out-env "$what: the same site"
    rm -rf out-env
}

vary 'another time zone' TZ=Asia/Kathmandu LC_ALL=C
vary 'a far time zone' TZ=XYZ+23:59:59
vary 'the C locale' LC_ALL=C LANG=C
vary 'a Turkish locale' LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8 LANGUAGE=tr
vary 'a Chinese locale' LC_ALL=zh_CN.GB18030
vary 'a date for the sources' SOURCE_DATE_EPOCH=1234567890
vary 'a wrong date for the sources' SOURCE_DATE_EPOCH=yesterday
vary 'an empty environment' -i
vary 'another user' HOME=/nowhere USER=nobody LOGNAME=nobody
[ -n "$memcheck" ] || vary 'another temporary folder' TMPDIR=/nowhere SQLITE_TMPDIR=/nowhere # valgrind wants one

for mask in 077 000 027; do
    (umask $mask && "$juesuan" build --content content --out out-mask --theme "$themes") >/dev/null
    same_site out-mask "umask $mask makes the same site"
    rm -rf out-mask
done

mkdir -p elsewhere/deep
run sh -c 'cd elsewhere/deep && "$1" build --content ../../content --out out --theme "$2"' - "$juesuan" "$themes"
same_site elsewhere/deep/out 'another current folder makes the same site'
run sh -c 'cd / && "$1" build --content "$3/content/" --out "$3/out root///" --theme "$2/"' - "$juesuan" "$themes" "$ground"
same_site 'out root' 'absolute paths with slashes at their ends make the same site'
run sh -c 'cd content && "$1" build --content . --out ../new/folders/out --theme "$2"' - "$juesuan" "$themes"
same_site new/folders/out 'the current folder as content makes the same site'
rm -rf elsewhere new 'out root'

# the program in another place, with its theme beside it
mkdir -p program/bin program/themes
cp "$juesuan" program/bin/juesuan
cp -R "$themes" program/themes/default
run program/bin/juesuan build --content content --out out-program
if [ -n "$memcheck" ]; then # what was copied is a script
    skip 'a program in another place makes the same site' 'not under valgrind'
else
    same_site out-program 'a program in another place makes the same site'
fi
rm -rf out-program program

# files made in another order, at another time, with other rights
copy_backwards() { # from to
    mkdir "$2"
    ls -r "$1" | while IFS= read -r name; do
        if [ -d "$1/$name" ]; then
            copy_backwards "$1/$name" "$2/$name"
        else
            cat "$1/$name" >"$2/$name"
        fi
    done
}
# folders of a file system in memory list the newest file first; those of a disk often have an order
# of their own
backwards=$(mktemp -d /dev/shm/juesuan-test.XXXXXX 2>/dev/null) || backwards=$(mktemp -d "$ground/XXXXXX")
copy_backwards content "$backwards/content"
find "$backwards" -type f -exec touch -d 1999-12-31 {} +
order() {
    (cd "$1" && find . -mindepth 1)
}
if [ "$(order content)" = "$(order "$backwards/content")" ]; then
    echo '# this file system keeps no order of its own: the next test says little'
fi
build "$backwards/content" out-backwards
same_site out-backwards 'folders in another order make the same site'
chmod -R a-w "$backwards/content"
ln -s "$backwards/content" link
build link out-link
same_site out-link 'content that is a link and cannot be written makes the same site'
chmod -R u+w "$backwards"
rm -rf out-backwards out-link link "$backwards"

# --- what is written ---

cp -R expected out
cp -R content changed
before=$(identity out)
build content out
is "$status" 0 'a second build: all is well'
has "$out" '(0 written, 0 removed)' 'a second build says that it wrote nothing'
is "$(identity out)" "$before" 'a second build touches no file'
touch content/site.json $(find content/profiles -type f)
build content out --jobs 7
is "$(identity out)" "$before" 'sources that are only newer change nothing'

figure='"id": "total", "final": "4125.56"'
check 'the figure to be changed is in the content' grep -q "$figure" content/$zwfwj/2021/report.json
sed "s/$figure/\"id\": \"total\", \"final\": \"4125.57\"/" content/$zwfwj/2021/report.json >changed/$zwfwj/2021/report.json
build changed out
is "$status" 0 'another figure: all is well'
told=$out
build changed fresh
check 'another figure: the same site as built anew' diff -r fresh out
touched=$(cd out && find . -type f -newer ../changed/$zwfwj/2021/report.json | LC_ALL=C sort)
differs=$(diff -rq expected out | sed -n 's/^Files expected\(.*\) and .* differ$/.\1/p' | LC_ALL=C sort)
is "$touched" "$differs" 'another figure: only files that differ are written'
has "$told" "($(($(echo "$touched" | wc -l) - 1)) written, 0 removed)" 'another figure: the number of files but the manifest is told'
unrelated=$(echo "$touched" | sed 's,^\./en/,./,' | grep -v -e '^\./search/[a-z]*\(/[0-9]*\)\.bin$' -e '^\./search/index.bin$' -e '^\./data/2021/' -e '^\./data/[a-z_]*\.csv$' -e '^\./data/index.html$' \
    -e '^\./data/juesuan.sqlite$' -e "^\\./$zwfwj/index.html\$" -e "^\\./$zwfwj/2021/\\(index.html\\|report\\.[a-z]*\\)\$" -e '^\./quality/index.html$' -e '^\./manifest.json$')
is "$unrelated" '' 'another figure: what does not show it is not written'
for file in $zwfwj/2021/index.html $zwfwj/2021/report.json $zwfwj/2021/report.csv data/figures.csv data/2021/figures.json; do
    check "another figure: it is in $file" grep -q '4,\{0,1\}125\.57' out/$file
    check_not "another figure: the old one is gone from $file" grep -q '4,\{0,1\}125\.56' out/$file
done

rm changed/$zwfwj/2021/projects/p02.json
build changed out
is "$status" 0 'a project less: all is well'
has "$out" ', 2 removed)' 'a project less: its page is removed, in both languages'
check_not 'a project less: its folder is gone' test -e out/$zwfwj/2021/projects/p02
check_not 'a project less: nothing links to it' grep -rq 'projects/p02/' out
rm -rf fresh
build changed fresh
check 'a project less: the same site as built anew' diff -r fresh out

rm -rf changed/departments/shanghai
build changed out
is "$status" 0 'a department less: all is well'
check_not 'a department less: its pages are gone' test -e out/departments/shanghai
check_not 'a department less: its years are gone' test -e out/data/2024
build content out
same_site out 'back to where it was: the same site'
echo 'User-agent: *' >out/robots.txt
build changed out
check "somebody's file stays" grep -q User-agent out/robots.txt
rm -rf out fresh changed

# --- what is wrong ---

cp -R content broken
mkdir -p broken/theme/labels broken/theme/templates
sed 's/"title"/"titel"/' content/site.json >broken/site.json
echo '{"id": "beijing-2021", ' >broken/profiles/beijing-2021.json
sed 's/"division"/"divison"/' content/$ghzyj/department.json >broken/$ghzyj/department.json
sed 's/"tables"/"tabels"/' content/$zwfwj/2021/report.json >broken/$zwfwj/2021/report.json
sed 's/"name"/"naem"/' content/$zwfwj/2021/projects/p07.json >broken/$zwfwj/2021/projects/p07.json
echo '[]' >broken/$zwfwj/2021/evaluations/website.json
printf '{{#departments}}' >broken/theme/templates/departments.mustache
mkdir broken/departments/UPPER
cp -R expected out
before=$(identity out)
build broken out
is "$status" 1 'mistakes: the content is at fault'
is "$out" '' 'mistakes: nothing on standard output'
for file in site.json profiles/beijing-2021.json $ghzyj/department.json $zwfwj/2021/report.json \
    $zwfwj/2021/projects/p07.json $zwfwj/2021/evaluations/website.json theme/templates/departments.mustache; do
    has "$err" "broken/$file:" "mistakes: the one in $file is told"
done
has "$err" "broken/departments: error[wrong-id]: 'UPPER'" 'mistakes: the one in the name of a folder is told'
has "$err" 'juesuan: nothing was changed in out' 'mistakes: that nothing was changed is told'
is "$(identity out)" "$before" 'mistakes: no file is touched'
told=$err
for jobs in 1 7; do
    build broken out --jobs $jobs
    is "$err" "$told" "mistakes: $jobs threads tell the same in the same order"
done
build broken out-broken
is "$status" 1 'mistakes in a first build: the content is at fault'
check_not 'mistakes in a first build: no folder is made' test -e out-broken
is "$(ls -A | grep -v -e '^\.out$' -e '^\.err$' -e '^[a-z]')" '' 'mistakes in a first build: nothing is left beside it'

one_mistake() { # what file text
    rm -rf broken
    cp -R content broken
    mkdir -p "broken/$(dirname "$2")"
    printf '%s\n' "$3" >"broken/$2"
    build broken out
    is "$status" 1 "$1: status"
    has "$err" "$2" "$1: the file is named"
    has "$err" 'error[' "$1: an error is told"
    is "$(identity out)" "$before" "$1: no file is touched"
}
one_mistake 'a broken settings file' site.json '{'
one_mistake 'a broken classification' classifications/2021.json '{"year": 2021,}'
one_mistake 'a broken project' $zwfwj/2021/projects/p01.json ''
one_mistake 'an unknown figure in a text' $zwfwj/2021/narrative.md '{{three_public/total/finl}}'
one_mistake 'a broken override of the theme' theme/templates/home.mustache '{{nothing_of_this_name}}'
one_mistake 'broken labels' theme/labels/zh-CN.json '{"home": }'

rm -rf broken
cp -R content broken
echo x >"broken/$zwfwj/2021/projects/note.txt"
build broken out
is "$status" 0 'a warning alone: the site is built'
has "$err" "broken/$zwfwj/2021/projects/note.txt: warning[unexpected-file]" 'a warning alone: it is shown'
same_site out 'a warning alone: the same site'
printf 'xxxx' >broken/$zwfwj/2021/narrative.md
build broken out --strict
is "$status" 1 '--strict: a warning is at fault'
has "$err" 'warning[unexpected-file]' '--strict: it is shown'
has "$err" '--strict: warnings count as errors' '--strict: why nothing was built is told'
is "$(identity out)" "$before" '--strict: no file is touched'
rm "broken/$zwfwj/2021/projects/note.txt"
build broken out --strict
is "$status" 0 '--strict without warnings: the site is built'

# names of files that cannot be on a site or in a manifest
rm -rf broken
cp -R content broken
mkdir -p broken/theme/assets
echo x >"broken/theme/assets/$(printf 'two\nlines.css')"
build broken out
is "$status" 1 'an asset with a line break in its name is refused'
has "$err" 'error[bad-path]' 'an asset with a line break in its name: told'
rm broken/theme/assets/*
echo x >"broken/theme/assets/$(printf 'caf\351.css')"
build broken out
is "$status" 1 'an asset whose name is not UTF-8 is refused'
rm broken/theme/assets/*
echo x >"broken/theme/assets/字 体.css"
build broken out
is "$status" 0 'an asset with a Chinese name and a space is fine'
check 'an asset with a Chinese name and a space is there' test -s "out/assets/字 体.css"
rm -rf broken out

# --- where it must not go ---

overlap() { # content out what
    fingerprint content >before
    build "$1" "$2"
    is "$status" 2 "$3 is refused"
    has "$err" 'error[folders-overlap]' "$3: told"
    fingerprint content | cmp -s - before || fail "$3: the content was changed"
}
overlap content content/public 'a site inside of the content'
overlap content content 'a site in place of the content'
overlap content/ ./content/../content/new/deep 'a site deep inside of the content'
overlap content . 'content inside of the site'
ln -s content link
overlap content link/public 'a site inside of the content by a link'
overlap link content/public 'a site inside of content that is a link'
ln -s content/departments out
overlap content out 'a site that is a link into the content'
rm out link
cp -R content content-old
build content content-new
is "$status" 0 'a folder whose name only begins like that of the content is fine'
rm -rf content-new content-old before

# --- whose fault it is ---

build nowhere out
is "$status" 3 'no content: the file system is at fault'
has "$err" '--content DIR' 'no content: what to do is told'
build content /dev/null
is "$status" 3 'a device for a site: the file system is at fault'
build content out --theme nowhere
is "$status" 3 'no theme: the file system is at fault'
has "$err" 'nowhere is no theme' 'no theme: told'
mkdir foreign
echo mine >foreign/thesis.txt
build content foreign
is "$status" 3 'a folder of somebody is refused'
is "$(ls -A foreign)" thesis.txt 'a folder of somebody stays as it was'
run "$juesuan" build --jobs 0
is "$status" 2 'no threads: the call is at fault'

build content out
mkdir -p out/$zwfwj/2021/projects/p99
echo mine >out/$zwfwj/2021/projects/p99/index.html
cp -R content later
sed 's/"p07"/"p99"/' content/$zwfwj/2021/projects/p07.json >later/$zwfwj/2021/projects/p99.json
before=$(identity out)
build later out
is "$status" 3 'a file of somebody in the way is an error'
has "$err" "out/$zwfwj/2021/projects/p99/index.html is in the way" 'a file of somebody in the way is named'
is "$(identity out)" "$before" 'a file of somebody in the way: no file is touched'

mkdir out/.juesuan
run flock out/.juesuan "$juesuan" build --content content --out out --theme "$themes"
is "$status" 3 'a second build at the same time is refused'
has "$err" 'another build is writing to out' 'a second build at the same time: told'

done_testing

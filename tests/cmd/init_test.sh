#!/bin/sh
# `juesuan init`: a small site that builds as it is, made wholly or not at all.
. tests/cmd/tap.sh
cd "$ground" || exit 1
data=$root/cmd/juesuan/init

mkdir bin
printf '#!/bin/sh\nexec "%s" "$@"\n' "$juesuan" >bin/juesuan
chmod +x bin/juesuan

# --- what is made ---

run "$juesuan" init accounts
is "$status" 0 'init: all is well'
is "$err" '' 'init: nothing on standard error'
is "$out" 'accounts holds the sources of a small site. All that is in it is invented (虚构).
To build it:

  juesuan build --content accounts --out accounts-public

Then put your own in its place: accounts/README.md says what the files are.' 'init says what to do next'
files() {
    (cd "$1" && find . -type f ! -path './schemas/*' | LC_ALL=C sort)
}
is "$(files accounts)" "$(files "$data")" 'all files are there, and no others'
check 'they are those that came with the program' diff -r -x schemas "$data" accounts
"$juesuan" schema --out schemas >/dev/null
check 'the schemas are those of the program' diff -r schemas accounts/schemas
is "$(find accounts -type f -perm /111)" '' 'none of them can be run'

"$juesuan" build --content accounts --out site --theme "$themes" --strict >.out 2>.err
is "$? $(cat .err)" '0 ' 'the site builds without warnings'
zh='虚构'
for page in index.html departments/example/culture/index.html departments/example/culture/2024/index.html \
    departments/example/culture/2024/projects/p01/index.html departments/example/culture/2024/evaluations/overall/index.html; do
    check "$page says that it is invented" grep -q "$zh" "site/$page"
done
is "$(find accounts -type f ! -path '*/schemas/*' ! -path '*/classifications/*' -exec grep -L "$zh" {} +)" '' \
    'every source says that it is invented'
is "$(find accounts -name '*.json' ! -path '*/schemas/*' -exec grep -L '"$comment"' {} +)" '' 'every JSON file is commented'

check 'the schemas accept the files' python3 - accounts <<'END'
import glob, json, os, sys
try:
    from jsonschema import Draft202012Validator
except ImportError:
    sys.exit(0)  # it is installed where all tests are run
seen = 0
for path in glob.glob(sys.argv[1] + "/**/*.json", recursive=True):
    if "/schemas/" in path:
        continue
    source = json.load(open(path, encoding="utf-8"))
    schema = json.load(open(os.path.join(os.path.dirname(path), source["$schema"]), encoding="utf-8"))
    Draft202012Validator(schema).validate(source)
    seen += 1
assert seen >= 8, seen
END

# --- where it must not go ---

refused() { # what folder message
    before=$(fingerprint .)
    run "$juesuan" init "$2"
    is "$status" 3 "$1: the file system is at fault"
    is "$out" '' "$1: nothing on standard output"
    has "$err" "$3" "$1: message"
    rm -f .out .err
    is "$(fingerprint .)" "$before" "$1: nothing is written"
}
rm -rf .out .err site
run "$juesuan" version # so that there are .out and .err, as above
rm -f .out .err
refused 'a folder that has a site' accounts "juesuan: error[folder-not-empty]: the folder accounts is not empty: there is 'README.md' in it
  name a folder that is empty or does not exist yet"
mkdir foreign
touch foreign/.hidden foreign/thesis.txt
refused 'a folder with something in it' foreign/ "the folder foreign is not empty: there is 'thesis.txt' in it"
refused 'a file' foreign/thesis.txt 'cannot open the folder foreign/thesis.txt: Not a directory'
for name in 'two
lines' "$(printf 'a\tb')"; do
    run "$juesuan" init "$name"
    is "$status$out$err" '2juesuan init: the name of the folder has a line break or another control character in it' \
        'a name with a control character in it'
    check_not '... is no folder' test -e "$name"
    rm -f .out .err
done
ln -s nowhere dangling
refused 'a link to nothing' dangling 'cannot make the folder dangling'
refused 'what cannot be made' /proc/nowhere/new 'cannot make the folder /proc/nowhere'

# a disk that is full when some files are written already
half() { # folder
    (
        trap '' XFSZ
        ulimit -f 16
        "$juesuan" init "$1"
    ) >.out 2>.err
    status=$?
    err=$(cat .err)
}
half new/deep/site
is "$status" 3 'a disk that is full: the file system is at fault'
has "$err" 'cannot write new/deep/site/schemas/' 'a disk that is full: told'
check_not 'a disk that is full: nothing is left' test -e new
mkdir empty empty/.git
echo mine >empty/.git/config
half empty
is "$status" 3 'a disk that is full, in an empty folder: the file system is at fault'
is "$(find empty | LC_ALL=C sort)" 'empty
empty/.git
empty/.git/config' 'a disk that is full, in an empty folder: what was there is left'

run "$juesuan" init
is "$status $err" '2 juesuan init: name the folder to be made: juesuan init DIR' 'a folder must be named'
run "$juesuan" init a b
is "$status" 2 'two folders are too many'

# --- other names: what is said can be typed as it stands ---

typed() { # what folder
    what=$1
    shift
    run "$juesuan" init "$@"
    is "$status" 0 "$what: all is well"
    told=$(echo "$out" | sed -n 's/^  juesuan build /juesuan build /p')
    printf '%s --theme "$themes" --strict\n' "$told" >"$ground/typed"
    run env PATH="$ground/bin:$PATH" themes="$themes" sh "$ground/typed"
    is "$status $err" '0 ' "$what: $told"
}
typed 'a folder with hidden files' empty
is "$(cat empty/.git/config)" mine 'a folder with hidden files: they stay'
typed 'a Chinese name' 决算
has "$told" '--content 决算 --out 决算-public' 'a Chinese name needs no quotes'
typed 'an absolute path with spaces' "$ground/a b/"
typed 'quotes and other signs' "it's \"\$HOME\" & *"
typed 'a name that looks like an option' -- --strict
typed 'a link to an empty folder' link/x
mkdir real
ln -s real linked
typed 'a link to an empty folder' linked
check 'a link to an empty folder: it stays' test -L linked -a -s real/site.json
mkdir inside
cd inside || exit 1
typed 'the current folder' .
cd ..

# --- the program elsewhere ---

if [ -n "$memcheck" ]; then
    skip 'installed' 'not under valgrind'
    done_testing
fi
mkdir -p alone/bin
cp "$juesuan" alone/bin/juesuan
run alone/bin/juesuan init new
is "$status" 3 'a program without its data: the installation is at fault'
has "$err" "error[missing-data]: the files of the new site, which come with the program, were not found
  install the program with 'make install'" 'a program without its data: told'
check_not 'a program without its data: nothing is written' test -e new

built=${BUILD:-$root/build}
unset MAKEFLAGS MFLAGS MAKELEVEL
check 'make install' make -s -C "$root" install B="${built#"$root"/}" DESTDIR="$ground/root" PREFIX=/usr
run root/usr/bin/juesuan init installed
is "$status" 0 'installed: all is well'
check 'installed: the same files' diff -r accounts installed
run root/usr/bin/juesuan build --content installed --out installed-public --strict
is "$status $err" '0 ' 'installed: the site builds, with the theme that was installed'
is "$(find root -type f -perm /022)" '' 'installed: nobody else may write the files'

done_testing

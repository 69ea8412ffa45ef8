#!/bin/sh
# How the program is called, and what it says when it is called in a wrong way.
. tests/cmd/tap.sh
cd "$ground" || exit 1

# A mistake: status 2, nothing on standard output, this on standard error.
wrong() { # what expected argument...
    what=$1
    expected=$2
    shift 2
    run "$juesuan" "$@"
    is "$status" 2 "$what: status"
    is "$out" '' "$what: nothing on standard output"
    is "$err" "$expected" "$what: message"
}

wrong 'a command misspelt' "juesuan: there is no command 'bild'
  did you mean 'build'?" bild
wrong 'letters swapped' "juesuan: there is no command 'buidl'
  did you mean 'build'?" buidl --out x
wrong 'a command like no other' "juesuan: there is no command 'frobnicate'
  'juesuan help' lists the commands" frobnicate
wrong 'an empty command' "juesuan: there is no command ''
  'juesuan help' lists the commands" ''
wrong 'an option before the command' "juesuan: there is no command '--out'
  'juesuan help' lists the commands" --out public build
wrong 'an option of the program misspelt' "juesuan: there is no command '--versoin'
  did you mean 'version'?" --versoin
wrong 'help on a command misspelt' "juesuan help: there is no command 'shcema'
  did you mean 'schema'?" help shcema
wrong 'help on a command like no other' "juesuan help: there is no command 'frobnicate'
  'juesuan help' lists the commands" help frobnicate
wrong 'a schema misspelt' "juesuan schema: there is no kind of source 'reprt'
  did you mean 'report'?" schema reprt

wrong 'an option misspelt' "juesuan build: unknown option '--ot'
  did you mean '--out'?" build --ot x
wrong 'an option misspelt, with a value' "juesuan build: unknown option '--thme'
  did you mean '--theme'?" build --thme=x
wrong 'an option like no other' "juesuan build: unknown option '--frobnicate'
  'juesuan build --help' lists the options" build --frobnicate
wrong 'the beginning of an option' "juesuan build: unknown option '--cont'
  'juesuan build --help' lists the options" build --cont x
wrong 'an option that goes on' "juesuan build: unknown option '--outs'
  did you mean '--out'?" build --outs x
wrong 'a short option' "juesuan build: options are written in full: '-j4' is unknown
  'juesuan build --help' lists them" build -j4
wrong 'a letter of another option' "juesuan publish: options are written in full: '-b' is unknown
  'juesuan publish --help' lists them" publish -b x
wrong 'a letter with two dashes' "juesuan publish: unknown option '--m'
  'juesuan publish --help' lists the options" publish --m x
wrong 'a letter without its value' "juesuan publish: '-m' needs a value: -m MESSAGE" publish -m --push x
wrong 'an option of another command' "juesuan version: unknown option '--out'
  'juesuan version --help' lists the options" version --out x

wrong 'a value missing at the end' "juesuan build: '--out' needs a value: --out DIR" build --out
wrong 'an option in place of a value' "juesuan build: '--out' needs a value: --out DIR" build --out --strict
wrong 'an empty value' "juesuan build: '--out' needs a value: --out DIR" build --out ''
wrong 'an empty value behind =' "juesuan build: '--content' needs a value: --content DIR" build --content=
wrong 'an empty value of schema' "juesuan schema: '--out' needs a value: --out DIR" schema --out=
wrong 'a value where none is taken' "juesuan build: '--strict' takes no value" build --strict=yes
for jobs in 0 -1 257 1.0 4x 1e1 ' 1' +1 99999999999999999999; do
    wrong "$jobs threads" "juesuan build: --jobs must be a number from 1 to 256, not '$jobs'" build "--jobs=$jobs"
done
for max in -1 1.5 many 10001 ' 2'; do
    wrong "at most $max errors" "juesuan build: --max-errors must be a number from 0 to 10000, not '$max'" build "--max-errors=$max"
done
wrong 'a format that is unknown' "juesuan build: --format must be text or json, not 'xml'" build --format xml
wrong 'a mistake in the call, for machines' "juesuan build: --jobs must be a number from 1 to 256, not '0'" \
    build --format json --jobs 0

wrong 'something after all' "juesuan build: unexpected 'extra'
  usage: juesuan build" build extra
mkdir 'the sources'
touch 'the sources/site.json'
wrong 'the sources without their option' "juesuan build: unexpected 'the sources'
  name the folder of the sources: juesuan build --content 'the sources'" build 'the sources'
rm -r 'the sources'
wrong 'something more' "juesuan help: unexpected 'extra'
  usage: juesuan help [COMMAND]" help build extra
wrong 'an option behind --' "juesuan build: unexpected '--strict'
  usage: juesuan build" build -- --strict
wrong 'a schema that is not asked for' "juesuan schema: '--out' writes all schemas: leave out 'report'" \
    schema report --out schemas
is "$(ls)" '' 'none of these mistakes made a file'

# --- what is right ---

run "$juesuan" help -- build
is "$status" 0 'operands may stand behind --'
build "$root/content" a --base-url https://example.org/ --jobs 2
is "$status" 0 'values may stand behind a space'
run "$juesuan" build "--content=$root/content" --out=b "--theme=$themes" --jobs=2 --base-url=https://example.org/
is "$status" 0 'values may stand behind ='
check 'both are the same' diff -r a b
run "$juesuan" build "--content=$root/content" --out=--strict "--theme=$themes"
is "$status" 0 'behind =, a value may look like an option'
check 'behind =, a value is taken as it is' test -s ./--strict/index.html
run "$juesuan" build --out nowhere --content nowhere --out c --content "$root/content" --theme "$themes"
is "$status" 0 'of an option that comes twice, the last one counts'
check 'of an option that comes twice, the last one is taken' test -s c/index.html
check_not 'of an option that comes twice, the first one is not' test -e nowhere
build "$root/content" out///
is "$(echo "$out" | tail -1)" 'The site is in out. To look at it: python3 -m http.server --directory out' 'slashes at the end of a folder are not shown'
build "$root/content" 'an output'
is "$(echo "$out" | tail -1)" "The site is in an output. To look at it: python3 -m http.server --directory 'an output'" 'what is to be copied is quoted'

done_testing

#!/bin/sh
# Histories that are not as one would wish: objects that are lost or spoiled, merges, messages in no known
# encoding, names that mean two things, tens of thousands of commits. What diff, log, check and build say is
# in tests/cmd/bad_history/NAME: the output, the errors behind it, the exit status. The ids of commits are
# c1, c2 ... there, those of other objects OBJECT. UPDATE=1 writes these files, to be read by somebody.
. tests/cmd/tap.sh

golden=$root/tests/cmd/bad_history
cd "$ground" || exit 1
mkdir sources
"$juesuan" init sources/content >/dev/null
year=content/departments/example/culture/2024
total=example/culture/2024/income_expenditure_summary/total/final

# c1: no content yet; c2: the content; c3: a correction on a branch, which c4 merges, with another of its own;
# c5: a message that says GB18030, c6: one that says nothing of what it is
git init -q -b main .
git config gc.auto 0
git config core.autocrlf false
put_total() { # stated
    sed -i "s/\"id\": \"total\", \"final\": \"[0-9.]*\"/\"id\": \"total\", \"final\": \"$1\"/" $year/report.json
}
save() { # date message option...
    when=$1T12:00:00+0800
    said=$2
    shift 2
    [ ! -e content ] || git add -A content
    GIT_AUTHOR_DATE=$when GIT_COMMITTER_DATE=$when git "$@" commit -q --allow-empty -m "$said"
}
save 2024-08-01 '还没有内容'
cp -R sources/content .
rm -r sources
save 2024-09-05 '公开'
git checkout -q -b side
put_total 1300.00
save 2024-09-10 '更正总计'
git checkout -q main
sed -i 's/两天，以后错开/三天，以后错开/' $year/projects/p01.json
save 2024-09-11 '更正项目'
GIT_AUTHOR_DATE=2024-09-12T12:00:00+0800 GIT_COMMITTER_DATE=2024-09-12T12:00:00+0800 \
    git merge -q --no-ff -m '合并两处更正' side
put_total 1301.00
save 2024-09-13 "$(printf '\270\374\325\375')" -c i18n.commitEncoding=GB18030
put_total 1302.00
git add -A content
tree=$(git write-tree)
id=$(printf 'tree %s\nparent %s\nauthor a <a@b> 1726286400 +0800\ncommitter a <a@b> 1726286400 +0800\n\n\377\376 \033[31mred\n' \
    "$tree" "$(git rev-parse HEAD)" | git hash-object -t commit -w --stdin --literally)
git update-ref refs/heads/main "$id"

n=0
for id in $(git rev-list --reverse --topo-order main); do
    n=$((n + 1))
    printf 's/%s/c%d/g\ns/%.10s/c%d        /g\n' "$id" $n "$id" $n
done >ids.sed
printf 's/[0-9a-f]\\{40\\}/OBJECT/g\ns/, [0-9.]* s$/, SECONDS/\n' >>ids.sed

# What is not run under valgrind: what differs from another in the form or in the message alone.
slow='message-json twofold beginning no-commit no-content-yet-check lost-report_json-check
projects/p01.json lost-_-log lost-_-all'

mask() {
    sed -f ids.sed
}

told() { # name command...
    name=$1
    shift
    too_slow "$name" && return
    run "$juesuan" "$@"
    said_is "$name" "juesuan $*"
}

# --- merges, messages ---
told merge-log log $total
told merge-all log
told merge-diff diff HEAD~3 HEAD~2 --format csv
told message-json log $total --format json
git update-ref refs/tags/twofold HEAD~1
git update-ref refs/heads/twofold HEAD
told twofold diff twofold HEAD
told beginning diff 0 HEAD
told no-commit diff HEAD^{tree} HEAD
told no-content-yet diff "$(git rev-list --max-parents=0 main)" HEAD~4
told no-content-yet-check check --rev "$(git rev-list --max-parents=0 main)"

# --- what is lost, or spoiled, in an old revision ---
lose() { # revision:path
    file=.git/objects/$(git rev-parse "$1" | sed 's,^..,&/,')
    chmod u+w "$file"
    mv "$file" "$ground.lost"
}
find_again() {
    mv "$ground.lost" "$file"
}
for what in report.json projects/p01.json .; do
    too_slow "$what" && continue
    lost=$(printf %s "$what" | tr -c 'a-z0-9\n' _)
    lose "HEAD~2:$year/${what%.}"
    told "lost-$lost-log" log $total
    told "lost-$lost-all" log --no-cache
    told "lost-$lost-diff" diff HEAD~2 HEAD
    told "lost-$lost-check" check --rev HEAD~2
    run "$juesuan" build --no-cache --out site
    if [ "$what" = . ]; then # what was changed then cannot be known
        is "$status" 3 'a lost folder: there is no history'
        has "$err" 'note: with --no-history' '... which can be left out'
        run "$juesuan" build --no-history --out site
        is "$status$err" 0 'what is there now can be built then'
    else
        is "$status" 0 "lost $what: what is there now can be built"
        has "$err" 'was passed over' '... and what is lost is told'
        run "$juesuan" build --out site
        is "$status$err" 0 '... unless it is known from before'
    fi
    head -c 20 "$ground.lost" >"$file"
    told "spoiled-$lost-diff" diff HEAD~2 HEAD
    run "$juesuan" build --no-cache --no-history --out site
    is "$status" 0 "spoiled $what: what is there now can be built"
    find_again
done
lose HEAD~2^{tree}
told lost-tree log $total
find_again
lose HEAD~2
told lost-commit log $total
told lost-commit-build build --out site2
check_not 'and nothing is half done' test -e site2
find_again
run "$juesuan" log $total
is "$status$err" 0 'what is found again is as it was'

# --- 50,000 commits ---
if [ -z "$memcheck" ]; then
    {
        for n in $(seq 50000); do
            printf 'commit refs/heads/long\ncommitter a <a@b> %d +0800\ndata 1\n%d\n' $((1727000000 + n)) $((n % 10))
            [ $n -gt 1 ] || printf 'from %s\n' "$(git rev-parse HEAD)"
            printf 'M 100644 inline notes\ndata %d\n%d\n' ${#n} $n
        done
    } | git fast-import --quiet
    run "$juesuan" log $total --rev long
    is "$(printf '%s' "$out" | sed -f ids.sed)" "$(sed '/^--$/,$d' "$golden/merge-log")" \
        '50,000 commits that touch nothing do not matter'
    git checkout -q long -- .
    run "$juesuan" build --out site
    is "$status" 0 'and a site is built on them'
fi
done_testing

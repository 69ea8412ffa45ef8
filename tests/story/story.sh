#!/bin/sh
# story.sh DIR: a repository to try juesuan on, and the commands that tell what became of its figures.
#
# Run from the root of the project by `make story`; needs git and python3. $JUESUAN is the program. What
# is in DIR/content is the Fengtai department of content/, published four times:
#
#   2021-08-30  2020, as far as the report of 2021 allows to derive it: see story.py
#   2022-08-30  2021, with a slip: operating costs of 40.13 for 40.31
#   2022-09-15  the correction: 2021 as in content/
#   2022-11-10  a restatement: 2021 says another number for the expenditure of 2020 than was published then
#
# The days, the slip and the restatement are invented; the title of the site says so, and what stays of
# them. Author and days are fixed, so that every run gives the same commits.
set -eu

story=${1:?which folder?}
juesuan=${JUESUAN:-build/juesuan}
case $juesuan in /*) ;; *) juesuan=$PWD/$juesuan ;; esac
helper=$PWD/tests/story/story.py
department=beijing/fengtai/zwfwj

# --- a folder of our own, whatever the settings of the user are ---

if [ -e "$story" ] && [ ! -e "$story/.git/juesuan-story" ]; then
    echo "$story is there already, and is not a story: it is left alone" >&2
    exit 1
fi
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY XDG_CONFIG_HOME
[ ! -e "$story" ] || find "$story" -mindepth 1 -delete # somebody may be in it
GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 git -c init.templateDir= init -q -b main "$story"
: >"$story/.git/juesuan-story"
mkdir -p "$story/content/departments/$department"
cp -R content/site.json content/profiles content/classifications content/pages "$story/content"
cp content/departments/$department/department.json "$story/content/departments/$department"
cp -R content/departments/$department/2021 "$story/2021"
cd "$story"
rm content/profiles/shanghai-2024.json content/classifications/2024.json
chmod -R u+w .
export HOME="$PWD/.git" TZ=UTC PYTHONDONTWRITEBYTECODE=1
git config user.name 决算公开
git config user.email story@example.org
git config core.autocrlf false
report=content/departments/$department/2021/report.json

# --- what is told ---

say() { # line
    printf '\n# %s\n' "$1"
}

tell() { # argument of juesuan...
    line='$ juesuan'
    for word; do
        case $word in
        *[!A-Za-z0-9./_-]*) word="'$word'" ;;
        esac
        line="$line $word"
    done
    printf '%s\n' "$line"
    "$juesuan" "$@" 2>&1
}

publish() { # day message
    SOURCE_DATE_EPOCH=$(date -u -d "$1 09:00:00" +%s)
    export SOURCE_DATE_EPOCH
    tell publish -m "$2"
}

change() { # what in the report of 2021, by what
    python3 "$helper" replace "$report" "$1" "$2"
}

# --- the story ---

printf '# %s\n' '2021-08-30: the accounts of 2020, derived from what the report of 2021 says of them.'
mv 2021 content/departments/$department/2021
python3 "$helper" derive content/departments/$department/2021
mv content/departments/$department/2021 .
python3 "$helper" replace content/site.json '"title": "部门决算公开"' '"title": "部门决算公开（演示，经过是虚构的）"'
python3 "$helper" replace content/profiles/beijing-2021.json '"from": 2021' '"from": 2020'
publish 2021-08-30 '公开2020年度决算（从2021年度的报告推算）'

say '2022-08-30: the accounts of 2021. Two digits of the operating costs have changed places.'
mv 2021 content/departments/$department/2021
change '"final": "40.31"' '"final": "40.13"'
publish 2022-08-30 '公开2021年度决算'

say 'The checks had seen it: less the change that is stated, it is not what 2020 had. A warning stops nobody.'
tell check content --rule prior-report

say '2022-09-15: the correction.'
change '"final": "40.13"' '"final": "40.31"'
tell diff
publish 2022-09-15 '更正：机关运行经费是40.31，不是40.13（虚构的笔误）'

say 'This one is in the documents: what was there at the beginning of 2021 is not what 2020 had left.'
tell check content --rule balance-summary-implied-opening

say '2022-11-10: a restatement (invented). 2020 stays as it was published; 2021 says what it would be now.'
change '"prior_change": "1872.04", "prior_rate": "83.06",' \
    '"prior_change": "1871.54", "prior_rate": "83.02", "note": "虚构：上年数按新口径重述为 2254.40",'
change '"acknowledgements": [' '"acknowledgements": [
    {"rule": "prior-report", "figure": "income_expenditure_summary/expenditure-total/prior_change", "reason": "虚构：口径变了，上年数重述"},'
publish 2022-11-10 '重述：2020年度支出按新口径是2254.40（虚构）'

say 'What became of a figure that was corrected, and of one that was restated.'
tell log $department/2021/operating_costs/total/final
tell log $department/2021/income_expenditure_summary/expenditure-total/prior_change

say 'All that is different from what was first published.'
tell diff published/2022-08-30 published/2022-11-10

say 'From year to year. The report of 2021 says that this is 44.69 % more.'
tell diff 2020 2021 --table appropriation_summary

say 'The site as it was before the correction; and a copy of the one of today: is it what was published?'
tell build --rev published/2022-08-30 --out as-of-2022-08-30
mkdir copy
git archive site | tar -x -C copy
tell verify copy

#!/bin/sh
# What a report comes to, in the sentences at its head, and the terms that are explained where they are
# first used: the site that `juesuan init` makes, altered case by case. Expected values were worked out by
# hand. In English it is the same with other words.
. tests/cmd/tap.sh

year=departments/example/culture/2024
alter() { # SED-EXPRESSION file: in a fresh copy
    rm -rf "$ground/content"
    cp -R "$root/cmd/juesuan/init" "$ground/content"
    chmod -R u+w "$ground/content"
    sed -i 's/"language": "zh-CN"/&, "translations": [{"language": "en"}]/' "$ground/content/site.json"
    echo '# 说明（虚构）' >"$ground/content/$year/narrative.md"
    [ -z "$1" ] || sed -i "$1" "$ground/content/$2"
}
project() { # id name score: one more, like p01
    sed "s/\"id\": \"p01\"/\"id\": \"$1\"/; s/^  \"name\": \"[^\"]*\"/  \"name\": \"$2\"/; s/\"score\": \"99.44\"/\"score\": \"$3\"/" \
        "$root/cmd/juesuan/init/$year/projects/p01.json" >"$ground/content/$year/projects/$1.json"
}
summary() { # prefix: as text
    sed -n '/<div class="summary">/,/<\/div>/p' "$ground/site/$1$year/index.html" | sed 's/<[^>]*>//g; /^$/d'
}
says() { # what chinese english
    build "$ground/content" "$ground/site" --no-history
    is "$status" 0 "$1: the site is built"
    is "$(summary '')" "$2" "$1"
    is "$(summary en/)" "$3" "$1, in English"
}

alter '' site.json
says 'what is stated' \
    '本年支出 1,230.00 万元，比上年 +11.82%（按上一年的报告算出）。' \
    'Expenditure of the year 1,230.00 ten thousand yuan, against the year before +11.82% (computed from the report of the year before).'

alter '/"id": "expenditure-total"/s/"1230.00"/&, "prior_rate": "9.82", "prior_direction": "increase", "prior_reason": "新馆开放"/' $year/report.json
says 'a rate that the report states, and its reason' \
    '本年支出 1,230.00 万元，比上年增加 9.82%。原因（报告所述）：新馆开放。' \
    'Expenditure of the year 1,230.00 ten thousand yuan, against the year before Increase 9.82%. Reason as the report states it: 新馆开放.'

alter '/"id": "total"/s/, "completion": "96.67"//' $year/report.json
rm -r "$ground/content/departments/example/culture/2023"
says 'how much of the budget, worked out' \
    '本年支出 1,230.00 万元。
其中一般公共预算财政拨款支出 1,218.00 万元，完成年初预算的 96.67%（按决算数和年初预算数算出）。' \
    'Expenditure of the year 1,230.00 ten thousand yuan.
Of it from general public budget appropriations 1,218.00 ten thousand yuan, share of the initial budget spent: 96.67% (computed from the final accounts and the initial budget).'

alter '' site.json
rm -r "$ground/content/departments/example/culture/2023"
says 'what only the general public budget has' \
    '本年支出 1,230.00 万元。
其中一般公共预算财政拨款支出 1,218.00 万元，完成年初预算的 96.67%。' \
    'Expenditure of the year 1,230.00 ten thousand yuan.
Of it from general public budget appropriations 1,218.00 ten thousand yuan, share of the initial budget spent: 96.67%.'

alter '' site.json
rm -r "$ground/content/departments/example/culture/2023"
project p02 巡演（虚构） 100
project p03 展览（虚构） 100
project p04 讲座（虚构） 61.5
says 'projects' \
    '本年支出 1,230.00 万元。
其中一般公共预算财政拨款支出 1,218.00 万元，完成年初预算的 96.67%。
4 个自评项目中，得分最高的是巡演（虚构）等，另有同分的 1 个（100），最低的是讲座（虚构）（61.5）。' \
    'Expenditure of the year 1,230.00 ten thousand yuan.
Of it from general public budget appropriations 1,218.00 ten thousand yuan, share of the initial budget spent: 96.67%.
Of 4 self-evaluated projects, the highest score is that of 巡演（虚构） and 1 more (100), the lowest that of 讲座（虚构） (61.5).'

alter '/"id": "expenditure-total"/d' $year/report.json
rm -r "$ground/content/departments/example/culture/2023"
sed -i '/"id": "total", "final": "1218.00"/d' "$ground/content/$year/report.json"
build "$ground/content" "$ground/site" --no-history
is "$status" 0 'nothing is stated: the site is built'
is "$(summary '')$(summary en/)" '' 'nothing is stated: nothing is said'

# terms: each once on a page, at the first table that has it in its name, its columns or its lines
build "$root/content" "$ground/site" --no-history
for page in departments/beijing/fengtai/zwfwj/2021 en/departments/beijing/fengtai/zwfwj/2021; do
    page=$ground/site/$page/index.html
    explained=$(sed -n '/<details class="terms">/,/<\/details>/s/^<dt>\([^<]*\)<\/dt>.*/\1/p' "$page")
    is "$(echo "$explained" | sort | uniq -d)" '' 'no term is explained twice'
    term=$(sed -n '/id="table-three_public"/,/<\/section>/s/^<dt>\(.*三公.*\)<\/dt><dd>.*/\1/p' "$page")
    is "$term" '“三公”经费' 'a term is explained by the table that is called so'
done
done_testing

#!/bin/sh
# What the pages of the default theme say of themselves and of the site: the tags of the State Council's guide
# to government websites, Open Graph, and who is responsible in the footer. The content is that of
# tests/site/pages; what is expected is in tests/site/tags. UPDATE=1 writes it, to be read by somebody who
# knows the guide (国办发〔2017〕47号).
. tests/cmd/tap.sh

expected=tests/site/tags
content=$ground/content
cp -R tests/site/pages/content "$content"
chmod -R u+w "$content"
sed -i 's/"year": 2021,/& "published": "2022-08-31",/' "$content/departments/jia/2021/report.json"
sed -i 's/"continues": "old",/& "implementer": "实施的单位 <\&>",/' "$content/departments/jia/2021/projects/p2.json"

# Builds the site with these settings in the place of its own.
build() { # what it says, JSON
    printf '%s\n' "$2" >"$content/site.json"
    run "$juesuan" build --content "$content" --no-history --out "$ground/site"
    is "$status" 0 "a site that says $1 is built"
}

tags() { # page
    printf '== %s\n' "$1"
    grep -e '<meta name="[A-Zd]' -e '<meta property=' "$ground/site/$1"
}

footer() { # page
    printf '== %s\n' "$1"
    sed -n '/<footer/,/<\/footer>/p' "$ground/site/$1"
}

same() { # name, what is so
    [ -z "${UPDATE:-}" ] || cp "$ground/found" "$expected/$1"
    is "$(cat "$ground/found")" "$(cat "$expected/$1")" "$2"
}

build all '{"title": "虚构的“决算” <&> \"网站\"", "description": "部门、名称和数字都是编造的 <&>。",
  "base_url": "https://example.org:8080/a/b/", "publisher": "发布的局（虚构）",
  "organizer": "主办的局 <&>", "undertaker": "承办的中心（虚构）", "contact": "000-00000000 <&>",
  "site_code": "1100000001", "icp_record": "虚ICP备00000000号-1 <&>", "police_record": "虚公网安备 00000000000000号 <&>"}'
for page in index.html departments/index.html departments/jia/index.html departments/jia/2021/index.html \
    departments/jia/2021/projects/p2/index.html departments/jia/2021/evaluations/web/index.html \
    departments/jia/2022/index.html years/2021/index.html years/index.html quality/index.html data/index.html \
    data/dictionary/index.html glossary/index.html changes/index.html pages/about/index.html 404.html; do
    tags "$page"
done >"$ground/found"
same whole.txt 'a site that says all: the tags of its pages'
footer departments/jia/2021/index.html >"$ground/found"
same footer.txt 'and its footer'

build nothing '{"title": "虚构"}'
for page in index.html departments/jia/2021/index.html departments/jia/2022/index.html pages/about/index.html; do
    tags "$page"
done >"$ground/found"
footer index.html >>"$ground/found"
same bare.txt 'a site that says nothing: no tag and no line is there for it'
is "$(grep -rlE '<meta [^>]*content=""' "$ground/site")" '' 'no tag is empty'

build 'which ministry it is of' '{"title": "虚构", "site_code": "bm00000001", "publisher": "发布的局"}'
{
    tags pages/about/index.html
    footer pages/about/index.html
} >"$ground/found"
same ministry.txt 'a ministry has a code of its own; without an organizer a page is from the publisher'
done_testing

mkdir -p in/theme/templates in/theme/labels
cp theme/templates/home.mustache in/theme/templates/
echo '{"home": "首页"}' >in/theme/labels/zh-CN.json
for file in in/theme/templates/home.mustache in/theme/labels/zh-CN.json; do
    { printf '\357\273\277' && cat "$file"; } >marked
    mv marked "$file"
done

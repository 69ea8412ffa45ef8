mkdir -p in/theme/templates in/theme/labels in/theme/assets
touch in/theme/style.css in/theme/home.mustache in/theme/templates/home.html in/theme/assets/Thumbs.db
echo '{{nothing}}' >in/theme/templates/homepage.mustache
echo '{"home": "首页"}' >in/theme/labels/zh_CN.json
echo '{"homee": "首页"}' >in/theme/labels/zh-CN.json

mkdir -p in/theme/labels
echo '{"home": 3}' >in/theme/labels/zh-CN.json

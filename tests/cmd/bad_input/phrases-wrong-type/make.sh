sed -i 's/"language": "zh-CN"/&,\n  "translations": [{"language": "en"}]/' in/site.json
mkdir -p in/theme/labels
echo '{"phrases": {"收入": 3, "支出": ["x"]}, "homee": "Home"}' >in/theme/labels/en.json

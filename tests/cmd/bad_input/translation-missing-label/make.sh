sed -i 's/"language": "zh-CN"/&,\n  "translations": [{"language": "en"}]/' in/site.json
sed -i '/"skip"/d; /"income"/d' theme/labels/en.json

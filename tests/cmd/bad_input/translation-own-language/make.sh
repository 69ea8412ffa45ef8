sed -i 's/"language": "zh-CN"/&,\n  "translations": [{"language": "zh-CN"}]/' in/site.json

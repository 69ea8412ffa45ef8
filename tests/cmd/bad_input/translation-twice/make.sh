sed -i 's/"language": "zh-CN"/&,\n  "translations": [{"language": "en"}, {"language": "en"}]/' in/site.json

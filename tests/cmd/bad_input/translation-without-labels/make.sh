sed -i 's/"language": "zh-CN"/&,\n  "translations": [{"language": "en"}, {"language": "fr"}]/' in/site.json

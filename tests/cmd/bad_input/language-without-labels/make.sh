sed -i 's/"zh-CN"/"fr"/' in/site.json

sed -i 's/"zh-CN"/"en"/' in/site.json

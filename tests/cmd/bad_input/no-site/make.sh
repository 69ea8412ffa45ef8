rm in/site.json

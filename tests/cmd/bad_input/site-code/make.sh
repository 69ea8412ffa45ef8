sed -i '2i "site_code": "11010600012",' in/site.json

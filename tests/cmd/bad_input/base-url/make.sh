sed -i '2i "base_url": "https://user:word@example.org/",' in/site.json

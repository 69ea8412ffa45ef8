sed -i 's|"https://example.org/"|"https://user:word@example.org/"|' in/site.json

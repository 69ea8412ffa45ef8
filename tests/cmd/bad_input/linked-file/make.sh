echo '# 别处的文字' >elsewhere.md
ln -sf "$PWD/elsewhere.md" in/departments/example/culture/2024/narrative.md
mv in/site.json site.json
ln -s ../site.json in/site.json

mkdir -p mine
echo '{"extends": "theme"}' >mine/theme.json

mkdir mine
echo '{"extends": "theme"' >mine/theme.json

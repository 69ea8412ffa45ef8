mkdir mine
echo '{"extends": "mine"}' >mine/theme.json

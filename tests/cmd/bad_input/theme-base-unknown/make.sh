mkdir -p themes/mine
mv theme themes/default
echo '{"extends": "defualt"}' >themes/mine/theme.json

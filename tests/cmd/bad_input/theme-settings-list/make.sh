mkdir mine
echo '["theme"]' >mine/theme.json

mkdir -p mine/templates mine/assets
echo '{"extends": "theme"}' >mine/theme.json
echo "what a theme may come with" >mine/README
echo "{{title}}" >mine/templates/hoem.mustache
touch mine/templates/home.html

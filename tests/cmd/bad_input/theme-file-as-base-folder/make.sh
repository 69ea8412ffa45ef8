mkdir -p mine/assets theme/assets/fonts
touch theme/assets/fonts/a.woff2 mine/assets/fonts
echo '{"extends": "theme"}' >mine/theme.json

mkdir -p in/theme/assets/style.css
touch in/theme/assets/style.css/x.css

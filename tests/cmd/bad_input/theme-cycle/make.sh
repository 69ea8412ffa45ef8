mkdir one two
echo '{"extends": "two"}' >one/theme.json
echo '{"extends": "one"}' >two/theme.json

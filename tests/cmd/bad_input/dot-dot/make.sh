year=in/departments/example/culture/2024
echo '{"secret": 1}' >secret.json
sed -i 's|"profile": "example-2024"|"profile": "../../secret"|' $year/report.json
sed -i 's|"id": "p01"|"id": "../../../secret"|' $year/projects/p01.json
mkdir -p in/theme/templates
echo '{{>../../../secret}}' >in/theme/templates/home.mustache

mv in/departments/example/culture/2023 elsewhere
ln -s ../../../../elsewhere in/departments/example/culture/2023
cp -R in/departments/example other
ln -s ../../other in/departments/other
mkdir -p own/templates
echo '{{title}}' >own/templates/home.mustache
ln -s ../own in/theme

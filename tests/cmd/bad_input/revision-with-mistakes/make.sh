# they are in the revision, and mended in the folder
mkdir 资料
cp -R in 资料/in
year=资料/in/departments/example/culture/2024
sed -i 's/"year": 2024/"year": 2O24/' $year/report.json
rm $year/narrative.md
ln -s ../../../../README.md $year/narrative.md
mkdir 资料/in/theme
ln -s ../README.md 资料/in/theme/labels
commit 资料 2024-09-05 first
git -C 资料 branch draft
rm -rf 资料/in
cp -R in 资料/in

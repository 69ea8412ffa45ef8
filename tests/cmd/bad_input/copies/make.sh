cd in/departments/example/culture/2024/projects
cp p01.json p02.json
cp p01.json 'p01 - 副本.json'
cp p01.json p03.json
sed -i 's/"id": "p01"/"id": "p04"/' p03.json
cd ../../../../../classifications
cp 2024.json 2025.json

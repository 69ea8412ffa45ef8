mv in/departments/example/culture/2024/projects/p01.json elsewhere.json
ln -s ../../../../../../elsewhere.json in/departments/example/culture/2024/projects/p01.json
mv in/profiles/example-2024.json profile.json
ln -s ../../profile.json in/profiles/example-2024.json

echo '{"secret": 1}' >secret.json
sed -i 's|"profile": "example-2024"|"profile": "../../secret"|' in/departments/example/culture/2024/report.json
sed -i 's|"id": "p01"|"id": "../../../secret"|' in/departments/example/culture/2024/projects/p01.json
sed -i 's|{{facts/visitors/value}}|{{../../2023/facts/visitors/value}}|' in/departments/example/culture/2024/narrative.md

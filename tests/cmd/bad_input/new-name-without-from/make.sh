# as somebody does it who reads "put the new name first" and nothing else
sed -i 's|^  "names": \[|&\n    {"name": "示例市文旅广电局（虚构）"},|' in/departments/example/culture/department.json

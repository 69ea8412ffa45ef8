# a project of the year before that is not there, and one whose name is typed wrong
mkdir in/departments/example/culture/2023/projects
sed 's/"year": 2024/"year": 2023/' in/departments/example/culture/2024/projects/p01.json >in/departments/example/culture/2023/projects/p01.json
sed -i 's/"id": "p01",/"id": "p01", "continues": "p1",/' in/departments/example/culture/2024/projects/p01.json

rm -r in/departments/example/culture/2024/projects in/departments/example/culture/2024/evaluations
echo 'p01' >in/departments/example/culture/2024/projects

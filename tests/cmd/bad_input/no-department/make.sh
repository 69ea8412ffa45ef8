rm in/departments/example/culture/department.json

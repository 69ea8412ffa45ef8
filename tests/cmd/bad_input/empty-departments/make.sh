rm -r in/departments/example

rm -r in/departments/example/culture/20*

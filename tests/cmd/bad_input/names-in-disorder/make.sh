cat >in/departments/example/culture/department.json <<'J'
{
  "names": [
    {"name": "示例市文化局（虚构）", "from": "2009", "to": "2019-06-01"},
    {"name": "示例市文化和旅游局（虚构）", "from": "2019-03-01"}
  ],
  "division": "999900", "division_name": "示例市", "level": "prefecture",
  "units": [{"id": "museum", "name": "示例市博物馆", "from": "2020", "to": "2012"}]
}
J
mkdir in/departments/example/sports
cat >in/departments/example/sports/department.json <<'J'
{
  "names": [
    {"name": "示例市体育总局（虚构）", "from": "2019-03-01"},
    {"name": "示例市体育局（虚构）", "from": "2009", "to": "2019-06-01"}
  ],
  "division": "999900", "division_name": "示例市", "level": "prefecture"
}
J

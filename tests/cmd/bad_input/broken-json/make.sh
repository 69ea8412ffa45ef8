# a comma too many behind the last line of a table
sed -i '/"uses-total"/s/}$/},/' in/departments/example/culture/2024/report.json

mkdir -p in/theme/templates/parts
sed 's/{{label}}/{{lable}}/' theme/templates/parts/table.mustache >in/theme/templates/parts/table.mustache

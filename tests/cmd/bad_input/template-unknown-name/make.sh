# the part is in the texts and in the table of a report, which is in the page of the report
mkdir -p in/theme/templates/parts
sed '1s/^/{{lable}}/' theme/templates/parts/table.mustache >in/theme/templates/parts/table.mustache

rm theme/templates/report.mustache theme/templates/parts/csv.mustache theme/labels/*.json

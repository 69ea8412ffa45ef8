# a file that was not copied whole
head -c 776 in/departments/example/culture/2024/report.json >cut
mv cut in/departments/example/culture/2024/report.json

# one mistake in each file: what people write who write JSON for the first time
cd in/departments/example/culture
sed -i '/"opening"/s/},$/}/' 2024/report.json                    # no comma at the end of a line
sed -i '/"opening"/s/"40.00"},/"40.00",/' 2023/report.json       # no closing brace
sed -i 's/"score": "92"/"score": 1,092.00/' 2024/evaluations/overall.json
sed -i 's/"goal":/goal:/' 2024/projects/p01.json                 # a key without quotes
sed -i 's/"level": /"level":　/' department.json                  # a full-width space
cd ../../..
sed -i 's/"虚构的示例：部门和数字都不是真的。",/"虚构的示例：部门和数字都不是真的。/' site.json # no closing quote
sed -i 's/"unit": "万元",/"unit"："万元"，/' profiles/example-2024.json
printf '}\n' >>classifications/2024.json

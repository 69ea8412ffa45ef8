sed -i '/"income-other"/s/"final"/"finale"/
/"reception"/s/"final"/"share"/' in/departments/example/culture/2024/report.json

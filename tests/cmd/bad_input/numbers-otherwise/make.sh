# as Word, Excel and calculators write them
sed -i '/"income-other"/s/"12.00"/"1,200.00"/
/"income-total"/s/"1212.00"/"1.2E+03"/
/"opening"/s/"50.00"/5e1/
/"closing"/s/"32.00"/"３２．００"/
/"expenditure-total"/s/"1230.00"/"1230.00万元"/
/"prior_rate"/s/"9.74"/"+9.74%"/' in/departments/example/culture/2024/report.json

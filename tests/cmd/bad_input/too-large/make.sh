sed -i 's/"final": "1200.00"/"final": "92233720368547758.07"/
s/"final": "12.00"/"final": "12.000000000000000000"/' in/departments/example/culture/2024/report.json

sed -i 's/"year": 2024/"year": "2024"/
s/"final": "4.50"/"final": ["4.50"]/
s/"final": "0.30"/"final": null/' in/departments/example/culture/2024/report.json

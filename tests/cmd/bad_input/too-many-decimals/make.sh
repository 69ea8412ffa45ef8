sed -i 's/"final": "0.30"/"final": "0.3000001"/' in/departments/example/culture/2024/report.json

rm in/classifications/2024.json

sed -i 's/"from": 2023,/"from": 2026,/
s/"id": "staffing"/"id": "all_figures"/
s/"id": "opening", "label": "年初结转和结余", "side": "income"/"id": "opening", "label": "年初结转和结余"/
s/"level": 2/"level": 9/' in/profiles/example-2024.json

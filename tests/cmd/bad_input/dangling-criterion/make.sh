sed -i 's/"id": "results"/"id": "results", "parent": "effect"/' in/departments/example/culture/2024/evaluations/overall.json

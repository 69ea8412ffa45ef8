mkdir mine
printf '{\n  "extend": "theme",\n  "extends": ["theme"]\n}\n' >mine/theme.json

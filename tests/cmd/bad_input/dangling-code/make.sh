sed -i '/"20701"/d; /"208"/d' in/classifications/2024.json

sed -i 's|{{facts/visitors/value}}|{{../2023/general_public_expenditure/total/final}}|' in/departments/example/culture/2024/narrative.md
printf '# 关于\n\n[文件](../../../../etc/passwd) {{../2024/facts/visitors/value}}\n' >in/pages/about.md

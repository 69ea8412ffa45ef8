mkdir -p in/theme/templates/parts
printf '{{>parts/b}}\n' >in/theme/templates/parts/a.mustache
printf '{{>parts/a}}\n' >in/theme/templates/parts/b.mustache
printf '<ul>\n{{>parts/a}}\n</ul>\n' >in/theme/templates/home.mustache

# whether it ends, only the data tell
mkdir -p in/theme/templates/parts
printf '{{#report}}{{>parts/loop}}{{/report}}\n' >in/theme/templates/parts/loop.mustache
printf '{{>parts/loop}}\n' >in/theme/templates/project.mustache
printf '{{>parts/loop}}\n' >in/theme/templates/evaluation.mustache

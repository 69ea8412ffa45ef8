mkdir -p in/theme/templates
printf '{{<layout}}\n{{$main}}\n{{#reports}}\n<p>{{title}</p>\n{{/main}}\n{{/layout}}\n' >in/theme/templates/home.mustache

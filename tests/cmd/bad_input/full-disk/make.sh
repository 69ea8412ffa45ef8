sed -i 's/示例市部门决算公开/示例市决算/' in/site.json
can_mount

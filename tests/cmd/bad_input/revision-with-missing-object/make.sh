printf '# 一页\n' >in/pages/one.md
printf '# 两页\n' >in/pages/two.md
commit in 2024-09-05 first
for page in one two; do
    object=$(git -C in rev-parse HEAD:pages/$page.md | sed 's|^..|&/|')
    chmod u+w in/.git/objects/$object
    if [ $page = one ]; then
        rm in/.git/objects/$object
    else
        echo 'no object' >in/.git/objects/$object
    fi
done

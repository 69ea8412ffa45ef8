# which old versions of Notepad put before each text
for file in in/site.json in/pages/about.md in/departments/example/culture/2024/narrative.md; do
    { printf '\357\273\277' && cat "$file"; } >marked
    mv marked "$file"
done

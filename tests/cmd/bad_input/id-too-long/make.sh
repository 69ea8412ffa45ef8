# as a line of a profile and as the folder of a department
long=$(printf '%0300d' 0 | tr 0 a)
sed -i "s/\"id\": \"reception\"/\"id\": \"$long\"/" in/profiles/example-2024.json
mkdir "in/departments/$(echo "$long" | cut -c1-101)"

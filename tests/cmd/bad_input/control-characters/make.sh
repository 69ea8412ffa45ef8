touch "$(printf 'in/departments/example/culture/2024/projects/p\033[31m\a\n02.txt')"
cp in/departments/example/culture/2024/projects/p01.json "$(printf 'in/departments/example/culture/2024/projects/q\033]0;x\a.json')"
mkdir "$(printf 'in/departments/a\tb')"

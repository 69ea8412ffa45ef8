commit in 2024-09-05 first
git -C in branch 2024
commit in 2024-09-06 second
git -C in tag 2024

commit in 2024-09-05 first
git -C in tag published/2024-09-05

commit in 2024-09-05 first

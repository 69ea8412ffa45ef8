commit in 2024-09-05 first
mkdir in/new
mv in/[a-z]*s in/site.json in/new

cd in/departments/example/culture/2024
mv narrative.md narative.md
mv projects/p01.json projects/p01.JSON
mv evaluations evaluation
touch Thumbs.db

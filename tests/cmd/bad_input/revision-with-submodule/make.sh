commit in 2024-09-05 first
git -C in update-index --add --cacheinfo 160000,$(git -C in rev-parse HEAD),departments/other
git -C in commit -q -m second

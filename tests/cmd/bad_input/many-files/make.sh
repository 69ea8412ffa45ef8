sh "$case/../many.sh" 3000

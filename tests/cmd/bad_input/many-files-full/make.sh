[ -n "$full" ] || {
    echo 'slow'
    exit 77
}
sh "$case/../many.sh" 100000

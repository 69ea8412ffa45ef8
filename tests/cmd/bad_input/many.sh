# many.sh NUMBER: so many files where two kinds of files belong that nothing reads
year=in/departments/example/culture/2024
(cd $year/projects && seq "$(($1 / 2))" | sed 's/.*/note-&.txt/' | xargs touch)
(cd $year/evaluations && seq "$(($1 - $1 / 2))" | sed 's/.*/note-&.md/' | xargs touch)

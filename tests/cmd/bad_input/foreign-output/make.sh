mkdir mine
echo 'my own' >mine/thesis.txt

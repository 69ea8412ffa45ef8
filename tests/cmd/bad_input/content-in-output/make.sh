mkdir around
mv in around/in

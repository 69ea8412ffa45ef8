git init -q -b main in

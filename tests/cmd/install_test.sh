#!/bin/sh
# What `make install` puts where, and that the program works from there.
. tests/cmd/tap.sh

# Nothing is compiled here: only what `make` has made is installed.
install_to() { # folder
    env -u MAKEFLAGS -u MAKELEVEL -u SANITIZE make -s install DESTDIR="$1" PREFIX=/usr
}
if ! env -u MAKEFLAGS -u MAKELEVEL -u SANITIZE make -q all 2>/dev/null; then
    echo '1..0 # SKIP the plain build is not up to date'
    exit 0
fi

run install_to "$ground/根"
is "$status $out$err" '0 ' 'make install: all is well'
is "$(cd "$ground/根" && find . -type f ! -path '*/share/juesuan/*' | LC_ALL=C sort)" "./usr/bin/juesuan
./usr/share/man/man1/juesuan.1
./usr/share/man/man5/juesuan-content.5
./usr/share/man/man5/juesuan-profile.5
./usr/share/man/man5/juesuan-theme.5
./usr/share/man/man7/juesuan-rules.7" 'make install: the program and its manual pages'
check 'make install: the themes' diff -r "$root/themes" "$ground/根/usr/share/juesuan/themes"
is "$(find "$ground/根" -type f ! -perm 644 ! -name juesuan)" '' 'make install: everybody may read'
for page in "$ground"/根/usr/share/man/man?/*; do
    check "${page##*/}: what was built" cmp "$page" "build/${page##*/}"
done

run "$ground/根/usr/bin/juesuan" build --content content --out "$ground/site"
is "$status" 0 'the installed program finds its theme'
check 'the installed program makes a site' test -s "$ground/site/index.html"

done_testing

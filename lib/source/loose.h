/*
 * loose: objects of git that are files of their own, read by a backend of ours. Private to
 * lib/source.
 *
 * libgit2 1.5 never returns from reading one that was cut off, which is what a full disk or a crash
 * leaves behind. Here that is an error. Depends on base, libgit2 and zlib.
 */
#ifndef SOURCE_LOOSE_H
#define SOURCE_LOOSE_H

#include <git2.h>

/*
 * Makes an object database look for loose objects here, before libgit2 does: in the folder
 * `objects` of a repository, and those that its info/alternates names.
 */
void loose_use(git_odb *objects, const char *folder);

#endif

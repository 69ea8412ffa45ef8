/*
 * misnamed: names of files that are nearly those that are read. A figure in such a file would not
 * be published, and nobody would notice. Private to lib/source.
 *
 * Nearly: in other case, with ".txt" behind it, or with a typing error, two in a long name. Names
 * that end in '~' are copies that editors make. Depends on base and text/suggest.h.
 */
#ifndef SOURCE_MISNAMED_H
#define SOURCE_MISNAMED_H

#include "base/fs.h"

struct arena;

/* Which of these (ended by NULL) a name nearly is, or is; NULL: none. */
const char *misnamed(const char *name, const char *const *names);
/* The name with the ending (".json", ".md") that it nearly has, in the arena; NULL: it has it, or
 * quite another one. */
const char *misnamed_ending(const char *name, const char *ending, struct arena *arena);
/* What of a folder is nearly called so, or is a copy of what is: "report (1).json". NULL: nothing.
 */
const char *misnamed_in(const struct fs_list *list, const char *name);

#endif

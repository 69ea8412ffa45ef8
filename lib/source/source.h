/*
 * source: one way to read a content folder.
 *
 * It is a folder of the file system, or the same folder as of a revision of the git repository that
 * it lies in. A revision gives the bytes that were committed: what git alters when it checks files
 * out (ends of lines, filters) is not done, so that a build does not depend on such settings.
 *
 * Paths are relative to the content folder, with '/', without "." and "..". What a folder holds
 * comes sorted. Symbolic links are never followed, so nothing outside of the folder can be reached.
 * A submodule is a folder that cannot be listed, since its files are in another repository.
 * A source may be read by several threads at once.
 *
 * Depends on base, text/escape.h, on struct source_text of model/source_text.h, and libgit2.
 */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fs.h"
#include "model/source_text.h"

struct arena;
struct errs;
struct object_id;
struct source;

/* The largest source file that is read. */
enum { SOURCE_FILE_MAX = 64 * 1024 * 1024 };

/* A folder of the file system, as the user named it. NULL after adding an error. */
struct source *source_open_folder(const char *path, struct errs *errs);
/*
 * The same folder as of a commit, tag or branch. It may lie anywhere in the repository, which may
 * be bare, and need not be there now. NULL after adding an error.
 */
struct source *source_open_revision(const char *path, const char *revision, struct errs *errs);
void source_close(struct source *source);

/* From now on errors call it a folder of that name: for a revision that is what the folder is. */
void source_show_as(struct source *source, const char *folder);

/* `path` as the user knows it, for errors, and harmless on a terminal: below the name of the
 * folder, or REVISION:path, as git calls it. */
const char *source_shown(const struct source *source, const char *path, struct arena *arena);

/* What the folder `path` holds ("" is the content folder itself). */
int source_list(const struct source *source, const char *path, struct arena *arena,
                struct fs_list *out, struct errs *errs);

/* Whether there is anything of that path. */
bool source_has(const struct source *source, const char *path);

/* That a folder of a revision is a certain tree, which then need not be looked for. */
void source_hint_folder(struct source *source, const char *path, const struct object_id *tree);

/* Whether a revision has exactly that as a file, which is not read for it. Of a folder: false. */
bool source_has_same(const struct source *source, const char *path, const struct source_text *text);

/* A whole file, in the arena. */
int source_read(const struct source *source, const char *path, struct arena *arena,
                struct source_text *out, struct errs *errs);

#endif

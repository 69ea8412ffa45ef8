/*
 * source: one way to read a content folder.
 *
 * Paths are relative to the content folder, with '/', without "." and "..". What a folder holds
 * comes sorted. Symbolic links are never followed, so nothing outside of the folder can be reached.
 * A source may be read by several threads at once.
 *
 * Depends on base, text/escape.h and on struct source_text of model/source_text.h.
 */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fs.h"
#include "model/source_text.h"

struct arena;
struct errs;
struct source;

/* The largest source file that is read. */
enum { SOURCE_FILE_MAX = 64 * 1024 * 1024 };

/* A folder of the file system, as the user named it. NULL after adding an error. */
struct source *source_open_folder(const char *path, struct errs *errs);
void source_close(struct source *source);

/* `path` as the user knows it, for errors: below the name of the folder, and harmless on a
 * terminal.
 */
const char *source_shown(const struct source *source, const char *path, struct arena *arena);

/* What the folder `path` holds ("" is the content folder itself). */
int source_list(const struct source *source, const char *path, struct arena *arena,
                struct fs_list *out, struct errs *errs);

/* Whether there is anything of that path. */
bool source_has(const struct source *source, const char *path);

/* A whole file, in the arena. */
int source_read(const struct source *source, const char *path, struct arena *arena,
                struct source_text *out, struct errs *errs);

#endif

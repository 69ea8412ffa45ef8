/*
 * content_reading: what the readers of the content folder share. Private to lib/source.
 */
#ifndef SOURCE_CONTENT_READING_H
#define SOURCE_CONTENT_READING_H

#include "base/err.h"
#include "source/content.h"

/* What is needed all along while reading. */
struct reading {
    const struct source *source;
    const struct catalog *catalog; /* NULL while it is read */
    struct arena *arena;
    struct errs *errs;
};

/* --- names --- */

/* The length of a name without the ending, 0 when it has another one or is nothing else. */
size_t content_stem(const char *name, const char *ending);
/* Four digits, the first of them not 0. */
bool content_is_year(const char *name, size_t len);
int64_t content_year(const char *name);
/* Names that begin with a dot, and what systems leave behind. */
bool content_is_passed_over(const struct fs_entry *entry);
const struct fs_entry *content_find(const struct fs_list *list, const char *name);
bool content_is_kind(const struct fs_list *list, const char *name, enum fs_kind kind);
/* A name of a file, for a message. */
const char *content_shown(struct reading *r, const char *name);

/* --- errors --- */

/* A file that nothing reads, or a link. `what` says what belongs here. It is a warning, but an
 * error when the name is nearly `meant`, or is `meant` and another kind of thing; NULL: neither. */
void content_unexpected(struct reading *r, const char *folder, const struct fs_entry *entry,
                        const char *what, const char *meant);
/* A file that must be in a folder and is not in its list. What is nearly called so is in the hint,
 * or else `hint` is. */
void content_missing(struct reading *r, const char *folder, const struct fs_list *list,
                     const char *name, const char *message, const char *hint);
/* An error about a folder as a whole. */
struct err *content_folder_error(struct reading *r, const char *folder, const char *id,
                                 const char *format, ...) PRINTF_FORMAT(4, 5);
/* An id must be what the file, a .json of the content folder, is called. -1 after an error. */
int content_check_id(struct reading *r, const struct source_text *text, const struct text *id,
                     const char *path);
/* Hands the errors over, in the order of files and lines. -1 when there is one. */
int content_finish(struct errs *own, struct errs *errs);

/* --- reading --- */

/* A folder of the content folder; empty when it is missing or cannot be read. */
struct fs_list content_list_folder(struct reading *r, const struct fs_list *root,
                                   const char *folder);
/* Reads a JSON source into a zeroed record. What stands in `text` stays for binding. */
int content_read_record(struct reading *r, const struct entity *entity, const char *path,
                        struct source_text *text, void *record);

#endif

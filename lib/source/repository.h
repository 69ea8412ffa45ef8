/*
 * repository: the git repository that a content folder lies in, and its commits.
 *
 * Nothing is ever written, no program is run, nothing is fetched. What the user has set for git,
 * such as who may own a repository, holds here too. A repository is used by one thread at a time,
 * but what is read through the sources that are opened on it may be read by several.
 *
 * Depends on base, text and libgit2.
 */
#ifndef SOURCE_REPOSITORY_H
#define SOURCE_REPOSITORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct err;
struct errs;
struct git_odb;
struct repository;
struct source;

/* The name of a git object. All zero: none. */
struct object_id {
    unsigned char bytes[20];
};

enum { OBJECT_HEX_SIZE = 41 };

void object_id_format(const struct object_id *id, char hex[OBJECT_HEX_SIZE]);
/* The name that git would give to a file of that content. */
void object_id_hash(const void *data, size_t len, struct object_id *out);
bool object_id_same(const struct object_id *a, const struct object_id *b);

/*
 * The repository of a content folder: of a working tree, a linked one, or a bare repository. The
 * folder need not exist now, since it may have existed once; its nearest folder that exists must
 * lie in a repository. NULL after adding an error.
 */
struct repository *repository_open(const char *content, struct errs *errs);
void repository_close(struct repository *repository);

/* Where the content folder lies in its trees: "content", "" at the root. */
const char *repository_content(const struct repository *repository);

/*
 * The commit that a name stands for: a commit's id or the beginning of it, a branch, a tag, and all
 * that git understands (HEAD~2). -1 after adding an error, with the nearest name as a hint.
 */
int repository_find(struct repository *repository, const char *revision, struct object_id *commit,
                    struct errs *errs);

struct commit {
    struct object_id id;
    struct object_id parent; /* the first; without one, all zero */
    int64_t time;            /* of its author, in seconds since 1970 */
    int offset;              /* of their clock, in minutes east of UTC */
    const char *summary;     /* the first paragraph of the message, in one line of UTF-8 */
};

/* What a commit says of itself; texts are in the arena. 1, or 0 when it is missing because the
 * repository is a shallow clone, or -1 after adding an error. */
int repository_commit(struct repository *repository, const struct object_id *id,
                      struct arena *arena, struct commit *out, struct errs *errs);

/* Whether it has been set. */
bool object_id_is_set(const struct object_id *id);

/* The tree of the content folder in a commit: 1, or 0 when there is no such folder, or -1 after
 * adding an error, which calls the commit `name`. */
int repository_content_tree(struct repository *repository, const struct object_id *commit,
                            const char *name, struct object_id *tree, struct errs *errs);

/* What a tree has of a name; false when there is nothing, or it cannot be read. */
bool repository_entry(struct repository *repository, const struct object_id *tree, const char *name,
                      struct object_id *out);

/* From the tree of a folder to that of one below it ("" is the same): 1, or 0 when there is no such
 * folder, or -1 after adding an error, which calls the revision `name`. */
int repository_folder(struct repository *repository, const char *path, struct object_id *tree,
                      const char *name, struct errs *errs);

/*
 * Calls visit() for the path of each file that two trees do not have alike, or only one of them
 * has; in the order of git. NULL: no tree. Only what differs is read. -1 after adding an error.
 */
int repository_differences(struct repository *repository, const struct object_id *a,
                           const struct object_id *b, const char *name,
                           void (*visit)(void *ctx, const char *path), void *ctx,
                           struct errs *errs);

/* The content as of a commit, which errors call `name`. The repository must stay open. */
struct source *repository_source(struct repository *repository, const struct object_id *commit,
                                 const char *name, struct errs *errs);

/* --- for what uses libgit2 itself --- */

/* What libgit2 says is wrong. */
const char *repository_reason(void);

struct git_repository *repository_git(const struct repository *repository);
struct git_odb *repository_objects(const struct repository *repository);

/* The tree of a commit; an error calls it `name`. */
int repository_tree(struct repository *repository, const struct object_id *commit, const char *name,
                    struct object_id *tree, struct errs *errs);

/* Adds an error about an object that could not be read, by what libgit2 returned; `shown`: what of
 * the sources it is. */
void repository_add_broken(const struct repository *repository, const struct object_id *id,
                           const char *shown, int code, struct errs *errs);

#endif

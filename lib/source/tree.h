/*
 * tree: git objects as they are stored, and what a tree has. Private to lib/source.
 *
 * Objects are read from the object database of a repository, which several threads may do at once;
 * libgit2's own trees are for one thread. Depends on base, libgit2 and libcrypto.
 */
#ifndef SOURCE_TREE_H
#define SOURCE_TREE_H

#include <git2.h>

#include "base/fs.h"
#include "source/repository.h"

/* An object that could not be read, and what libgit2 returned for it. */
struct broken {
    struct object_id id;
    int code;
};

/* An object of that type that is what its name says, to be freed. NULL after setting what is
 * broken. */
git_odb_object *object_read(git_odb *objects, const struct object_id *id, git_object_t type,
                            struct broken *broken);
/*
 * A tree, to be freed, of those that were read last, or read now: what goes through the commits one
 * by one needs each twice. By one thread at a time.
 */
git_odb_object *repository_read_tree(struct repository *repository, const struct object_id *id,
                                     struct broken *broken);
/* The bytes that an object will have. 0 also when that is not known: reading it will tell why. */
size_t object_size(git_odb *objects, const struct object_id *id);

/* What a tree has of a name. */
struct tree_entry {
    const char *name; /* in the tree's bytes */
    enum fs_kind kind;
    bool is_submodule; /* then it is a folder */
    struct object_id id;
};

/* Goes through a tree, from its first entry to the last. */
struct tree_reader {
    const char *at, *end;
    struct object_id id; /* of the tree */
};

struct tree_reader tree_start(git_odb_object *tree);
/* 1, or 0 behind the last, or -1 after setting what is broken. */
int tree_next(struct tree_reader *reader, struct tree_entry *out, struct broken *broken);
/* Passes over what both have next, byte by byte, as long as it is well-formed. */
void tree_skip_same(struct tree_reader *a, struct tree_reader *b);
/* The entry of that name: 1, or 0 without one, or -1. */
int tree_find(git_odb_object *tree, const char *name, size_t len, struct tree_entry *out,
              struct broken *broken);

#endif

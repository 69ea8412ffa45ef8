/*
 * repo: a git repository of a test's own, which goes away with it. What the user has set for git
 * does not matter in it. Its commits are the same in every run: those of one day each, from
 * 2024-01-01 (12:00 UTC) on.
 *
 * Depends on base/testing.h, source/repository.h and libgit2.
 */
#ifndef TESTS_SOURCE_REPO_H
#define TESTS_SOURCE_REPO_H

#include <git2.h>

#include "base/arena.h"
#include "base/err.h"
#include "source/repository.h"

struct repo {
    char *path; /* of the working tree; errors call it "repo" */
    int at;
    git_repository *git;
    int commits;
    struct arena arena;
    struct errs errs;
};

/* For cmocka: a new repository without a commit, whose branch is "main". */
int repo_set_up(void **state);
int repo_tear_down(void **state);

/* A path below the working tree, in the arena. */
const char *repo_path(struct repo *r, const char *path);
/* Writes a file of the working tree, its folders too; takes one away, or a folder. */
void repo_put(struct repo *r, const char *path, const char *text);
void repo_remove(struct repo *r, const char *path);
/* Commits the working tree as it is. */
struct object_id repo_commit(struct repo *r, const char *message);
/* A tree of one entry, such as a submodule. */
struct object_id repo_tree_with(struct repo *r, const char *name, unsigned mode,
                                const struct object_id *id);
/* Stores an object of these bytes, right or wrong. */
struct object_id repo_object(struct repo *r, git_object_t type, const void *data, size_t len);
/* Commits a tree that is stored. */
struct object_id repo_commit_tree(struct repo *r, const struct object_id *tree);
/* What a commit has at a path. */
struct object_id repo_entry(struct repo *r, const char *revision, const char *path);
/* The file that an object is stored in, in the arena. */
const char *repo_object_file(struct repo *r, const struct object_id *id);
/* A branch, or a tag of its own (with a message) at a commit. */
void repo_branch(struct repo *r, const char *name, const struct object_id *commit);
void repo_tag(struct repo *r, const char *name, const struct object_id *commit);

/* The errors so far are just these; then there are none. */
void repo_assert_said(struct repo *r, const char *expected);

#endif

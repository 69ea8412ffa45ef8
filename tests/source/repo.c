#include "base/base.h"

#include "source/repo.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "model/loaded.h"

enum { DAY = 86400, FIRST = 1704110400 }; /* 2024-01-01T12:00:00Z */

static void forget_settings(void)
{
    static const git_config_level_t levels[] = {GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_GLOBAL,
                                                GIT_CONFIG_LEVEL_XDG};

    for (size_t i = 0; i < ARRAY_SIZE(levels); i++)
        git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], "");
}

int repo_set_up(void **state)
{
    git_repository_init_options options;
    struct repo *r = mem_zalloc(1, sizeof(*r));

    *state = r;
    git_libgit2_init();
    forget_settings();
    umask(022);
    r->path = testing_folder();
    r->at = open(r->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
    options.flags = GIT_REPOSITORY_INIT_MKPATH;
    options.initial_head = "main";
    return r->at < 0 || git_repository_init_ext(&r->git, r->path, &options) != 0;
}

int repo_tear_down(void **state)
{
    struct repo *r = *state;

    git_repository_free(r->git);
    close(r->at);
    testing_folder_remove(r->path);
    free(r->path);
    errs_release(&r->errs);
    arena_release(&r->arena);
    free(r);
    git_libgit2_shutdown();
    return 0;
}

const char *repo_path(struct repo *r, const char *path)
{
    return arena_format(&r->arena, "%s/%s", r->path, path);
}

void repo_put(struct repo *r, const char *path, const char *text)
{
    assert_int_equal(fs_write(r->at, path, text, strlen(text), &r->errs), 0);
}

void repo_remove(struct repo *r, const char *path)
{
    assert_int_equal(fs_remove_tree(r->at, path, &r->errs), 0);
}

static git_oid oid_of(const struct object_id *id)
{
    git_oid oid;

    git_oid_fromraw(&oid, id->bytes);
    return oid;
}

static struct object_id id_of(const git_oid *oid)
{
    struct object_id id;

    memcpy(id.bytes, oid->id, sizeof(id.bytes));
    return id;
}

static struct object_id commit_tree(struct repo *r, const git_oid *tree_id, const char *message)
{
    git_commit *parent = NULL;
    git_signature *who;
    git_tree *tree;
    git_oid oid, head;

    assert_int_equal(git_signature_new(&who, "somebody", "somebody@example.org",
                                       FIRST + (git_time_t)r->commits * DAY, 0),
                     0);
    assert_int_equal(git_tree_lookup(&tree, r->git, tree_id), 0);
    if (!git_reference_name_to_id(&head, r->git, "HEAD"))
        assert_int_equal(git_commit_lookup(&parent, r->git, &head), 0);
    assert_int_equal(git_commit_create(&oid, r->git, "HEAD", who, who, NULL, message, tree,
                                       parent != NULL, (const git_commit **)&parent),
                     0);
    r->commits++;
    git_commit_free(parent);
    git_tree_free(tree);
    git_signature_free(who);
    return id_of(&oid);
}

struct object_id repo_commit(struct repo *r, const char *message)
{
    git_strarray all = {(char *[]){(char *)"*"}, 1};
    git_index *index;
    git_oid tree;

    assert_int_equal(git_repository_index(&index, r->git), 0);
    assert_int_equal(git_index_add_all(index, &all, GIT_INDEX_ADD_FORCE, NULL, NULL), 0);
    assert_int_equal(git_index_update_all(index, &all, NULL, NULL), 0);
    assert_int_equal(git_index_write_tree(&tree, index), 0);
    git_index_free(index);
    return commit_tree(r, &tree, message);
}

struct object_id repo_commit_tree(struct repo *r, const struct object_id *tree)
{
    git_oid oid = oid_of(tree);

    return commit_tree(r, &oid, "a tree");
}

struct object_id repo_tree_with(struct repo *r, const char *name, unsigned mode,
                                const struct object_id *id)
{
    git_treebuilder *builder;
    git_oid oid = oid_of(id), tree;

    assert_int_equal(git_treebuilder_new(&builder, r->git, NULL), 0);
    assert_int_equal(git_treebuilder_insert(NULL, builder, name, &oid, (git_filemode_t)mode), 0);
    assert_int_equal(git_treebuilder_write(&tree, builder), 0);
    git_treebuilder_free(builder);
    return id_of(&tree);
}

struct object_id repo_object(struct repo *r, git_object_t type, const void *data, size_t len)
{
    git_odb *odb;
    git_oid oid;

    assert_int_equal(git_repository_odb(&odb, r->git), 0);
    assert_int_equal(git_odb_write(&oid, odb, data, len, type), 0);
    git_odb_free(odb);
    return id_of(&oid);
}

struct object_id repo_entry(struct repo *r, const char *revision, const char *path)
{
    git_object *object;
    struct object_id id;

    assert_int_equal(
        git_revparse_single(&object, r->git, arena_format(&r->arena, "%s:%s", revision, path)), 0);
    id = id_of(git_object_id(object));
    git_object_free(object);
    return id;
}

const char *repo_object_file(struct repo *r, const struct object_id *id)
{
    char hex[OBJECT_HEX_SIZE];

    object_id_format(id, hex);
    return arena_format(&r->arena, ".git/objects/%.2s/%s", hex, hex + 2);
}

void repo_branch(struct repo *r, const char *name, const struct object_id *commit)
{
    git_oid oid = oid_of(commit);
    git_reference *branch;

    assert_int_equal(git_reference_create(&branch, r->git,
                                          arena_format(&r->arena, "refs/heads/%s", name), &oid, 1,
                                          NULL),
                     0);
    git_reference_free(branch);
}

void repo_tag(struct repo *r, const char *name, const struct object_id *commit)
{
    git_oid oid = oid_of(commit), tag;
    git_signature *who;
    git_object *object;

    assert_int_equal(git_signature_new(&who, "somebody", "somebody@example.org", FIRST, 0), 0);
    assert_int_equal(git_object_lookup(&object, r->git, &oid, GIT_OBJECT_ANY), 0);
    assert_int_equal(git_tag_create(&tag, r->git, name, object, who, "published", 0), 0);
    git_object_free(object);
    git_signature_free(who);
}

void repo_assert_said(struct repo *r, const char *expected)
{
    struct strbuf shown = STRBUF_INIT, named = STRBUF_INIT;
    size_t len = strlen(r->path);

    show_errors(&r->errs, &shown);
    for (const char *p = shown.buf, *at; *p; p = at) {
        at = strstr(p, r->path);
        if (!at)
            at = p + strlen(p);
        strbuf_add(&named, p, (size_t)(at - p));
        if (*at) {
            strbuf_adds(&named, "repo");
            at += len;
        }
    }
    assert_string_equal(named.buf, expected);
    strbuf_release(&shown);
    strbuf_release(&named);
    errs_release(&r->errs);
}

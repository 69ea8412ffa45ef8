/* Objects that are files of their own: whole ones are read, and whatever else there is, is an
 * error. */
#include "base/base.h"

#include "source/loose.h"

#include <zlib.h>

#include "base/fs.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "source/repo.h"

/* Any name will do: who reads an object looks at it afterwards. */
static const char name[] = "0123456789abcdef0123456789abcdef01234567";
static const char file[] = ".git/objects/01/23456789abcdef0123456789abcdef01234567";

static void put_bytes(struct repo *r, const char *path, const void *data, size_t len)
{
    repo_put(r, path, "");
    assert_int_equal(fs_write(r->at, path, data, len, &r->errs), 0);
}

static size_t pack(const void *data, size_t len, unsigned char packed[4096])
{
    uLongf packed_len = 4096;

    assert_int_equal(compress(packed, &packed_len, data, len), Z_OK);
    return packed_len;
}

/* An object database that has nothing but the loose objects of the repository. */
static git_odb *open_objects(struct repo *r)
{
    git_odb *objects;

    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0); /* names are made up here */
    assert_int_equal(git_odb_new(&objects), 0);
    loose_use(objects, repo_path(r, ".git/objects"));
    return objects;
}

/* What reading gives: the type and the bytes, or what is wrong. Both ways to read must agree. */
static const char *read_it(struct repo *r)
{
    git_odb *objects = open_objects(r);
    git_odb_object *object = NULL;
    git_object_t type;
    const char *result;
    size_t len;
    git_oid oid;
    int code;

    git_oid_fromstr(&oid, name);
    code = git_odb_read(&object, objects, &oid);
    if (code)
        result = code == GIT_ENOTFOUND ? "not there"
                                       : arena_strdup(&r->arena, git_error_last()->message);
    else
        result = arena_format(
            &r->arena, "%s %.*s", git_object_type2string(git_odb_object_type(object)),
            (int)git_odb_object_size(object), (const char *)git_odb_object_data(object));
    if (!code) {
        assert_int_equal(git_odb_read_header(&len, &type, objects, &oid), 0);
        assert_int_equal(len, git_odb_object_size(object));
        assert_int_equal(type, git_odb_object_type(object));
    }
    git_odb_object_free(object);
    git_odb_free(objects);
    return result;
}

static const char *read_bytes(struct repo *r, const void *data, size_t len)
{
    unsigned char packed[4096];

    put_bytes(r, file, packed, pack(data, len, packed));
    return read_it(r);
}

#define READ(r, text) read_bytes(r, text, sizeof(text) - 1)

static void whole_ones_are_read(void **state)
{
    struct repo *r = *state;
    char long_text[3000];

    assert_string_equal(read_it(r), "not there");
    assert_string_equal(READ(r, "blob 5\0hello"), "blob hello");
    assert_string_equal(READ(r, "blob 0\0"), "blob ");
    assert_string_equal(READ(r, "commit 3\0abc"), "commit abc");
    memset(long_text, 'x', sizeof(long_text));
    memcpy(long_text, "tree 2990", 10);
    assert_int_equal(strlen(read_bytes(r, long_text, sizeof(long_text))), 5 + 2990);
}

static void other_things_are_none(void **state)
{
    static const char shorter[] = "the object is cut off, or longer than it says";
    static const char header[] = "the object has a broken header";
    struct repo *r = *state;

    assert_string_equal(READ(r, "blob 6\0hello"), shorter);
    assert_string_equal(READ(r, "blob 4\0hello"), "the object cannot be as long as it says");
    assert_string_equal(READ(r, "blob 99999999999\0hello"),
                        "the object cannot be as long as it says");
    assert_string_equal(READ(r, "blob 99999999999999999999999\0hello"), header);
    assert_string_equal(READ(r, "blob -5\0hello"), header);
    assert_string_equal(READ(r, "blob \0hello"), header);
    assert_string_equal(READ(r, "blob 5x\0hello"), header);
    assert_string_equal(READ(r, "blub 5\0hello"), header);
    assert_string_equal(READ(r, "ofs-delta 5\0hello"), header);
    assert_string_equal(READ(r, "blob5\0hello"), "the object has no header");
    assert_string_equal(READ(r, "blob 5"), "the object has no header");
    put_bytes(r, file, "", 0);
    assert_string_equal(read_it(r), "the object has no header");
    put_bytes(r, file, "no zlib at all", 14);
    assert_string_equal(read_it(r), "incorrect header check");
}

/* libgit2 1.5 would never come back. */
static void one_that_is_cut_off_anywhere_is_an_error(void **state)
{
    struct repo *r = *state;
    unsigned char packed[4096];
    char text[1000];
    size_t len;

    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = (char)('a' + i * i % 23);
    memcpy(text, "blob 991", 9);
    len = pack(text, sizeof(text), packed);
    put_bytes(r, file, packed, len);
    assert_int_equal(strlen(read_it(r)), 5 + 991);
    for (size_t cut = 0; cut < len; cut++) {
        put_bytes(r, file, packed, cut);
        assert_string_not_equal(read_it(r), "not there");
        assert_true(strncmp(read_it(r), "blob", 4) != 0);
    }
}

static void those_of_other_repositories_are_found(void **state)
{
    struct repo *r = *state;
    unsigned char packed[4096];
    const char *below = file + strlen(".git/objects/");

    put_bytes(r, arena_format(&r->arena, "other/objects/%s", below), packed,
              pack("blob 5\0hello", 12, packed));
    assert_string_equal(read_it(r), "not there");
    repo_put(r, ".git/objects/info/alternates",
             "# a remark\n/nowhere/objects\n\n../../other/objects");
    assert_string_equal(read_it(r), "blob hello");
    repo_put(r, ".git/objects/info/alternates",
             arena_format(&r->arena, "%s\n", repo_path(r, "other/objects")));
    assert_string_equal(read_it(r), "blob hello");
}

#define ON_REPO(test) cmocka_unit_test_setup_teardown(test, repo_set_up, repo_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        ON_REPO(whole_ones_are_read),
        ON_REPO(other_things_are_none),
        ON_REPO(one_that_is_cut_off_anywhere_is_an_error),
        ON_REPO(those_of_other_repositories_are_found),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("loose", tests, NULL, NULL);
}

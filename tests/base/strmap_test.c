#include "base/base.h"

#include "base/strmap.h"

#include <search.h>

#include "base/mem.h"
#include "base/testing.h"

static void an_empty_map_knows_nothing(void **state)
{
    struct strmap map = STRMAP_INIT;

    (void)state;
    assert_null(strmap_get(&map, "a", 1));
    assert_null(strmap_get(&map, "", 0));
    strmap_release(&map);
    strmap_release(&map);
    assert_null(strmap_get(&map, "a", 1));
}

static void a_new_place_holds_null_and_an_old_one_its_value(void **state)
{
    struct strmap map = STRMAP_INIT;
    bool is_new = false;
    void **place = strmap_put(&map, "key", 3, &is_new);
    int value;

    (void)state;
    assert_true(is_new);
    assert_null(*place);
    assert_null(strmap_get(&map, "key", 3));
    *place = &value;
    assert_ptr_equal(strmap_get(&map, "key", 3), &value);
    place = strmap_put(&map, "key", 3, &is_new);
    assert_false(is_new);
    assert_ptr_equal(*place, &value);
    *place = &map; /* another value for it */
    assert_ptr_equal(strmap_get(&map, "key", 3), &map);
    assert_int_equal(map.count, 1);
    strmap_release(&map);
    assert_int_equal(map.count, 0);
    strmap_put(&map, "key", 3, &is_new); /* released, it is as new */
    assert_true(is_new);
    strmap_release(&map);
}

static void keys_are_bytes_and_a_length(void **state)
{
    static const struct {
        const char *key;
        size_t len;
    } keys[] = {
        {"", 0},     {"\0", 1},  {"\0\0", 2},      {"a", 1},    {"a\0", 2},
        {"ab", 2},   {"\0a", 2}, {"abc", 3},       {"ABC", 3},  {"\xFF", 1},
        {"\x7F", 1}, {"é", 2},   {"e\xCC\x81", 3}, {"决算", 6}, {"决", 3},
    };
    struct strmap map = STRMAP_INIT;
    bool is_new;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
        *strmap_put(&map, keys[i].key, keys[i].len, &is_new) = (void *)&keys[i];
        assert_true(is_new);
    }
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
        char copy[8];

        memcpy(copy, keys[i].key, keys[i].len); /* equal bytes elsewhere */
        copy[keys[i].len] = '!';
        assert_ptr_equal(strmap_get(&map, copy, keys[i].len), &keys[i]);
    }
    assert_int_equal(map.count, ARRAY_SIZE(keys));
    assert_null(strmap_get(&map, "abcd", 4));
    strmap_release(&map);
}

/* These two have the same FNV-1a hash of 64 bits. */
static void keys_of_one_hash_are_two(void **state)
{
    static const char one[] = "8yn0iYCKYHlIj4-BwPqk", other[] = "GReLUrM4wMqfg9yzV3KQ";
    struct strmap map = STRMAP_INIT;
    bool is_new;

    (void)state;
    *strmap_put(&map, one, strlen(one), &is_new) = (void *)one;
    assert_null(strmap_get(&map, other, strlen(other)));
    *strmap_put(&map, other, strlen(other), &is_new) = (void *)other;
    assert_true(is_new);
    assert_ptr_equal(strmap_get(&map, one, strlen(one)), one);
    assert_ptr_equal(strmap_get(&map, other, strlen(other)), other);
    assert_int_equal(map.count, 2);
    strmap_release(&map);
}

/* --- against the binary tree of the C library --- */

struct known {
    char key[12];
    size_t len;
    void *value;
};

static int compare(const void *a, const void *b)
{
    const struct known *left = a, *right = b;

    if (left->len != right->len)
        return left->len < right->len ? -1 : 1;
    return memcmp(left->key, right->key, left->len);
}

static void agrees_with_tsearch(void **state)
{
    struct testing_random random = {1};
    size_t rounds = testing_rounds(200000), count = 0;
    struct known *entries = mem_zalloc(rounds, sizeof(*entries));
    struct strmap map = STRMAP_INIT;
    void *tree = NULL;

    (void)state;
    for (size_t i = 0; i < rounds; i++) {
        struct known *entry = &entries[i], **found;

        entry->len = testing_below(&random, 9);
        for (size_t j = 0; j < entry->len; j++)
            entry->key[j] = (char)testing_below(&random, entry->len < 5 ? 8 : 256);
        entry->value = &entries[i];
        found = tfind(entry, &tree, compare);
        assert_ptr_equal(strmap_get(&map, entry->key, entry->len), found ? (*found)->value : NULL);
        if (testing_below(&random, 2)) {
            bool is_new;
            void **place = strmap_put(&map, entry->key, entry->len, &is_new);

            assert_int_equal(is_new, !found);
            assert_ptr_equal(*place, found ? (*found)->value : NULL);
            *place = entry->value;
            if (found) {
                (*found)->value = entry->value;
            } else {
                tsearch(entry, &tree, compare);
                count++;
            }
        }
        assert_int_equal(map.count, count);
    }
    for (size_t i = 0; i < rounds; i++) {
        struct known **found = tfind(&entries[i], &tree, compare);

        assert_ptr_equal(strmap_get(&map, entries[i].key, entries[i].len),
                         found ? (*found)->value : NULL);
    }
    strmap_release(&map);
    while (tree)
        tdelete(*(struct known **)tree, &tree, compare);
    free(entries);
}

/* Codes and numbers, which is what the keys are: a bad hash would take for ever here. */
static void keys_that_look_alike_are_found_quickly(void **state)
{
    size_t count = testing_rounds(300000);
    char(*keys)[32] = mem_zalloc(count, sizeof(*keys));
    struct strmap map = STRMAP_INIT;
    bool is_new;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        snprintf(keys[i], sizeof(keys[i]), "%07zu/final", i);
        *strmap_put(&map, keys[i], strlen(keys[i]), &is_new) = keys[i];
        assert_true(is_new);
    }
    for (size_t i = 0; i < count; i++)
        assert_ptr_equal(strmap_get(&map, keys[i], strlen(keys[i])), keys[i]);
    assert_null(strmap_get(&map, "9999999/final", 13));
    strmap_release(&map);
    free(keys);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_map_knows_nothing),
        cmocka_unit_test(a_new_place_holds_null_and_an_old_one_its_value),
        cmocka_unit_test(keys_are_bytes_and_a_length),
        cmocka_unit_test(keys_of_one_hash_are_two),
        cmocka_unit_test(agrees_with_tsearch),
        cmocka_unit_test(keys_that_look_alike_are_found_quickly),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("strmap", tests, NULL, NULL);
}

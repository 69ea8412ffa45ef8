/* What several threads share is made once, and kept while it may be needed again. */
#include "base/base.h"

#include "base/shared.h"

#include "base/mem.h"
#include "base/pool.h"
#include "base/testing.h"

struct made {
    size_t key;
    bool is_dropped;
};

/* What was made, in the order of making. */
struct making {
    struct made *all[2000];
    size_t count;
    bool fails;
};

static void *make(void *ctx, size_t key)
{
    struct making *m = ctx;
    struct made *made;

    if (m->fails)
        return NULL;
    made = mem_zalloc(1, sizeof(*made));
    made->key = key;
    m->all[m->count++] = made;
    return made;
}

static void drop(void *thing)
{
    ((struct made *)thing)->is_dropped = true;
}

static void release(struct making *m)
{
    for (size_t i = 0; i < m->count; i++)
        free(m->all[i]);
}

static void a_thing_is_made_once_while_it_is_used(void **state)
{
    struct making m = {.count = 0};
    struct shared *shared = shared_make(0, drop);
    struct made *one = shared_get(shared, 7, make, &m);

    (void)state;
    assert_ptr_equal(shared_get(shared, 7, make, &m), one);
    assert_int_equal(one->key, 7);
    assert_true(shared_get(shared, 8, make, &m) != (void *)one);
    assert_int_equal(m.count, 2);
    shared_return(shared, one);
    assert_false(one->is_dropped);
    shared_return(shared, one);
    assert_true(one->is_dropped);
    assert_false(m.all[1]->is_dropped);
    shared_return(shared, NULL);
    shared_free(shared);
    assert_true(m.all[1]->is_dropped);
    shared_free(NULL);
    release(&m);
}

static void those_that_were_used_last_are_kept(void **state)
{
    struct making m = {.count = 0};
    struct shared *shared = shared_make(2, drop);

    (void)state;
    for (size_t key = 0; key < 3; key++)
        shared_return(shared, shared_get(shared, key, make, &m));
    assert_true(m.all[0]->is_dropped);
    assert_false(m.all[1]->is_dropped);
    shared_return(shared, shared_get(shared, 1, make, &m)); /* used again */
    assert_int_equal(m.count, 3);
    shared_return(shared, shared_get(shared, 3, make, &m));
    assert_false(m.all[1]->is_dropped);
    assert_true(m.all[2]->is_dropped);
    shared_free(shared);
    release(&m);
}

static void what_cannot_be_made_is_tried_again(void **state)
{
    struct making m = {.fails = true};
    struct shared *shared = shared_make(2, drop);

    (void)state;
    assert_null(shared_get(shared, 1, make, &m));
    m.fails = false;
    assert_non_null(shared_get(shared, 1, make, &m));
    shared_free(shared);
    release(&m);
}

struct working {
    struct shared *shared;
    struct making making;
    size_t wrong;
};

static void *work(void *ctx, size_t item)
{
    struct working *w = ctx;
    struct made *made = shared_get(w->shared, item % 5, make, &w->making);
    bool good = made->key == item % 5 && !made->is_dropped;

    shared_return(w->shared, made);
    return good ? w : NULL;
}

static void take(void *ctx, size_t item, void *result)
{
    struct working *w = ctx;

    (void)item;
    w->wrong += !result;
}

static void many_threads_may_share(void **state)
{
    struct working w = {.shared = shared_make(1, drop)};
    struct pool_task task = {2000, 4, 16, &w, work, take};

    (void)state;
    pool_run(&task);
    assert_int_equal(w.wrong, 0);
    shared_free(w.shared);
    release(&w.making);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thing_is_made_once_while_it_is_used),
        cmocka_unit_test(those_that_were_used_last_are_kept),
        cmocka_unit_test(what_cannot_be_made_is_tried_again),
        cmocka_unit_test(many_threads_may_share),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shared", tests, NULL, NULL);
}

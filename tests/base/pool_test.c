#include "base/base.h"

#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "base/mem.h"
#include "base/testing.h"

/* One run of the pool, and what was seen of it. */
struct watch {
    struct pool_task task;
    uint64_t seed;    /* how long each item takes */
    unsigned slowest; /* microseconds */
    pthread_t caller;
    atomic_uint *works; /* how often each item was worked on */
    atomic_size_t under_way;
    atomic_size_t most_under_way;
    atomic_bool elsewhere; /* work() ran in another thread than the caller's */
    size_t next;           /* the item that take() must get */
    bool in_order, in_caller, results_right;
};

static void *work(void *ctx, size_t item)
{
    struct watch *w = ctx;
    struct testing_random random = {w->seed + item};
    size_t now = atomic_fetch_add(&w->under_way, 1) + 1;
    size_t most = atomic_load(&w->most_under_way);

    while (now > most && !atomic_compare_exchange_weak(&w->most_under_way, &most, now))
        ;
    atomic_fetch_add(&w->works[item], 1);
    if (!pthread_equal(pthread_self(), w->caller))
        atomic_store(&w->elsewhere, true);
    if (w->slowest)
        usleep((unsigned)testing_below(&random, w->slowest));
    return item % 5 ? &w->works[item] : NULL; /* NULL is a result like others */
}

static void take(void *ctx, size_t item, void *result)
{
    struct watch *w = ctx;

    atomic_fetch_sub(&w->under_way, 1);
    w->in_order &= item == w->next++;
    w->in_caller &= pthread_equal(pthread_self(), w->caller) != 0;
    w->results_right &= result == (item % 5 ? &w->works[item] : NULL);
    w->results_right &= atomic_load(&w->works[item]) == 1;
}

static void run(struct watch *w, size_t count, unsigned threads, size_t window, unsigned slowest)
{
    *w = (struct watch){
        .task = {count, threads, window, w, work, take},
        .seed = count * 1000003 + threads * 101 + window,
        .slowest = slowest,
        .caller = pthread_self(),
        .works = mem_zalloc(count + 1, sizeof(*w->works)),
        .in_order = true,
        .in_caller = true,
        .results_right = true,
    };
    pool_run(&w->task);
    assert_true(w->in_order);
    assert_true(w->in_caller);
    assert_true(w->results_right);
    assert_int_equal(w->next, count);
    assert_int_equal(atomic_load(&w->under_way), 0);
    assert_true(atomic_load(&w->most_under_way) <= window);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(atomic_load(&w->works[i]), 1);
    free(w->works);
}

static void takes_in_order_whatever_the_threads_do(void **state)
{
    static const size_t counts[] = {1, 2, 3, 7, 64, 300};
    static const unsigned threads[] = {1, 2, 8};
    static const size_t windows[] = {1, 2, 3, 8, 1000};
    size_t most = getenv("MEMCHECK") ? 3 : 300;
    struct watch w;

    (void)state;
    for (size_t c = 0; c < ARRAY_SIZE(counts) && counts[c] <= most; c++)
        for (size_t t = 0; t < ARRAY_SIZE(threads); t++)
            for (size_t i = 0; i < ARRAY_SIZE(windows); i++) {
                run(&w, counts[c], threads[t], windows[i], 0);
                run(&w, counts[c], threads[t], windows[i], 100);
            }
}

static void nothing_to_do_is_done_at_once(void **state)
{
    struct watch w;

    (void)state;
    run(&w, 0, 1, 1, 0);
    run(&w, 0, 8, 1, 0);
    run(&w, 0, 8, 1000, 0);
}

static void more_threads_than_items_or_window(void **state)
{
    struct watch w;

    (void)state;
    run(&w, 3, 16, 16, 100);
    run(&w, 20, 16, 2, 100);
    run(&w, 20, 16, 1, 100);
}

static void one_thread_is_the_calling_one(void **state)
{
    struct watch w;

    (void)state;
    run(&w, 50, 1, 8, 0);
    assert_false(atomic_load(&w.elsewhere));
    assert_int_equal(atomic_load(&w.most_under_way), 1);
}

static void many_small_items(void **state)
{
    struct watch w;

    (void)state;
    run(&w, testing_rounds(100000), 8, 64, 0);
    run(&w, testing_rounds(100000), 2, 3, 0);
}

/* --- the window: item 0 goes on until nobody can run ahead any more --- */

struct held {
    size_t window;
    atomic_size_t begun;
    atomic_size_t begun_while_held;
};

static void *hold_the_first(void *ctx, size_t item)
{
    struct held *held = ctx;

    atomic_fetch_add(&held->begun, 1);
    if (!item) {
        for (int i = 0; i < 2000 && atomic_load(&held->begun) < held->window; i++)
            usleep(1000);
        usleep(20000); /* time to do wrong */
        atomic_store(&held->begun_while_held, atomic_load(&held->begun));
    }
    return NULL;
}

static void take_slowly(void *ctx, size_t item, void *result)
{
    struct held *held = ctx;
    size_t begun;

    (void)result;
    usleep(500);
    /* the one in our hands may or may not count */
    begun = atomic_load(&held->begun);
    assert_true(begun <= item + 1 + held->window);
}

static void nobody_runs_ahead_of_the_window(void **state)
{
    (void)state;
    for (size_t window = 1; window <= 6; window++) {
        struct held held = {.window = window};
        struct pool_task task = {30, 4, window, &held, hold_the_first, take_slowly};

        pool_run(&task);
        assert_int_equal(atomic_load(&held.begun), 30);
        assert_int_equal(atomic_load(&held.begun_while_held), window);
    }
}

/* --- work does go on at the same time: each item waits until all of them have begun --- */

static void *wait_for_the_others(void *ctx, size_t item)
{
    atomic_size_t *begun = ctx;

    (void)item;
    atomic_fetch_add(begun, 1);
    for (int i = 0; i < 5000 && atomic_load(begun) < 4; i++)
        usleep(1000);
    return atomic_load(begun) >= 4 ? begun : NULL;
}

static void take_one_that_met_them(void *ctx, size_t item, void *result)
{
    (void)item;
    assert_ptr_equal(result, ctx);
}

static void works_on_several_items_at_once(void **state)
{
    atomic_size_t begun = 0;
    struct pool_task task = {4, 4, 4, &begun, wait_for_the_others, take_one_that_met_them};

    (void)state;
    pool_run(&task);
}

/* --- a pool within the work of another --- */

static void *run_another(void *ctx, size_t item)
{
    size_t *sums = ctx;
    atomic_size_t begun = 4;
    struct pool_task task = {10, 2, 2, &begun, wait_for_the_others, take_one_that_met_them};

    pool_run(&task);
    sums[item] = atomic_load(&begun);
    return NULL;
}

static void take_nothing(void *ctx, size_t item, void *result)
{
    (void)ctx;
    (void)item;
    assert_null(result);
}

static void pools_may_be_nested(void **state)
{
    size_t sums[6] = {0};
    struct pool_task task = {6, 3, 3, sums, run_another, take_nothing};

    (void)state;
    pool_run(&task);
    for (size_t i = 0; i < ARRAY_SIZE(sums); i++)
        assert_int_equal(sums[i], 14);
}

static void counts_the_processors_it_may_use(void **state)
{
    cpu_set_t all, one;

    (void)state;
    assert_true(pool_processors() >= 1);
    if (sched_getaffinity(0, sizeof(all), &all))
        return;
    assert_int_equal(pool_processors(), CPU_COUNT(&all));
    CPU_ZERO(&one);
    for (size_t i = 0; i < CPU_SETSIZE && !CPU_COUNT(&one); i++)
        if (CPU_ISSET(i, &all))
            CPU_SET(i, &one);
    assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
    assert_int_equal(pool_processors(), 1);
    assert_int_equal(sched_setaffinity(0, sizeof(all), &all), 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_in_order_whatever_the_threads_do),
        cmocka_unit_test(nothing_to_do_is_done_at_once),
        cmocka_unit_test(more_threads_than_items_or_window),
        cmocka_unit_test(one_thread_is_the_calling_one),
        cmocka_unit_test(many_small_items),
        cmocka_unit_test(nobody_runs_ahead_of_the_window),
        cmocka_unit_test(works_on_several_items_at_once),
        cmocka_unit_test(pools_may_be_nested),
        cmocka_unit_test(counts_the_processors_it_may_use),
    };

    alarm(getenv("MEMCHECK") ? 600 : 60); /* a pool that waits for ever must end */
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}

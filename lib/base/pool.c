#include "base/base.h"

#include "base/pool.h"

#include <pthread.h>
#include <sched.h>

#include "base/mem.h"

struct slot {
    void *result;
    bool done;
};

struct run {
    const struct pool_task *task;
    struct slot *slots; /* a ring of `window` results: item i is in slot i % window */
    size_t next;        /* the next item to be worked on */
    size_t taken;       /* items before this one have been taken */
    pthread_mutex_t lock;
    pthread_cond_t room;  /* an item was taken: a worker may go on */
    pthread_cond_t ready; /* an item was done: the taker may go on */
};

static void *worker(void *arg)
{
    struct run *run = arg;
    const struct pool_task *task = run->task;

    pthread_mutex_lock(&run->lock);
    while (run->next < task->count) {
        size_t item = run->next;
        void *result;

        if (item >= run->taken + task->window) {
            pthread_cond_wait(&run->room, &run->lock);
            continue;
        }
        run->next++;
        pthread_mutex_unlock(&run->lock);
        result = task->work(task->ctx, item);
        pthread_mutex_lock(&run->lock);
        run->slots[item % task->window] = (struct slot){result, true};
        if (item == run->taken)
            pthread_cond_signal(&run->ready);
    }
    pthread_cond_broadcast(&run->room); /* let the others see that nothing is left */
    pthread_mutex_unlock(&run->lock);
    return NULL;
}

static void take_all(struct run *run)
{
    const struct pool_task *task = run->task;

    pthread_mutex_lock(&run->lock);
    for (size_t item = 0; item < task->count; item++) {
        struct slot *slot = &run->slots[item % task->window];
        void *result;

        while (!slot->done)
            pthread_cond_wait(&run->ready, &run->lock);
        result = slot->result;
        slot->done = false;
        pthread_mutex_unlock(&run->lock);
        task->take(task->ctx, item, result);
        pthread_mutex_lock(&run->lock);
        run->taken = item + 1;
        pthread_cond_broadcast(&run->room);
    }
    pthread_mutex_unlock(&run->lock);
}

static void run_alone(const struct pool_task *task)
{
    for (size_t item = 0; item < task->count; item++)
        task->take(task->ctx, item, task->work(task->ctx, item));
}

void pool_run(const struct pool_task *task)
{
    struct run run = {.task = task};
    pthread_t *threads;
    unsigned started = 0;

    if (task->threads <= 1 || task->count <= 1) {
        run_alone(task);
        return;
    }
    run.slots = mem_zalloc(task->window, sizeof(*run.slots));
    threads = mem_zalloc(task->threads, sizeof(*threads));
    pthread_mutex_init(&run.lock, NULL);
    pthread_cond_init(&run.room, NULL);
    pthread_cond_init(&run.ready, NULL);
    while (started < task->threads && !pthread_create(&threads[started], NULL, worker, &run))
        started++;
    if (started)
        take_all(&run);
    else
        run_alone(task); /* no thread to be had: slower, but the same result */
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    pthread_cond_destroy(&run.ready);
    pthread_cond_destroy(&run.room);
    pthread_mutex_destroy(&run.lock);
    free(threads);
    free(run.slots);
}

unsigned pool_processors(void)
{
    cpu_set_t set;
    int count = 0;

    if (!sched_getaffinity(0, sizeof(set), &set))
        count = CPU_COUNT(&set);
    return count > 0 ? (unsigned)count : 1;
}

/*
 * Makes time pass quickly: preloaded, every look at the clock finds it two seconds later. So that
 * report_test.sh need not wait for what is shown of a long build.
 */
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *t)
{
    static int looks;
    int result = (int)syscall(SYS_clock_gettime, clock, t);

    t->tv_sec += 2 * __atomic_fetch_add(&looks, 1, __ATOMIC_RELAXED);
    return result;
}

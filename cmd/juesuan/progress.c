#include "base/base.h"

#include "command.h"

enum { FIRST_AFTER = 1000, AGAIN_AFTER = 100 }; /* milliseconds */

/* back to the start of the line, and all of it cleared */
#define CLEAR_LINE "\r\033[K"

bool is_terminal(void)
{
    const char *term = getenv("TERM");

    return isatty(STDERR_FILENO) && !(term && !strcmp(term, "dumb"));
}

int64_t milliseconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void progress_start(struct progress *progress, bool wanted)
{
    *progress = (struct progress){wanted && is_terminal(), false, milliseconds() + FIRST_AFTER};
}

void progress_show(struct progress *progress, const char *format, ...)
{
    int64_t now = milliseconds();
    va_list args;

    if (!progress->wanted || now < progress->next)
        return;
    progress->next = now + AGAIN_AFTER;
    progress->shown = true;
    fputs(CLEAR_LINE "juesuan: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
}

void progress_clear(struct progress *progress)
{
    if (progress->shown)
        fputs(CLEAR_LINE, stderr);
    progress->shown = false;
}

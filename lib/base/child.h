/*
 * child: another program, run without a shell, to its end.
 *
 * What goes in and what comes out are files in memory, so that neither side can wait for the other.
 * Depends on base/strbuf.h and base/fs.h.
 */
#ifndef BASE_CHILD_H
#define BASE_CHILD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

/* What is handed to the program as a file has this name there. */
#define CHILD_EXTRA_NAME "/dev/fd/3"

enum { CHILD_ARGS_MAX = 12 };

struct child {
    const char *args[CHILD_ARGS_MAX + 1]; /* the program first; ended by NULL */
    const void *input;                    /* what it reads; NULL: nothing */
    size_t input_len;
    const void *extra; /* what it finds in CHILD_EXTRA_NAME; NULL: nothing */
    size_t extra_len;
    size_t output;    /* the most that it may write; what is more is not taken */
    unsigned seconds; /* the longest that it may take; 0: no limit */
    size_t memory;    /* the most that it may have; 0: no limit */

    int status;       /* that it ended with; -1: it did not end by itself */
    bool is_too_late; /* then it was ended */
    struct strbuf out, err;
};

/* Returns 0, or the errno why the program could not be run at all. Released in both cases. */
int child_run(struct child *child);
void child_release(struct child *child);

/* The last line that the program said, of its errors if there are any. */
const char *child_last_words(struct child *child);

#endif

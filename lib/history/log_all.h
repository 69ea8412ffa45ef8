/*
 * log_all: what all revisions did to all departments, the newest revision first.
 *
 * Depends on base, text, model, source, history/log.h.
 */
#ifndef HISTORY_LOG_ALL_H
#define HISTORY_LOG_ALL_H

#include "history/log.h"

/* An event, or what came as a whole; the other one is NULL. */
struct log_entry {
    const struct revision *revision; /* of the timeline */
    const char *department;
    const struct log_event *event;
    const struct log_whole *whole;
};

struct log_all {
    struct log_entry *entries; /* by revision, department and address */
    size_t count, cap;
    size_t unread; /* states of a department that could not be read */
    const char **departments;
    struct log *logs; /* one for each */
    size_t department_count;
    struct arena arena;
};

/*
 * Fills a zeroed list, which is released by the caller before the timeline, also after an error.
 * Departments are read in parallel (`threads` 0: one thread for each processor). A revision that
 * cannot be read is a warning for each department that it touched.
 */
void log_all_collect(struct timeline *timeline, unsigned threads, struct log_all *out,
                     struct errs *errs);
void log_all_release(struct log_all *all);

#endif

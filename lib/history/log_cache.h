/*
 * log_cache: what changed between two states of a department, and whether a state can be read, as a
 * result_cache keeps it. Private to lib/history.
 *
 * A state is known by the trees that it is made of, so that what is kept of it holds for ever, in
 * whatever commits it is; but not for another version of the program or of the data dictionary.
 */
#ifndef HISTORY_LOG_CACHE_H
#define HISTORY_LOG_CACHE_H

#include "history/log.h"
#include "history/result_cache.h"
#include "history/snapshot.h"

/* The events that `newer` made of `older` (NULL: of nothing), which are appended. False: unknown.
 */
bool log_cache_get(struct result_cache *cache, const char *department, const struct snapshot *older,
                   const struct snapshot *newer, struct log *log);
/* Keeps those from `event` and `whole` on. */
void log_cache_put(struct result_cache *cache, const char *department, const struct snapshot *older,
                   const struct snapshot *newer, const struct log *log, size_t event, size_t whole);

enum state_known { STATE_UNKNOWN, STATE_READABLE, STATE_UNREADABLE };

/* An error is added when it is unreadable: the first of those that it has. */
enum state_known state_cache_get(struct result_cache *cache, const char *department,
                                 const struct snapshot *state, struct errs *errs);
/* Without errors, it is readable. */
void state_cache_put(struct result_cache *cache, const char *department,
                     const struct snapshot *state, const struct errs *errs);

#endif

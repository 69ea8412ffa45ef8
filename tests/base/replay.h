/*
 * replay: what fuzzing has found, and a few seeds for it, once more through a fuzz target.
 *
 * Linked into every test program. Depends on base.
 */
#ifndef TESTS_BASE_REPLAY_H
#define TESTS_BASE_REPLAY_H

#include <stddef.h>
#include <stdint.h>

/* Every file of a folder, and every beginning of those that are short. The target calls abort()
 * when something is wrong. */
void replay(const char *folder, int (*target)(const uint8_t *data, size_t size));

#endif

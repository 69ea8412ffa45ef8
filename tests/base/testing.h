/*
 * testing: what the test programs share: cmocka with the headers that it wants before it, random
 * numbers that are the same in every run, and folders that go away.
 *
 * Linked into every test program. Depends on base/base.h and cmocka.
 */
#ifndef TESTS_BASE_TESTING_H
#define TESTS_BASE_TESTING_H

#include "base/base.h"

#include <setjmp.h>

#include <cmocka.h>

struct strbuf;

/* SplitMix64 (Steele, Lea, Flood): any seed will do. */
struct testing_random {
    uint64_t state;
};

uint64_t testing_random(struct testing_random *random);
/* 0 .. n-1; n is at least 1. */
size_t testing_below(struct testing_random *random, size_t n);

/* How often to repeat something: `n`, or a hundredth of it under valgrind (MEMCHECK is set). */
size_t testing_rounds(size_t n);

/* Characters of any length appended, none of them U+0000, ASCII and CJK more often than others. */
void testing_add_text(struct testing_random *random, struct strbuf *out, size_t characters);

/* Says in the output why a test does nothing here. (cmocka 1.1.5 writes skip() as "not ok", which
 * prove takes for a failure.) */
void testing_skip(const char *reason);

/* A new folder under /tmp; its path is the caller's to free. */
char *testing_folder(void);
/* Removes it with all that is in it. */
void testing_folder_remove(const char *path);

/* Runs `body` in a child process and returns its status as waitpid() gives it, standard error being
 * thrown away. `body` must not use cmocka's assertions; what it returns is the exit status. */
int testing_in_child(int (*body)(void *ctx), void *ctx);
/* Whether a child that ran `body` ended in abort(), or in what a sanitizer makes of it. */
bool testing_aborts(int (*body)(void *ctx), void *ctx);

#endif

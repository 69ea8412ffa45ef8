/*
 * What every source file of the project starts with: the standard headers that are used all over,
 * a few attributes, and the ban on functions that are not to be used.
 *
 * Include this first, in every .c file. It may depend on nothing but the C library.
 */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* The compiler checks the arguments of functions that take a printf format. */
#define PRINTF_FORMAT(format_at, first_at) __attribute__((format(printf, format_at, first_at)))

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#include "base/banned.h"

#endif

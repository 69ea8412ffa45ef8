/*
 * Memory from the heap. None of these functions returns NULL: when there is no memory left, the
 * program says so on standard error and aborts, here and nowhere else. What they return is freed
 * with free().
 *
 * Depends on nothing but the C library.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

void *mem_alloc(size_t size);
/* count * size bytes, zeroed; the product is checked. */
void *mem_zalloc(size_t count, size_t size);
void *mem_realloc(void *old, size_t count, size_t size);
char *mem_strdup(const char *s);
char *mem_strndup(const char *s, size_t len);

/*
 * Room for one more item in a growing array: `items` (a typed pointer) has `count` items in use
 * and `cap` allocated, all three being lvalues. Afterwards items[count] may be written.
 */
#define MEM_GROW(items, count, cap)                                                                \
    do {                                                                                           \
        if ((count) == (cap)) {                                                                    \
            (cap) = (cap) ? (cap)*2 : 8;                                                           \
            (items) = mem_realloc((items), (cap), sizeof(*(items)));                               \
        }                                                                                          \
    } while (0)

#endif

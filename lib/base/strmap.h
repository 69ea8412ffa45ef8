/*
 * strmap: from strings to pointers. Keys are borrowed: they must outlive the map and not change.
 * There is no way to take a key out again, since nobody needs one.
 *
 * Depends on base/mem.h.
 */
#ifndef BASE_STRMAP_H
#define BASE_STRMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct strmap_slot {
    const char *key; /* NULL: free */
    size_t len;
    uint64_t hash;
    void *value;
};

struct strmap {
    struct strmap_slot *slots;
    size_t size; /* 0 or a power of two, at least twice `count` */
    size_t count;
};

/* clang-format off */
#define STRMAP_INIT { NULL, 0, 0 }
/* clang-format on */

void strmap_release(struct strmap *map);

/*
 * The value's place for the key, made if there was none. *is_new says which; a new place holds
 * NULL. The place may move with the next strmap_put().
 */
void **strmap_put(struct strmap *map, const char *key, size_t len, bool *is_new);
/* NULL when the key is unknown. */
void *strmap_get(const struct strmap *map, const char *key, size_t len);

#endif

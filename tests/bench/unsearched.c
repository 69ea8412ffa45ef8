/*
 * juesuan without its search, so that a bench can tell what that costs: the Makefile links this
 * with all of juesuan, and the linker puts these functions in the place of theirs. No text is
 * gathered, as for the pages of a translation, and the index is empty.
 */
#include "base/base.h"

#include "search/search_index.h"

struct search_chunk *__wrap_search_chunk_new(void);
int __wrap_search_index_add(struct search_index *index, const struct search_chunk *chunk,
                            const char *path, const char *name, struct errs *errs);

struct search_chunk *__wrap_search_chunk_new(void)
{
    return NULL;
}

int __wrap_search_index_add(struct search_index *index, const struct search_chunk *chunk,
                            const char *path, const char *name, struct errs *errs)
{
    (void)index, (void)chunk, (void)path, (void)name, (void)errs;
    return 0;
}

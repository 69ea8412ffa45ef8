/*
 * loaded: a text as a record, and the errors as a person sees them; for the tests of model and
 * source.
 *
 *     struct loaded l = LOADED_INIT;
 *     const struct fund *fund = load_text(&l, &entity_fund, "{\"id\": \"total\"}");
 *     ...
 *     loaded_release(&l);
 *
 * Several texts may be loaded into one `struct loaded`; it keeps all that it was given until it is
 * released. Depends on base, the dictionary and model/load.h.
 */
#ifndef TESTS_MODEL_LOADED_H
#define TESTS_MODEL_LOADED_H

#include "base/arena.h"
#include "base/err.h"
#include "model/entities.h"
#include "model/load.h"

struct loaded {
    struct arena arena;
    struct errs errs;
    struct source_text source; /* of the last text */
    int result;                /* of the last load_record() */
    char **texts;              /* each in memory of just its size, so that no reader goes beyond */
    size_t text_count;
    size_t text_cap;
};

/* clang-format off */
#define LOADED_INIT { .arena = ARENA_INIT, .errs = ERRS_INIT }
/* clang-format on */

/* The record lives as long as `l`; the file is called like the entity: "fund.json". */
void *load_text(struct loaded *l, const struct entity *entity, const char *text);
/* The same with a name for the file, and any bytes. */
void *load_bytes(struct loaded *l, const struct entity *entity, const char *path, const char *text,
                 size_t len);
void loaded_release(struct loaded *l);

/*
 * As the command prints them:
 *
 *     fund.json:1:17: error[wrong-type]: 'label' must be a string, found 5
 *       {"id": "total", "label": 5}
 *                                ^
 *       what to do
 */
void show_errors(const struct errs *errs, struct strbuf *out);

/* The errors so far are just these, shown so; then there are none. `expected` may be "". */
void assert_errors(struct errs *errs, const char *expected);
/* One error was added so far, of that id and on that line; then there are none. */
void assert_error(struct errs *errs, const char *id, unsigned line);

#endif

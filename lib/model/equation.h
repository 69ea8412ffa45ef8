/*
 * equation: a balance (勾稽关系) of a profile, made ready to be checked.
 *
 * What a finance officer writes in a profile:
 *
 *     {"id": "total", "table": "income_expenditure_summary",
 *      "equation": "total = income-total + surplus-used + opening"}
 *
 * An equation has two or more sums with "=" or "<=" between them; a sum has figures with "+" or "-"
 * between them; blanks stand around each of these signs. A figure is written
 *
 *     each      how                              and the rest of its address is
 *     (none)    [table/]line or table/line/column    the balance's table and column, else final
 *     line      [table/]column                       the line at hand
 *     class     [table/]column                       the class (类, three digits) at hand
 *     column    [table/]line                         the column at hand
 *
 * A line may be "classes": all codes of three digits together. "prior:" before a figure means the
 * report of the year before.
 *
 * Depends on base, text/known.h, the entities, model/catalog.h, model/lookup.h,
 * model/source_text.h.
 */
#ifndef MODEL_EQUATION_H
#define MODEL_EQUATION_H

#include "model/entities.h"
#include "model/source_text.h"

struct arena;
struct errs;

/* Which of the things that a balance is checked for, one by one. */
enum equation_each { EACH_ONCE, EACH_LINE, EACH_COLUMN, EACH_CLASS };

struct operand {
    const struct profile_table *table;
    const char *line;   /* NULL: the line or class at hand */
    const char *column; /* NULL: the column at hand */
    bool is_minus;
    bool is_prior;   /* of the report of the year before */
    bool is_classes; /* all classes together; `line` is NULL */
};

struct equation_side {
    struct operand *operands;
    size_t count;    /* at least one */
    bool is_at_most; /* the side before it is at most this one, and not equal to it */
};

struct equation {
    enum equation_each each;
    struct equation_side *sides;
    size_t count; /* two or more; none when the balance has no equation but sums up codes */
};

/*
 * Reads the equation of a balance of a profile. What is new lives in the arena. -1 after adding an
 * error; `errs` may be NULL when the balance is known to be good.
 */
int equation_make(const struct profile *profile, const struct balance *balance,
                  const struct source_text *source, struct arena *arena, struct equation *out,
                  struct errs *errs);

/*
 * What a share is a share of: `of` is [table/]line, and the figure is the final accounts of that
 * line. Otherwise the same.
 */
int equation_whole(const struct profile *profile, const struct profile_table *table,
                   const struct text *of, const struct source_text *source, struct arena *arena,
                   struct operand *out, struct errs *errs);

#endif

#include "base/base.h"

#include "model/bind_form.h"

#include "base/err.h"
#include "base/strbuf.h"

enum { LEVEL_MAX = 5 };

static void check_years(struct bind *b, const struct profile *profile,
                        const struct source_text *source)
{
    const struct integer *from = &profile->from, *to = &profile->to;

    if (from->present && to->present && to->value < from->value)
        err_hint(source_error(b->errs, source, to->at, "ends-before-it-begins",
                              "'to' (%lld) is before 'from' (%lld)", (long long)to->value,
                              (long long)from->value),
                 "they are the first and the last year that the profile is for");
}

/* A table has a dataset, and a view in the database, that are called like it. */
static void check_name(struct bind *b, const struct source_text *source, const struct text *id)
{
    if (id->s && database_has_name(id->s))
        err_hint(source_error(b->errs, source, id->at, "reserved-name",
                              "a table cannot be called '%s', since the database has or keeps that "
                              "name for itself",
                              id->s),
                 "call it otherwise, by its meaning");
}

static void check_level(struct bind *b, const struct source_text *source,
                        const struct integer *level)
{
    if (level->present && (level->value < 0 || level->value > LEVEL_MAX))
        err_hint(source_error(b->errs, source, level->at, "out-of-range",
                              "'level' must be 0 to %d, found %lld", LEVEL_MAX,
                              (long long)level->value),
                 "0 is a total, 1 and more are how far a line is indented below it");
}

/* A line that is printed stands on one of the sides. */
static void check_side(struct bind *b, const struct source_text *source,
                       const struct profile_table *table, const struct profile_line *line)
{
    struct strbuf sides = STRBUF_INIT;

    if (!table->sides.count || line->side.s || line->where.s || !line->id.s || !table->id.s)
        return;
    for (size_t i = 0; i < table->sides.count; i++)
        if (table->sides.items[i].id.s)
            strbuf_addf(&sides, "%s\"side\": \"%s\"", sides.len ? " or " : "",
                        table->sides.items[i].id.s);
    err_hint(source_error(b->errs, source, line->id.at, "line-without-side",
                          "the table '%s' has sides, but the line '%s' does not say on which it is",
                          table->id.s, line->id.s),
             "add %s; or \"where\": \"narrative\", if it is not printed in the table", sides.buf);
    strbuf_release(&sides);
}

void bind_form(struct bind *b, const struct profile *profile, const struct source_text *source)
{
    check_years(b, profile, source);
    for (size_t i = 0; i < profile->tables.count; i++) {
        const struct profile_table *table = &profile->tables.items[i];

        check_name(b, source, &table->id);
        for (size_t j = 0; j < table->lines.count; j++) {
            check_level(b, source, &table->lines.items[j].level);
            check_side(b, source, table, &table->lines.items[j]);
        }
    }
    for (size_t i = 0; i < profile->funds.count; i++)
        check_level(b, source, &profile->funds.items[i].level);
}

#include "base/base.h"

#include "model/bind.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/strmap.h"
#include "model/bind_form.h"
#include "model/bind_units.h"
#include "model/equation.h"
#include "model/lookup.h"
#include "text/known.h"

/* --- classifications --- */

/* A 项 has seven digits; without the last two it is the code of its 款, and that of its 类 then.
 * Each parent that is missing is told once. */
static void check_parents(struct bind *b, const struct source_text *source, const char *list,
                          const struct code *codes, size_t count)
{
    struct strmap known = STRMAP_INIT;
    bool is_new;

    for (size_t i = 0; i < count; i++)
        if (codes[i].code.s)
            strmap_put(&known, codes[i].code.s, codes[i].code.len, &is_new);
    for (size_t i = 0; i < count; i++) {
        const struct text *code = &codes[i].code;

        for (size_t len = code->s ? code->len : 0; len > 3; len -= 2) {
            int parent = (int)len - 2;

            strmap_put(&known, code->s, (size_t)parent, &is_new);
            if (is_new)
                err_hint(source_error(b->errs, source, code->at, "unknown-parent",
                                      "the code '%s' has a dangling parent: there is no '%.*s' in "
                                      "'%s'",
                                      code->s, parent, code->s, list),
                         "add {\"code\": \"%.*s\", \"name\": \"...\"} to \"%s\", or mend the code",
                         parent, code->s, list);
        }
    }
    strmap_release(&known);
}

int bind_classification(struct bind *b, struct classification *classification,
                        const struct source_text *source)
{
    size_t before = errs_count(b->errs);

    check_parents(b, source, "functional", classification->functional.items,
                  classification->functional.count);
    check_parents(b, source, "economic", classification->economic.items,
                  classification->economic.count);
    return errs_count(b->errs) > before ? -1 : 0;
}

/* --- profiles --- */

static void check_profile_column(struct bind *b, const struct source_text *source,
                                 const struct profile_column *column)
{
    struct known known;
    struct err *err;

    if (!column->id.s || column_find(column->id.s, column->id.len))
        return;
    known = known_start(column->id.s, column->id.len);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        known_offer(&known, columns[i].name);
    err = source_error(b->errs, source, column->id.at, "unknown-column", "there is no column '%s'",
                       column->id.s);
    err_hint(err, "'juesuan schema report' shows which columns there are");
    known_hint(&known, err);
}

static void check_side(struct bind *b, const struct source_text *source,
                       const struct profile_table *table, const struct text *side)
{
    struct known known;

    if (!side->s)
        return;
    for (size_t i = 0; i < table->sides.count; i++)
        if (text_is(&table->sides.items[i].id, side->s))
            return;
    known = known_start(side->s, side->len);
    for (size_t i = 0; i < table->sides.count; i++)
        known_offer(&known, table->sides.items[i].id.s);
    known_hint(&known, source_error(b->errs, source, side->at, "unknown-side",
                                    "the table '%s' has no side '%s'", table->id.s, side->s));
}

/* A fixed line needs a name: its own, or that of its code. */
static void label_profile_line(struct bind *b, const struct source_text *source,
                               const struct catalog_codes *codes, struct profile_line *line)
{
    const struct code *code = NULL;

    if (line->label.s || !line->id.s)
        return;
    if (codes && line_id_is_code(line->id.s)) {
        code = codes_find(codes, "functional", &line->id);
        if (!code)
            code = codes_find(codes, "economic", &line->id);
    }
    if (code)
        line->label = code->name;
    else
        err_hint(source_error(b->errs, source, line->id.at, "line-without-label",
                              "the line '%s' has no label and is no code of the classification",
                              line->id.s),
                 "give it a \"label\"");
}

/* What shares are shares of. */
static void check_wholes(struct bind *b, const struct source_text *source,
                         const struct profile *profile, const struct profile_table *table)
{
    struct operand whole;

    for (size_t i = 0; i < table->columns.count; i++)
        if (table->columns.items[i].of.s)
            equation_whole(profile, table, &table->columns.items[i].of, source, b->arena, &whole,
                           b->errs);
    for (size_t i = 0; i < table->lines.count; i++)
        if (table->lines.items[i].of.s)
            equation_whole(profile, table, &table->lines.items[i].of, source, b->arena, &whole,
                           b->errs);
}

static void check_balances(struct bind *b, const struct source_text *source,
                           const struct profile *profile)
{
    struct equation equation;

    for (size_t i = 0; i < profile->tables.count; i++)
        check_wholes(b, source, profile, &profile->tables.items[i]);
    for (size_t i = 0; i < profile->balances.count; i++)
        if (profile->balances.items[i].id.s)
            equation_make(profile, &profile->balances.items[i], source, b->arena, &equation,
                          b->errs);
}

int bind_profile(struct bind *b, struct profile *profile, const struct source_text *source)
{
    const struct catalog_codes *codes = catalog_codes(b->catalog, profile->classification.value);
    const char *file =
        arena_format(b->arena, "classifications/%lld", (long long)profile->classification.value);
    size_t before = errs_count(b->errs);

    if (catalog_is_broken(b->catalog, file))
        return -1;
    if (!codes && profile->classification.present)
        err_hint(source_error(b->errs, source, profile->classification.at, "unknown-classification",
                              "there is no %s.json", file),
                 "make it, or name the year of one that is there");
    bind_form(b, profile, source);
    for (size_t i = 0; i < profile->tables.count; i++) {
        struct profile_table *table = &profile->tables.items[i];

        for (size_t j = 0; j < table->columns.count; j++) {
            check_profile_column(b, source, &table->columns.items[j]);
            check_side(b, source, table, &table->columns.items[j].side);
        }
        for (size_t j = 0; j < table->lines.count; j++) {
            check_side(b, source, table, &table->lines.items[j].side);
            if (codes ||
                !line_id_is_code(table->lines.items[j].id.s)) /* which codes there are was told */
                label_profile_line(b, source, codes, &table->lines.items[j]);
        }
    }
    check_balances(b, source, profile);
    for (size_t i = 0; i < profile->funds.count; i++)
        label_profile_line(b, source, NULL, &profile->funds.items[i]);
    for (size_t i = 0; i < profile->grades.count; i++)
        bind_quantities(b, source, &entity_grade, &profile->grades.items[i], NULL, "分");
    return errs_count(b->errs) > before ? -1 : 0;
}

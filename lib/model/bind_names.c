#include "base/base.h"

#include "model/bind_names.h"

#include "base/err.h"

/* Which date is the earlier one, as far as both go: < 0, 0, > 0. One that is absent is equal. */
static int compare_dates(const struct text *a, const struct text *b)
{
    size_t len = a->len < b->len ? a->len : b->len;

    return a->s && b->s ? strncmp(a->s, b->s, len) : 0;
}

static void check_span(struct bind *b, const struct source_text *source, const struct text *from,
                       const struct text *to)
{
    if (compare_dates(from, to) > 0)
        err_hint(source_error(b->errs, source, to->at, "ends-before-it-begins",
                              "'to' (%s) is before 'from' (%s)", to->s, from->s),
                 "mend the one that is wrong");
}

/* Whether no name begins later than those before it. */
static bool check_order(struct bind *b, const struct source_text *source,
                        const struct department_name *names, size_t count)
{
    const struct department_name *newer = NULL; /* the last that says when it begins */

    for (size_t i = 0; i < count; i++) {
        if (newer && compare_dates(&names[i].from, &newer->from) > 0) {
            err_hint(source_error(b->errs, source, names[i].from.at, "names-out-of-order",
                                  "this name is from %s, but the one before it from %s",
                                  names[i].from.s, newer->from.s),
                     "put the newest name first, and the oldest last");
            return false;
        }
        if (names[i].from.s)
            newer = &names[i];
    }
    return true;
}

/* A name that has an older one behind it. */
static void check_newer(struct bind *b, const struct source_text *source,
                        const struct department_name *name, const struct department_name *older)
{
    if (!name->from.s && name->name.s)
        err_hint(source_error(b->errs, source, name->name.at, "name-without-from",
                              "since when is '%s' the name? there is an older one behind it",
                              name->name.s),
                 "write the year, month or day, such as \"from\": \"2019-03\"; the newest name "
                 "stands first");
    else if (compare_dates(&older->to, &name->from) > 0)
        err_hint(
            source_error(b->errs, source, older->to.at, "names-overlap",
                         "this name is used to %s, but the newer one from %s already", older->to.s,
                         name->from.s),
            "mend the one that is wrong; without 'to', a name ends where the newer one begins");
}

void bind_names(struct bind *b, const struct department *department,
                const struct source_text *source)
{
    const struct department_name *names = department->names.items;
    size_t count = department->names.count;

    if (check_order(b, source, names, count))
        for (size_t i = 0; i + 1 < count; i++)
            check_newer(b, source, &names[i], &names[i + 1]);
    for (size_t i = 0; i < count; i++)
        check_span(b, source, &names[i].from, &names[i].to);
    for (size_t i = 0; i < department->units.count; i++)
        check_span(b, source, &department->units.items[i].from, &department->units.items[i].to);
}

/* --- the name of a year --- */

/* The newest name that had begun in the year, or else the oldest; NULL: there is none at all. */
static const struct department_name *name_of_year(const struct department *department,
                                                  const struct text *year)
{
    const struct department_name *name = department->names.items;

    for (size_t i = 0; i < department->names.count; i++, name++)
        if (i + 1 == department->names.count || compare_dates(&name->from, year) <= 0)
            return name;
    return NULL;
}

static void bind_report_name(struct bind *b, const struct department *department,
                             struct report *report, const struct source_text *source)
{
    char digits[8];
    struct text year = {digits, 4, {0, 0}};
    const struct department_name *name;
    const struct text *limit = NULL;
    struct err *err;

    snprintf(digits, sizeof(digits), "%04lld", (long long)report->year.value % 10000);
    name = name_of_year(department, &year);
    if (!name)
        return;
    report->department_name = name->name;
    if (compare_dates(&name->to, &year) < 0)
        limit = &name->to;
    else if (compare_dates(&name->from, &year) > 0)
        limit = &name->from;
    if (!limit || !name->name.s)
        return;
    err = source_error(b->errs, source, limit->at, "year-without-name",
                       "there is a report of %s, but no name for that year; it bears '%s'", digits,
                       name->name.s);
    err->severity = SEVERITY_WARNING;
    err_hint(err, "let a name last to that year, or begin with it");
}

void bind_report_names(struct bind *b, struct department *department,
                       const struct source_text *source)
{
    for (size_t i = 0; i < department->reports.count; i++)
        if (department->reports.items[i].year.present)
            bind_report_name(b, department, &department->reports.items[i], source);
}

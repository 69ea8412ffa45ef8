#include "base/base.h"

#include "changes_out.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "command.h"
#include "history/told.h"
#include "text/csv.h"
#include "text/json_write.h"

static const char *kind_name(enum change_kind kind)
{
    static const char *const names[] = {
        [CHANGE_ADDED] = "added", [CHANGE_REMOVED] = "removed", [CHANGE_ALTERED] = "changed"};

    return names[kind];
}

/* --- for people --- */

enum { SIGN, PLACE, LABEL, OLD, ARROW, NEW, UNIT, DIFFERENCE, PERCENT };

enum { LINES_MAX = 6 }; /* of a text that changed */

static const char *const signs[] = {
    [CHANGE_ADDED] = "+", [CHANGE_REMOVED] = "-", [CHANGE_ALTERED] = "~"};

void change_text_start(struct change_text *t, int64_t old_year, int64_t new_year)
{
    *t = (struct change_text){.old_year = old_year, .new_year = new_year, .texts = STRBUF_INIT};
    t->grid.right[OLD] = t->grid.right[NEW] = true;
    t->grid.right[DIFFERENCE] = t->grid.right[PERCENT] = true;
}

/* Prints what was gathered below a heading. */
static void flush(struct change_text *t)
{
    if (t->is_whole)
        printf("%zu figure%s and %zu text%s\n", t->figures, t->figures == 1 ? "" : "s", t->others,
               t->others == 1 ? "" : "s");
    t->is_whole = false;
    t->figures = t->others = 0;
    grid_print(&t->grid, stdout, 4);
    fwrite(t->texts.buf, 1, t->texts.len, stdout);
    strbuf_clear(&t->texts);
}

/* Whether a heading differs from the last one, which it then becomes. */
static bool is_new(char **last, const struct strbuf *heading)
{
    if (*last && !strcmp(*last, heading->buf))
        return false;
    free(*last);
    *last = mem_strdup(heading->buf);
    return true;
}

static void put_report(struct change_text *t, const struct change *change)
{
    struct strbuf heading = STRBUF_INIT;
    long long year = (long long)change_item(change)->year;

    strbuf_adds(&heading, change->department_name ? change->department_name : "");
    if (t->old_year && change->old_revision && change->new_revision)
        strbuf_addf(&heading, " %lld (%s) -> %lld (%s)  %s", (long long)t->old_year,
                    change->old_revision->name, (long long)t->new_year, change->new_revision->name,
                    change->department);
    else if (t->old_year)
        strbuf_addf(&heading, " %lld -> %lld  %s", (long long)t->old_year, (long long)t->new_year,
                    change->department);
    else if (year)
        strbuf_addf(&heading, " %lld  %s/%lld", year, change->department, year);
    else
        strbuf_addf(&heading, "  %s", change->department);
    if (is_new(&t->report, &heading)) {
        flush(t);
        if (t->any)
            putchar('\n');
        cells_put(stdout, heading.buf);
        putchar('\n');
        free(t->table);
        t->table = NULL;
    }
    t->any = true;
    strbuf_release(&heading);
}

/* What it is in: a project or an evaluation, a table, or neither. */
static void add_place(const struct change *change, struct strbuf *out)
{
    const struct item *item = change_item(change);

    if (item->scope && change->whole != WHOLE_REPORT)
        strbuf_addf(out, "%s %s", item->scope, item->scope_title ? item->scope_title : "");
    if (change_is_renamed(change))
        strbuf_addf(out, " (%s %s)", change->old->scope,
                    change->old->scope_title ? change->old->scope_title : "");
    if (item->table && change->whole == WHOLE_NONE)
        strbuf_addf(out, "%s%s %s", out->len ? ", " : "", item->table,
                    item->table_title ? item->table_title : "");
    if (!out->len)
        strbuf_adds(out, item->year ? entity_report.title : entity_department.title);
}

static void put_place(struct change_text *t, const struct change *change)
{
    struct strbuf heading = STRBUF_INIT, place = STRBUF_INIT;

    add_place(change, &place);
    strbuf_addf(&heading, "%s%s%s", change->whole ? signs[change->kind] : "",
                change->whole ? " " : "", place.buf);
    strbuf_release(&place);
    if (is_new(&t->table, &heading)) {
        flush(t);
        fputs("  ", stdout);
        cells_put(stdout, heading.buf);
        t->is_whole = change->whole != WHOLE_NONE;
        fputs(t->is_whole ? ": " : "\n", stdout);
    }
    strbuf_release(&heading);
}

static void put_number(struct grid *grid, size_t column, const struct item *item, bool with_unit)
{
    struct strbuf text = STRBUF_INIT;

    item_add_shown(item, &text);
    if (with_unit && item && item->value.unit)
        strbuf_addf(&text, " %s", item->value.unit);
    grid_put(grid, column, text.buf);
    strbuf_release(&text);
}

static bool has_unit(const struct item *item, const char *unit)
{
    return !item || !item->value.unit || (unit && !strcmp(item->value.unit, unit));
}

static void put_shown(struct grid *grid, size_t column, const struct change *change,
                      bool (*what)(const struct change *change, struct strbuf *out),
                      const char *behind)
{
    struct strbuf text = STRBUF_INIT;

    if (what(change, &text)) {
        strbuf_adds(&text, behind);
        grid_put(grid, column, text.buf);
    }
    strbuf_release(&text);
}

void change_put_difference(struct grid *grid, size_t column, const struct change *change)
{
    put_shown(grid, column, change, change_difference_shown, "");
}

void change_put_percent(struct grid *grid, size_t column, const struct change *change)
{
    put_shown(grid, column, change, change_percent_shown, "%");
}

static void put_figure(struct change_text *t, const struct change *change)
{
    const struct item *item = change_item(change);
    struct grid *grid = &t->grid;
    struct strbuf text = STRBUF_INIT;
    bool one_unit = has_unit(change->old, item->value.unit);

    grid_row(grid);
    grid_put(grid, SIGN, signs[change->kind]);
    grid_put(grid, PLACE, item_place(item));
    strbuf_addf(&text, "%s%s%s", item->label ? item->label : "", item->label ? " " : "",
                item->column_title ? item->column_title : "");
    grid_put(grid, LABEL, text.buf);
    put_number(grid, OLD, change->old, !one_unit);
    if (change->old && change->new)
        grid_put(grid, ARROW, "->");
    put_number(grid, NEW, change->new, !one_unit);
    if (one_unit && item->value.unit)
        grid_put(grid, UNIT, item->value.unit);
    change_put_difference(grid, DIFFERENCE, change);
    change_put_percent(grid, PERCENT, change);
    strbuf_release(&text);
}

/* --- texts that changed --- */

/* A sign before each line, the first few of them. */
static void add_lines(struct strbuf *out, const char *sign, struct text_lines text)
{
    const char *end = text.s + text.len;

    for (size_t count = 0; text.s < end; count++) {
        size_t len = strcspn(text.s, "\n");

        if (len > (size_t)(end - text.s))
            len = (size_t)(end - text.s);
        if (count == LINES_MAX) {
            strbuf_addf(out, "        %s ...\n", sign);
            break;
        }
        strbuf_addf(out, "        %s%s%.*s\n", sign, len ? " " : "", (int)len, text.s);
        text.s += len + 1;
    }
}

static void put_text(struct change_text *t, const struct change *change)
{
    const struct item *item = change_item(change);
    struct strbuf old = STRBUF_INIT, new = STRBUF_INIT;
    struct text_lines from, to;

    strbuf_addf(&t->texts, "    %s %s  %s%s%s\n", signs[change->kind], item_place(item),
                item->label ? item->label : "", item->label ? " " : "",
                item->column_title ? item->column_title : "");
    change_lines(change, &old, &new, &from, &to);
    add_lines(&t->texts, "-", from);
    add_lines(&t->texts, "+", to);
    strbuf_release(&old);
    strbuf_release(&new);
}

void change_text_put(struct change_text *t, const struct change *change)
{
    bool is_figure = change_item(change)->is_figure;

    put_report(t, change);
    put_place(t, change);
    t->figures += is_figure;
    t->others += !is_figure;
    if (t->is_whole)
        return;
    if (is_figure)
        put_figure(t, change);
    else
        put_text(t, change);
}

void change_text_end(struct change_text *t)
{
    flush(t);
    if (t->any)
        putchar('\n');
    strbuf_release(&t->texts);
    free(t->report);
    free(t->table);
}

void put_change_counts(const char *one, const char *many, const struct change_counts *c)
{
    printf("%zu %s changed, %zu added, %zu removed, %zu unchanged\n", c->altered,
           c->altered == 1 ? one : many, c->added, c->removed, c->unchanged);
}

/* --- for machines --- */

static const char *na_name(const struct quantity *q)
{
    return q->state == QUANTITY_DASH           ? "dash"
           : q->state == QUANTITY_NOT_INVOLVED ? "not-involved"
                                               : NULL;
}

/* What one side says; null when it says nothing. */
static void put_side(struct json_writer *w, const char *key, const struct item *item)
{
    struct strbuf text = STRBUF_INIT;

    json_write_key(w, key);
    if (!item || !item->is_figure) {
        if (item)
            json_write_string(w, item->text, strlen(item->text));
        else
            json_write_raw(w, "null", 4);
        return;
    }
    json_write_object(w);
    if (item->value.state == QUANTITY_STATED) {
        quantity_add_value(&item->value, &text);
        json_write_key(w, "value");
        json_write_raw(w, text.buf, text.len);
        strbuf_clear(&text);
        quantity_add_stated(&item->value, &text);
        put_json_text(w, "stated", text.buf);
    } else {
        put_json_text(w, "na", na_name(&item->value));
    }
    put_json_text(w, "unit", item->value.unit);
    json_write_object_end(w);
    strbuf_release(&text);
}

static void put_raw(struct json_writer *w, const char *key, const struct change *change,
                    bool (*what)(const struct change *change, struct strbuf *out))
{
    struct strbuf text = STRBUF_INIT;

    json_write_key(w, key);
    if (what(change, &text))
        json_write_raw(w, text.buf, text.len);
    else
        json_write_raw(w, "null", 4);
    strbuf_release(&text);
}

void change_put_fields(struct json_writer *w, const struct change *change)
{
    const struct item *item = change_item(change);

    put_json_text(w, "change", kind_name(change->kind));
    put_json_text(w, "kind", item->is_figure ? "figure" : "text");
    put_json_text(w, "address", item->address);
    put_json_text(w, "old_address", change->old ? change->old->address : NULL);
    put_json_text(w, "department", change->department);
    json_write_key(w, "year");
    if (item->year)
        json_write_int(w, item->year);
    else
        json_write_raw(w, "null", 4);
    put_json_text(w, "scope", item->scope);
    put_json_text(w, "table", item->table);
    put_json_text(w, "line", item->line);
    put_json_text(w, "column", item->column);
    put_json_text(w, "label", item->label);
    put_json_text(w, "column_label", item->column_title);
    put_side(w, "old", change->old);
    put_side(w, "new", change->new);
    put_raw(w, "difference", change, change_difference);
    put_raw(w, "percent", change, change_percent);
}

void change_counts_as_json(struct json_writer *w, const char *key,
                           const struct change_counts *counts)
{
    json_write_key(w, key);
    json_write_object(w);
    put_json_number(w, "changed", counts->altered);
    put_json_number(w, "added", counts->added);
    put_json_number(w, "removed", counts->removed);
    put_json_number(w, "unchanged", counts->unchanged);
    json_write_object_end(w);
}

void change_csv_header(struct csv_writer *w)
{
    static const char *const names[] = {
        "change",     "kind",    "address",    "old_address", "department",   "year",    "scope",
        "table",      "line",    "column",     "label",       "column_label", "old",     "new",
        "difference", "percent", "old_stated", "old_unit",    "new_stated",   "new_unit"};

    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        csv_put_string(w, names[i]);
}

/* The value of a figure as a number, a text as a text. */
static void put_value(struct csv_writer *w, const struct item *item)
{
    if (item && item->is_figure) {
        csv_begin_cell(w);
        quantity_add_value(&item->value, w->out);
    } else {
        csv_put_string(w, item ? item->text : NULL);
    }
}

static void put_stated(struct csv_writer *w, const struct item *item)
{
    struct strbuf text = STRBUF_INIT;
    bool is_number = item && item->is_figure && item->value.state == QUANTITY_STATED;

    if (item && item->is_figure)
        quantity_add_stated(&item->value, &text);
    if (is_number)
        csv_put_number(w, text.buf, text.len);
    else
        csv_put_string(w, text.buf);
    csv_put_string(w, item && item->is_figure ? item->value.unit : NULL);
    strbuf_release(&text);
}

static void put_number_cell(struct csv_writer *w, const struct change *change,
                            bool (*what)(const struct change *change, struct strbuf *out))
{
    csv_begin_cell(w);
    what(change, w->out);
}

void change_as_csv(struct csv_writer *w, const struct change *change)
{
    const struct item *item = change_item(change);

    csv_put_string(w, kind_name(change->kind));
    csv_put_string(w, item->is_figure ? "figure" : "text");
    csv_put_string(w, item->address);
    csv_put_string(w, change->old ? change->old->address : NULL);
    csv_put_string(w, change->department);
    csv_begin_cell(w);
    if (item->year)
        strbuf_add_int(w->out, item->year);
    csv_put_string(w, item->scope);
    csv_put_string(w, item->table);
    csv_put_string(w, item->line);
    csv_put_string(w, item->column);
    csv_put_string(w, item->label);
    csv_put_string(w, item->column_title);
    put_value(w, change->old);
    put_value(w, change->new);
    put_number_cell(w, change, change_difference);
    put_number_cell(w, change, change_percent);
    put_stated(w, change->old);
    put_stated(w, change->new);
}

void change_whole_as_csv(struct csv_writer *w, const char *kind, const char *address,
                         const char *department, int64_t year)
{
    enum { EMPTY = 14 }; /* scope and what follows */

    csv_put_string(w, kind_name(CHANGE_ADDED));
    csv_put_string(w, kind);
    csv_put_string(w, address);
    csv_put_string(w, NULL);
    csv_put_string(w, department);
    csv_begin_cell(w);
    if (year)
        strbuf_add_int(w->out, year);
    for (int i = 0; i < EMPTY; i++)
        csv_put_string(w, NULL);
}

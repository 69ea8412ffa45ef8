#include "base/base.h"

#include "daff_out.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/csv.h"

enum row_kind { ROW_GAP, ROW_CONTEXT, ROW_ADDED, ROW_REMOVED, ROW_UPDATED };

struct daff_row {
    enum row_kind kind;
    const char *old, *new; /* lines of CSV, in the arena; NULL: not on that side */
};

/* --- rows of the tables --- */

/* What stands elsewhere in its file is the same, and of two years, what is of another year. */
static bool is_compared(const struct daff *daff, const struct data_column *column)
{
    return strcmp(column->name, "file") != 0 && strcmp(column->name, "source_line") != 0 &&
           !(daff->is_by_key && !strcmp(column->name, "year")) && column->part != DATA_SCALE;
}

void daff_start(struct daff *daff, bool are_years)
{
    struct data_table *table = &daff->table;
    size_t kept = 0;

    *daff = (struct daff){.before = STRBUF_INIT,
                          .old = STRBUF_INIT,
                          .new = STRBUF_INIT,
                          .dashes = 1,
                          .is_by_key = are_years};
    data_table_plan(table, &entity_all_figure, &daff->arena);
    for (size_t i = 0; i < table->count; i++)
        if (is_compared(daff, &table->columns[i]))
            table->columns[kept++] = table->columns[i];
    table->count = kept;
    daff->active = mem_zalloc(kept, sizeof(*daff->active));
    daff->active[0] = true; /* the address, or what is in its place: */
    if (are_years)
        table->columns[0].name = "key";
}

/* The tab behind the name of a project that ended is for machines. */
static void add_key(const char *department, const struct item *item, struct strbuf *out)
{
    size_t len = strcspn(item->key, "\t");

    strbuf_addf(out, "%s/%.*s", department, (int)len, item->key);
    if (item->key[len])
        strbuf_addf(out, " (%lld)%s", (long long)item->year, item->key + len + 1);
}

static void set_row(const struct daff *daff, const char *department, const struct item *item,
                    struct strbuf *out)
{
    const char *statement = strchr(item->address, '@');
    struct strbuf key = STRBUF_INIT;
    struct all_figure figure = {
        .address = text_of(item->address),
        .department = text_of(department),
        .year = {.value = item->year, .present = true},
        .scope = text_of(item->scope),
        .table = text_of(item->table),
        .line = text_of(item->line),
        .column = text_of(item->column),
        .statement = text_of(statement ? statement + 1 : NULL),
        .label = text_of(item->label),
        .column_label = text_of(item->column_title),
        .measure = text_of(measure_name((enum measure)item->value.measure)),
        .value = item->value,
        .unit = text_of(item->value.unit),
    };

    if (daff->is_by_key) {
        add_key(department, item, &key);
        figure.address = text_of(key.buf);
    }
    strbuf_clear(out);
    data_csv_row(&daff->table, &figure, out);
    strbuf_release(&key);
}

/* The arrow has more dashes than any in the tables. */
static void look_for_arrows(struct daff *daff, const struct strbuf *row)
{
    for (const char *end = strchr(row->buf, '>'); end; end = strchr(end + 1, '>')) {
        const char *start = end;

        while (start > row->buf && start[-1] == '-')
            start--;
        if ((size_t)(end - start) >= daff->dashes)
            daff->dashes = (size_t)(end - start) + 1;
    }
}

static struct csv_row cells_of(struct arena *arena, const char *line)
{
    struct csv_table table = {0};
    struct errs none = ERRS_INIT;

    csv_parse(line, strlen(line), "", 1, arena, &table, &none);
    errs_release(&none);
    return table.rows[0];
}

/* --- which are told --- */

static void keep(struct daff *daff, enum row_kind kind, const char *old, const char *new)
{
    MEM_GROW(daff->rows, daff->count, daff->cap);
    daff->rows[daff->count++] =
        (struct daff_row){kind, old ? arena_strdup(&daff->arena, old) : NULL,
                          new ? arena_strdup(&daff->arena, new) : NULL};
}

/* A row that differs, and the one before it. */
static void keep_difference(struct daff *daff, enum row_kind kind, const char *old, const char *new)
{
    if (daff->has_before) {
        if (daff->is_hidden)
            keep(daff, ROW_GAP, NULL, NULL);
        keep(daff, ROW_CONTEXT, NULL, daff->before.buf);
    }
    keep(daff, kind, old, new);
    daff->is_hidden = daff->has_before = false;
    daff->is_context = true;
}

static void pass_over(struct daff *daff, const struct strbuf *row)
{
    if (daff->is_context) {
        keep(daff, ROW_CONTEXT, NULL, row->buf);
        daff->is_context = false;
        return;
    }
    daff->is_hidden |= daff->has_before;
    daff->has_before = true;
    strbuf_clear(&daff->before);
    strbuf_addbuf(&daff->before, row);
}

static void keep_removed(struct daff *daff)
{
    for (size_t i = 0; i < daff->removed_count; i++)
        keep_difference(daff, ROW_REMOVED, daff->removed[i], NULL);
    daff->removed_count = 0;
}

/* A row that both have. */
static void put_both(struct daff *daff)
{
    struct csv_row old, new;
    struct arena arena = {0};

    keep_removed(daff);
    if (!strcmp(daff->old.buf, daff->new.buf)) {
        pass_over(daff, &daff->new);
        return;
    }
    old = cells_of(&arena, daff->old.buf);
    new = cells_of(&arena, daff->new.buf);
    for (size_t i = 0; i < daff->table.count; i++)
        daff->active[i] |= strcmp(old.cells[i], new.cells[i]) != 0;
    keep_difference(daff, ROW_UPDATED, daff->old.buf, daff->new.buf);
    arena_release(&arena);
}

void daff_put(struct daff *daff, const struct change *change)
{
    if (!change_item(change)->is_figure)
        return;
    if (change->old) {
        set_row(daff, change->department, change->old, &daff->old);
        look_for_arrows(daff, &daff->old);
    }
    if (change->new) {
        set_row(daff, change->department, change->new, &daff->new);
        look_for_arrows(daff, &daff->new);
    }
    if (change->old && change->new) {
        put_both(daff);
    } else if (change->new) {
        for (size_t i = 0; i < daff->table.count; i++)
            daff->active[i] = true;
        keep_difference(daff, ROW_ADDED, NULL, daff->new.buf);
    } else {
        MEM_GROW(daff->removed, daff->removed_count, daff->removed_cap);
        daff->removed[daff->removed_count++] = arena_strdup(&daff->arena, daff->old.buf);
    }
}

/* --- telling them --- */

/* Columns beside one in which anything differs are shown; of those that are not, one stands for all
 * that are side by side. */
static bool is_shown(const struct daff *daff, size_t column)
{
    return daff->active[column] || (column && daff->active[column - 1]) ||
           (column + 1 < daff->table.count && daff->active[column + 1]);
}

static void put_row(const struct daff *daff, const char *action, const char *arrow,
                    const struct csv_row *old, const struct csv_row *new, struct strbuf *out)
{
    const struct csv_row *row = new ? new : old;
    struct csv_writer w = {out, false};
    struct strbuf cell = STRBUF_INIT;

    csv_put_exact(&w, action, strlen(action));
    for (size_t i = 0; i < daff->table.count; i++) {
        if (!is_shown(daff, i)) {
            if (is_shown(daff, i - 1)) /* the first is */
                csv_put_exact(&w, "...", 3);
            continue;
        }
        strbuf_clear(&cell);
        if (row && old && new &&strcmp(old->cells[i], new->cells[i]) != 0)
            strbuf_addf(&cell, "%s%s", old->cells[i], arrow);
        strbuf_adds(&cell, row ? row->cells[i] : "...");
        csv_put_exact(&w, cell.buf, cell.len);
    }
    csv_end_row(&w);
    strbuf_release(&cell);
}

void daff_end(struct daff *daff, struct strbuf *out)
{
    static const char *const actions[] = {
        [ROW_GAP] = "...", [ROW_CONTEXT] = "", [ROW_ADDED] = "+++", [ROW_REMOVED] = "---"};
    struct strbuf arrow = STRBUF_INIT, header = STRBUF_INIT;
    struct csv_row names;

    keep_removed(daff);
    if (daff->count && daff->has_before)
        keep(daff, ROW_GAP, NULL, NULL);
    for (size_t i = 0; i < daff->dashes; i++)
        strbuf_addch(&arrow, '-');
    strbuf_addch(&arrow, '>');
    data_csv_header(&daff->table, &header);
    names = cells_of(&daff->arena, header.buf);
    put_row(daff, "@@", arrow.buf, NULL, &names, out);
    for (size_t i = 0; i < daff->count; i++) {
        const struct daff_row *row = &daff->rows[i];
        struct arena arena = {0};
        struct csv_row old = {0}, new = {0};

        if (row->old)
            old = cells_of(&arena, row->old);
        if (row->new)
            new = cells_of(&arena, row->new);
        put_row(daff, row->kind == ROW_UPDATED ? arrow.buf : actions[row->kind], arrow.buf,
                row->old ? &old : NULL, row->new ? &new : NULL, out);
        arena_release(&arena);
    }
    strbuf_release(&arrow);
    strbuf_release(&header);
}

void daff_release(struct daff *daff)
{
    arena_release(&daff->arena);
    strbuf_release(&daff->before);
    strbuf_release(&daff->old);
    strbuf_release(&daff->new);
    free(daff->active);
    free(daff->rows);
    free(daff->removed);
    memset(daff, 0, sizeof(*daff));
}

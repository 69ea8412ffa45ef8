#include "base/base.h"

#include "check/cell.h"

#include "base/arena.h"
#include "model/lookup.h"

static unsigned decimals_of(const struct table *table)
{
    unsigned most = 0;

    for (size_t i = 0; i < table->lines.count; i++) {
        const struct line *line = &table->lines.items[i];

        for (size_t j = 0; j < line->figures.count; j++) {
            const struct quantity *q = &line->figures.items[j].value;

            if (q->measure == MEASURE_AMOUNT && q->state == QUANTITY_STATED &&
                q->number.scale > most)
                most = q->number.scale;
        }
    }
    return most;
}

const struct cell_table *cell_tables_make(const struct report *report, const struct profile *own,
                                          const struct profile *profile, struct arena *arena)
{
    struct cell_table *tables = arena_zalloc(arena, profile->tables.count, sizeof(*tables));

    for (size_t i = 0; report && own && i < profile->tables.count; i++) {
        struct cell_table *t = &tables[i];
        const char *id = profile->tables.items[i].id.s;

        *t = (struct cell_table){
            .report = report, .table = report_table(report, id), .form = profile_table(own, id)};
        t->is_held = t->table && t->form && t->form->statutory.value &&
                     !text_is(&t->table->status, "attachment-not-held");
        t->decimals = t->table ? decimals_of(t->table) : 0;
    }
    return tables;
}

const struct cell_table *cell_table_find(const struct checking *c, const char *table)
{
    const struct profile_table *form = profile_table(c->profile, table);

    return form ? &c->tables[form - c->profile->tables.items] : NULL;
}

bool cell_exists(const struct cell_table *table, const char *line, const char *column)
{
    const struct profile_line *fixed = table->form ? profile_table_line(table->form, line) : NULL;
    const struct profile_column *found;

    if (!table->form)
        return false;
    found = profile_table_column(table->form, column, fixed ? fixed->side.s : NULL);
    return found &&
           (!found->side.s || !fixed || !fixed->side.s || text_is(&found->side, fixed->side.s));
}

bool cell_is_printed(const struct cell_table *table, const char *line, const char *column)
{
    const struct profile_line *fixed = table->form ? profile_table_line(table->form, line) : NULL;
    const struct profile_column *found;

    if (!table->form || (fixed && fixed->where.s))
        return false;
    found = profile_table_column(table->form, column, fixed ? fixed->side.s : NULL);
    return found && !found->where.s;
}

struct cell cell_of_prior(const struct cell_table *table, const struct line *line)
{
    const struct quantity *q[COLUMN_COUNT];
    enum column column = COLUMN_prior;
    struct cell cell = {.state = CELL_UNKNOWN};
    struct number change;

    line_quantities(line, q);
    if (!q[column] || !number_of(q[column], table->decimals, &cell.number)) {
        column = COLUMN_prior_change;
        if (!q[COLUMN_final] || !q[column] ||
            !number_of(q[COLUMN_final], table->decimals, &cell.number) ||
            !number_of(q[column], table->decimals, &change) ||
            !number_subtract(&cell.number, &change))
            return cell;
    }
    cell.state = CELL_STATED;
    cell.cited = (struct cited){.report = table->report,
                                .table = line->table.s,
                                .line = line->id.s,
                                .column = columns[column].name,
                                .q = q[column]};
    return cell;
}

struct cell cell_of(const struct cell_table *table, const char *line, const char *column)
{
    struct cell cell = {.cited = {table->report, NULL, table->form ? table->form->id.s : NULL, line,
                                  column, NULL, NULL}};

    cell.cited.q = line_quantity(table_line(table->table, line), column);
    if (cell.cited.q && number_of(cell.cited.q, table->decimals, &cell.number))
        cell.state = CELL_STATED;
    else if (cell.cited.q && cell.cited.q->state != QUANTITY_STATED)
        cell.state = CELL_BLANK;
    else if (!cell.cited.q && table->is_held && cell_is_printed(table, line, column))
        cell.state = CELL_BLANK;
    else
        cell.state = CELL_UNKNOWN;
    return cell;
}

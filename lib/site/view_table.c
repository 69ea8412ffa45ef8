#include "base/base.h"

#include "site/view_table.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "model/catalog.h"
#include "model/lookup.h"
#include "site/theme.h"

/* What is needed while the rows of one side are made. */
struct maker {
    const struct profile_table *form;
    const struct table *table; /* may be NULL */
    /* NULL: the table has only one side. "": the lines that are on neither side. */
    const char *side;
    const struct theme *theme;
    struct arena *arena;
    const struct profile_column **columns; /* those of this side that are shown */
    size_t column_count;
    bool complete; /* show the printed rows that have no figures, too */
    struct view_side *out;
};

static const struct flag yes = {.value = true, .present = true};

static bool is_narrative(const struct text *where)
{
    return where->s != NULL;
}

static bool column_on_side(const struct maker *m, const struct profile_column *column)
{
    return !m->side || !column->side.s || text_is(&column->side, m->side);
}

/* `fixed` may be NULL: a line by code. */
static bool line_on_side(const struct maker *m, const struct profile_line *fixed)
{
    return !m->side || (fixed && text_is(&fixed->side, m->side)) ||
           (!*m->side && !(fixed && fixed->side.s));
}

/* Whether any line of this side has a figure in the column. */
static bool is_used(const struct maker *m, const struct profile_column *column)
{
    for (size_t i = 0; m->table && i < m->table->lines.count; i++) {
        const struct line *line = &m->table->lines.items[i];
        const struct profile_line *fixed = profile_table_line(m->form, line->id.s);

        if (!line_on_side(m, fixed))
            continue;
        for (size_t j = 0; j < line->figures.count; j++)
            if (text_is(&line->figures.items[j].column, column->id.s))
                return true;
    }
    return false;
}

/* Printed columns always, the narrative's where they have figures. */
static void choose_columns(struct maker *m)
{
    m->columns =
        arena_alloc(m->arena, m->form->columns.count * sizeof(const struct profile_column *));
    m->column_count = 0;
    for (size_t i = 0; i < m->form->columns.count; i++) {
        const struct profile_column *column = &m->form->columns.items[i];

        if (column_on_side(m, column) &&
            ((m->complete && !is_narrative(&column->where)) || is_used(m, column)))
            m->columns[m->column_count++] = column;
    }
}

/* --- heads --- */

/* What the column is called in the language: as it is printed, or else as the dictionary has it. */
static struct text column_label(const struct theme *theme, const struct profile_column *column,
                                const struct field *field)
{
    struct text phrase = theme_phrase(theme, &column->label);

    if (theme_is_chinese(theme))
        return column->label.s ? column->label : text_of(field->title);
    return phrase.s && phrase.s != column->label.s ? phrase : text_of(field->title_en);
}

static struct view_head head_of(const struct maker *m, const struct profile_column *column)
{
    const struct field *field = column_find(column->id.s, column->id.len);
    struct view_head head = {.label = column_label(m->theme, column, field),
                             .span = {1, true, {0, 0}}};

    if (field->measure == MEASURE_PERCENT)
        head.unit = text_of("%");
    else if (field->measure != MEASURE_AMOUNT)
        head.unit = theme_phrase(m->theme, &column->unit);
    if (column->group.s)
        head.grouped = yes;
    if (is_narrative(&column->where))
        head.narrative = yes;
    return head;
}

/* The upper row of heads: one for each run of columns with the same group. */
static void make_heads(struct maker *m)
{
    struct view_side *out = m->out;

    out->columns.items = arena_alloc(m->arena, m->column_count * sizeof(*out->columns.items));
    out->columns.count = m->column_count;
    out->groups.items = arena_alloc(m->arena, m->column_count * sizeof(*out->groups.items));
    for (size_t i = 0; i < m->column_count; i++) {
        const struct profile_column *column = m->columns[i];
        struct view_head head = head_of(m, column);

        out->columns.items[i] = head;
        if (column->group.s && i && m->columns[i - 1]->group.s &&
            text_is(&m->columns[i - 1]->group, column->group.s)) {
            out->groups.items[out->groups.count - 1].span.value++;
            continue;
        }
        if (column->group.s) {
            head.label = theme_phrase(m->theme, &column->group);
            head.unit = text_of(NULL); /* each of its columns has its own */
            out->has_groups = yes;
        }
        out->groups.items[out->groups.count++] = head;
    }
}

/* --- rows --- */

static int64_t level_of(const struct profile_line *fixed, const struct text *id)
{
    if (fixed)
        return fixed->level.value;
    return line_id_is_code(id->s) ? ((int64_t)id->len - 3) / 2 : 0; /* 类 0, 款 1, 项 2 */
}

static void fill_cell(const struct maker *m, const struct line *line, const char *column,
                      struct view_cell *cell)
{
    struct strbuf also = STRBUF_INIT;

    for (size_t i = 0; i < line->figures.count; i++) {
        const struct figure *figure = &line->figures.items[i];

        if (!text_is(&figure->column, column))
            continue;
        if (!figure->statement.s) {
            cell->column = figure->column;
            cell->value = figure->value;
            continue;
        }
        strbuf_adds(&also, also.len ? "、" : "");
        quantity_add_shown(&figure->value, &also);
    }
    if (also.len)
        cell->also = text_of(arena_strndup(m->arena, also.buf, also.len));
    strbuf_release(&also);
}

static void add_note(const struct maker *m, struct view_row *row, const char *name,
                     const struct text *note)
{
    const struct field *field = entity_find(&entity_line, name, strlen(name));

    if (note->s)
        row->notes.items[row->notes.count++] =
            (struct view_note){text_of(theme_field_title(m->theme, field)), *note};
}

static void fill_notes(struct maker *m, const struct line *line, struct view_row *row)
{
    enum { NOTES_MAX = 4 };

    row->notes.items = arena_alloc(m->arena, NOTES_MAX * sizeof(*row->notes.items));
    add_note(m, row, "prior_reason", &line->prior_reason);
    add_note(m, row, "budget_reason", &line->budget_reason);
    add_note(m, row, "narrative_label", &line->narrative_label);
    add_note(m, row, "note", &line->note);
    row->noted.value = row->notes.count > 0;
}

/* `line` may be NULL, a printed row without figures; `fixed` may be NULL, a code. Not both. */
static void name_row(const struct theme *theme, const struct profile_line *fixed,
                     const struct line *line, struct view_row *row)
{
    row->id = line ? line->id : fixed->id;
    row->label = theme_phrase(theme, line ? &line->label : &fixed->label);
    row->level = (struct integer){level_of(fixed, &row->id), true, {0, 0}};
    if (line_id_is_code(row->id.s))
        row->code = row->id;
    if (line_id_is_total(row->id.s))
        row->total = yes;
}

void view_row_name(const struct theme *theme, const struct profile_table *form,
                   const struct line *line, struct view_row *row)
{
    name_row(theme, profile_table_line(form, line->id.s), line, row);
}

static void add_row(struct maker *m, const struct profile_line *fixed, const struct line *line)
{
    struct view_row *row = &m->out->rows.items[m->out->rows.count++];

    memset(row, 0, sizeof(*row));
    name_row(m->theme, fixed, line, row);
    if (row->code.s)
        m->out->has_codes = yes;
    if (fixed && is_narrative(&fixed->where))
        row->narrative = yes;
    if (fixed && fixed->unit.s) {
        row->unit = theme_phrase(m->theme, &fixed->unit);
        m->out->has_units = yes;
    }
    row->cells.items = arena_zalloc(m->arena, m->column_count, sizeof(*row->cells.items));
    row->cells.count = m->column_count;
    for (size_t i = 0; line && i < m->column_count; i++)
        fill_cell(m, line, m->columns[i]->id.s, &row->cells.items[i]);
    if (line)
        fill_notes(m, line, row);
}

static bool is_shown(const struct maker *m, const struct profile_line *fixed)
{
    if (!line_on_side(m, fixed))
        return false;
    return table_line(m->table, fixed->id.s) || (m->complete && !is_narrative(&fixed->where));
}

/* Rows in the order of the form. */
static void add_fixed_rows(struct maker *m, bool only_without_figures)
{
    for (size_t i = 0; i < m->form->lines.count; i++) {
        const struct profile_line *fixed = &m->form->lines.items[i];
        const struct line *line = table_line(m->table, fixed->id.s);

        if (is_shown(m, fixed) && !(only_without_figures && line))
            add_row(m, fixed, line);
    }
}

/* A table by codes keeps the order of the report, which may print its total first or last. */
static void add_rows_by_code(struct maker *m)
{
    for (size_t i = 0; m->table && i < m->table->lines.count; i++) {
        const struct line *line = &m->table->lines.items[i];
        const struct profile_line *fixed = profile_table_line(m->form, line->id.s);

        if (line_on_side(m, fixed))
            add_row(m, fixed, line);
    }
    add_fixed_rows(m, true);
}

/* Whether the row before, by its code, has this one as a part: 201 has 20103. */
static bool belongs_to(const struct view_row *row, const struct view_row *group)
{
    return group && group->code.s && row->code.s && row->code.len > group->code.len &&
           !memcmp(row->code.s, group->code.s, group->code.len);
}

static bool is_empty(const struct view_row *row)
{
    for (size_t i = 0; i < row->cells.count; i++)
        if (row->cells.items[i].value.state != QUANTITY_ABSENT || row->cells.items[i].also.s)
            return false;
    return !row->notes.count;
}

/* Which rows belong together, which are parts of others, which have nothing in them. */
static void group_rows(struct view_side *out, struct view_table *table)
{
    struct view_row *group = NULL; /* the first of the group that is open */

    for (size_t i = 0; i < out->rows.count; i++) {
        struct view_row *row = &out->rows.items[i];

        if (belongs_to(row, group)) {
            table->has_levels = yes;
            if (row->code.len > group->code.len + 2)
                table->has_items = row->item = yes;
        } else {
            row->opens = yes;
            group = row;
        }
        if (i && belongs_to(row, row - 1))
            row[-1].parent = yes;
        if (is_empty(row)) {
            row->empty = yes;
            table->empty_rows.present = true;
            table->empty_rows.value++;
        }
    }
}

static bool has_amounts(const struct maker *m)
{
    for (size_t i = 0; i < m->column_count; i++)
        if (column_find(m->columns[i]->id.s, m->columns[i]->id.len)->measure == MEASURE_AMOUNT)
            return true;
    return false;
}

static void make_side(struct maker *m)
{
    size_t most = m->form->lines.count + (m->table ? m->table->lines.count : 0);

    choose_columns(m);
    make_heads(m);
    m->out->rows.items = arena_alloc(m->arena, most * sizeof(*m->out->rows.items));
    if (m->form->codes.s)
        add_rows_by_code(m);
    else
        add_fixed_rows(m, false);
}

/* Whether the table needs a word about notes, and about figures that it does not print itself. */
static void note_sources(const struct view_side *side, struct view_table *table)
{
    for (size_t i = 0; i < side->columns.count; i++)
        if (side->columns.items[i].narrative.value)
            table->has_narrative = yes;
    for (size_t i = 0; i < side->rows.count; i++) {
        if (side->rows.items[i].narrative.value)
            table->has_narrative = yes;
        if (side->rows.items[i].noted.value)
            table->has_notes = yes;
    }
}

/* Sides without a row are left out. */
static void add_side(struct maker *m, struct view_table *out, const char *side,
                     const struct text *title)
{
    m->out = &out->sides.items[out->sides.count];
    m->side = side;
    make_side(m);
    if (!m->out->rows.count) {
        memset(m->out, 0, sizeof(*m->out));
        return;
    }
    if (title)
        m->out->caption = theme_phrase(m->theme, title);
    else
        m->out->other.value = side != NULL;
    group_rows(m->out, out);
    note_sources(m->out, out);
    if (has_amounts(m))
        out->amounts.value = true;
    out->sides.count++;
}

void view_table_make(const struct theme *theme, const struct profile_table *form,
                     const struct table *table, const char *unit, struct arena *arena,
                     struct view_table *out)
{
    struct maker m = {.form = form, .table = table, .theme = theme, .arena = arena};

    memset(out, 0, sizeof(*out));
    out->table = form->id;
    out->title = theme_phrase(theme, &form->title);
    out->unit = table && table->unit.s ? table->unit : text_of(unit);
    out->statutory = form->statutory;
    out->missing.value = !table;
    if (table) {
        out->statement = table->statement;
        out->not_held.value = text_is(&table->status, "attachment-not-held");
        out->not_applicable.value = text_is(&table->status, "not-applicable");
    }
    m.complete = table && text_is(&table->status, "present") && form->statutory.value;
    out->sides.items = arena_zalloc(arena, form->sides.count + 1, sizeof(*out->sides.items));
    for (size_t i = 0; i < form->sides.count; i++)
        add_side(&m, out, form->sides.items[i].id.s, &form->sides.items[i].title);
    add_side(&m, out, form->sides.count ? "" : NULL, NULL);
    out->empty.value =
        table && !out->sides.count && !out->not_held.value && !out->not_applicable.value;
}

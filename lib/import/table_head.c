#include "base/base.h"

#include "import/table_head.h"

#include "import/clean.h"
#include "import/table_around.h"

/* --- rows --- */

bool table_head_is_ordinal_row(struct draft *d, size_t block, unsigned row)
{
    const struct doc_table *table = d->ledger->blocks[block].block->table;
    unsigned numbers = 0;
    long last = 0;

    for (unsigned c = 0; c < table->columns; c++) {
        struct passage *cell = ledger_cell_here(d->ledger, block, row, c);
        struct entry *entry = cell ? ledger_only(d->ledger, cell) : NULL;
        long value;

        if (!cell || !*cell->text)
            continue;
        if (!strcmp(draft_key(d, cell), "栏次") || !strcmp(draft_key(d, cell), "栏目"))
            return true;
        if (!entry || strspn(entry->number.digits, "0123456789") != strlen(entry->number.digits))
            continue;
        value = strtol(entry->number.digits, NULL, 10);
        if (value != last + 1)
            return false;
        last = value;
        numbers++;
    }
    return numbers >= 3;
}

static bool is_column_label(const struct form *form, const char *key)
{
    for (size_t i = 0; i < form->columns.count; i++)
        if (!form->columns.items[i].narrative && !strcmp(form->columns.items[i].key, key))
            return true;
    return false;
}

static bool is_line_label(const struct form *form, const char *key)
{
    for (size_t i = 0; i < form->lines.count; i++)
        if (!strcmp(form->lines.items[i].key, key))
            return true;
    return false;
}

static bool is_head_word(const char *key)
{
    static const char *const words[] = {"编码", "代码", "名称", "单位万元", "项目", "行次", NULL};

    return clean_has_any(key, words) && clean_length(key, strlen(key)) < 14;
}

/* A row of data has a number, or the name of a line and no name of another column. */
static bool is_data_row(struct draft *d, size_t block, unsigned row, const struct form *form)
{
    const struct doc_table *table = d->ledger->blocks[block].block->table;
    bool has_line = false, has_column = false;

    for (unsigned c = 0; c < table->columns; c++) {
        struct passage *cell = ledger_cell_here(d->ledger, block, row, c);
        const char *key = draft_key(d, cell);

        if (!cell || !*key)
            continue;
        if (ledger_only(d->ledger, cell))
            return true;
        if (is_line_label(form, key) && !has_line)
            has_line = true;
        else if (is_column_label(form, key) || is_head_word(key))
            has_column = true;
    }
    return has_line && !has_column && !form->table->transposed.value;
}

static unsigned head_rows(struct draft *d, size_t block, const struct form *form)
{
    const struct doc_table *table = d->ledger->blocks[block].block->table;
    unsigned row = 0;

    while (row < table->rows &&
           (table_head_is_ordinal_row(d, block, row) || !is_data_row(d, block, row, form)))
        row++;
    return row;
}

/* --- columns --- */

/* "2021年度预算数": the report's own year says nothing; another stays. */
static const char *without_year(struct draft *d, const char *key)
{
    const char *year = arena_format(d->scratch, "%lld年", (long long)d->year);

    if (!clean_begins(key, year) || !key[strlen(year)])
        return key;
    key += strlen(year);
    return clean_begins(key, "度") && key[strlen("度")] ? key + strlen("度") : key;
}

static void add_part(struct draft *d, struct head_column *column, const struct doc_cell *cell,
                     const struct passage *passage, unsigned width)
{
    const char *unit =
        passage && !strstr(passage->text, "单位") ? table_unit_in_brackets(passage->text) : NULL;
    const char *key = passage ? without_year(d, draft_key(d, passage)) : "";

    if (unit && clean_ends(key, strlen(key), unit))
        key = arena_strndup(d->scratch, key, strlen(key) - strlen(unit));
    if (unit)
        column->unit = unit;
    if (!*key || (cell->column_span >= width && width > 2) || ledger_only(d->ledger, passage) ||
        column->part_count == HEAD_PARTS)
        return;
    if (column->part_count && !strcmp(column->parts[column->part_count - 1], key))
        return;
    column->parts[column->part_count++] = arena_strdup(d->arena, key);
}

static void read_parts(struct draft *d, size_t block, struct head *head, size_t c)
{
    const struct doc_table *table = d->ledger->blocks[block].block->table;
    const struct doc_cell *before = NULL;

    for (unsigned row = 0; row < head->rows; row++) {
        const struct doc_cell *cell = doc_table_at(table, row, (unsigned)c);

        if (cell && cell != before && !table_head_is_ordinal_row(d, block, row))
            add_part(d, &head->columns[c], cell, ledger_cell(d->ledger, block, row, (unsigned)c),
                     table->columns);
        before = cell;
    }
}

static bool is_one_of(const char *key, const char *const *words)
{
    for (; *words; words++)
        if (!strcmp(key, *words))
            return true;
    return false;
}

static enum head_kind kind_of(const struct head_column *column)
{
    static const char *const codes[] = {"编码", "代码", NULL};
    static const char *const levels[] = {"类", "款", "项", NULL};
    static const char *const names[] = {
        "名称", "支出功能分类", "支出经济分类", "功能分类", "经济分类", "预算科目", NULL};
    static const char *const items[] = {
        "项目",     "科目", "收入项目", "支出项目", "项目按功能分类", "项目按支出功能分类",
        "科目名称", "内容", "指标",     NULL};
    static const char *const ordinals[] = {"行次", "序号", "栏次", NULL};
    const char *last = column->part_count ? column->parts[column->part_count - 1] : "";

    if (is_one_of(last, ordinals))
        return HEAD_ORDINAL;
    if (clean_has_any(last, codes) || is_one_of(last, levels))
        return HEAD_CODE;
    if (is_one_of(last, items) || clean_has_any(last, names))
        return HEAD_NAME;
    return HEAD_OTHER;
}

/* The last parts of a head, joined, as long as they are shorter than a label can be. */
static const char *joined(struct draft *d, const struct head_column *column, size_t parts)
{
    const char *all = "";

    for (size_t i = column->part_count - parts; i < column->part_count; i++)
        all = arena_format(d->scratch, "%s%s", all,
                           strcmp(column->parts[i], "小计") != 0 ? column->parts[i] : "合计");
    return all;
}

/* How well a head is the column of the profile; 0: not at all. */
static unsigned likeness(struct draft *d, const struct form *form, size_t index,
                         const struct head_column *head)
{
    const struct label *label = &form->columns.items[index];
    const struct text *group = &form->table->columns.items[index].group;
    const char *last = head->part_count ? head->parts[head->part_count - 1] : "";
    unsigned found = 0;

    if (!*last || label->narrative)
        return 0;
    for (size_t parts = 1; parts <= head->part_count && !found; parts++)
        if (!strcmp(joined(d, head, parts), label->key))
            found = 10;
    if (!found && *label->stem && !strcmp(clean_stem(d->scratch, last), label->stem))
        found = 6;
    if (!found && clean_length(last, strlen(last)) >= 4 &&
        (clean_begins(label->key, last) || clean_begins(last, label->key)))
        found = 4;
    for (size_t i = 0; found && group->s && i < head->part_count; i++)
        if (!strcmp(head->parts[i], clean_key(d->scratch, group->s, group->len)))
            found += 5;
    return found;
}

static const char *best_column(struct draft *d, const struct form *form, const char *side,
                               const struct head_column *head)
{
    const char *best = NULL;
    unsigned most = 0;

    for (size_t i = 0; i < form->columns.count; i++) {
        const struct label *label = &form->columns.items[i];
        unsigned own =
            side && label->side && strcmp(label->side, side) ? 0 : likeness(d, form, i, head);

        if (own > most) {
            most = own;
            best = label->id;
        }
    }
    return best;
}

/* "事业收入" above "小计" and parts of it: the sum is the column. */
static const char *find_column(struct draft *d, const struct form *form, const char *side,
                               const struct head_column *head)
{
    static const char *const sums[] = {"小计", "合计", NULL};
    struct head_column above = *head;
    const char *found = NULL;

    if (above.part_count > 1 && is_one_of(above.parts[above.part_count - 1], sums) &&
        is_column_label(form, above.parts[above.part_count - 2])) {
        above.part_count--;
        found = best_column(d, form, side, &above);
    }
    return found ? found : best_column(d, form, side, head);
}

/* The only column that is printed for lines of a side, or NULL. */
static const char *only_column(const struct form *form, const char *side)
{
    const char *only = NULL;

    for (size_t i = 0; i < form->columns.count; i++) {
        const struct label *label = &form->columns.items[i];

        if (label->narrative || (side && label->side && strcmp(label->side, side)))
            continue;
        if (only)
            return NULL;
        only = label->id;
    }
    return only;
}

const char *table_head_side(const struct draft *d, const struct head *head, const struct form *form,
                            size_t segment)
{
    const struct profile_table *table = form->table;

    if (!table->sides.count)
        return NULL;
    for (size_t c = 0; c < head->count; c++)
        for (size_t p = 0; head->columns[c].segment == segment && p < head->columns[c].part_count;
             p++)
            for (size_t i = 0; i < table->sides.count; i++)
                if (!strcmp(head->columns[c].parts[p],
                            clean_key(d->scratch, table->sides.items[i].title.s,
                                      table->sides.items[i].title.len)))
                    return table->sides.items[i].id.s;
    return segment < table->sides.count ? table->sides.items[segment].id.s : NULL;
}

/* A segment begins with the names or codes behind the amounts of the one before. */
static void divide(struct head *head)
{
    bool values = false;

    head->segments = 1;
    for (size_t c = 0; c < head->count; c++) {
        struct head_column *column = &head->columns[c];

        if (values && (column->kind == HEAD_NAME || column->kind == HEAD_CODE)) {
            head->segments++;
            values = false;
        }
        if (column->kind == HEAD_OTHER)
            values = true;
        column->segment = head->segments - 1;
    }
}

/* Whether a head is of another year than the report's: "2020年" above "合计", "上年决算数". */
static bool is_of_other_year(const struct draft *d, const struct head_column *head)
{
    static const char *const priors[] = {"上年", "上一年", "去年", NULL};

    for (size_t p = 0; p < head->part_count; p++) {
        const char *part = head->parts[p];
        long long year = strspn(part, "0123456789") == 4 ? strtoll(part, NULL, 10) : 0;

        if ((year && year != d->year && clean_begins(part + 4, "年")) ||
            (clean_has_any(part, priors) && !strstr(part, "结转") && !strstr(part, "比上")))
            return true;
    }
    return false;
}

static void find_values(struct draft *d, const struct form *form, struct head *head)
{
    for (size_t c = 0; c < head->count; c++) {
        struct head_column *column = &head->columns[c];
        const char *side = table_head_side(d, head, form, column->segment);
        size_t beside = 0;

        if (column->kind != HEAD_OTHER)
            continue;
        for (size_t i = 0; i < head->count; i++)
            beside += head->columns[i].segment == column->segment &&
                      (head->columns[i].kind == HEAD_OTHER || head->columns[i].kind == HEAD_VALUE);
        if (is_of_other_year(d, column))
            continue;
        column->column = find_column(d, form, side, column);
        if (!column->column && beside == 1)
            column->column = only_column(form, side);
        if (!column->column)
            continue;
        column->kind = HEAD_VALUE;
        head->values++;
    }
}

/* --- transposed --- */

/* The line that a part of a head names, exactly or nearly. */
static const char *line_of_part(struct draft *d, const struct form *form, const char *part)
{
    const char *stem = clean_stem(d->scratch, part);

    for (size_t i = 0; i < form->lines.count; i++)
        if (!form->lines.items[i].narrative && !strcmp(form->lines.items[i].key, part))
            return form->lines.items[i].id;
    for (size_t i = 0; i < form->lines.count; i++)
        if (*stem && !strcmp(form->lines.items[i].stem, stem))
            return form->lines.items[i].id;
    return draft_line_of_parts(form, stem);
}

/* "购置费" below the name of a group: the only other line whose name ends so. */
static const char *line_in_group(struct draft *d, const struct form *form, const char *group,
                                 const char *part)
{
    const char *stem = clean_stem(d->scratch, part), *found = NULL;

    if (!group || clean_length(stem, strlen(stem)) < 2)
        return NULL;
    for (size_t i = 0; i < form->lines.count; i++) {
        const struct label *label = &form->lines.items[i];

        if (label->narrative || label->id == group ||
            !clean_ends(label->stem, strlen(label->stem), stem))
            continue;
        if (found)
            return NULL;
        found = label->id;
    }
    return found;
}

/* The line of the inmost part; of a group, where that is only its sum. */
static const char *line_of_parts(struct draft *d, const struct form *form,
                                 const struct head_column *head)
{
    size_t p = head->part_count;
    const char *id;

    while (p > 1 && !strcmp(head->parts[p - 1], "小计"))
        p--;
    if (!p)
        return NULL;
    id = line_of_part(d, form, head->parts[p - 1]);
    if (!id && p > 1)
        id = line_in_group(d, form, line_of_part(d, form, head->parts[p - 2]), head->parts[p - 1]);
    return id;
}

static bool has_pair(const struct head *head, const char *line, const char *column)
{
    for (size_t c = 0; c < head->count; c++)
        if (head->columns[c].kind == HEAD_VALUE && head->columns[c].line == line &&
            head->columns[c].column == column) /* both are names of the form's */
            return true;
    return false;
}

/* Whether each line has the same columns. Where it has not, spans were lost, and nothing is
 * certain. */
static bool is_even(const struct head *head)
{
    for (size_t a = 0; a < head->count; a++)
        for (size_t b = 0; head->columns[a].kind == HEAD_VALUE && b < head->count; b++)
            if (head->columns[b].kind == HEAD_VALUE &&
                !has_pair(head, head->columns[a].line, head->columns[b].column))
                return false;
    return true;
}

/* Takes the part that is the label of a column out of a head, the inmost first. */
static const char *take_column(struct draft *d, const struct form *form, struct head_column *head)
{
    for (size_t p = head->part_count; p > 0; p--) {
        struct head_column label = {.parts = {head->parts[p - 1]}, .part_count = 1};

        if (!is_column_label(form, head->parts[p - 1]))
            continue;
        memmove(&head->parts[p - 1], &head->parts[p],
                (head->part_count - p) * sizeof(*head->parts));
        head->part_count--;
        return find_column(d, form, NULL, &label);
    }
    return NULL;
}

static void find_transposed(struct draft *d, const struct form *form, struct head *head)
{
    for (size_t c = 0; c < head->count; c++) {
        struct head_column *column = &head->columns[c], rest = *column;

        if (is_of_other_year(d, column))
            continue;
        column->column = take_column(d, form, &rest);
        column->line = line_of_parts(d, form, &rest);
        if (!column->line || !column->column)
            continue;
        column->kind = HEAD_VALUE;
        head->values++;
    }
    head->transposed = head->values > 0;
    if (is_even(head))
        return;
    for (size_t c = 0; c < head->count; c++)
        head->columns[c].kind = HEAD_OTHER;
}

void table_head_read(struct draft *d, size_t block, const struct form *form, struct head *out)
{
    const struct doc_table *table = d->ledger->blocks[block].block->table;

    *out = (struct head){.count = table->columns, .rows = head_rows(d, block, form)};
    out->columns = arena_zalloc(d->arena, out->count + 1, sizeof(*out->columns));
    for (size_t c = 0; c < out->count; c++)
        read_parts(d, block, out, c);
    if (form->table->transposed.value) {
        find_transposed(d, form, out);
        if (out->values > 2)
            return;
        out->values = 0;
        out->transposed = false;
    }
    for (size_t c = 0; c < out->count; c++)
        out->columns[c].kind = kind_of(&out->columns[c]);
    divide(out);
    find_values(d, form, out);
}

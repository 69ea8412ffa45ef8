#include "base/base.h"

#include "import/recognise_tables.h"

#include "base/strbuf.h"
#include "import/clean.h"
#include "import/organisation.h"
#include "import/others.h"
#include "import/period.h"
#include "import/subject.h"
#include "import/table_around.h"
#include "import/table_line.h"

enum { CAPTION_BLOCKS = 6, CAPTION_CHARS = 60 };

/* --- which table it is --- */

/* The only form that is about the same, where a title is worded in another way; NULL: none. */
static const struct form *form_about(const struct draft *d, const char *key)
{
    unsigned topics = subject_topics(key);
    const struct form *found = NULL;

    for (size_t i = 0; topics && strstr(key, "表") && i < d->form_count; i++) {
        const struct form *form = &d->forms[i];

        if (!form->table->statutory.value || subject_topics(form->key) != topics)
            continue;
        if (found)
            return NULL;
        found = form;
    }
    return found;
}

/* The form whose title is in the text; of several the longest. What stands before it must not be
 * about something else: 国有资本经营预算财政拨款支出决算表 is no 支出决算表. */
static const struct form *form_in(const struct draft *d, const char *text)
{
    const char *key = clean_key(d->scratch, text, strlen(text));
    const struct form *best = NULL;
    bool any = false;

    for (size_t i = 0; d->forms && i < d->form_count; i++) {
        const struct form *form = &d->forms[i];
        const char *at = form->table->statutory.value ? strstr(key, form->key) : NULL;

        if (!at)
            continue;
        any = true;
        if (!subject_topics(arena_strndup(d->scratch, key, (size_t)(at - key))) &&
            (!best || strlen(form->key) > strlen(best->key)))
            best = form;
    }
    return best || !any ? best : form_about(d, key);
}

static bool is_caption(const char *text)
{
    return clean_length(text, strlen(text)) <= CAPTION_CHARS && !strstr(text, "。") &&
           !strstr(text, "；");
}

/* Whether a title is that of a table of another year, or of a budget. */
static bool is_other_title(const struct draft *d, const char *text)
{
    return strstr(text, "表") && is_caption(text) && period_is_other_title(d, text);
}

/* The same of the lines above a table, of its first cell, or of the section that it stands in. */
static bool is_other_table(struct draft *d, size_t block)
{
    const struct passage *first = ledger_cell(d->ledger, block, 0, 0);

    if ((first && is_other_title(d, first->text)) ||
        period_is_other_section(d, d->ledger->passages[d->ledger->blocks[block].first].section))
        return true;
    for (size_t i = block; i > 0 && block - i < CAPTION_BLOCKS; i--) {
        const struct ledger_block *own = &d->ledger->blocks[i - 1];

        if (own->document != d->ledger->blocks[block].document || own->block->kind == DOC_TABLE)
            return false;
        if (is_other_title(d, ledger_paragraph(d->ledger, i - 1)->text))
            return true;
    }
    return false;
}

/* The lines above a table, as far as the table before. Those of its caption are no text. */
static const struct form *form_above(struct draft *d, size_t block, size_t *caption)
{
    for (size_t i = block; i > 0 && block - i < CAPTION_BLOCKS; i--) {
        const struct ledger_block *own = &d->ledger->blocks[i - 1];
        const struct passage *passage;
        const struct form *form;

        if (own->document != d->ledger->blocks[block].document || own->block->kind == DOC_TABLE)
            return NULL;
        passage = ledger_paragraph(d->ledger, i - 1);
        form = is_caption(passage->text) ? form_in(d, passage->text) : NULL;
        if (form) {
            *caption = i - 1;
            return form;
        }
    }
    return NULL;
}

static const struct form *form_inside(struct draft *d, size_t block)
{
    const struct doc_table *table = d->ledger->blocks[block].block->table;
    const struct doc_place *place = &d->ledger->blocks[block].block->place;

    for (unsigned row = 0; row < table->rows && row < 3; row++)
        for (unsigned c = 0; c < table->columns; c++) {
            const struct passage *cell = ledger_cell(d->ledger, block, row, c);
            const struct form *form =
                cell && is_caption(cell->text) ? form_in(d, cell->text) : NULL;

            if (form)
                return form;
        }
    return place->sheet ? form_in(d, place->sheet) : NULL;
}

/* The one form whose columns its head has; NULL: none, or several. */
static const struct form *form_by_head(struct draft *d, size_t block)
{
    const struct form *best = NULL;
    size_t most = 2;
    bool single = false;

    for (size_t i = 0; i < d->form_count; i++) {
        struct head head;

        if (!d->forms[i].table->statutory.value)
            continue;
        table_head_read(d, block, &d->forms[i], &head);
        if (head.values < most || head.values < 3)
            continue;
        single = head.values > most || !best;
        most = head.values;
        best = &d->forms[i];
    }
    return single ? best : NULL;
}

/* --- cells --- */

static bool is_dash(const char *text)
{
    static const char *const dashes[] = {"—", "——", "-", "--", "－", "–", "/"};

    for (size_t i = 0; i < ARRAY_SIZE(dashes); i++)
        if (!strcmp(text, dashes[i]))
            return true;
    return false;
}

/* The unit of money that the names of a row say, or NULL. */
static const char *unit_of_row(struct reading_table *t, unsigned row, size_t segment)
{
    for (size_t c = 0; c < t->head.count; c++) {
        const struct passage *cell = ledger_cell(t->draft->ledger, t->block, row, (unsigned)c);
        const char *unit =
            cell && t->head.columns[c].segment == segment && t->head.columns[c].kind == HEAD_NAME
                ? table_unit_in_brackets(cell->text)
                : NULL;

        if (unit)
            return unit;
    }
    return NULL;
}

/* A number without a unit is in that of its row or column, or of what stands around its table: in
 * another than that of the report's table, it is not put. */
static void take_unit(const struct reading_table *t, size_t c, struct entry *entry)
{
    const struct table *own = draft_table(t->draft, t->form->table->id.s);
    const char *unit = t->head.columns[c].unit;

    if (!unit)
        unit = t->row_unit ? t->row_unit : t->unit;
    if (entry && unit && !entry->number.unit &&
        strcmp(unit, own->unit.s ? own->unit.s : t->draft->report.unit.s) != 0)
        entry->number.unit = unit;
}

static void read_cell(struct reading_table *t, size_t c, struct passage *cell, const char *line)
{
    const char *column = t->head.columns[c].column;
    struct draft *d = t->draft;
    const char *text = clean_squeeze(d->scratch, cell->text, strlen(cell->text));
    struct entry *entry = ledger_only(d->ledger, cell);

    take_unit(t, c, entry);
    if (!*text || is_dash(text))
        return;
    if (!entry)
        ledger_note(d->ledger, NOTICE_REVIEW, "unsure-cell", cell, 0,
                    "'%s' in the table %s is no number: it was left out", text,
                    t->form->table->title.s);
    else if (!line)
        ledger_note(d->ledger, NOTICE_REVIEW, "unknown-line", cell, entry->number.start,
                    "the table %s has no line of that name or code", t->form->table->title.s);
    else if (entry->state == ENTRY_LOOSE &&
             draft_put(d, entry, t->form->table->id.s, line, column, false, false) == PUT_REFUSED)
        ledger_note(d->ledger, NOTICE_REVIEW, "unsure-value", cell, entry->number.start,
                    "%s%s cannot be %s/%s/%s: another value is there, it is in another unit than "
                    "the table, or the profile has no such place",
                    entry->number.digits, entry->number.unit ? entry->number.unit : "",
                    t->form->table->id.s, line, column);
}

/* A name may reach over columns of amounts, as 公用经费合计 does. */
static bool is_name_cell(const struct reading_table *t, unsigned row, unsigned column)
{
    const struct doc_table *table = t->draft->ledger->blocks[t->block].block->table;
    const struct doc_cell *cell = doc_table_at(table, row, column);

    return cell && cell->column < column && t->head.columns[cell->column].kind != HEAD_VALUE;
}

static void read_row(struct reading_table *t, unsigned row)
{
    struct draft *d = t->draft;

    if (table_is_note_row(d->ledger->blocks[t->block].block->table, row))
        return;
    for (size_t segment = 0; segment < t->head.segments; segment++) {
        const char *line = table_line_find(t, row, segment);

        t->row_unit = unit_of_row(t, row, segment);

        for (size_t c = 0; c < t->head.count; c++) {
            const struct head_column *column = &t->head.columns[c];
            struct passage *cell = ledger_cell(d->ledger, t->block, row, (unsigned)c);

            if (cell && column->segment == segment && column->kind == HEAD_VALUE &&
                !is_name_cell(t, row, (unsigned)c))
                read_cell(t, c, cell, line);
        }
    }
}

static void read_transposed(struct reading_table *t, unsigned row)
{
    for (size_t c = 0; c < t->head.count; c++) {
        const struct head_column *column = &t->head.columns[c];
        struct passage *cell = ledger_cell(t->draft->ledger, t->block, row, (unsigned)c);

        if (cell && column->kind == HEAD_VALUE)
            read_cell(t, c, cell, column->line);
    }
}

/* What a row names when that is an organisation alone; false: it does not. */
static bool row_names(struct reading_table *t, unsigned row, struct mention *out)
{
    for (size_t c = 0; c < t->head.count && c < 4; c++) {
        const struct passage *cell = ledger_cell(t->draft->ledger, t->block, row, (unsigned)c);
        const char *text =
            cell ? clean_squeeze(t->draft->scratch, cell->text, strlen(cell->text)) : "";

        if (!*text || t->head.columns[c].kind == HEAD_VALUE || ledger_only(t->draft->ledger, cell))
            continue;
        return organisation_value(t->draft, text, out) && clean_length(text, strlen(text)) >= 4 &&
               clean_length(text + out->end, strlen(text + out->end)) <= 4;
    }
    return false;
}

/* The first row that names an organisation, in a table of several: what follows is theirs, even if
 * the first is the department itself. */
static unsigned first_of_units(struct reading_table *t)
{
    const struct doc_table *table = t->draft->ledger->blocks[t->block].block->table;
    unsigned first = table->rows;
    bool others = false;

    for (unsigned row = t->head.rows; row < table->rows; row++) {
        struct mention mention;

        if (row_names(t, row, &mention)) {
            first = first < row ? first : row;
            others = others || mention.name;
        }
        arena_reset(t->draft->scratch);
    }
    return others ? first : table->rows;
}

static void refuse_row(struct reading_table *t, unsigned row)
{
    struct mention mention;

    if (row_names(t, row, &mention))
        t->row_of =
            mention.name ? arena_strdup(t->draft->arena, mention.name) : t->draft->department_name;
    for (unsigned c = 0; c < t->head.count; c++) {
        struct passage *cell = ledger_cell(t->draft->ledger, t->block, row, c);
        struct entry *entry = cell ? ledger_only(t->draft->ledger, cell) : NULL;

        if (cell && t->head.columns[c].kind == HEAD_CODE)
            ledger_reclass(t->draft->ledger, cell, NUMBER_CODE);
        else if (entry)
            entry->other = t->row_of;
    }
}

static void read_rows(struct reading_table *t)
{
    const struct doc_table *table = t->draft->ledger->blocks[t->block].block->table;

    t->last = arena_zalloc(t->draft->arena, t->head.segments + 1, sizeof(*t->last));
    t->codes = arena_zalloc(t->draft->arena, t->head.segments + 1, sizeof(*t->codes));
    t->units_from = first_of_units(t);
    for (unsigned row = 0; row < table->rows; row++) {
        if (row < t->head.rows || table_head_is_ordinal_row(t->draft, t->block, row)) {
            for (unsigned c = 0; c < table->columns; c++) {
                struct passage *cell = ledger_cell(t->draft->ledger, t->block, row, c);

                if (cell)
                    ledger_reclass(t->draft->ledger, cell, NUMBER_NUMBERING);
            }
        } else if (row >= t->units_from) {
            refuse_row(t, row);
        } else if (t->head.transposed) {
            read_transposed(t, row);
        } else {
            read_row(t, row);
        }
        arena_reset(t->draft->scratch);
    }
}

/* --- tables --- */

/* The unit above all columns of amounts, when it is one; NULL: they do not say, or differ. */
static const char *unit_of_heads(const struct head *head)
{
    const char *unit = NULL;
    bool any = false;

    for (size_t c = 0; c < head->count; c++) {
        if (head->columns[c].kind != HEAD_VALUE)
            continue;
        if (any && unit != head->columns[c].unit) /* each is one of money_units */
            return NULL;
        unit = head->columns[c].unit;
        any = true;
    }
    return unit;
}

/* The table of the report is in the unit of the first of the document that it is made of. */
static void set_unit(struct reading_table *t, size_t caption)
{
    struct draft *d = t->draft;
    const char *heads = unit_of_heads(&t->head);

    t->unit = table_around_read(d, t->block, caption);
    if (!t->unit)
        t->unit = heads;
    if (t->unit && !table_has_figures(d, t->form->table->id.s))
        draft_table(d, t->form->table->id.s)->unit =
            text_is(&d->report.unit, t->unit) ? (struct text){0} : text_of(t->unit);
}

static void read_table(struct draft *d, size_t block, const struct form *form, size_t caption,
                       const struct head *before)
{
    struct reading_table t = {.draft = d, .block = block, .form = form};

    table_head_read(d, block, form, &t.head);
    if (!t.head.values && before && before->count == t.head.count) {
        t.head = *before; /* it goes on */
        t.head.rows = 0;
    }
    set_unit(&t, caption);
    d->ledger->blocks[block].use = USE_TABLE;
    d->ledger->blocks[block].subtitle = form->table->title.s;
    draft_table(d, form->table->id.s);
    draft_form(d, form->table->id.s)->seen = true;
    read_rows(&t);
    table_notes_read(d, form, block);
}

/* Whether nothing stands between two tables but what a break of pages makes. */
static bool is_continued(struct draft *d, size_t last, size_t block)
{
    if (d->ledger->blocks[last].document != d->ledger->blocks[block].document)
        return false;
    for (size_t i = last + 1; i < block; i++) {
        const char *text = ledger_paragraph(d->ledger, i)->text;

        if (d->ledger->blocks[i].use != USE_NONE && text[strspn(text, " \n")] &&
            !strstr(text, "续"))
            return false;
    }
    return true;
}

/* Where the walk from table to table is. */
struct walk {
    size_t last;             /* the table before */
    const struct form *form; /* what it was; NULL: none that is known, or not to be read */
    struct head head;        /* where its columns are */
    const char *other;       /* whose it was, if not the department's */
    bool refused;            /* it was of another year, of several organisations, or a budget */
};

/* The form that the table is called like; NULL: none. */
static const struct form *form_named(struct draft *d, size_t block, size_t *caption)
{
    const struct form *form = form_inside(d, block);

    *caption = block;
    return form ? form : form_above(d, block, caption);
}

/* Whether another table is that of the department with its units. */
static bool has_whole(struct draft *d, const struct form *form)
{
    size_t caption;

    for (size_t i = 0; i < d->ledger->block_count; i++) {
        const struct ledger_block *own = &d->ledger->blocks[i];

        if (own->block->kind == DOC_TABLE && !own->other && !own->own_level &&
            !is_other_table(d, i) && form_named(d, i, &caption) == form)
            return true;
    }
    return false;
}

/* Whether one of the first columns has the names of organisations below 单位名称 or the like: a
 * table of several, whose sum is not what the profile's lines are of. */
static bool is_by_units(struct draft *d, size_t block)
{
    static const char *const heads[] = {"单位名称", "预算单位", "所属单位", "预算单位名称",
                                        "部门单位", "单位",     "部门名称", "部门单位名称"};
    const struct doc_table *table = d->ledger->blocks[block].block->table;

    for (unsigned row = 0; row < table->rows && row < 4; row++)
        for (unsigned c = 0; c < table->columns && c < 3; c++) {
            const struct passage *head = ledger_cell(d->ledger, block, row, c), *below;
            const char *key = draft_key(d, head);
            struct mention mention;

            below = ledger_cell(d->ledger, block, row + 1, c);
            for (size_t i = 0; below && below != head && i < ARRAY_SIZE(heads); i++)
                if (!strcmp(key, heads[i]) && !strstr(head->text, "：") &&
                    organisation_value(d, below->text, &mention))
                    return true;
        }
    return false;
}

/* Whether a table is not to be read: of others, of several, of another year, or what goes on from
 * such a one.
 */
static bool is_refused(struct draft *d, struct walk *w, size_t block, const struct form *named)
{
    struct ledger_block *own = &d->ledger->blocks[block];
    bool goes_on = !named && (w->other || w->refused) &&
                   own->block->table->columns == w->head.count && is_continued(d, w->last, block);

    if (!own->other && own->own_level && named && has_whole(d, named))
        others_mark(d, block, arena_format(d->arena, "%s本级", d->department_name));
    if (!own->other && goes_on && w->other)
        others_mark(d, block, w->other);
    w->other = own->other;
    w->refused =
        !w->other && (is_other_table(d, block) || is_by_units(d, block) || (goes_on && w->refused));
    return w->other || w->refused;
}

static void walk_to(struct draft *d, struct walk *w, size_t block)
{
    const struct ledger_block *own = &d->ledger->blocks[block];
    size_t caption;
    const struct form *form = form_named(d, block, &caption);
    bool refused = is_refused(d, w, block, form);

    if (!form && w->form && own->block->table->columns == w->head.count &&
        is_continued(d, w->last, block))
        form = w->form;
    if (!form && !refused)
        form = form_by_head(d, block);
    if (refused)
        form = NULL;
    if (form)
        read_table(d, block, form, caption, form == w->form ? &w->head : NULL);
    if (form && form != w->form)
        table_head_read(d, block, form, &w->head);
    w->head.count = own->block->table->columns;
    w->form = form;
    w->last = block;
}

void recognise_tables(struct draft *d)
{
    struct walk w = {0};

    for (size_t i = 0; i < d->ledger->block_count; i++) {
        if (d->ledger->blocks[i].block->kind == DOC_TABLE && d->ledger->blocks[i].use != USE_TABLE)
            walk_to(d, &w, i);
        arena_reset(d->scratch);
    }
}

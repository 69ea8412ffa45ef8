#include "base/base.h"

#include "import/recognise_tables.h"

#include "base/strbuf.h"
#include "import/clean.h"
#include "import/subject.h"
#include "import/table_head.h"

enum { CAPTION_BLOCKS = 6, CAPTION_CHARS = 60, STATEMENT_BLOCKS = 4 };

struct reading_table {
    struct draft *draft;
    size_t block;
    const struct form *form;
    struct head head;
    size_t *last;       /* by segment: the line of the form that was found last, + 1 */
    const char **codes; /* by segment: the code that was read last, in columns of its levels */
};

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
    static const char *const budgets[] = {"预算表", "预算总表", "预算情况表", NULL};
    const char *key = clean_key(d->scratch, text, strlen(text));
    bool other = false;

    if (!strstr(key, "表") || !is_caption(text))
        return false;
    if (clean_has_any(key, budgets))
        return true;
    for (const char *at = key; (at = strpbrk(at, "0123456789")) != NULL;) {
        size_t digits = strspn(at, "0123456789");
        long long year = digits == 4 ? strtoll(at, NULL, 10) : 0;

        if (year == d->year)
            return false;
        at += digits;
        other = other || (year >= 1949 && year <= 2100 && clean_begins(at, "年"));
    }
    return other;
}

/* The same of the lines above a table, or of its first cell. */
static bool is_other_table(struct draft *d, size_t block)
{
    const struct passage *first = ledger_cell(d->ledger, block, 0, 0);

    if (first && is_other_title(d, first->text))
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

/* --- lines --- */

static const char *line_by_name(struct reading_table *t, const char *side, size_t segment,
                                const char *name)
{
    const struct labels *lines = &t->form->lines;
    const char *key = clean_key(t->draft->scratch, name, strlen(name));
    const char *stem = clean_stem(t->draft->scratch, key);

    for (unsigned pass = 0; *key && pass < 4; pass++)
        for (size_t i = 0; i < lines->count; i++) {
            size_t at = (t->last[segment] + i) % lines->count;
            const struct label *label = &lines->items[at];
            bool same = pass < 2 ? !strcmp(label->key, key) : *stem && !strcmp(label->stem, stem);

            /* first those that are printed and of that side, then any */
            if (!same || (pass % 2 == 0 && label->narrative) ||
                (side && label->side && strcmp(label->side, side)))
                continue;
            t->last[segment] = at + 1;
            return label->id;
        }
    return NULL;
}

/* A code by its name, where only one has it. */
static const char *code_by_name(struct draft *d, const struct form *form, const char *name)
{
    const struct labels *codes =
        text_is(&form->table->codes, "economic") ? &d->economic : &d->functional;
    const char *key = clean_key(d->scratch, name, strlen(name)), *found = NULL;

    for (size_t i = 0; form->table->codes.s && i < codes->count; i++)
        if (!strcmp(codes->items[i].key, key)) {
            if (found)
                return NULL;
            found = codes->items[i].id;
        }
    return found;
}

/* The digits of the `level`-th column of codes. One that has all of those before it is whole; where
 * the upper levels are left empty, they are those of the code above. */
static void add_code(struct reading_table *t, size_t segment, size_t level, const char *digits,
                     struct strbuf *code)
{
    const char *above = t->codes[segment];
    size_t upper = level == 2 ? 3 : 5;

    if (code->len && clean_begins(digits, code->buf))
        strbuf_clear(code);
    else if (!code->len && level > 1 && strlen(digits) == 2 && above && strlen(above) >= upper)
        strbuf_add(code, above, upper);
    strbuf_adds(code, digits);
}

/* What stands in the columns of codes and of names of a segment, in a row. */
static void read_names(struct reading_table *t, unsigned row, size_t segment, struct strbuf *code,
                       struct strbuf *name)
{
    const struct doc_table *table = t->draft->ledger->blocks[t->block].block->table;
    const struct doc_cell *before = NULL;
    struct draft *d = t->draft;
    size_t level = 0;

    for (size_t c = 0; c < t->head.count; c++) {
        const struct head_column *column = &t->head.columns[c];
        struct passage *cell = ledger_cell(d->ledger, t->block, row, (unsigned)c);
        const char *text;

        if (column->segment != segment)
            continue;
        if (column->kind == HEAD_CODE)
            level++;
        if (!cell || (column->kind != HEAD_CODE && column->kind != HEAD_NAME &&
                      column->kind != HEAD_ORDINAL))
            continue;
        if (column->kind == HEAD_ORDINAL) {
            ledger_reclass(d->ledger, cell, NUMBER_NUMBERING);
            continue;
        }
        text = clean_squeeze(d->scratch, cell->text, strlen(cell->text));
        if (column->kind == HEAD_CODE && *text && strspn(text, "0123456789") == strlen(text)) {
            if (doc_table_at(table, row, (unsigned)c) != before)
                add_code(t, segment, level, text, code);
            ledger_reclass(d->ledger, cell, NUMBER_CODE);
        } else if (!strstr(name->buf, text)) {
            strbuf_adds(name, text);
        }
        before = doc_table_at(table, row, (unsigned)c);
    }
}

/* "2010301行政运行": a code and a name in one cell. */
static void split_code(struct reading_table *t, unsigned row, size_t segment, struct strbuf *code,
                       struct strbuf *name)
{
    size_t digits = strspn(name->buf, "0123456789");

    if (code->len || (digits != 3 && digits != 5 && digits != 7))
        return;
    strbuf_add(code, name->buf, digits);
    for (size_t c = 0; c < t->head.count; c++) {
        struct passage *cell = ledger_cell(t->draft->ledger, t->block, row, (unsigned)c);

        if (cell && t->head.columns[c].segment == segment && t->head.columns[c].kind == HEAD_NAME)
            ledger_reclass(t->draft->ledger, cell, NUMBER_CODE);
    }
}

/* A code that the classification does not have is called as the document calls it. */
static const char *unlisted_code(struct reading_table *t, unsigned row, const struct strbuf *code,
                                 const struct strbuf *name)
{
    const char *digits = name->buf + strspn(name->buf, "0123456789"); /* both may be in one cell */
    const char *line = draft_add_code(t->draft, t->form, code->buf, digits);
    struct passage *cell = ledger_cell(t->draft->ledger, t->block, row, 0);

    if (line && cell)
        ledger_note(t->draft->ledger, NOTICE_KNOW, "unlisted-code", cell, 0,
                    "the classification has no %s: it is called '%s', as in the document", line,
                    digits);
    return line;
}

/* Where a name goes on with what it includes: "...结余（含专用结余）"; 0: nowhere. */
static size_t inclusion_at(const char *name)
{
    const char *at = strstr(name, "（含");

    if (!at)
        at = strstr(name, "(含");
    return at ? (size_t)(at - name) : 0;
}

static const char *find_line(struct reading_table *t, unsigned row, size_t segment)
{
    struct strbuf code = STRBUF_INIT, name = STRBUF_INIT;
    struct draft *d = t->draft;
    const char *side = table_head_side(d, &t->head, t->form, segment);
    const char *line = NULL;

    read_names(t, row, segment, &code, &name);
    split_code(t, row, segment, &code, &name);
    if (code.len)
        t->codes[segment] = arena_strdup(d->arena, code.buf);
    if (code.len && draft_has_line(d, t->form, code.buf))
        line = arena_strdup(d->scratch, code.buf);
    if (!line && name.len)
        line = line_by_name(t, side, segment, name.buf);
    if (!line && name.len && inclusion_at(name.buf))
        line = line_by_name(t, side, segment,
                            arena_strndup(d->scratch, name.buf, inclusion_at(name.buf)));
    if (!line && name.len && !code.len)
        line = code_by_name(d, t->form, name.buf);
    if (!line && code.len && name.len)
        line = unlisted_code(t, row, &code, &name);
    strbuf_release(&code);
    strbuf_release(&name);
    return line;
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

static void read_cell(struct reading_table *t, struct passage *cell, const char *line,
                      const char *column)
{
    struct draft *d = t->draft;
    const char *text = clean_squeeze(d->scratch, cell->text, strlen(cell->text));
    struct entry *entry = ledger_only(d->ledger, cell);

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
                    "%s cannot be %s/%s/%s: another value is there, or the profile has no such "
                    "place",
                    entry->number.digits, t->form->table->id.s, line, column);
}

/* A cell over all columns is a note. */
static bool is_note_row(const struct doc_table *table, unsigned row)
{
    const struct doc_cell *cell = doc_table_at(table, row, 0);

    return table->columns > 2 && cell && cell->column_span == table->columns;
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

    if (is_note_row(d->ledger->blocks[t->block].block->table, row))
        return;
    for (size_t segment = 0; segment < t->head.segments; segment++) {
        const char *line = find_line(t, row, segment);

        for (size_t c = 0; c < t->head.count; c++) {
            const struct head_column *column = &t->head.columns[c];
            struct passage *cell = ledger_cell(d->ledger, t->block, row, (unsigned)c);

            if (cell && column->segment == segment && column->kind == HEAD_VALUE &&
                !is_name_cell(t, row, (unsigned)c))
                read_cell(t, cell, line, column->column);
        }
    }
}

static void read_transposed(struct reading_table *t, unsigned row)
{
    for (size_t c = 0; c < t->head.count; c++) {
        const struct head_column *column = &t->head.columns[c];
        struct passage *cell = ledger_cell(t->draft->ledger, t->block, row, (unsigned)c);

        if (cell && column->kind == HEAD_VALUE)
            read_cell(t, cell, column->line, column->column);
    }
}

static void read_rows(struct reading_table *t)
{
    const struct doc_table *table = t->draft->ledger->blocks[t->block].block->table;

    t->last = arena_zalloc(t->draft->arena, t->head.segments + 1, sizeof(*t->last));
    t->codes = arena_zalloc(t->draft->arena, t->head.segments + 1, sizeof(*t->codes));
    for (unsigned row = 0; row < table->rows; row++) {
        if (row < t->head.rows || table_head_is_ordinal_row(t->draft, t->block, row)) {
            for (unsigned c = 0; c < table->columns; c++) {
                struct passage *cell = ledger_cell(t->draft->ledger, t->block, row, c);

                if (cell)
                    ledger_reclass(t->draft->ledger, cell, NUMBER_NUMBERING);
            }
        } else if (t->head.transposed) {
            read_transposed(t, row);
        } else {
            read_row(t, row);
        }
        arena_reset(t->draft->scratch);
    }
}

/* --- what stands around it --- */

/* "单位：万元": the unit of money of a text, or NULL. */
static const char *unit_in(const struct draft *d, const char *text)
{
    const char *squeezed = clean_squeeze(d->scratch, text, strlen(text));
    const char *at = strstr(squeezed, "单位：");

    if (!at)
        at = strstr(squeezed, "单位:");
    if (!at)
        return NULL;
    at += strlen(clean_begins(at, "单位：") ? "单位：" : "单位:");
    if (clean_begins(at, "人民币"))
        at += strlen("人民币");
    for (size_t i = 0; money_units[i]; i++)
        if (clean_begins(at, money_units[i]))
            return money_units[i];
    return NULL;
}

static void take_unit(struct draft *d, const struct form *form, const char *text)
{
    const char *unit = unit_in(d, text);

    if (unit && !text_is(&d->report.unit, unit))
        draft_table(d, form->table->id.s)->unit = text_of(unit);
}

static void read_surroundings(struct draft *d, const struct form *form, size_t block,
                              size_t caption)
{
    const struct doc_table *table = d->ledger->blocks[block].block->table;

    for (size_t i = caption; i < block; i++) {
        take_unit(d, form, ledger_paragraph(d->ledger, i)->text);
        d->ledger->blocks[i].use = USE_NONE;
    }
    for (unsigned row = 0; row < table->rows && row < 3; row++)
        for (unsigned c = 0; c < table->columns; c++) {
            const struct passage *cell = ledger_cell(d->ledger, block, row, c);

            if (cell)
                take_unit(d, form, cell->text);
        }
}

static bool says_nothing(const char *text)
{
    static const char *const none[] = {"没有", "无", "不涉及", NULL};
    static const char *const what[] = {"数据", "支出", "收支", "收入", "此表", "空表", NULL};

    return clean_has_any(text, none) && clean_has_any(text, what);
}

static void take_statement(struct draft *d, const struct form *form, const char *text)
{
    struct table *table = draft_table(d, form->table->id.s);

    if (!says_nothing(text))
        return;
    table->status = text_of("empty-with-statement");
    table->statement = text_of(clean_line(d->arena, text));
}

/* A row of a table without figures may say so, too. */
static void read_note_rows(struct draft *d, const struct form *form, size_t block)
{
    const struct doc_table *table = d->ledger->blocks[block].block->table;

    for (unsigned row = 1; row < table->rows; row++)
        if (is_note_row(table, row))
            take_statement(d, form, ledger_cell(d->ledger, block, row, 0)->text);
}

/* The notes behind a table; one of them may say that there was nothing. */
static void read_notes(struct draft *d, const struct form *form, size_t block, bool is_empty)
{
    static const char *const notes[] = {"注：", "注:", "说明：", "说明:", "备注："};
    if (is_empty)
        read_note_rows(d, form, block);
    for (size_t i = block + 1; i < d->ledger->block_count && i <= block + STATEMENT_BLOCKS; i++) {
        struct ledger_block *own = &d->ledger->blocks[i];
        const char *text;
        bool is_note = false;

        if (own->block->kind == DOC_TABLE || own->use == USE_HEADING)
            return;
        text = ledger_paragraph(d->ledger, i)->text;
        text += strspn(text, " ");
        for (size_t n = 0; n < ARRAY_SIZE(notes); n++)
            if (clean_begins(text, notes[n])) {
                is_note = true;
                text += strlen(notes[n]);
                break;
            }
        if (!is_note && !(is_empty && says_nothing(text)))
            return;
        own->use = USE_NONE;
        if (is_empty)
            take_statement(d, form, text);
    }
}

static bool has_figures(const struct draft *d, const char *id)
{
    for (size_t i = 0; i < d->report.tables.count; i++)
        for (size_t l = 0; text_is(&d->report.tables.items[i].id, id) &&
                           l < d->report.tables.items[i].lines.count;
             l++)
            if (d->report.tables.items[i].lines.items[l].figures.count)
                return true;
    return false;
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
    read_surroundings(d, form, block, caption);
    d->ledger->blocks[block].use = USE_TABLE;
    d->ledger->blocks[block].subtitle = form->table->title.s;
    draft_table(d, form->table->id.s);
    draft_form(d, form->table->id.s)->seen = true;
    read_rows(&t);
    read_notes(d, form, block, !has_figures(d, form->table->id.s));
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

void recognise_tables(struct draft *d)
{
    const struct form *before = NULL;
    struct head head_before = {0};
    size_t last = 0;

    for (size_t i = 0; i < d->ledger->block_count; i++) {
        struct ledger_block *own = &d->ledger->blocks[i];
        const struct form *form;
        size_t caption = i;

        if (own->block->kind != DOC_TABLE || own->use == USE_TABLE)
            continue;
        if (is_other_table(d, i)) {
            before = NULL;
            continue;
        }
        form = form_inside(d, i);
        if (!form)
            form = form_above(d, i, &caption);
        if (!form && before && own->block->table->columns == head_before.count &&
            is_continued(d, last, i))
            form = before;
        if (!form)
            form = form_by_head(d, i);
        if (form) {
            read_table(d, i, form, caption, form == before ? &head_before : NULL);
            if (form != before)
                table_head_read(d, i, form, &head_before);
        }
        before = form;
        last = i;
        arena_reset(d->scratch);
    }
}

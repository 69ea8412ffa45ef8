#include "base/base.h"

#include "import/table_line.h"

#include "base/strbuf.h"
#include "import/clean.h"
#include "import/table_around.h"

/* The line of another name of the same sum: 政府采购支出合计 is 政府采购支出总额. */
static const char *sum_by_name(const struct labels *lines, const char *key)
{
    static const char *const sums[] = {"合计", "总额", "总计", "小计"};
    size_t len = strlen(key), base = 0;

    for (size_t i = 0; i < ARRAY_SIZE(sums) && !base; i++)
        base = clean_ends(key, len, sums[i]) ? len - strlen(sums[i]) : 0;
    for (size_t l = 0; clean_length(key, base) >= 4 && l < lines->count; l++)
        for (size_t i = 0; i < ARRAY_SIZE(sums); i++)
            if (!lines->items[l].narrative && !strncmp(lines->items[l].key, key, base) &&
                !strcmp(lines->items[l].key + base, sums[i]))
                return lines->items[l].id;
    return NULL;
}

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
    if (sum_by_name(lines, key))
        return sum_by_name(lines, key);
    return draft_line_of_parts(t->form, stem);
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

/* Whether a name is that of all codes with two other last digits. */
static bool is_of_other_item(struct draft *d, const char *code, const char *name)
{
    static const struct {
        const char *name, *digits;
    } items[] = {{"行政运行", "01"}, {"一般行政管理事务", "02"}};
    const char *key = clean_key(d->scratch, name, strlen(name));

    for (size_t i = 0; strlen(code) == 7 && i < ARRAY_SIZE(items); i++)
        if (!strcmp(key, items[i].name))
            return strcmp(code + 5, items[i].digits) != 0;
    return false;
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
    if (line && cell && text_is(&t->form->table->codes, "functional") &&
        is_of_other_item(t->draft, line, digits))
        ledger_note(t->draft->ledger, NOTICE_REVIEW, "other-code-name", cell, 0,
                    "no code that ends like %s is called '%s': it was taken by its code", line,
                    digits);
    return line;
}

/* Whether two names are of one thing. A code's own may be shortened, or go on with its level. */
static bool is_same_name(const struct draft *d, const char *name, const char *own)
{
    const char *key = clean_key(d->scratch, name, strlen(name));
    const char *own_key = clean_key(d->scratch, own, strlen(own));

    return strstr(key, own_key) || strstr(own_key, key) ||
           !strcmp(clean_stem(d->scratch, key), clean_stem(d->scratch, own_key));
}

/* A code that the document calls by another name keeps that name beside its own; which of the two
 * is meant, a person must say. Rule code-name of `check` says it again, as long as it stands. */
static void check_name(struct reading_table *t, unsigned row, const char *line, const char *name)
{
    struct draft *d = t->draft;
    const struct code *code = draft_code(d, t->form, line);
    const char *printed = name + strspn(name, "0123456789"); /* both may be in one cell */
    const struct passage *cell = ledger_cell(d->ledger, t->block, row, 0);

    const char *other = code ? code_by_name(d, t->form, printed) : NULL;

    if (!code || !cell || !*clean_key(d->scratch, printed, strlen(printed)) ||
        ((!other || !strcmp(other, line)) && is_same_name(d, printed, code->name.s)))
        return;
    draft_line(d, t->form->table->id.s, line)->label = text_of(arena_strdup(d->arena, printed));
    ledger_note(d->ledger, NOTICE_REVIEW, "other-code-name", cell, 0,
                "the classification calls %s '%s', the document '%s'%s: it was taken by its code",
                line, code->name.s, printed,
                other ? arena_format(d->scratch, " (that is %s)", other) : "");
}

/* Where a name goes on with what it includes, or its unit: "...结余（含专用结余）",
 * "公务接待费（元）"; 0: nowhere. */
static size_t inclusion_at(const char *name)
{
    const char *at = strstr(name, "（含");

    if (!at)
        at = strstr(name, "(含");
    if (!at && table_unit_in_brackets(name))
        at = clean_ends(name, strlen(name), ")") ? strrchr(name, '(') : strstr(name, "（");
    return at ? (size_t)(at - name) : 0;
}

/* "合计" of the last row, where the form has no such line. */
static bool is_last_sum(struct reading_table *t, unsigned row, const char *name)
{
    const struct doc_table *table = t->draft->ledger->blocks[t->block].block->table;
    const char *key = clean_key(t->draft->scratch, name, strlen(name));

    if (strcmp(key, "合计") != 0)
        return false;
    for (unsigned below = row + 1; below < table->rows; below++)
        for (unsigned c = 0; c < table->columns && !table_is_note_row(table, below); c++) {
            const struct passage *cell = ledger_cell(t->draft->ledger, t->block, below, c);

            if (*draft_key(t->draft, cell))
                return false;
        }
    return true;
}

const char *table_line_find(struct reading_table *t, unsigned row, size_t segment)
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
    if (line)
        check_name(t, row, line, name.buf);
    if (!line && name.len)
        line = line_by_name(t, side, segment, name.buf);
    if (!line && is_last_sum(t, row, name.buf))
        line = line_by_name(t, side, segment, "总计");
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

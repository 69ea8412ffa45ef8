#include "base/base.h"

#include "import/table_rest.h"

#include "base/strbuf.h"
#include "import/clean.h"
#include "import/contacts.h"
#include "import/facts.h"
#include "import/form_words.h"

enum { LABEL_CHARS = 12 };

/* A cell that begins at this place and that nothing took, or NULL. */
static struct passage *left_at(const struct table_rest *r, unsigned row, unsigned column)
{
    struct draft *d = r->draft;
    struct passage *passage = ledger_cell_here(d->ledger, r->block, row, column);

    return passage && !passage->taken ? passage : NULL;
}

static const char *line_of(const struct table_rest *r, const struct passage *passage)
{
    const char *line = clean_line(r->draft->scratch, ledger_raw(passage));

    return clean_trim(r->draft->scratch, line, strlen(line));
}

static const char *key_of(const struct table_rest *r, const struct passage *passage)
{
    return draft_key(r->draft, passage);
}

static bool has_words(const char *s)
{
    while (*s && (unsigned char)*s < 0x80)
        s++;
    return *s != 0;
}

/* Numbers in words are facts; what is a number and no more, nobody knows what it is of. */
static void take(const struct table_rest *r, struct passage *passage)
{
    struct draft *d = r->draft;

    passage->taken = true;
    if (ledger_only(d->ledger, passage) || !has_words(passage->text))
        return;
    if (r->project)
        facts_of_project(d, passage, r->project - 1, "other");
    else
        facts_of_passage(d, passage, r->scope);
}

static void add(struct strbuf *out, const char *text)
{
    if (out->len)
        strbuf_adds(out, "；");
    strbuf_adds(out, text);
}

/* Below heads: "NAME，HEAD：text". */
static void keep_below_heads(const struct table_rest *r, unsigned column, struct passage *cell,
                             struct strbuf *out)
{
    struct draft *d = r->draft;
    const char *head = column < r->head_count && r->heads[column] ? r->heads[column] : "";
    const char *line = line_of(r, cell);

    if (!strcmp(head, "序号") || !strcmp(head, "编号")) {
        ledger_reclass(d->ledger, cell, NUMBER_NUMBERING);
        return;
    }
    if (form_na(line))
        return;
    add(out, r->name && *r->name && *head
                 ? arena_format(d->scratch, "%s，%s：%s", r->name, head, line)
             : r->name && *r->name ? arena_format(d->scratch, "%s：%s", r->name, line)
             : *head               ? arena_format(d->scratch, "%s：%s", head, line)
                                   : line);
    take(r, cell);
}

/* Beside labels: "label：text". */
static void keep_beside(const struct table_rest *r, unsigned row, unsigned column,
                        struct passage *cell, struct strbuf *out)
{
    struct draft *d = r->draft;
    const struct doc_table *table = d->ledger->blocks[r->block].block->table;
    const struct doc_cell *at = doc_table_at(table, row, column);
    unsigned next = at->column + at->column_span;
    struct passage *value = next < table->columns ? left_at(r, row, next) : NULL;
    const char *key = key_of(r, cell);
    bool label = clean_length(key, strlen(key)) <= LABEL_CHARS && !ledger_only(d->ledger, cell) &&
                 !strstr(cell->text, "：");

    if (label && next < table->columns && (!value || !*line_of(r, value)))
        return; /* nothing beside it, or that was taken */
    if (!label || !value) {
        add(out, line_of(r, cell));
    } else {
        const char *line = line_of(r, cell);

        while (clean_ends(line, strlen(line), "：") || clean_ends(line, strlen(line), ":"))
            line = arena_strndup(d->scratch, line,
                                 strlen(line) - (clean_ends(line, strlen(line), ":") ? 1 : 3));
        add(out, arena_format(d->scratch, "%s：%s", line, line_of(r, value)));
        take(r, value);
    }
    take(r, cell);
}

/* Whether what names a part of a form has a text beside it, as a label has. */
static bool is_label(const struct table_rest *r, unsigned row, unsigned column)
{
    const struct doc_table *table = r->draft->ledger->blocks[r->block].block->table;
    const struct doc_cell *at = doc_table_at(table, row, column);
    unsigned next = at->column + at->column_span;
    const struct passage *value = next < table->columns ? left_at(r, row, next) : NULL;
    const char *line = value && !r->heads ? line_of(r, value) : "";

    return clean_length(line, strlen(line)) > LABEL_CHARS && at->row_span == 1;
}

/* The lines of a block grow as a list does. */
static void add_line(struct arena *arena, struct ledger_block *block, const struct strbuf *line)
{
    size_t before = block->rest_len, needed = before + (before > 0) + line->len + 1;

    if (needed > block->rest_cap) {
        size_t cap = needed > block->rest_cap * 2 ? needed : block->rest_cap * 2;

        block->rest = arena_realloc(arena, block->rest, block->rest_cap, cap);
        block->rest_cap = cap;
    }
    if (before)
        block->rest[before++] = '\n';
    memcpy(block->rest + before, line->buf, line->len + 1);
    block->rest_len = before + line->len;
}

void table_rest_row(const struct table_rest *r, unsigned row)
{
    struct draft *d = r->draft;
    struct ledger_block *block = &d->ledger->blocks[r->block];
    struct strbuf out = STRBUF_INIT;

    for (unsigned c = 0; c < block->block->table->columns; c++) {
        struct passage *cell = left_at(r, row, c);

        if (!cell)
            continue;
        contacts_strip(d, cell, NULL);
        if (!*line_of(r, cell) || (form_is_furniture(key_of(r, cell)) && !is_label(r, row, c)))
            continue;
        if (r->heads)
            keep_below_heads(r, c, cell, &out);
        else
            keep_beside(r, row, c, cell, &out);
    }
    if (out.len)
        add_line(d->arena, block, &out);
    strbuf_release(&out);
}

void table_rest_tell(const struct table_rest *r)
{
    const struct ledger_block *block = &r->draft->ledger->blocks[r->block];

    if (block->rest)
        ledger_note(r->draft->ledger, NOTICE_KNOW, "form-text-kept",
                    &r->draft->ledger->passages[block->first], 0,
                    "the data has no place for some of what '%s' says: it is kept in the text",
                    block->subtitle ? block->subtitle : "a table");
}

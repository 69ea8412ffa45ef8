#include "base/base.h"

#include "import/import_text.h"

#include "base/strbuf.h"
#include "import/clean.h"
#include "import/draft.h"
#include "text/csv.h"

/* --- Markdown --- */

/* What begins a line that would be a list, a heading, a quote, a rule. */
static void escape_start(struct strbuf *out, const char **s)
{
    size_t digits = strspn(*s, "0123456789");

    if (digits && ((*s)[digits] == '.' || (*s)[digits] == ')')) {
        strbuf_add(out, *s, digits);
        strbuf_addch(out, '\\');
        strbuf_addch(out, (*s)[digits]);
        *s += digits + 1;
    } else if (**s && strchr("#>+-=~|", **s)) {
        strbuf_addch(out, '\\');
        strbuf_addch(out, *(*s)++);
    }
}

static void add_markdown(struct strbuf *out, const char *s)
{
    escape_start(out, &s);
    for (; *s; s++) {
        if (strchr("\\`*_[]<>&|", *s) || (s[0] == '{' && s[1] == '{') ||
            (s[0] == '}' && s[1] == '}') || (s[0] == '!' && s[1] == '['))
            strbuf_addch(out, '\\');
        strbuf_addch(out, *s);
        if ((s[0] == '{' || s[0] == '}') && s[1] == s[0]) {
            strbuf_addch(out, *s);
            s++;
        }
    }
}

/* A text with lines of its own, each as a paragraph. */
static void add_paragraphs(const struct draft *d, struct strbuf *out, const char *raw)
{
    while (*raw) {
        size_t len = strcspn(raw, "\n");
        const char *line = clean_trim(d->scratch, raw, len);

        while (clean_begins(line, "　"))
            line += strlen("　");
        if (*line) {
            strbuf_addch(out, '\n');
            add_markdown(out, line);
            strbuf_addch(out, '\n');
        }
        raw += len + (raw[len] == '\n');
    }
}

/* How many sections a section is in, with itself. */
static unsigned depth_of(const struct draft *d, size_t section)
{
    unsigned depth = 0;

    for (; section; section = d->outline.sections[section].parent)
        depth++;
    return depth;
}

/* `above`: how deep the section is that all of the text is in. */
static void add_heading(const struct draft *d, struct strbuf *out, size_t section, unsigned above,
                        const char *raw)
{
    const char *line = clean_line(d->scratch, clean_text(d->scratch, raw));
    unsigned depth = depth_of(d, section), level = depth > above ? depth - above + 1 : 2;

    strbuf_addch(out, '\n');
    strbuf_addn(out, '#', level > 6 ? 6 : level);
    strbuf_addch(out, ' ');
    add_markdown(out, clean_trim(d->scratch, line, strlen(line)));
    strbuf_addch(out, '\n');
}

/* --- tables --- */

static void add_csv(const struct draft *d, struct strbuf *out, size_t index)
{
    const struct ledger_block *block = &d->ledger->blocks[index];
    const struct doc_table *table = block->block->table;
    struct csv_writer w = {.out = out};

    strbuf_adds(out, "\n```csv\n");
    for (unsigned row = 0; row < table->rows; row++) {
        for (unsigned c = 0; c < table->columns; c++) {
            const struct passage *cell = ledger_cell_here(d->ledger, index, row, c);
            const char *text = cell ? clean_line(d->scratch, ledger_raw(cell)) : "";

            csv_put_exact(&w, text, strlen(text));
        }
        csv_end_row(&w);
        arena_reset(d->scratch);
    }
    strbuf_adds(out, "```\n");
}

static const struct form *form_of(const struct draft *d, const struct ledger_block *block)
{
    for (size_t i = 0; i < d->form_count; i++)
        if (block->subtitle == d->forms[i].table->title.s)
            return &d->forms[i];
    return NULL;
}

static bool has_lines(const struct draft *d, const char *table)
{
    for (size_t i = 0; i < d->report.tables.count; i++)
        if (text_is(&d->report.tables.items[i].id, table))
            return d->report.tables.items[i].lines.count > 0;
    return false;
}

/* Whether rows of a table were left out, because they are of others. */
static bool has_others(const struct draft *d, const struct ledger_block *block)
{
    for (size_t p = 0; p < block->count; p++) {
        const struct passage *passage = &d->ledger->passages[block->first + p];

        for (size_t i = 0; i < passage->count; i++)
            if (d->ledger->entries[passage->first + i].other)
                return true;
    }
    return false;
}

/* What a form or a table of criteria says that has no place in the data, below its name. */
static void add_rest(const struct draft *d, struct strbuf *out, const struct ledger_block *block)
{
    const char *line = block->rest;

    if (block->subtitle) {
        strbuf_addch(out, '\n');
        add_markdown(out, block->subtitle);
        strbuf_addch(out, '\n');
    }
    strbuf_addch(out, '\n');
    while (*line) {
        size_t len = strcspn(line, "\n");
        strbuf_adds(out, "- ");
        add_markdown(out, arena_strndup(d->scratch, line, len));
        strbuf_addch(out, '\n');
        line += len + (line[len] == '\n');
    }
}

/* A table of the report stands where the document has it, once. */
static void add_table(const struct draft *d, struct strbuf *out, size_t index,
                      const struct form **last)
{
    const struct ledger_block *block = &d->ledger->blocks[index];
    const struct form *form = form_of(d, block);

    if (block->use != USE_TABLE || has_others(d, block))
        add_csv(d, out, index);
    if (block->use != USE_TABLE)
        return;
    if (block->rest)
        add_rest(d, out, block);
    if (!form || form == *last || !has_lines(d, form->table->id.s))
        return;
    *last = form;
    strbuf_addf(out, "\n{{table %s}}\n", form->table->id.s);
}

static bool is_owned(const struct ledger_block *block, const char *owner)
{
    return owner ? block->owner && !strcmp(block->owner, owner) : !block->owner;
}

/* Those that are to be kept. */
static void add_contacts(const struct draft *d, struct strbuf *out)
{
    if (!d->keep_contacts || !d->contact_count)
        return;
    strbuf_adds(out, "\n## 联系人\n\n");
    for (size_t i = 0; i < d->contact_count; i++) {
        strbuf_adds(out, "- ");
        add_markdown(out, d->contacts[i]);
        strbuf_addch(out, '\n');
    }
}

void import_text(const struct draft *d, const char *owner, const char *title, struct strbuf *out)
{
    const struct form *last = NULL;
    unsigned above = 0;
    bool first = owner != NULL;
    size_t start;

    strbuf_adds(out, "# ");
    add_markdown(out, title);
    strbuf_addch(out, '\n');
    start = out->len;
    for (size_t i = 0; i < d->ledger->block_count; i++) {
        const struct ledger_block *block = &d->ledger->blocks[i];

        if (!is_owned(block, owner) || block->use == USE_NONE)
            continue;
        if (block->block->kind == DOC_TABLE)
            add_table(d, out, i, &last);
        else if (block->use == USE_HEADING && first) /* the evaluation's own title */
            above = depth_of(d, d->ledger->passages[block->first].section);
        else if (block->use == USE_HEADING)
            add_heading(d, out, d->ledger->passages[block->first].section, above,
                        block->block->text);
        else
            add_paragraphs(d, out, ledger_raw(&d->ledger->passages[block->first]));
        first = false;
        arena_reset(d->scratch);
    }
    if (!owner)
        add_contacts(d, out);
    if (out->len == start)
        strbuf_clear(out);
}

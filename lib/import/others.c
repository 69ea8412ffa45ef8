#include "base/base.h"

#include "import/others.h"

#include "import/clean.h"
#include "import/organisation.h"

enum { TITLE_CHARS = 60, CAPTION_BLOCKS = 6, HEAD_ROWS = 4 };

struct search {
    struct draft *draft;
    const char *part;     /* whose the document is from its last title on; NULL: the department's */
    const char **section; /* by section: whose it is */
    bool *section_says;   /* and whether its own heading says so */
    bool own_level;       /* the documents are of the department without its units */
};

static const char *squeezed(const struct draft *d, const struct passage *passage)
{
    return clean_squeeze(d->scratch, passage->text, strlen(passage->text));
}

/* The name of a mention, which marks hold on to. */
static const char *kept(const struct draft *d, const char *name)
{
    return name ? arena_strdup(d->arena, name) : NULL;
}

/* The last mention of a title: 虚构局下属虚构中心 is the centre. */
static bool title_names(const struct draft *d, const char *title, struct mention *out)
{
    struct mention next;
    size_t from = clean_numbering(title, NULL);
    bool any = false;

    while (title[from] && organisation_next(d, title, from, true, &next)) {
        *out = next;
        any = true;
        from = next.end;
    }
    return any;
}

/* --- titles and headings --- */

/* "虚构中心2021年度单位决算", in a line without a number. */
static bool is_report_title(const char *line)
{
    static const char *const ends[] = {"决算",     "决算公开", "决算说明",    "决算报告",
                                       "决算信息", "决算情况", "决算情况说明"};
    bool found = false;

    if (clean_length(line, strlen(line)) > TITLE_CHARS || clean_numbering(line, NULL) ||
        strstr(line, "。"))
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
        found = found || clean_ends(line, strlen(line), ends[i]);
    return found && strpbrk(line, "0123456789") != NULL;
}

/* A title may stand in two lines: the name, and "2021年度单位决算" below it. */
static void read_report_title(struct search *f, size_t block)
{
    struct ledger *l = f->draft->ledger;
    const char *line = squeezed(f->draft, ledger_paragraph(l, block));
    struct mention mention;

    if (!is_report_title(line))
        return;
    if (strspn(line, "0123456789") >= 4 && block && l->blocks[block - 1].block->kind != DOC_TABLE) {
        const char *above = squeezed(f->draft, ledger_paragraph(l, block - 1));

        if (clean_length(above, strlen(above)) <= TITLE_CHARS / 2)
            line = arena_format(f->draft->scratch, "%s%s", above, line);
    }
    if (!title_names(f->draft, line, &mention))
        return;
    f->part = kept(f->draft, mention.name);
    f->own_level = !mention.name && mention.own_level;
}

static void read_headings(struct search *f)
{
    const struct outline *outline = &f->draft->outline;

    f->section = arena_zalloc(f->draft->arena, outline->count, sizeof(*f->section));
    f->section_says = arena_zalloc(f->draft->arena, outline->count, sizeof(*f->section_says));
    for (size_t i = 1; i < outline->count; i++) {
        const struct section *own = &outline->sections[i];
        const char *title = clean_squeeze(f->draft->scratch, own->title, strlen(own->title));
        struct mention mention;

        f->section[i] = f->section[own->parent];
        f->section_says[i] = f->section_says[own->parent];
        if (title_names(f->draft, title, &mention)) {
            f->section[i] = kept(f->draft, mention.name);
            f->section_says[i] = true;
        }
        arena_reset(f->draft->scratch);
    }
}

/* --- tables --- */

/* "编制单位：虚构中心": what stands behind the colon; NULL: it is no such line. */
static const char *maker_in(const char *text)
{
    static const char *const words[] = {"编制单位", "编报单位", "填报单位", "公开单位",
                                        "单位名称", "编制部门", "公开部门", "部门名称",
                                        "预算单位", "填报部门", "部门",     "单位"};

    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        const char *after = text + strlen(words[i]);

        if (!clean_begins(text, words[i]))
            continue;
        if (clean_begins(after, "："))
            return after + strlen("：");
        if (*after == ':')
            return after + 1;
    }
    return NULL;
}

/* The name of a maker may stand in the cell behind. */
static bool maker_of_table(struct draft *d, size_t block, struct mention *out)
{
    const struct doc_table *table = d->ledger->blocks[block].block->table;

    for (unsigned row = 0; row < table->rows && row < HEAD_ROWS; row++)
        for (unsigned c = 0; c < table->columns; c++) {
            const struct passage *cell = ledger_cell(d->ledger, block, row, c);
            const char *value = cell ? maker_in(squeezed(d, cell)) : NULL;
            const struct doc_cell *own = doc_table_at(table, row, c);

            if (value && !*value && own->column + own->column_span < table->columns) {
                cell = ledger_cell(d->ledger, block, row, own->column + own->column_span);
                value = cell ? squeezed(d, cell) : value;
            }
            if (value && organisation_value(d, value, out))
                return true;
        }
    return false;
}

/* The lines above a table up to the table, heading or sentence before: as a maker, or a title. */
static bool caption_names(struct draft *d, size_t block, bool maker, struct mention *out)
{
    for (size_t i = block; i > 0 && block - i < CAPTION_BLOCKS; i--) {
        const struct ledger_block *own = &d->ledger->blocks[i - 1];
        const char *line, *value;

        if (own->document != d->ledger->blocks[block].document || own->block->kind == DOC_TABLE)
            return false;
        line = squeezed(d, ledger_paragraph(d->ledger, i - 1));
        if (clean_length(line, strlen(line)) > TITLE_CHARS || strstr(line, "。"))
            return false;
        value = maker_in(line);
        if (maker ? value && organisation_value(d, value, out) : title_names(d, line, out))
            return true;
        if (own->use == USE_HEADING)
            return false;
    }
    return false;
}

/* A title within the table: a cell over all columns, or one that says that it is a table. */
static bool cells_name(struct draft *d, size_t block, struct mention *out)
{
    const struct doc_table *table = d->ledger->blocks[block].block->table;
    const char *sheet = d->ledger->blocks[block].block->place.sheet;

    for (unsigned row = 0; row < table->rows && row < HEAD_ROWS; row++) {
        const struct doc_cell *own = doc_table_at(table, row, 0);
        const struct passage *cell = ledger_cell(d->ledger, block, row, 0);
        const char *line = cell ? squeezed(d, cell) : "";

        if (*line && clean_length(line, strlen(line)) <= TITLE_CHARS &&
            (own->column_span == table->columns || clean_ends(line, strlen(line), "表")) &&
            title_names(d, line, out))
            return true;
    }
    return sheet && title_names(d, clean_squeeze(d->scratch, sheet, strlen(sheet)), out);
}

void others_mark(struct draft *d, size_t block, const char *name)
{
    struct ledger_block *own = &d->ledger->blocks[block];

    own->other = name;
    for (size_t p = 0; p < own->count; p++) {
        const struct passage *passage = &d->ledger->passages[own->first + p];

        for (size_t i = 0; i < passage->count; i++)
            d->ledger->entries[passage->first + i].other = name;
    }
}

void others_forget(struct draft *d, size_t block)
{
    others_mark(d, block, NULL);
}

static void read_table(struct search *f, size_t block, const char *around)
{
    struct draft *d = f->draft;
    struct mention mention = {.name = around};

    if (maker_of_table(d, block, &mention) || caption_names(d, block, true, &mention) ||
        cells_name(d, block, &mention) || caption_names(d, block, false, &mention))
        d->ledger->blocks[block].own_level = mention.own_level && !mention.name;
    if (mention.name)
        others_mark(d, block, kept(d, mention.name));
}

/* --- sentences --- */

static bool is_stop(const char *text)
{
    return clean_begins(text, "。") || clean_begins(text, "；") || *text == ';' || *text == '\n';
}

static size_t sentence_start(const char *text, size_t at)
{
    while (at && !clean_ends(text, at, "。") && !clean_ends(text, at, "；") &&
           text[at - 1] != ';' && text[at - 1] != '\n')
        at--;
    return at;
}

/* Whether a name begins its sentence, behind a number or a year. */
static bool begins_sentence(const char *text, size_t at)
{
    size_t start = sentence_start(text, at);

    start += clean_numbering(text + start, NULL);
    start += strspn(text + start, " ");
    if (start < at && strspn(text + start, "0123456789") == 4)
        start += 4 + strspn(text + start + 4, " ");
    while (start < at && (clean_begins(text + start, "年") || clean_begins(text + start, "度") ||
                          clean_begins(text + start, "，")))
        start += strlen("年");
    return start >= at;
}

/* Where brackets end that a place is within; 0: it is within none. */
static size_t bracket_end(const char *text, size_t at)
{
    const char *open = NULL, *close;

    for (const char *next = text; (next = strstr(next, "（")) != NULL && next < text + at;) {
        open = next;
        next += strlen("（");
    }
    close = open ? strstr(open, "）") : NULL;
    return close && close > text + at ? (size_t)(close - text) : 0;
}

/* Marks the numbers of a text from one place to another. */
static void mark_entries(struct draft *d, const struct passage *passage, size_t from, size_t to,
                         const char *name)
{
    for (size_t i = 0; i < passage->count; i++) {
        struct entry *entry = &d->ledger->entries[passage->first + i];

        if (entry->number.start >= from && entry->number.start < to)
            entry->other = name;
    }
}

/* Goes from mention to mention. */
static void read_paragraph(struct search *f, size_t block, const char *around)
{
    struct draft *d = f->draft;
    const struct passage *passage = ledger_paragraph(d->ledger, block);
    const char *text = passage->text;
    struct mention mention;

    d->ledger->blocks[block].other = around;
    mark_entries(d, passage, 0, strlen(text), around);
    for (size_t from = 0; passage->count && organisation_next(d, text, from, false, &mention);
         from = mention.end) {
        size_t end = mention.end;

        if (begins_sentence(text, mention.start))
            end = strlen(text);
        else if (bracket_end(text, mention.start))
            end = bracket_end(text, mention.start);
        else
            while (text[end] && !is_stop(text + end))
                end++;
        if (mention.own_level && !mention.name && !f->own_level &&
            !memmem(text + mention.end, end - mention.end, "机关运行", strlen("机关运行")))
            mention.name = arena_format(d->scratch, "%s本级", d->department_name);
        mark_entries(d, passage, mention.end, end, kept(d, mention.name));
    }
}

void others_find(struct draft *d)
{
    struct search f = {.draft = d};

    read_headings(&f);
    for (size_t i = 0; i < d->ledger->block_count; i++) {
        const struct ledger_block *own = &d->ledger->blocks[i];
        size_t section = d->ledger->passages[own->first].section;

        if (i && own->document != d->ledger->blocks[i - 1].document)
            f.part = NULL;
        if (!own->count || own->use == USE_NONE)
            continue;
        if (own->block->kind != DOC_TABLE)
            read_report_title(&f, i);
        if (own->block->kind == DOC_TABLE)
            read_table(&f, i, f.section_says[section] ? f.section[section] : f.part);
        else
            read_paragraph(&f, i, f.section_says[section] ? f.section[section] : f.part);
        arena_reset(d->scratch);
    }
}

/* --- telling --- */

void others_tell(struct draft *d, size_t block)
{
    const struct ledger_block *own = &d->ledger->blocks[block];
    const struct entry *first = NULL;
    bool several = false;
    size_t count = 0;

    for (size_t p = 0; p < own->count; p++) {
        const struct passage *passage = &d->ledger->passages[own->first + p];

        for (size_t i = 0; i < passage->count; i++) {
            const struct entry *entry = &d->ledger->entries[passage->first + i];

            if (!entry->other || entry->state != ENTRY_LOOSE ||
                entry->number.class != NUMBER_FIGURE)
                continue;
            first = first ? first : entry;
            several = several || strcmp(first->other, entry->other) != 0;
            count++;
        }
    }
    if (first)
        ledger_note(d->ledger, NOTICE_REVIEW, "other-organisation",
                    &d->ledger->passages[first->passage], first->number.start,
                    "%zu figure%s of '%s'%s, not of the department: not placed, and left in the "
                    "text alone",
                    count, count == 1 ? " is" : "s are", first->other,
                    several ? " and others" : "");
}

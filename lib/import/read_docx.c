#include "base/base.h"

#include "import/read_docx.h"

#include "base/err.h"
#include "base/mem.h"
#include "import/doc_flow.h"
#include "import/read_docx_numbers.h"
#include "import/read_docx_styles.h"
#include "import/read_office.h"
#include "import/read_xml.h"
#include "text/utf8.h"

enum { NAME_MAX_LEN = 128 };

struct docx {
    struct doc_reading *reading;
    struct docx_styles styles;
    struct docx_lists lists;
    struct xml *x;
    size_t hidden; /* how many pieces of text are */
    int result;
};

struct paragraph {
    struct strbuf text;
    struct doc_flow *flow;
    const struct docx_style *style;
    int outline;             /* what it says itself, or DOCX_UNSET */
    char list[NAME_MAX_LEN]; /* likewise, or "" */
    int list_level;
    bool has_list, is_deleted, has_hidden;
};

static void read_block(struct docx *d, struct doc_flow *flow);
static void read_inline(struct docx *d, struct paragraph *p);

static void read_blocks(struct docx *d, struct doc_flow *flow)
{
    struct xml_level level = xml_enter(d->x);

    while (xml_next(d->x, &level))
        read_block(d, flow);
}

static bool is_one_of(const struct xml *x, const char *const names[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (xml_is(x, names[i]))
            return true;
    return false;
}

/* --- runs --- */

/* Boxes that are ticked or not, of the fonts that Word takes them from. */
static void add_symbol(const struct xml *x, struct strbuf *out)
{
    static const struct {
        const char *font, *code, *text;
    } symbols[] = {
        {"Wingdings", "FE", "☑"},   {"Wingdings", "FD", "☒"},   {"Wingdings", "A8", "□"},
        {"Wingdings", "6F", "□"},   {"Wingdings", "FC", "√"},   {"Wingdings", "FB", "×"},
        {"Wingdings 2", "52", "☑"}, {"Wingdings 2", "54", "☒"}, {"Wingdings 2", "A3", "□"},
        {"Wingdings 2", "50", "√"}, {"Wingdings 2", "4F", "×"},
    };
    const char *font = xml_attribute(x, "font"), *code = xml_attribute(x, "char");

    if (!font || !code || strlen(code) != 4)
        return;
    for (size_t i = 0; i < ARRAY_SIZE(symbols); i++)
        if (!strcmp(symbols[i].font, font) && !strcasecmp(symbols[i].code, code + 2))
            strbuf_adds(out, symbols[i].text);
}

/* The texts of boxes within a drawing go where the paragraph goes, before it. */
static void read_drawing(struct docx *d, struct doc_flow *flow)
{
    struct xml_level level = xml_enter(d->x);
    bool has_choice = false;

    while (xml_next(d->x, &level)) {
        if (xml_is(d->x, "Fallback") && has_choice)
            continue;
        has_choice = has_choice || xml_is(d->x, "Choice");
        if (xml_is(d->x, "txbxContent"))
            read_blocks(d, flow);
        else
            read_drawing(d, flow);
    }
}

static bool is_hidden_run(struct docx *d)
{
    struct xml_level level = xml_enter(d->x);
    bool is_hidden = false;

    while (xml_next(d->x, &level)) {
        if (xml_is(d->x, "rStyle")) {
            const struct docx_style *style = docx_style(&d->styles, xml_attribute(d->x, "val"));

            is_hidden = is_hidden || (style && style->is_hidden == 1);
        } else if (xml_is(d->x, "vanish")) {
            is_hidden = xml_on(d->x);
        }
    }
    return is_hidden;
}

static void add_break(struct docx *d, struct strbuf *out)
{
    const char *type = xml_attribute(d->x, "type");

    if (!type || !strcmp(type, "textWrapping"))
        strbuf_addch(out, '\n');
}

static void read_run_part(struct docx *d, struct paragraph *p)
{
    static const char *const drawings[] = {"drawing", "pict", "object", "AlternateContent"};
    const struct xml *x = d->x;

    if (xml_is(x, "t"))
        xml_add_text(d->x, &p->text);
    else if (xml_is(x, "tab") || xml_is(x, "ptab"))
        strbuf_addch(&p->text, '\t');
    else if (xml_is(x, "br"))
        add_break(d, &p->text);
    else if (xml_is(x, "cr"))
        strbuf_addch(&p->text, '\n');
    else if (xml_is(x, "noBreakHyphen"))
        strbuf_addch(&p->text, '-');
    else if (xml_is(x, "sym"))
        add_symbol(x, &p->text);
    else if (xml_is(x, "ruby"))
        read_inline(d, p);
    else if (is_one_of(x, drawings, ARRAY_SIZE(drawings)))
        read_drawing(d, p->flow);
}

static void read_run(struct docx *d, struct paragraph *p)
{
    struct xml_level level = xml_enter(d->x);
    bool is_hidden = p->style && p->style->is_hidden == 1;
    size_t len = p->text.len;

    while (xml_next(d->x, &level)) {
        if (xml_is(d->x, "rPr"))
            is_hidden = is_hidden_run(d) || is_hidden;
        else
            read_run_part(d, p);
    }
    if (is_hidden && p->text.len > len) {
        strbuf_set_len(&p->text, len);
        p->has_hidden = true;
        d->hidden++;
    }
}

/* --- paragraphs --- */

static void read_list(struct docx *d, struct paragraph *p)
{
    struct xml_level level = xml_enter(d->x);

    while (xml_next(d->x, &level)) {
        if (xml_is(d->x, "ilvl")) {
            p->list_level = (int)xml_number(d->x, "val", 0);
        } else if (xml_is(d->x, "numId")) {
            const char *id = xml_attribute(d->x, "val");

            snprintf(p->list, sizeof(p->list), "%s", id ? id : "");
            p->has_list = true;
        }
    }
}

/* Of the paragraph's mark only whether it was deleted. */
static bool has_deleted_mark(struct docx *d)
{
    struct xml_level level = xml_enter(d->x);
    bool is_deleted = false;

    while (xml_next(d->x, &level))
        is_deleted = is_deleted || xml_is(d->x, "del") || xml_is(d->x, "moveFrom");
    return is_deleted;
}

static void read_paragraph_properties(struct docx *d, struct paragraph *p)
{
    struct xml_level level = xml_enter(d->x);

    while (xml_next(d->x, &level)) {
        if (xml_is(d->x, "pStyle"))
            p->style = docx_style(&d->styles, xml_attribute(d->x, "val"));
        else if (xml_is(d->x, "outlineLvl"))
            p->outline = (int)xml_number(d->x, "val", DOCX_BODY_LEVEL);
        else if (xml_is(d->x, "numPr"))
            read_list(d, p);
        else if (xml_is(d->x, "rPr"))
            p->is_deleted = has_deleted_mark(d);
    }
}

/* Runs, and what runs may be wrapped in. */
static void read_inline(struct docx *d, struct paragraph *p)
{
    static const char *const left_out[] = {"del", "moveFrom", "sdtPr",  "sdtEndPr",  "rubyPr",
                                           "rt",  "rPr",      "ctrlPr", "smartTagPr"};
    struct xml_level level = xml_enter(d->x);
    bool has_choice = false;

    while (xml_next(d->x, &level)) {
        if (xml_is(d->x, "r"))
            read_run(d, p);
        else if (xml_is(d->x, "pPr"))
            read_paragraph_properties(d, p);
        else if (!is_one_of(d->x, left_out, ARRAY_SIZE(left_out)) &&
                 (!xml_is(d->x, "Fallback") || !has_choice)) {
            has_choice = has_choice || xml_is(d->x, "Choice");
            read_inline(d, p);
        }
    }
}

/* Puts the number of a list in front. */
static void number_paragraph(struct docx *d, struct paragraph *p)
{
    const struct docx_style *style = p->style;
    const char *list = p->has_list ? p->list : style ? style->list : NULL;
    struct strbuf text = STRBUF_INIT;
    int level = p->list_level;

    if (!list || !strcmp(list, "0"))
        return;
    if (level == DOCX_UNSET)
        level = !p->has_list && style ? style->list_level : 0;
    docx_lists_next(&d->lists, list, (unsigned)level, p->has_list ? NULL : style, &text);
    strbuf_addbuf(&text, &p->text);
    strbuf_release(&p->text);
    p->text = text;
}

static void read_paragraph(struct docx *d, struct doc_flow *flow)
{
    struct paragraph p = {.text = STRBUF_INIT,
                          .flow = flow,
                          .style = d->styles.paragraph,
                          .outline = DOCX_UNSET,
                          .list_level = DOCX_UNSET};
    int outline;
    size_t len;

    read_inline(d, &p);
    len = p.text.len;
    doc_trim(p.text.buf, &len);
    if (len || (!p.is_deleted && !p.has_hidden))
        number_paragraph(d, &p);
    outline = p.outline != DOCX_UNSET ? p.outline : p.style ? p.style->outline : DOCX_UNSET;
    doc_flow_text(flow, outline >= 0 && outline < DOCX_BODY_LEVEL ? (unsigned)outline + 1 : 0,
                  p.text.buf, p.text.len, (struct doc_place){0});
    strbuf_release(&p.text);
}

/* --- tables --- */

struct table {
    struct doc_flow_table flow;
    size_t *above; /* by column: 1 + the number of the cell that may go on below, or 0 */
    size_t above_cap;
    unsigned row, column;
};

struct cell {
    unsigned span;
    bool begins, goes_on; /* downwards */
    bool is_covered;      /* from the left */
};

static void read_cell_properties(struct docx *d, struct cell *cell)
{
    struct xml_level level = xml_enter(d->x);

    while (xml_next(d->x, &level)) {
        const char *value = xml_attribute(d->x, "val");
        bool restarts = value && !strcmp(value, "restart");

        if (xml_is(d->x, "gridSpan")) {
            cell->span = xml_number(d->x, "val", 1);
        } else if (xml_is(d->x, "vMerge")) {
            cell->begins = restarts;
            cell->goes_on = !restarts;
        } else if (xml_is(d->x, "hMerge")) {
            cell->is_covered = !restarts;
        }
    }
    if (!cell->span)
        cell->span = 1;
    if (cell->span > DOC_SPAN_MAX)
        cell->span = DOC_SPAN_MAX;
}

static void remember(struct table *t, size_t number, unsigned span)
{
    size_t needed = (size_t)t->column + span;

    if (needed > t->above_cap) {
        size_t cap = needed * 2;

        t->above = mem_realloc(t->above, cap, sizeof(*t->above));
        memset(t->above + t->above_cap, 0, (cap - t->above_cap) * sizeof(*t->above));
        t->above_cap = cap;
    }
    for (unsigned i = 0; i < span; i++)
        t->above[t->column++] = number;
}

/* Makes the cell above, or to the left, larger. false: there is none. */
static bool enlarge(struct table *t, const struct cell *cell)
{
    struct doc_table_build *build = &t->flow.build;
    size_t number = t->column < t->above_cap ? t->above[t->column] : 0;

    if (cell->goes_on && number && number <= build->count) {
        struct doc_cell *above = &build->cells[number - 1];

        if (above->column != t->column || above->row + above->row_span != t->row)
            return false;
        above->row_span++;
        t->column += above->column_span;
        if (build->rows < t->row + 1)
            build->rows = t->row + 1;
        return true;
    }
    if (cell->is_covered && build->count && build->cells[build->count - 1].row == t->row) {
        struct doc_cell *left = &build->cells[build->count - 1];

        left->column_span += cell->span;
        remember(t, 0, cell->span);
        return true;
    }
    return false;
}

static void read_cell(struct docx *d, struct table *t)
{
    struct xml_level level = xml_enter(d->x);
    struct doc_table_build *build = &t->flow.build;
    struct cell cell = {.span = 1};
    struct doc_flow flow;

    doc_flow_begin(&flow, d->reading, true);
    while (xml_next(d->x, &level)) {
        if (xml_is(d->x, "tcPr"))
            read_cell_properties(d, &cell);
        else
            read_block(d, &flow);
    }
    if (!build->too_large && !enlarge(t, &cell)) {
        const char *text = doc_flow_cell(&t->flow, &flow);

        doc_table_put(build, t->row, t->column, text, 1, cell.span);
        if (!build->too_large)
            remember(t, cell.begins || cell.goes_on ? build->count : 0, cell.span);
    }
    doc_flow_release(&flow);
}

/* Cells that are not there at the beginning of the row; whether the row was deleted. */
static bool read_row_properties(struct docx *d, struct table *t)
{
    struct xml_level level = xml_enter(d->x);
    bool is_deleted = false;

    while (xml_next(d->x, &level)) {
        if (xml_is(d->x, "gridBefore")) {
            unsigned skipped = xml_number(d->x, "val", 0);

            if (skipped < DOC_SPAN_MAX)
                remember(t, 0, skipped);
        }
        is_deleted = is_deleted || xml_is(d->x, "del");
    }
    return is_deleted;
}

/* true: there was no such row. */
static bool read_row(struct docx *d, struct table *t)
{
    static const char *const wraps[] = {"sdt", "sdtContent", "customXml", "ins"};
    struct xml_level level = xml_enter(d->x);
    bool is_deleted = false;

    while (xml_next(d->x, &level)) {
        if (xml_is(d->x, "trPr"))
            is_deleted = read_row_properties(d, t);
        else if (xml_is(d->x, "tc") && !is_deleted)
            read_cell(d, t);
        else if (is_one_of(d->x, wraps, ARRAY_SIZE(wraps)))
            read_row(d, t);
    }
    return is_deleted;
}

static void read_rows(struct docx *d, struct table *t)
{
    static const char *const wraps[] = {"sdt", "sdtContent", "customXml", "ins"};
    struct xml_level level = xml_enter(d->x);

    while (xml_next(d->x, &level)) {
        if (xml_is(d->x, "tr")) {
            t->column = 0;
            if (!read_row(d, t))
                t->row++;
        } else if (is_one_of(d->x, wraps, ARRAY_SIZE(wraps))) {
            read_rows(d, t);
        }
    }
}

static void read_table(struct docx *d, struct doc_flow *flow)
{
    struct table t = {.row = 0};

    doc_flow_begin_table(&t.flow, d->reading);
    read_rows(d, &t);
    free(t.above);
    if (doc_flow_end_table(flow, &t.flow, (struct doc_place){0}, false))
        d->result = -1;
}

/* --- the document --- */

static void read_block(struct docx *d, struct doc_flow *flow)
{
    static const char *const wraps[] = {"body",     "sdt",       "sdtContent", "ins",
                                        "moveTo",   "customXml", "Choice",     "AlternateContent",
                                        "footnote", "endnote"};

    if (d->result)
        return;
    if (xml_is(d->x, "p"))
        read_paragraph(d, flow);
    else if (xml_is(d->x, "tbl"))
        read_table(d, flow);
    else if (is_one_of(d->x, wraps, ARRAY_SIZE(wraps)) &&
             (!xml_attribute(d->x, "type") || xml_is(d->x, "sdt"))) /* no separators of notes */
        read_blocks(d, flow);
}

static int read_part(struct docx *d, const struct zip_part *part)
{
    struct doc_flow flow;
    struct xml x;
    int result;

    if (!part || !part->data)
        return 0;
    d->x = &x;
    doc_flow_begin(&flow, d->reading, false);
    xml_open(&x, d->reading, part->name, part->data, part->len);
    read_blocks(d, &flow);
    result = xml_close(&x);
    d->x = NULL;
    doc_flow_release(&flow);
    return result ? -1 : d->result;
}

int read_docx(const struct office *office)
{
    struct docx d = {.reading = office->reading};
    int result;

    d.reading->document->format = "docx";
    result = docx_styles_read(office, &d.styles);
    if (!result)
        result = docx_lists_read(office, &d.styles, &d.lists);
    if (!result)
        result = read_part(&d, zip_find(&office->zip, office->main));
    if (!result)
        result = read_part(&d, office_part(office, "footnotes"));
    if (!result)
        result = read_part(&d, office_part(office, "endnotes"));
    if (!result && d.hidden)
        err_hint(
            doc_warn(d.reading, "hidden-text", "%zu pieces of hidden text are left out", d.hidden),
            "look at it in Word, with hidden text shown: is it to be published?");
    docx_lists_release(&d.lists);
    docx_styles_release(&d.styles);
    return result;
}

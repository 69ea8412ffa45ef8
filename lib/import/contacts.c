#include "base/base.h"

#include "import/contacts.h"

#include "base/strbuf.h"
#include "check/personal.h"
#include "import/clean.h"
#include "text/utf8.h"

enum { LABEL_CHARS = 12, VALUE_CHARS = 40, LINE_FIELDS = 16 };

/* --- one contact --- */

static const char *const labels[] = {"负责人", "联系人", "联系电话", "电话", "填报人",
                                     "填表人", "制表人", "联系方式", "手机", "审核人",
                                     "经办人", "手机号", NULL};

bool contacts_is_label(const char *key)
{
    static const char *const behind[] = {"", "签字", "签章", "签名", "盖章", "号码", "姓名"};
    size_t len = strlen(key);

    if (clean_length(key, len) > LABEL_CHARS)
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(behind); i++) /* 电话费 is none */
        for (size_t w = 0; labels[w] && clean_ends(key, len, behind[i]); w++)
            if (clean_ends(key, len - strlen(behind[i]), labels[w]))
                return true;
    return false;
}

static void add_contact(struct draft *d, const char *what, const char *whose, const char *text)
{
    const char *line = clean_line(d->scratch, clean_text(d->scratch, text));

    line = clean_trim(d->scratch, line, strlen(line));
    if (!*line)
        return;
    ARENA_GROW(d->arena, d->contacts, d->contact_count, d->contact_cap);
    d->contacts[d->contact_count++] =
        arena_format(d->arena, "%s%s%s：%s", whose ? whose : "", whose ? "：" : "", what, line);
}

void contacts_take(struct draft *d, struct passage *cell, const char *what, const char *whose)
{
    ledger_reclass(d->ledger, cell, NUMBER_CONTACT);
    add_contact(d, what, whose ? whose : "", cell->text);
    cell->taken = true;
    cell->kept = "";
}

/* --- lines of labels and values --- */

/* A label and its value, as bytes of a line. */
struct line_field {
    size_t label, colon, value, end;
    bool contact;
};

static size_t colon_at(const char *s)
{
    return *s == ':' ? 1 : clean_begins(s, "：") ? strlen("：") : 0;
}

/* What parts one field from the next. */
static size_t gap_at(const char *s, size_t len)
{
    static const char *const gaps[] = {" ", "\t", "　", "\u00a0", "；", ";", "，", "、", "/", "|"};

    for (size_t i = 0; i < ARRAY_SIZE(gaps); i++)
        if (strlen(gaps[i]) <= len && clean_begins(s, gaps[i]))
            return strlen(gaps[i]);
    return 0;
}

static size_t gap_before(const char *s, size_t len)
{
    size_t back = 1;

    while (back < len && utf8_is_within(s[len - back]))
        back++;
    return gap_at(s + len - back, back);
}

/* Where a word that may be spaced out begins when it ends a text; `len`: it does not end it. */
static size_t word_start(const char *s, size_t len, const char *word)
{
    size_t at = len, left = strlen(word);

    while (left) {
        size_t n = 1;

        while (at && (s[at - 1] == ' ' || s[at - 1] == '\t'))
            at--;
        while (clean_ends(s, at, "　"))
            at -= strlen("　");
        while (n < left && utf8_is_within(word[left - n]))
            n++;
        if (at < n || memcmp(s + at - n, word + left - n, n) != 0)
            return len;
        at -= n;
        left -= n;
    }
    return at;
}

/* The beginning of the label that ends at `end`: of one that is known with what stands right before
 * it (项目负责人), else back to a gap. */
static size_t label_start(const char *line, size_t from, size_t end)
{
    static const char *const others[] = {"填报日期", "填报时间", "填表日期", "填表时间",
                                         "填报单位", "单位名称", "日期",     NULL};
    const char *const *lists[] = {labels, others};
    size_t at = end;

    for (size_t list = 0; list < ARRAY_SIZE(lists) && at == end; list++)
        for (size_t i = 0; lists[list][i] && at == end; i++) {
            size_t start = word_start(line + from, end - from, lists[list][i]);

            at = start < end - from ? from + start : end;
        }
    while (at > from && !gap_before(line + from, at - from))
        do
            at--;
        while (at > from && utf8_is_within(line[at]));
    return at;
}

/* The fields of a line; 0 when it is not made of them. */
static size_t find_fields(struct draft *d, const char *line, size_t len, struct line_field *fields)
{
    size_t count = 0, from = 0;

    for (size_t at = 0; at < len; at++) {
        size_t colon = colon_at(line + at);
        struct line_field *own = &fields[count];
        const char *key;

        if (!colon || (line[at] == ':' && at && strchr("0123456789", line[at - 1])))
            continue;
        if (count == LINE_FIELDS)
            return 0;
        *own = (struct line_field){label_start(line, from, at), at, at + colon, len, false};
        key = clean_key(d->scratch, line + own->label, at - own->label);
        own->contact = contacts_is_label(key);
        if (!*key || clean_length(key, strlen(key)) > LABEL_CHARS)
            return 0;
        if (count)
            own[-1].end = own->label;
        else if (*clean_key(d->scratch, line, own->label))
            return 0; /* words before it: a sentence */
        count++;
        from = at + colon;
        at = from - 1;
    }
    return count;
}

/* Whether a line has contacts, and all of them can be ones: short, and no sentence. */
static bool has_contacts(const char *line, const struct line_field *fields, size_t count)
{
    bool found = false;

    for (size_t i = 0; i < count; i++) {
        const struct line_field *own = &fields[i];
        size_t len = own->end - own->value;

        if (!own->contact)
            continue;
        found = true;
        if (clean_length(line + own->value, len) > VALUE_CHARS ||
            memmem(line + own->value, len, "。", 3))
            return false;
    }
    return found;
}

static void strip_line(struct draft *d, const char *whose, const char *line, size_t len,
                       struct strbuf *out)
{
    struct line_field fields[LINE_FIELDS + 1];
    size_t count = find_fields(d, line, len, fields);

    if (!has_contacts(line, fields, count)) {
        strbuf_add(out, line, len);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const struct line_field *own = &fields[i];
        size_t end = own->end, gap;

        while (end > own->value && (gap = gap_before(line + own->value, end - own->value)) != 0)
            end -= gap;
        if (own->contact) {
            add_contact(d, clean_key(d->scratch, line + own->label, own->colon - own->label), whose,
                        arena_strndup(d->scratch, line + own->value, end - own->value));
            continue;
        }
        strbuf_add(out, line + own->label, end - own->label);
        strbuf_addch(out, ' ');
    }
}

bool contacts_strip(struct draft *d, struct passage *passage, const char *whose)
{
    struct strbuf out = STRBUF_INIT;
    size_t before = d->contact_count;
    bool changed;

    if (passage->kept ||
        !clean_has_any(clean_squeeze(d->scratch, passage->text, strlen(passage->text)), labels))
        return false;
    for (const char *line = passage->raw; *line;) {
        size_t len = strcspn(line, "\n");

        strip_line(d, whose, line, len, &out);
        if (line[len])
            strbuf_addch(&out, '\n');
        line += len + (line[len] == '\n');
    }
    changed = strcmp(out.buf, passage->raw) != 0;
    if (changed) {
        passage->kept = clean_trim(d->arena, out.buf, out.len);
        if (d->contact_count > before)
            ledger_reclass(d->ledger, passage, NUMBER_CONTACT);
    }
    strbuf_release(&out);
    return changed;
}

void contacts_take_lines(struct draft *d)
{
    for (size_t i = 0; i < d->ledger->block_count; i++) {
        if (d->ledger->blocks[i].block->kind != DOC_TABLE)
            contacts_strip(d, ledger_paragraph(d->ledger, i), NULL);
        arena_reset(d->scratch);
    }
}

/* "电话 | 25": how many there are, and no number of one. */
static bool is_count(struct draft *d, const struct passage *cell)
{
    const struct entry *entry = ledger_only(d->ledger, cell);

    return entry && strlen(entry->number.digits) < 6;
}

static const char *cell_key(struct draft *d, size_t block, unsigned row, unsigned column)
{
    return draft_key(d, ledger_cell(d->ledger, block, row, column));
}

/* Whether the first row of a table is one of heads: all of it short and without numbers, no contact
 * at its beginning, and no label of one below another. */
static bool has_heads(struct draft *d, size_t block)
{
    const struct doc_table *table = d->ledger->blocks[block].block->table;

    for (unsigned c = 0; c < table->columns; c++) {
        const char *key = cell_key(d, block, 0, c);

        if (!*key || clean_length(key, strlen(key)) > LABEL_CHARS || strpbrk(key, "0123456789") ||
            (contacts_is_label(key) &&
             (!c || table->rows < 2 || contacts_is_label(cell_key(d, block, 1, c)))))
            return false;
    }
    return true;
}

static void take_columns(struct draft *d, size_t block)
{
    const struct doc_table *table = d->ledger->blocks[block].block->table;

    for (unsigned c = 0; c < table->columns; c++) {
        const char *key = cell_key(d, block, 0, c);

        for (unsigned row = 1; contacts_is_label(key) && row < table->rows; row++) {
            struct passage *cell = ledger_cell(d->ledger, block, row, c);

            if (cell && !cell->kept && !is_count(d, cell))
                contacts_take(d, cell, key, NULL);
        }
    }
}

void contacts_take_cells(struct draft *d, size_t block)
{
    const struct doc_table *table = d->ledger->blocks[block].block->table;
    bool heads = has_heads(d, block);

    if (heads)
        take_columns(d, block);
    for (size_t i = 0; i < table->cell_count; i++) {
        const struct doc_cell *cell = &table->cells[i];
        struct passage *own = ledger_cell(d->ledger, block, cell->row, cell->column);
        unsigned next = cell->column + cell->column_span;
        struct passage *value =
            next < table->columns ? ledger_cell(d->ledger, block, cell->row, next) : NULL;
        const char *key = draft_key(d, own);

        if (own->kept || contacts_strip(d, own, NULL) || (heads && !cell->row))
            continue;
        if (*key && contacts_is_label(key) && value && !value->kept && !is_count(d, value) &&
            !contacts_is_label(draft_key(d, value)))
            contacts_take(d, value, key, NULL);
    }
}

/* --- what is left --- */

struct finding_in {
    struct draft *draft;
    const struct passage *passage;
};

static void found(void *ctx, size_t at, const char *kind, const char *masked)
{
    const struct finding_in *in = ctx;

    ledger_note(in->draft->ledger, NOTICE_WRONG, "personal-data", in->passage, at,
                "the text has what looks like %s (%s): take it out of what was written", kind,
                masked);
}

void contacts_find(struct draft *d)
{
    for (size_t i = 0; i < d->ledger->passage_count; i++) {
        const struct passage *passage = &d->ledger->passages[i];
        const struct ledger_block *block = &d->ledger->blocks[passage->block];
        struct finding_in in = {d, passage};
        const char *text = passage->kept ? clean_text(d->scratch, passage->kept) : passage->text;
        struct personal personal = {d->scratch, text, strlen(text), found, &in};

        if (block->use != USE_NONE && block->use != USE_TABLE)
            personal_find(&personal);
        arena_reset(d->scratch);
    }
    if (d->contact_count && !d->keep_contacts)
        ledger_note(d->ledger, NOTICE_KNOW, "contacts-left-out", NULL, 0,
                    "%zu names and telephones of contacts and experts were left out",
                    d->contact_count);
}

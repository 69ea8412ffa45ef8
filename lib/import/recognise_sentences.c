#include "base/base.h"

#include "import/recognise_sentences.h"

#include "import/clean.h"
#include "import/lead.h"
#include "import/organisation.h"
#include "import/period.h"
#include "import/sentence.h"

/* --- one number --- */

static bool is_in_reason(const char *sentence)
{
    return strstr(sentence, "原因") != NULL;
}

/* "1个行政单位": what is counted stands behind. */
static bool take_counted(struct reader *r, size_t index, const struct number *n)
{
    const char *after = lead_after(r->draft, r->passage, index);

    if (!cue_is_count(n) || clean_length(after, strlen(after)) < 3)
        return false;
    return sentence_subject(r, after, n->unit, n->end);
}

/* "公务接待 2 批次、26 人次": the words of the count before, with the unit of this one. */
static bool take_unit_words(struct reader *r, size_t index, const char *subject,
                            const struct number *n)
{
    const char *words = subject;

    if (!cue_is_count(n))
        return false;
    if (clean_length(subject, strlen(subject)) < 4 && index)
        words = cue_subject(r->draft->scratch, lead_of(r->draft, r->passage, index - 1));
    words = arena_format(r->draft->scratch, "%s%s", words, n->unit);
    return sentence_subject(r, words, n->unit, n->end);
}

static bool find_subject(struct reader *r, size_t index, const char *subject,
                         const struct number *n)
{
    if (take_counted(r, index, n) || take_unit_words(r, index, subject, n))
        return true;
    return sentence_subject(r, subject, n->unit, n->start);
}

/* Whether the last clause says nothing else than a sum, or what is called 机关运行经费. */
static bool says_whole(const struct draft *d, const char *subject)
{
    const char *last = subject, *key;

    for (const char *at = subject; (at = strstr(at, "，")) != NULL;)
        last = at += strlen("，");
    key = clean_key(d->scratch, last, strlen(last));
    return clean_is_filler(key) || strstr(key, "公用经费") != NULL;
}

/* The line that a share of a line is of, by the profile; NULL: it does not say. */
static const char *whole_of(const struct reader *r, const struct form *form)
{
    const struct profile_line *line = profile_table_line(form->table, r->current.line);

    if (line && line->of.s)
        return line->of.s;
    for (size_t i = 0; i < form->table->columns.count; i++)
        if (text_is(&form->table->columns.items[i].id, "share"))
            return form->table->columns.items[i].of.s;
    return NULL;
}

/* "占授予中小企业合同金额的": another line than the share is of; nothing is a share of itself. */
static bool is_other_share(struct reader *r, const char *lead)
{
    const char *whole = whole_of(r, draft_form(r->draft, r->current.table));
    const char *at = lead, *words = NULL, *unknown;
    struct subject_codes codes = r->codes;
    struct subject found;

    if (!whole)
        return false;
    if (!strcmp(whole, r->current.line))
        return true;
    while ((at = strstr(at, "占")) != NULL)
        words = at += strlen("占");
    return words && subject_find(r->draft, r->topics, words, "万元", &codes, &found, &unknown) &&
           !strcmp(found.table, r->current.table) && strcmp(found.line, whole) != 0;
}

/* Whether a number is what the sources have a place for, and not the same of another year or of
 * another whole. */
static bool is_certain(struct reader *r, struct cue cue, const char *lead)
{
    if (cue.kind == CUE_SHARE)
        return !is_other_share(r, lead);
    if (cue.kind == CUE_CHANGE || cue.kind == CUE_RATE)
        return r->base != BASE_NONE;
    return (cue.kind != CUE_FINAL && cue.kind != CUE_BUDGET) ||
           !cue_is_of_other_year(lead, r->draft->year);
}

static void read_number(struct reader *r, size_t index)
{
    struct draft *d = r->draft;
    struct entry *entry = &d->ledger->entries[r->passage->first + index];
    const char *lead = lead_of(d, r->passage, index);
    const char *sentence = lead_sentence(d, r->passage, index);
    const char *subject = organisation_skip(d, cue_subject(d->scratch, lead));
    struct subject before = r->current;
    struct cue cue = cue_of(lead, &entry->number);
    enum cue_base base = cue_base_of(d->scratch, sentence, d->year);
    bool found;

    if (cue.kind == CUE_NONE || (!index && !*clean_key(d->scratch, lead, strlen(lead))))
        return; /* a paragraph that begins with a number says nothing of it */
    found = find_subject(r, index, subject, &entry->number);
    if (!r->current.table && !found && r->section && !r->last_table && says_whole(d, subject) &&
        subject_of_topics(d, r->topics, &r->current))
        found = true;
    if (base)
        r->base = base;
    r->listed = r->listed && !found;
    if (r->listed && (cue.kind == CUE_CHANGE || cue.kind == CUE_RATE))
        return;
    if (!found && !clean_is_filler(clean_key(d->scratch, subject, strlen(subject))))
        r->current = (struct subject){0}; /* of something else, up to the end of the sentence */
    if (!r->current.table)
        return;
    /* a reason tells of other things: only their changes are certain */
    if (is_in_reason(sentence) && (!found || cue.kind != CUE_CHANGE)) {
        r->current = before;
        return;
    }
    if (is_certain(r, cue, lead))
        sentence_put(r, entry, cue, subject);
    sentence_check_year(r, entry, subject, cue);
    if (is_in_reason(sentence))
        r->current = before;
}

/* --- sentences without numbers, and what follows numbers --- */

static bool has_figures(const struct reader *r, size_t start, size_t end)
{
    for (size_t i = 0; i < r->passage->count; i++) {
        const struct number *n = &r->draft->ledger->entries[r->passage->first + i].number;

        if (n->class == NUMBER_FIGURE && n->start >= start && n->start < end)
            return true;
    }
    return false;
}

/* "持平" of a clause: of what it names, or of what is current. */
static void read_flat(struct reader *r, const char *clause, bool bare)
{
    struct subject before = r->current;
    enum cue_base base = cue_base_of(r->draft->scratch, clause, r->draft->year);

    if (!cue_is_flat(clause))
        return;
    if (base)
        r->base = base;
    if (bare)
        sentence_subject(r, cue_subject(r->draft->scratch, clause), NULL, 0);
    if (!r->current.table)
        r->current = before;
    if (r->current.table && r->base &&
        draft_has_column(draft_form(r->draft, r->current.table),
                         r->base == BASE_BUDGET ? "initial_budget" : "prior_change", NULL))
        sentence_direction(r, DIRECTION_FLAT);
}

/* "主要原因：...": up to the end of the sentence. */
static void read_reason(struct reader *r, const char *sentence)
{
    static const char *const links[] = {"：", ":", "是", "为", "主要是", "，", " "};
    const char *reason = strstr(sentence, "原因");
    enum cue_base base;
    enum cue_direction direction;
    struct line *line;
    struct text *out;

    if (!reason || !r->current.table)
        return;
    base = cue_base_of(r->draft->scratch,
                       arena_strndup(r->draft->scratch, sentence, (size_t)(reason - sentence)),
                       r->draft->year);
    direction = cue_comparison(sentence);
    if (base)
        r->base = base;
    if (!r->base)
        return;
    line = sentence_line(r);
    out = r->base == BASE_BUDGET ? &line->budget_reason : &line->prior_reason;
    reason += strlen("原因");
    for (bool any = true; any;) {
        any = false;
        for (size_t i = 0; i < ARRAY_SIZE(links); i++)
            if (clean_begins(reason, links[i])) {
                reason += strlen(links[i]);
                any = true;
            }
    }
    if (!out->s && *reason)
        *out = text_of(clean_line(r->draft->arena, reason));
    if (direction && base)
        sentence_direction(r, direction);
}

/* "本年度无此项支出。" */
static void read_nothing(struct reader *r, const char *sentence)
{
    static const char *const none[] = {
        "无此项",       "没有此项", "无政府性基金", "没有政府性基金", "无国有资本",
        "没有国有资本", "不涉及",   "未安排",       "未发生",         NULL};
    const struct form *form;
    struct mention mention;
    struct table *table;

    if (!clean_has_any(sentence, none) ||
        (organisation_next(r->draft, sentence, 0, false, &mention) && mention.name))
        return;
    form = subject_empty_form(r->draft, r->topics, sentence);
    if (!form)
        return;
    table = draft_table(r->draft, form->table->id.s);
    if (table->lines.count || table->status.s)
        return;
    table->status = text_of("empty-with-statement");
    table->statement = text_of(clean_trim(r->draft->arena, sentence, strlen(sentence)));
}

/* A sentence that has no figure may say what those behind it are about: a name with its level, or a
 * short title. */
static void read_bare(struct reader *r, const char *sentence, bool is_first)
{
    static const char *const markers[] = {"（类）", "(类)", "（款）", "(款)",
                                          "（项）", "(项)", NULL};

    if (clean_has_any(sentence, markers) ||
        (is_first && clean_length(sentence, strlen(sentence)) <= 24))
        sentence_subject(r, sentence, NULL, 0);
    read_flat(r, sentence, true);
    read_nothing(r, sentence);
}

static size_t sentence_end(const char *text, size_t start)
{
    static const char *const stops[] = {"。", "；", ";", "\n"};
    size_t end = start;

    for (; text[end]; end++)
        for (size_t i = 0; i < ARRAY_SIZE(stops); i++)
            if (clean_begins(text + end, stops[i]))
                return end;
    return end;
}

/* The clauses of a sentence with figures that say 持平 behind the last of them. */
static void read_tail(struct reader *r, size_t start, size_t end)
{
    size_t last = start;

    for (size_t i = 0; i < r->passage->count; i++) {
        const struct number *n = &r->draft->ledger->entries[r->passage->first + i].number;

        if (n->class == NUMBER_FIGURE && n->start >= start && n->start < end)
            last = n->unit_end;
    }
    if (last < end)
        read_flat(r, arena_strndup(r->draft->scratch, r->passage->text + last, end - last), false);
}

/* Whether all figures of a sentence are another's. */
static bool is_of_other(const struct reader *r, size_t start, size_t end)
{
    bool any = false;

    for (size_t i = 0; i < r->passage->count; i++) {
        const struct entry *entry = &r->draft->ledger->entries[r->passage->first + i];

        if (entry->number.class != NUMBER_FIGURE || entry->number.start < start ||
            entry->number.start >= end)
            continue;
        if (!entry->other)
            return false;
        any = true;
    }
    return any;
}

static void read_sentence(struct reader *r, size_t start, size_t end, bool is_first)
{
    const char *sentence = arena_strndup(r->draft->scratch, r->passage->text + start, end - start);
    struct subject before = r->current;

    if (is_of_other(r, start, end))
        return;
    if (!has_figures(r, start, end)) {
        read_bare(r, sentence, is_first);
    } else {
        for (size_t i = 0; i < r->passage->count; i++) {
            const struct entry *entry = &r->draft->ledger->entries[r->passage->first + i];

            if (entry->number.class == NUMBER_FIGURE && entry->state == ENTRY_LOOSE &&
                !entry->other && entry->number.start >= start && entry->number.start < end)
                read_number(r, i);
        }
        read_tail(r, start, end);
    }
    if (!r->current.table)
        r->current = before;
    if (!r->listed)
        read_reason(r, sentence);
    if (has_figures(r, start, end))
        r->listed = strstr(sentence, "其中") &&
                    !clean_begins(clean_line(r->draft->scratch, sentence), "其中");
}

/* An item's name stands above what is said of it: a heading below the sections, or a paragraph
 * without figures. */
static void take_inherited(struct reader *r)
{
    const struct ledger_block *block = &r->draft->ledger->blocks[r->passage->block];

    if (block->use == USE_HEADING && block->level < 4)
        r->inherited = (struct subject){0};
    else if (block->use == USE_HEADING || !has_figures(r, 0, strlen(r->passage->text)))
        r->inherited = r->current;
}

static void read_passage(struct reader *r)
{
    const char *text = r->passage->text;
    size_t start = 0;

    if (r->section != r->passage->section) {
        r->section = r->passage->section;
        r->last_table = NULL;
        r->inherited = (struct subject){0};
    }
    r->topics = sentence_topics(r->draft, r->section);
    r->current = r->inherited;
    r->base = BASE_NONE;
    r->listed = false;
    while (text[start]) {
        size_t end = sentence_end(text, start);

        read_sentence(r, start, end, start == 0);
        arena_reset(r->draft->scratch);
        start = end;
        while (text[start] &&
               (clean_begins(text + start, "。") || clean_begins(text + start, "；") ||
                text[start] == ';' || text[start] == '\n'))
            start += (unsigned char)text[start] >= 0x80 ? strlen("。") : 1;
    }
    take_inherited(r);
}

/* --- numbers in labels --- */

enum { NAME_BYTES = 400 }; /* names of lines are shorter, blanks and all */

/* "单价100万元（含）以上设备": the number is part of a name that the profile has. */
static void name_labels(struct draft *d, struct passage *passage)
{
    for (size_t i = 0; i < passage->count; i++) {
        struct entry *entry = &d->ledger->entries[passage->first + i];
        const char *text = passage->text + entry->number.start;
        const char *rest = clean_squeeze(d->scratch, text, strnlen(text, NAME_BYTES));

        for (size_t f = 0; f < d->form_count; f++)
            for (size_t l = 0; l < d->forms[f].table->lines.count; l++) {
                const char *label = d->forms[f].table->lines.items[l].label.s;
                const char *digits = label ? strpbrk(label, "0123456789") : NULL;

                if (digits && clean_length(digits, strlen(digits)) > 4 &&
                    clean_begins(rest, digits))
                    entry->number.class = NUMBER_NAME;
            }
    }
}

/* Whether a block stands in a section on a budget, or on another year; told once of each that has
 * figures. */
static bool is_of_other_period(struct draft *d, size_t block)
{
    const struct passage *passage = ledger_paragraph(d->ledger, block);
    const char *title = d->outline.sections[passage->section].title;
    size_t start = d->outline.sections[passage->section].block;

    if (!period_is_other_section(d, passage->section))
        return false;
    while (start < block && !ledger_has_figures(d->ledger, ledger_paragraph(d->ledger, start)))
        start++;
    if (start == block && ledger_has_figures(d->ledger, passage))
        ledger_note(d->ledger, NOTICE_REVIEW, "other-period", passage, 0,
                    "what '%s' says is of a budget or of another year: its figures are facts",
                    title);
    return true;
}

void recognise_sentences(struct draft *d)
{
    struct reader r = {.draft = d};

    for (size_t i = 0; i < d->ledger->block_count; i++) {
        const struct ledger_block *block = &d->ledger->blocks[i];

        if (block->block->kind == DOC_TABLE || block->owner || block->other ||
            is_of_other_period(d, i) || (block->use != USE_TEXT && block->use != USE_HEADING))
            continue;
        r.passage = ledger_paragraph(d->ledger, i);
        name_labels(d, r.passage);
        read_passage(&r);
    }
}

#include "base/base.h"

#include "import/sentence.h"

#include "import/clean.h"
#include "import/lead.h"

unsigned sentence_topics(const struct draft *d, size_t section)
{
    unsigned topics = 0;

    for (; section && d->outline.sections[section].level > 1;
         section = d->outline.sections[section].parent)
        topics |= subject_topics(d->outline.sections[section].title);
    return topics;
}

/* The amount that a passage says the final accounts of its item are; NULL: none. */
static const struct entry *stated_final(struct reader *r, size_t from)
{
    for (size_t i = 0; i < r->passage->count; i++) {
        const struct entry *entry = &r->draft->ledger->entries[r->passage->first + i];
        const char *lead = lead_of(r->draft, r->passage, i);

        if (entry->number.class == NUMBER_FIGURE && entry->number.start >= from &&
            cue_is_money(&entry->number) && cue_of(lead, &entry->number).kind == CUE_FINAL &&
            strstr(lead, "决算"))
            return entry;
    }
    return NULL;
}

static const struct quantity *final_of(const struct line *line)
{
    for (size_t i = 0; i < line->figures.count; i++)
        if (text_is(&line->figures.items[i].column, "final"))
            return &line->figures.items[i].value;
    return NULL;
}

/* A name that the classification does not have, below a code that it has: the only line of that
 * code in the table with the same final accounts may be meant. */
static const char *line_by_value(struct reader *r, const struct form *form, const char *digits)
{
    const char *parent = r->codes.group_code ? r->codes.group_code : r->codes.class_code;
    const struct table *table = draft_table(r->draft, form->table->id.s);
    const char *found = NULL;

    for (size_t i = 0; parent && i < table->lines.count; i++) {
        const struct line *line = &table->lines.items[i];
        const struct quantity *q = final_of(line);
        struct decimal value;

        if (line->id.len != 7 || !clean_begins(line->id.s, parent) || line->narrative_label.s ||
            line->budget_direction.s || !q ||
            decimal_parse(digits, strlen(digits), &value) != DECIMAL_OK ||
            value.units != q->number.units || value.scale != q->number.scale)
            continue;
        if (found)
            return NULL;
        found = line->id.s;
    }
    return found;
}

/* What an unknown name may be; a person must look in any case. */
static void take_unknown(struct reader *r, const char *name, size_t offset)
{
    const struct form *form = subject_coded_form(r->draft, r->topics, 0);
    const struct entry *entry = stated_final(r, offset);
    const char *code =
        form && form->seen && entry ? line_by_value(r, form, entry->number.digits) : NULL;
    const char *kept = arena_strdup(r->draft->arena, name);

    r->current = (struct subject){0};
    if (!code) {
        ledger_note(r->draft->ledger, NOTICE_REVIEW, "unknown-code-name", r->passage, offset,
                    "the classification has no '%s' there: its figures are facts", name);
        return;
    }
    r->current = (struct subject){form->table->id.s, code, NULL, 1};
    if (r->codes.unknown_group) /* the 项 is what it says, the 款 is not */
        draft_line(r->draft, form->table->id.s, arena_strndup(r->draft->arena, code, 5))
            ->narrative_label = text_of(r->codes.unknown_group);
    else
        draft_line(r->draft, form->table->id.s, code)->narrative_label = text_of(kept);
    ledger_note(r->draft->ledger, NOTICE_REVIEW, "unsure-code", r->passage, offset,
                "the classification has no '%s' there; by its amount it was taken for %s", name,
                code);
}

bool sentence_subject(struct reader *r, const char *words, const char *unit, size_t offset)
{
    struct subject found;
    const char *unknown;

    if (subject_find(r->draft, r->topics, words, unit, &r->codes, &found, &unknown)) {
        r->current = found;
        return true;
    }
    if (unknown)
        take_unknown(r, unknown, offset);
    return unknown && r->current.table;
}

#include "base/base.h"

#include "import/clean.h"
#include "import/contacts.h"
#include "import/facts.h"
#include "import/form_reading.h"

enum { JOINED_MAX = 12, CELLS = FORM_COMPLETION + 1 };

/* What an indicator has beside its headings. */
static const enum form_column values[] = {FORM_NAME,  FORM_TARGET, FORM_ACTUAL,    FORM_WEIGHT,
                                          FORM_SCORE, FORM_REASON, FORM_COMPLETION};

/* --- cells --- */

/* The cell of a row in a column, which may have begun in a row above; `at` (may be NULL) is it. */
static struct passage *indicator_cell(struct reading_form *f, unsigned row, enum form_column column,
                                      const struct doc_cell **at)
{
    for (unsigned c = 0; c < f->table->columns && c < FORM_COLUMNS_MAX; c++)
        if (f->columns[c] == column) {
            const struct doc_cell *cell = doc_table_at(f->table, row, c);

            if (at)
                *at = cell;
            return cell ? ledger_cell(f->draft->ledger, f->block, row, c) : NULL;
        }
    if (at)
        *at = NULL;
    return NULL;
}

static bool is_blank(struct reading_form *f, const struct passage *cell)
{
    return !cell || !*clean_squeeze(f->draft->scratch, cell->text, strlen(cell->text));
}

static bool is_empty_row(struct reading_form *f, unsigned row)
{
    for (size_t i = 0; i < ARRAY_SIZE(values); i++)
        if (values[i] != FORM_WEIGHT && values[i] != FORM_SCORE &&
            !is_blank(f, indicator_cell(f, row, values[i], NULL)))
            return false;
    return true;
}

/* Whether one cell stands where an indicator's name and target would, or a row has contacts: it is
 * a remark. */
static bool is_remark(struct reading_form *f, unsigned row)
{
    const struct doc_cell *name, *target, *actual;

    indicator_cell(f, row, FORM_NAME, &name);
    indicator_cell(f, row, FORM_TARGET, &target);
    indicator_cell(f, row, FORM_ACTUAL, &actual);
    if (name && (name == target || (!target && name == actual)))
        return true;
    for (unsigned c = 0; c < f->table->columns; c++)
        if (*form_key(f, row, c) && contacts_is_label(form_key(f, row, c)) &&
            !ledger_only(f->draft->ledger, form_cell(f, row, c)))
            return true;
    return false;
}

/* --- headings --- */

/* Whether a heading says more than the one that it counts as. */
static bool is_finer(const char *key)
{
    static const char *const words[] = {"经济成本", "社会成本", "环境成本", NULL};

    return clean_has_any(key, words);
}

/* The headings of a row, which hold for those below that have none. */
static void read_levels(struct reading_form *f, unsigned row)
{
    struct passage *first = indicator_cell(f, row, FORM_LEVEL1, NULL);
    struct passage *second = indicator_cell(f, row, FORM_LEVEL2, NULL);
    const char *key1 = draft_key(f->draft, first), *key2 = draft_key(f->draft, second);

    if (*key1) {
        const char *level = form_level1(key1);

        if (!level && !first->taken)
            ledger_note(f->draft->ledger, NOTICE_REVIEW, "unsure-heading", first, 0,
                        "'%s' is no first-level heading of indicators that is known", key1);
        if (level && (!f->level1 || strcmp(level, f->level1) != 0))
            f->level2 = NULL;
        f->level1 = level;
        first->taken |= level != NULL;
    }
    if (*key2) {
        f->level2 = form_level2(key2);
        if (!f->level2 && !second->taken)
            ledger_note(f->draft->ledger, NOTICE_REVIEW, "unsure-heading", second, 0,
                        "'%s' is no second-level heading of indicators that is known", key2);
        second->taken |= f->level2 != NULL && !is_finer(key2);
    }
    if (!f->level2 && f->level1 && !strcmp(f->level1, "satisfaction"))
        f->level2 = "service-satisfaction";
    if (first)
        ledger_reclass(f->draft->ledger, first, NUMBER_NUMBERING);
    if (second)
        ledger_reclass(f->draft->ledger, second, NUMBER_NUMBERING);
}

/* The id of the next indicator of a kind: "quantity-2". */
static const char *next_indicator_id(struct reading_form *f)
{
    const struct project *project = form_project(f);
    const char *kind = f->level2 ? f->level2 : f->level1 ? f->level1 : "indicator", *begin;
    size_t last = 0;

    if (!strcmp(kind, "service-satisfaction"))
        kind = "satisfaction";
    begin = arena_format(f->draft->scratch, "%s-", kind);
    for (size_t i = project->indicators.count; i-- > 0 && !last;)
        last = draft_number_of(&project->indicators.items[i].id, begin);
    return arena_format(f->draft->arena, "%s%zu", begin, last + 1);
}

/* --- values --- */

/* What was reached: a percentage, or a text whose numbers are facts. A column of its own for the
 * percentage says it better. */
static void read_actual(struct reading_form *f, const struct form_piece *pieces,
                        struct indicator *indicator)
{
    struct draft *d = f->draft;
    struct form_piece actual = pieces[FORM_ACTUAL], target = pieces[FORM_TARGET];
    const char *address = form_address(f, "indicators", indicator->id.s, "completion");
    struct entry *entry = form_only(f, actual);
    bool percent = entry && entry->number.unit && !strcmp(entry->number.unit, "%");

    form_value(f, pieces[FORM_COMPLETION], NULL, address, &indicator->completion);
    if (entry && !percent && !entry->number.unit && !strcmp(entry->number.digits, "100") &&
        !form_only(f, target))
        percent = true;
    if (percent && indicator->completion.state == QUANTITY_ABSENT &&
        draft_quantity(d, entry, false, NULL, &indicator->completion)) {
        ledger_place(entry, ENTRY_FIGURE, address);
        actual.cell->taken = true;
    } else {
        indicator->actual = form_text(f, actual);
    }
}

/* "9.5/10" is the score, and the weight again. */
static void read_score(struct reading_form *f, struct form_piece piece, struct indicator *own)
{
    struct ledger *l = f->draft->ledger;
    struct entry *score, *weight;
    struct quantity again;
    const char *text, *address = form_address(f, "indicators", own->id.s, "score");

    if (piece.cell && piece.cell->count == 2 && !piece.start) {
        score = &l->entries[piece.cell->first];
        weight = score + 1;
        text = piece.cell->text;
        if (!score->number.start && weight->number.start == score->number.unit_end + 1 &&
            text[score->number.unit_end] == '/' && !text[weight->number.unit_end] &&
            draft_quantity(f->draft, score, false, NULL, &own->score) &&
            draft_quantity(f->draft, weight, false, NULL, &again)) {
            ledger_place(score, ENTRY_FIGURE, address);
            piece.cell->taken = true;
            address = form_address(f, "indicators", own->id.s, "weight");
            if (own->weight.state == QUANTITY_ABSENT) {
                own->weight = again;
                ledger_place(weight, ENTRY_FIGURE, address);
            } else if (own->weight.number.units == again.number.units &&
                       own->weight.number.scale == again.number.scale) {
                ledger_place(weight, ENTRY_RESTATED, address);
            }
            return;
        }
    }
    form_value(f, piece, NULL, address, &own->score);
}

static void read_indicator_facts(struct reading_form *f, const struct form_piece *pieces,
                                 size_t index)
{
    static const struct {
        enum form_column column;
        enum fact_cell cell;
    } cells[] = {{FORM_NAME, FACT_TARGET},
                 {FORM_TARGET, FACT_TARGET},
                 {FORM_ACTUAL, FACT_ACTUAL},
                 {FORM_REASON, FACT_OTHER}};
    bool is_cost = f->level2 && !strcmp(f->level2, "cost");

    for (size_t i = 0; i < ARRAY_SIZE(cells); i++) {
        const struct form_piece *piece = &pieces[cells[i].column];
        struct passage part;

        if (!piece->cell)
            continue;
        part = *piece->cell;
        while (part.count && f->draft->ledger->entries[part.first].number.start < piece->start) {
            part.first++;
            part.count--;
        }
        while (part.count &&
               f->draft->ledger->entries[part.first + part.count - 1].number.start >= piece->end)
            part.count--;
        facts_of_indicator(f->draft, &part, f->project - 1, index, cells[i].cell, is_cost);
    }
}

static void read_indicator(struct reading_form *f, const struct form_piece *pieces)
{
    struct project *project = form_project(f);
    const char *id = next_indicator_id(f);
    struct indicator *indicator = DRAFT_ADD(f->draft->records, project->indicators);
    const char *na;

    indicator->id = text_of(id);
    indicator->level1 = text_of(f->level1);
    indicator->level2 = text_of(f->level2);
    indicator->name = form_text(f, pieces[FORM_NAME]);
    f->row_name = indicator->name.s;
    na = indicator->name.s ? form_na(indicator->name.s) : NULL;
    if (na) {
        indicator->na = text_of(na);
        indicator->name = text_of(NULL);
        f->row_name = NULL;
    }
    indicator->target = form_text(f, pieces[FORM_TARGET]);
    read_actual(f, pieces, indicator);
    form_value(f, pieces[FORM_WEIGHT], NULL, form_address(f, "indicators", id, "weight"),
               &indicator->weight);
    read_score(f, pieces[FORM_SCORE], indicator);
    indicator->reason = form_text(f, pieces[FORM_REASON]);
    read_indicator_facts(f, pieces, project->indicators.count - 1);
}

/* --- several in one cell --- */

/* The length of "指标1：" or of a number before an item. */
static size_t mark_length(const char *s)
{
    size_t at = strspn(s, " ");

    if (clean_begins(s + at, "指标")) {
        size_t digits = strspn(s + at + strlen("指标"), "0123456789");
        const char *after = s + at + strlen("指标") + digits;

        if (digits && (clean_begins(after, "：") || clean_begins(after, "、")))
            return (size_t)(after - s) + strlen("：");
        if (digits && (*after == ':' || *after == '.'))
            return (size_t)(after - s) + 1;
    }
    return clean_numbering(s, NULL);
}

static size_t stop_at(const char *s, bool lines)
{
    if (lines)
        return *s == '\n';
    return *s == ';' ? 1 : clean_begins(s, "；") ? strlen("；") : 0;
}

/* The length of a blank or semicolon at the end of a text; 0: it has none. */
static size_t trailing(const char *s, size_t len)
{
    return clean_ends(s, len, "；")                             ? strlen("；")
           : clean_ends(s, len, " ") || clean_ends(s, len, ";") ? 1
                                                                : 0;
}

/* The items of a cell, by lines or else by semicolons, without their marks. How many; 0: too many.
 * `marked`: how many have one. */
static size_t split(struct passage *cell, struct form_piece *out, size_t *marked)
{
    const char *text = cell->text;
    bool lines = strchr(text, '\n') != NULL;
    size_t count = 0, start = 0, len = strlen(text);

    *marked = 0;
    for (size_t at = 0; at <= len; at++) {
        size_t stop = at < len ? stop_at(text + at, lines) : 1;
        size_t mark;

        if (!stop)
            continue;
        if (strspn(text + start, " \n") < at - start) {
            mark = mark_length(text + start);
            if (count == JOINED_MAX)
                return 0;
            *marked += mark && mark < at - start;
            out[count++] = (struct form_piece){cell, start + (mark < at - start ? mark : 0), at};
        }
        start = at + stop;
        at = start - 1;
    }
    for (size_t i = 0; i < count; i++) /* a semicolon behind the last of them */
        while (out[i].end > out[i].start &&
               trailing(text + out[i].start, out[i].end - out[i].start))
            out[i].end -= trailing(text + out[i].start, out[i].end - out[i].start);
    return count;
}

/* How many indicators the cell of names has: each of them marked. */
static size_t joined_names(struct passage *name, struct form_piece *out)
{
    size_t marked, count = name ? split(name, out, &marked) : 0;

    return count > 1 && marked == count ? count : 0;
}

/* Whether a row of so many names has several items elsewhere, too, or says 指标1: names that are
 * merely listed are those of one indicator. */
static bool is_joined(const struct form_piece *pieces, const size_t *counts)
{
    for (size_t v = 1; v < ARRAY_SIZE(values); v++)
        if (counts[values[v]] > 1 && values[v] != FORM_REASON)
            return true;
    return clean_begins(pieces[FORM_NAME].cell->text, "指标");
}

/* Reads a row of several indicators when all its cells have as many items, or none. */
static bool read_joined(struct reading_form *f, const struct form_piece *pieces)
{
    struct form_piece items[CELLS][JOINED_MAX] = {0};
    size_t counts[CELLS] = {0}, marked;
    size_t count = joined_names(pieces[FORM_NAME].cell, items[FORM_NAME]);
    bool agree = true;

    if (!count)
        return false;
    for (size_t v = 1; v < ARRAY_SIZE(values); v++) {
        struct passage *cell = pieces[values[v]].cell;

        if (is_blank(f, cell))
            continue;
        counts[values[v]] = split(cell, items[values[v]], &marked);
        agree = agree && counts[values[v]] == count;
    }
    if (!agree && is_joined(pieces, counts))
        ledger_note(f->draft->ledger, NOTICE_REVIEW, "joined-indicators", pieces[FORM_NAME].cell, 0,
                    "a row has %zu indicators in a cell, and not as many values beside it: it was "
                    "left as one",
                    count);
    for (size_t i = 0; agree && i < count; i++) {
        struct form_piece one[CELLS] = {0};

        for (size_t v = 0; v < ARRAY_SIZE(values); v++)
            one[values[v]] = items[values[v]][i];
        read_indicator(f, one);
    }
    return agree;
}

/* --- rows --- */

/* A weight or score that stands for several rows is that of the first, as far as one can say. */
static struct passage *own_cell(struct reading_form *f, unsigned row, enum form_column column)
{
    const struct doc_cell *at;
    struct passage *cell = indicator_cell(f, row, column, &at);

    if (!cell || at->row != row)
        return NULL;
    if (at->row_span > 1 && row + 1 < f->table->rows && !is_blank(f, cell)) {
        const struct doc_cell *below;

        indicator_cell(f, row + 1, FORM_NAME, &below);
        if (below && below->row == row + 1)
            ledger_note(f->draft->ledger, NOTICE_REVIEW, "unsure-value", cell, 0,
                        "'%s' stands beside %u rows of indicators: it was put to the first",
                        cell->text, at->row_span);
    }
    return cell;
}

bool form_indicator_row(struct reading_form *f, unsigned row)
{
    struct form_piece pieces[CELLS] = {0};

    if (is_remark(f, row))
        return false;
    read_levels(f, row);
    if (is_empty_row(f, row))
        return true;
    for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
        enum form_column column = values[i];
        bool number = column == FORM_WEIGHT || column == FORM_SCORE || column == FORM_COMPLETION;

        pieces[column] =
            form_whole(number ? own_cell(f, row, column) : indicator_cell(f, row, column, NULL));
    }
    if (!read_joined(f, pieces))
        read_indicator(f, pieces);
    return true;
}

#include "base/base.h"

#include "import/form_reading.h"

#include "import/clean.h"

struct project *form_project(const struct reading_form *f)
{
    return f->project ? &f->draft->report.projects.items[f->project - 1] : NULL;
}

/* --- cells --- */

struct passage *form_cell(struct reading_form *f, unsigned row, unsigned column)
{
    return ledger_cell_here(f->draft->ledger, f->block, row, column);
}

const char *form_key(struct reading_form *f, unsigned row, unsigned column)
{
    return draft_key(f->draft, form_cell(f, row, column));
}

struct form_piece form_whole(struct passage *cell)
{
    return (struct form_piece){cell, 0, cell ? strlen(cell->text) : 0};
}

const char *form_words_of(struct reading_form *f, struct form_piece piece)
{
    return piece.cell ? arena_strndup(f->draft->scratch, piece.cell->text + piece.start,
                                      piece.end - piece.start)
                      : "";
}

struct text form_text(struct reading_form *f, struct form_piece piece)
{
    const char *line = clean_line(f->draft->scratch, form_words_of(f, piece));

    if (piece.cell)
        piece.cell->taken = true;
    line = clean_trim(f->draft->arena, line, strlen(line));
    return text_of(*line ? line : NULL);
}

struct entry *form_only(struct reading_form *f, struct form_piece piece)
{
    return piece.cell ? ledger_only_in(f->draft->ledger, piece.cell, piece.start, piece.end) : NULL;
}

/* The next cell of a row behind a column. */
struct passage *form_next_cell(struct reading_form *f, unsigned row, unsigned column)
{
    for (unsigned c = column + 1; c < f->table->columns; c++) {
        struct passage *cell = form_cell(f, row, c);

        if (cell)
            return cell;
    }
    return NULL;
}

/* Whether a short cell of a row, which is a head and no value, has the word. */
bool form_row_has(struct reading_form *f, unsigned row, const char *word)
{
    enum { HEAD_CHARS = 16 };

    for (unsigned c = 0; c < f->table->columns; c++) {
        const char *key = form_key(f, row, c);

        if (strstr(key, word) && clean_length(key, strlen(key)) <= HEAD_CHARS)
            return true;
    }
    return false;
}

/* --- values --- */

const char *form_address(struct reading_form *f, const char *list, const char *id,
                         const char *column)
{
    return arena_format(f->draft->arena, "projects/%s/%s/%s/%s", form_project(f)->id.s, list, id,
                        column);
}

void form_value(struct reading_form *f, struct form_piece piece, const char *unit,
                const char *address, struct quantity *out)
{
    struct draft *d = f->draft;
    const char *words = form_words_of(f, piece);
    const char *text = clean_squeeze(d->scratch, words, strlen(words));
    struct entry *entry = form_only(f, piece);
    const char *na = form_na(text), *own = entry ? entry->number.unit : NULL;
    bool other = unit && own && money_exponent(own) >= 0 && strcmp(own, unit) != 0;

    if (!*text)
        return;
    if (na)
        out->state = !strcmp(na, "dash") ? QUANTITY_DASH : QUANTITY_NOT_INVOLVED;
    else if (entry && !other && draft_quantity(d, entry, false, unit, out))
        ledger_place(entry, ENTRY_FIGURE, address);
    else {
        out->state = QUANTITY_ABSENT;
        ledger_note(d->ledger, NOTICE_REVIEW, "unsure-cell", piece.cell, piece.start,
                    "'%s' is no number that can be %s: it was left out", text, address);
        return;
    }
    piece.cell->taken = true;
}

/* --- rows of heads --- */

size_t form_columns(struct reading_form *f, unsigned row)
{
    size_t count = 0;

    memset(f->columns, 0, sizeof(f->columns));
    memset(f->heads, 0, sizeof(f->heads));
    for (unsigned c = 0; c < f->table->columns && c < FORM_COLUMNS_MAX; c++) {
        struct passage *cell = form_cell(f, row, c);

        f->columns[c] = form_column_of(form_key(f, row, c));
        f->heads[c] = cell ? clean_line(f->draft->arena, cell->text) : "";
        count += f->columns[c] != FORM_NONE;
    }
    return count;
}

/* The row of heads itself says nothing else. */
void form_take_row(struct reading_form *f, unsigned row)
{
    for (unsigned c = 0; c < f->table->columns; c++)
        if (form_cell(f, row, c))
            form_cell(f, row, c)->taken = true;
}

bool form_is_indicator_head(struct reading_form *f, unsigned row)
{
    bool level = false, name = false;

    for (unsigned c = 0; c < f->table->columns; c++) {
        enum form_column column = form_column_of(form_key(f, row, c));

        level = level || column == FORM_LEVEL1 || column == FORM_LEVEL2;
        name = name || column == FORM_NAME;
    }
    return name && (level || form_row_has(f, row, "三级指标"));
}

bool form_is_funds_head(struct reading_form *f, unsigned row)
{
    size_t count = 0;

    for (unsigned c = 0; c < f->table->columns; c++)
        count += form_column_of(form_key(f, row, c)) != FORM_NONE;
    return form_row_has(f, row, "执行数") && count >= 2;
}

bool form_has_total(const struct project *project)
{
    for (size_t i = 0; project && i < project->indicators.count; i++)
        if (text_is(&project->indicators.items[i].id, "total"))
            return true;
    return false;
}

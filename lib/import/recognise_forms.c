#include "base/base.h"

#include "import/recognise_forms.h"

#include "import/clean.h"
#include "import/facts.h"
#include "import/form_reading.h"
#include "import/form_title.h"
#include "import/others.h"
#include "import/recognise_overall.h"
#include "import/table_rest.h"

enum { LABEL_CHARS = 12 };

/* --- goals --- */

/* A row of heads of goals: the last that can be one is. False: it has none. */
static bool read_goal_heads(struct reading_form *f, unsigned row)
{
    static const char *const sure[] = {"预期目标", "设定目标", NULL};
    static const char *const perhaps[] = {"总体目标", "年度目标", "绩效目标", NULL};
    unsigned goal = 0, actual = 0;
    bool is_sure = false;

    for (unsigned c = 0; c < f->table->columns; c++) {
        const char *key = form_key(f, row, c);
        bool named = false, possible = false;

        if (clean_length(key, strlen(key)) > LABEL_CHARS)
            continue;
        for (size_t i = 0; sure[i]; i++)
            named |= clean_ends(key, strlen(key), sure[i]);
        for (size_t i = 0; perhaps[i]; i++)
            possible |= clean_ends(key, strlen(key), perhaps[i]);
        is_sure |= named;
        if (named || possible)
            goal = c + 1;
        else if (strstr(key, "完成情况"))
            actual = c + 1;
    }
    if (!goal || (!is_sure && actual <= goal))
        return false;
    f->goal = goal;
    f->goal_actual = actual;
    return true;
}

/* What a goal has in a further row goes behind it. */
static void add_goal(struct reading_form *f, struct passage *cell, bool reached)
{
    struct project *project = form_project(f);
    struct text *out = reached ? &project->goal_actual : &project->goal;
    struct text own = cell ? form_text(f, form_whole(cell)) : text_of(NULL);

    if (!own.s)
        return;
    *out = out->s ? text_of(arena_format(f->draft->arena, "%s %s", out->s, own.s)) : own;
    facts_of_project(f->draft, cell, f->project - 1, reached ? "goal-actual" : "goal");
}

static void read_goal_row(struct reading_form *f, unsigned row)
{
    add_goal(f, f->goal ? form_cell(f, row, f->goal - 1) : NULL, false);
    add_goal(f, f->goal_actual ? form_cell(f, row, f->goal_actual - 1) : NULL, true);
}

/* --- the total --- */

static size_t numbers_in_row(struct reading_form *f, unsigned row)
{
    size_t count = 0;

    for (unsigned c = 0; c < f->table->columns; c++) {
        struct passage *cell = form_cell(f, row, c);

        count += cell && ledger_only(f->draft->ledger, cell);
    }
    return count;
}

/* The sum of weights and scores: the first numbers of the row, wherever they stand. */
static void read_total_row(struct reading_form *f, unsigned row)
{
    static const char *const names[] = {"weight", "score"};
    struct project *project = form_project(f);
    size_t next = numbers_in_row(f, row) == 1 ? 1 : 0;
    struct quantity *values[2];
    struct indicator *total;

    if (form_has_total(project))
        return; /* the numbers of a second one need a person */
    total = DRAFT_ADD(f->draft->records, project->indicators);
    values[0] = &total->weight;
    values[1] = &total->score;
    total->id = text_of("total");
    total->name = text_of("总分");
    f->row_name = "总分";
    for (unsigned c = 0; c < f->table->columns && next < 2; c++) {
        struct passage *cell = form_cell(f, row, c);

        if (!cell || !ledger_only(f->draft->ledger, cell))
            continue;
        form_value(f, form_whole(cell), NULL, form_address(f, "indicators", "total", names[next]),
                   values[next]);
        next++;
    }
}

static bool is_total_row(struct reading_form *f, unsigned row)
{
    for (unsigned c = 0; c < f->table->columns; c++) {
        const char *key = form_key(f, row, c);
        bool found = form_is_total(key);

        if (found) {
            form_cell(f, row, c)->taken = true; /* "总分（100分）" */
            ledger_reclass(f->draft->ledger, form_cell(f, row, c), NUMBER_NUMBERING);
        }
        if (*key)
            return found;
    }
    return false;
}

/* --- rows --- */

/* Keeps what a row has left: below heads in the parts that have them. */
static void keep_rest(struct reading_form *f, unsigned row, bool below_heads)
{
    struct table_rest rest = {.draft = f->draft,
                              .block = f->block,
                              .heads = below_heads ? f->heads : NULL,
                              .head_count = f->table->columns < FORM_COLUMNS_MAX ? f->table->columns
                                                                                 : FORM_COLUMNS_MAX,
                              .name = f->row_name,
                              .project = f->project};

    table_rest_row(&rest, row);
}

/* A row of the part that the form is in. False: it belongs to none, and has labels of its own. */
static bool read_part_row(struct reading_form *f, unsigned row)
{
    if (f->part == PART_INDICATORS && is_total_row(f, row)) {
        read_total_row(f, row);
        keep_rest(f, row, true);
        f->part = PART_HEAD;
        return true;
    }
    if (f->part == PART_INDICATORS)
        return form_indicator_row(f, row);
    if (f->part == PART_FUNDS)
        return form_fund_row(f, row);
    if (f->part == PART_GOALS)
        read_goal_row(f, row);
    return false;
}

static void read_row(struct reading_form *f, unsigned row)
{
    size_t before = f->project;

    f->row_name = NULL;
    if (f->named != row + 1 && form_read_name(f, row) && f->project != before)
        form_find_unit(f, row);
    if (!f->project)
        return;
    if (form_is_indicator_head(f, row) && form_columns(f, row) >= 3) {
        f->part = PART_INDICATORS;
        form_take_row(f, row);
    } else if (form_is_funds_head(f, row)) {
        form_columns(f, row);
        f->part = PART_FUNDS;
        form_take_row(f, row);
    } else if (f->part != PART_INDICATORS && read_goal_heads(f, row)) {
        f->part = PART_GOALS;
        form_take_row(f, row);
    } else if (read_part_row(f, row)) {
        keep_rest(f, row, true);
    } else {
        form_head_row(f, row);
        keep_rest(f, row, false);
    }
}

/* --- tables --- */

static bool has_row(struct reading_form *f, bool (*is)(struct reading_form *, unsigned))
{
    for (unsigned row = 0; row < f->table->rows; row++)
        if (is(f, row))
            return true;
    return false;
}

/* Whether a table stands in another document or sheet than the one before. */
static bool is_elsewhere(const struct reading_form *f, size_t last)
{
    const struct ledger_block *blocks = f->draft->ledger->blocks;
    const char *here = blocks[f->block].block->place.sheet,
               *there = blocks[last].block->place.sheet;

    return blocks[f->block].document != blocks[last].document ||
           (here && (!there || strcmp(here, there) != 0));
}

/* Whether a table goes on where the one before stopped. */
static bool goes_on(struct reading_form *f, size_t last)
{
    const struct project *project = form_project(f);

    if (!project || f->block - last > 3 || form_has_title(f->draft, f->block) ||
        is_elsewhere(f, last))
        return false;
    if (has_row(f, form_is_funds_head))
        return !project->funds.count;
    if (has_row(f, form_is_indicator_head))
        return !form_has_total(project);
    return f->part == PART_INDICATORS || (!project->goal.s && has_row(f, read_goal_heads));
}

/* A form whose project is named by its title, or by nothing. */
static bool begin_unnamed(struct reading_form *f)
{
    struct passage *first = &f->draft->ledger->passages[f->draft->ledger->blocks[f->block].first];
    const char *name;

    if (!has_row(f, form_is_indicator_head) ||
        !(has_row(f, form_is_funds_head) || form_has_title(f->draft, f->block)))
        return false;
    name = form_title_name(f->draft, f->block);
    form_name_project(f, name, first);
    if (name)
        ledger_note(
            f->draft->ledger, NOTICE_REVIEW, "unsure-name", first, 0,
            "a form has no field for the name of its project: '%s' is from its title or sheet",
            name);
    return true;
}

static void read_table(struct reading_form *f)
{
    struct draft *d = f->draft;
    struct ledger_block *own = &d->ledger->blocks[f->block];
    struct table_rest rest = {.draft = d, .block = f->block};

    others_forget(d, f->block);
    f->named = form_name_row(f);
    if (f->named)
        form_read_name(f, f->named - 1); /* what stands above is of the same form */
    form_find_unit(f, 0);
    for (unsigned row = 0; row < f->table->rows; row++) {
        read_row(f, row);
        arena_reset(d->scratch);
    }
    own->use = USE_TABLE;
    own->subtitle = arena_format(d->arena, "自评表：%s", form_project(f)->name.s);
    table_rest_tell(&rest);
    form_drop_title(d, f->block);
}

/* Whether a table is a form, or goes on with the one before, `last`. One of a department ends it.
 */
static bool is_form(struct reading_form *f, size_t last)
{
    if (overall_is_form(f->draft, f->block)) {
        f->project = 0;
        return false;
    }
    if (form_name_row(f))
        return has_row(f, form_is_indicator_head) || has_row(f, form_is_funds_head);
    return goes_on(f, last) || begin_unnamed(f);
}

void recognise_forms(struct draft *d)
{
    struct reading_form f = {.draft = d};
    size_t last = 0;

    for (size_t i = 0; i < d->ledger->block_count; i++) {
        struct ledger_block *own = &d->ledger->blocks[i];

        if (own->block->kind != DOC_TABLE || own->use == USE_TABLE)
            continue;
        f.block = i;
        f.table = own->block->table;
        if (is_form(&f, last)) {
            last = i;
            read_table(&f);
        }
        arena_reset(d->scratch);
    }
}

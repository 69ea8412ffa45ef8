#include "base/base.h"

#include "model/bind.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "base/strmap.h"
#include "model/bind_names.h"
#include "model/bind_units.h"
#include "text/known.h"

/* The line that a record begins on, or nearly so. */
static struct integer line_of(const struct text *id)
{
    return (struct integer){id->at.line, id->at.line > 0, id->at};
}

/* --- facts and funds, which reports, projects and evaluations have in common --- */

struct scope {
    struct text name; /* "projects/p07"; absent for the report itself */
    const struct source_text *source;
    const char *money;
    struct strmap facts; /* id -> struct fact, the first of that id */
};

/* `own` are the facts of the list that this one stands in, which the loader has compared. */
static void check_fact_id(struct bind *b, struct scope *scope, struct fact *fact,
                          const struct fact *own, size_t own_count)
{
    bool is_new;
    void **slot = strmap_put(&scope->facts, fact->id.s, fact->id.len, &is_new);
    const struct fact *first = *slot;

    if (is_new)
        *slot = fact;
    else if (first < own || first >= own + own_count)
        err_hint(source_error(b->errs, scope->source, fact->id.at, "duplicate-id",
                              "the fact '%s' comes twice in this file, first on line %u",
                              fact->id.s, first->id.at.line),
                 "take one of them out, or mend the one that is meant to be another");
}

static void bind_facts(struct bind *b, struct scope *scope, struct fact *facts, size_t count,
                       struct text indicator)
{
    for (size_t i = 0; i < count; i++) {
        struct fact *fact = &facts[i];

        fact->department = b->department;
        fact->year = b->year;
        fact->scope = scope->name;
        fact->indicator = indicator;
        fact->source_line = line_of(&fact->id);
        bind_quantities(b, scope->source, &entity_fact, fact, scope->money, fact->unit.s);
        if (!fact->id.s)
            continue; /* an error already */
        if (fact->value.state == QUANTITY_ABSENT &&
            (fact->from.state == QUANTITY_ABSENT || fact->to.state == QUANTITY_ABSENT))
            source_error(b->errs, scope->source, fact->id.at, "fact-without-number",
                         "the fact '%s' needs a 'value', or 'from' and 'to'", fact->id.s);
        check_fact_id(b, scope, fact, facts, count);
    }
}

static const char *fund_label(const struct bind *b, const char *id)
{
    for (size_t i = 0; b->profile && id && i < b->profile->funds.count; i++)
        if (text_is(&b->profile->funds.items[i].id, id))
            return b->profile->funds.items[i].label.s;
    return NULL;
}

static void bind_fund(struct bind *b, struct scope *scope, struct fund *fund)
{
    fund->department = b->department;
    fund->year = b->year;
    fund->scope = scope->name;
    fund->unit = text_of(scope->money);
    fund->source_line = line_of(&fund->id);
    bind_quantities(b, scope->source, &entity_fund, fund, scope->money, NULL);
    if (!fund->label.s)
        fund->label = text_of(fund_label(b, fund->id.s));
    if (!fund->label.s && fund->id.s && b->profile)
        err_hint(source_error(b->errs, scope->source, fund->id.at, "unknown-fund",
                              "the profile %s has no fund '%s'", b->profile->id.s, fund->id.s),
                 "give it a \"label\" here, or add it to the profile");
}

/* --- departments --- */

int bind_department(struct bind *b, struct department *department, const struct source_text *source)
{
    size_t before = errs_count(b->errs);

    if (!before) /* a date that was refused is not missing */
        bind_names(b, department, source);
    department->id = b->department;
    for (size_t i = 0; i < department->names.count; i++)
        department->names.items[i].department = b->department;
    for (size_t i = 0; i < department->units.count; i++)
        department->units.items[i].department = b->department;
    if (department->names.count) {
        department->name = department->names.items[0].name;
        department->short_name = department->names.items[0].short_name;
    }
    return errs_count(b->errs) > before ? -1 : 0;
}

/* --- reports --- */

/* What a column is in the profile. */
struct bound_column {
    const char *id, *side;               /* these very strings */
    const struct profile_column *column; /* NULL: the profile has none */
    struct text label;
};

/* How many places of a line remember their column: the lines of a table have mostly the same. */
enum { BOUND_COLUMNS = 16 };

/* What is needed to bind the lines of one table. */
struct table_context {
    struct bind *b;
    const struct source_text *source;
    const struct profile_table *form;
    const struct catalog_codes *codes;
    struct table *table;
    const char *money;
    struct text file;
    struct bound_column bound[BOUND_COLUMNS];
};

static void unknown_line(struct table_context *t, const struct line *line)
{
    struct known known = known_start(line->id.s, line->id.len);
    struct err *err = source_error(t->b->errs, t->source, line->id.at, "unknown-line",
                                   "the profile %s has no line '%s' in the table '%s'",
                                   t->b->profile->id.s, line->id.s, t->table->id.s);

    if (t->form->codes.s)
        err_hint(err,
                 "a code must be in classifications/%lld.json: mend it, or add it there, or give "
                 "the line a \"label\"",
                 (long long)t->b->profile->classification.value);
    for (size_t i = 0; i < t->form->lines.count; i++)
        known_offer(&known, t->form->lines.items[i].id.s);
    known.open = t->form->codes.s != NULL;
    known_hint(&known, err);
}

static void unknown_column(struct table_context *t, const struct text *column)
{
    struct known known = known_start(column->s, column->len);

    for (size_t i = 0; i < t->form->columns.count; i++)
        known_offer(&known, t->form->columns.items[i].id.s);
    known_hint(&known, source_error(t->b->errs, t->source, column->at, "unknown-column",
                                    "the profile %s has no column '%s' in the table '%s'",
                                    t->b->profile->id.s, column->s, t->table->id.s));
}

/* The column of a figure, which is at that place of its line. */
static const struct bound_column *column_of(struct table_context *t, const struct figure *figure,
                                            size_t place, const char *side)
{
    struct bound_column *bound = &t->bound[place % BOUND_COLUMNS];
    const struct profile_column *column;

    if (bound->id == figure->column.s && bound->side == side)
        return bound;
    column = profile_table_column(t->form, figure->column.s, side);
    *bound = (struct bound_column){.id = figure->column.s, .side = side, .column = column};
    if (column)
        bound->label = column->label.s
                           ? column->label
                           : text_of(column_find(figure->column.s, figure->column.len)->title);
    return bound;
}

/* Fills in a figure whose column, value and statement are there. */
static void bind_figure(struct table_context *t, const struct line *line,
                        const struct profile_line *fixed, struct figure *figure)
{
    struct bind *b = t->b;
    const struct bound_column *bound;
    const char *unit;

    if (!figure->column.s)
        return;
    bound =
        column_of(t, figure, (size_t)(figure - line->figures.items), fixed ? fixed->side.s : NULL);
    if (!bound->column) {
        unknown_column(t, &figure->column);
        return;
    }
    unit = fixed && fixed->unit.s ? fixed->unit.s : bound->column->unit.s;
    figure->department = b->department;
    figure->year = b->year;
    figure->table = t->table->id;
    figure->line = line->id;
    figure->label = line->label;
    figure->column_label = bound->label;
    bind_quantity(b, t->source, &figure->value, figure->column.s, t->money, unit);
    figure->measure = text_of(measure_name((enum measure)figure->value.measure));
    figure->unit = text_of(figure->value.unit);
    figure->file = t->file;
    figure->source_line = (struct integer){figure->value.at.line, true, figure->value.at};
}

/* The second statements of a line become figures behind the first ones. */
static void add_statements(struct table_context *t, struct line *line)
{
    struct figure *all;

    if (!line->also.count)
        return;
    all = arena_zalloc(t->b->arena, line->figures.count + line->also.count, sizeof(*all));
    if (line->figures.count)
        memcpy(all, line->figures.items, line->figures.count * sizeof(*all));
    line->figures.items = all;
    for (size_t i = 0; i < line->also.count; i++) {
        const struct statement *also = &line->also.items[i];
        const struct field *column =
            also->column.s ? column_find(also->column.s, also->column.len) : NULL;
        struct figure *figure = &all[line->figures.count++];

        figure->column = also->column; /* if there is no such column, binding it says so */
        figure->statement = also->where;
        figure->value = also->value;
        if (column)
            figure->value.measure = (uint8_t)column->measure;
    }
}

/* Whether a code that no classification has is called by the report itself: there are more codes
 * than anybody has listed, and the checks tell of each. */
static bool has_own_name(const struct table_context *t, const struct line *line)
{
    bool is_economic = t->form->codes.s && text_is(&t->form->codes, "economic");

    return t->form->codes.s && line->label.s && strspn(line->id.s, "0123456789") == line->id.len &&
           (line->id.len == 3 || line->id.len == 5 || (line->id.len == 7 && !is_economic));
}

static void bind_line(struct table_context *t, struct line *line)
{
    const struct profile_line *fixed;
    const struct code *code = NULL;

    if (line->department.s) /* it is that of another version: see model/load_like.h */
        return;
    line->department = t->b->department;
    line->year = t->b->year;
    line->table = t->table->id;
    if (!line->id.s)
        return; /* an error already */
    fixed = profile_table_line(t->form, line->id.s);
    if (!fixed && t->form->codes.s && t->codes)
        code = codes_find(t->codes, t->form->codes.s, &line->id);
    if (!fixed && !code && !has_own_name(t, line)) {
        unknown_line(t, line);
        return;
    }
    if (!line->label.s)
        line->label = text_of(fixed ? fixed->label.s : code->name.s);
    add_statements(t, line);
    for (size_t i = 0; i < line->figures.count; i++)
        bind_figure(t, line, fixed, &line->figures.items[i]);
    for (size_t i = 0, first = line->figures.count - line->also.count; i < line->also.count; i++)
        line->also.items[i].value = line->figures.items[first + i].value;
}

static void bind_table(struct table_context *t)
{
    struct table *table = t->table;

    table->department = t->b->department;
    table->year = t->b->year;
    if (!table->status.s)
        table->status = text_of("present");
    if (!table->id.s || !t->b->profile)
        return;
    t->form = profile_table(t->b->profile, table->id.s);
    if (!t->form) {
        struct known known = known_start(table->id.s, table->id.len);

        for (size_t i = 0; i < t->b->profile->tables.count; i++)
            known_offer(&known, t->b->profile->tables.items[i].id.s);
        known_hint(&known, source_error(t->b->errs, t->source, table->id.at, "unknown-table",
                                        "the profile %s has no table '%s'", t->b->profile->id.s,
                                        table->id.s));
        return;
    }
    memset(t->bound, 0, sizeof(t->bound));
    table->title = t->form->title;
    t->money = table->unit.s ? table->unit.s : t->b->unit;
    for (size_t i = 0; i < table->lines.count; i++)
        bind_line(t, &table->lines.items[i]);
}

static const struct profile *find_profile(struct bind *b, const struct report *report,
                                          const struct source_text *source)
{
    const struct profile *profile;
    struct known known;
    struct err *err;

    if (!report->profile.s)
        return NULL;
    profile = catalog_profile(b->catalog, report->profile.s);
    if (profile)
        return profile;
    b->incomplete =
        catalog_is_broken(b->catalog, arena_format(b->arena, "profiles/%s", report->profile.s));
    if (b->incomplete)
        return NULL;
    err = source_error(b->errs, source, report->profile.at, "unknown-profile",
                       "there is no profile '%s'", report->profile.s);
    err_hint(err, "make profiles/%s.json", report->profile.s);
    known = known_start(report->profile.s, report->profile.len);
    for (size_t i = 0; i < b->catalog->profile_count; i++)
        known_offer(&known, b->catalog->profiles[i].id.s);
    known_hint(&known, err);
    return NULL;
}

static void check_years(struct bind *b, const struct report *report,
                        const struct source_text *source)
{
    const struct profile *p = b->profile;

    if (report->year.present && report->year.value != b->year.value)
        err_hint(source_error(b->errs, source, report->year.at, "wrong-year",
                              "the year is %lld, but the folder is %lld",
                              (long long)report->year.value, (long long)b->year.value),
                 "mend the one that is wrong");
    if (p && ((p->from.present && b->year.value < p->from.value) ||
              (p->to.present && b->year.value > p->to.value)))
        err_hint(source_error(b->errs, source, report->profile.at, "profile-year",
                              "the profile '%s' is not for the year %lld", p->id.s,
                              (long long)b->year.value),
                 "name the profile of that year, or change 'from' and 'to' of this one");
}

int bind_report(struct bind *b, struct report *report, const struct source_text *source)
{
    size_t before = errs_count(b->errs);
    struct text none = {0};
    struct scope scope = {none, source, report->unit.s, STRMAP_INIT};
    struct table_context t = {.b = b, .source = source};

    b->profile = find_profile(b, report, source);
    b->unit = report->unit.s;
    check_years(b, report, source);
    report->department = b->department;
    report->year = b->year;
    report->path =
        text_of(arena_format(b->arena, "%s/%lld", b->department.s, (long long)b->year.value));
    t.codes = b->profile ? catalog_codes(b->catalog, b->profile->classification.value) : NULL;
    t.file = text_of(arena_format(b->arena, "departments/%s/report.json", report->path.s));
    for (size_t i = 0; i < report->tables.count; i++) {
        t.table = &report->tables.items[i];
        bind_table(&t);
    }
    bind_facts(b, &scope, report->facts.items, report->facts.count, none);
    strmap_release(&scope.facts);
    return errs_count(b->errs) > before ? -1 : 0;
}

/* --- projects --- */

int bind_project(struct bind *b, struct project *project, const struct source_text *source)
{
    size_t before = errs_count(b->errs);
    struct text none = {0};
    struct scope scope = {text_of(arena_format(b->arena, "projects/%s", project->id.s)), source,
                          project->unit.s ? project->unit.s : b->unit, STRMAP_INIT};

    project->department = b->department;
    project->year = b->year;
    project->path = text_of(arena_format(b->arena, "%s/%lld/projects/%s", b->department.s,
                                         (long long)b->year.value, project->id.s));
    for (size_t i = 0; i < project->funds.count; i++)
        bind_fund(b, &scope, &project->funds.items[i]);
    bind_facts(b, &scope, project->facts.items, project->facts.count, none);
    for (size_t i = 0; i < project->indicators.count; i++) {
        struct indicator *indicator = &project->indicators.items[i];

        indicator->department = b->department;
        indicator->year = b->year;
        indicator->project = project->id;
        indicator->source_line = line_of(&indicator->id);
        bind_quantities(b, source, &entity_indicator, indicator, scope.money, NULL);
        bind_facts(b, &scope, indicator->facts.items, indicator->facts.count, indicator->id);
    }
    strmap_release(&scope.facts);
    return errs_count(b->errs) > before ? -1 : 0;
}

/* --- evaluations --- */

static void bind_experts(struct bind *b, const struct source_text *source,
                         const struct evaluation *evaluation, struct criterion *criterion)
{
    size_t count = criterion->experts.count;

    criterion->expert_scores.items =
        arena_zalloc(b->arena, count, sizeof(*criterion->expert_scores.items));
    criterion->expert_scores.count = count;
    for (size_t i = 0; i < count; i++) {
        struct expert_score *score = &criterion->expert_scores.items[i];

        bind_quantity(b, source, &criterion->experts.items[i], "experts", NULL, NULL);
        score->department = b->department;
        score->year = b->year;
        score->evaluation = evaluation->id;
        score->criterion = criterion->id;
        score->criterion_name = criterion->name;
        score->expert = text_of(arena_format(b->arena, "expert-%zu", i + 1));
        score->score = criterion->experts.items[i];
        score->source_line = (struct integer){score->score.at.line, true, score->score.at};
    }
}

/* The criterion's parent, which must stand before it. */
static void bind_parent(struct bind *b, const struct source_text *source,
                        const struct evaluation *evaluation, struct criterion *criterion)
{
    const struct criterion *all = evaluation->criteria.items;

    criterion->depth.present = true;
    if (!criterion->parent.s)
        return;
    for (const struct criterion *c = all; c < criterion; c++)
        if (c->id.s && text_is(&criterion->parent, c->id.s)) {
            criterion->depth.value = c->depth.value + 1;
            return;
        }
    err_hint(source_error(b->errs, source, criterion->parent.at, "unknown-parent",
                          "there is no criterion '%s' before this one", criterion->parent.s),
             "a parent stands before what belongs to it");
}

int bind_evaluation(struct bind *b, struct evaluation *evaluation, const struct source_text *source)
{
    size_t before = errs_count(b->errs);
    struct text none = {0};
    struct scope scope = {text_of(arena_format(b->arena, "evaluations/%s", evaluation->id.s)),
                          source, evaluation->unit.s ? evaluation->unit.s : b->unit, STRMAP_INIT};

    evaluation->department = b->department;
    evaluation->year = b->year;
    evaluation->source_line = line_of(&evaluation->id);
    evaluation->path = text_of(arena_format(b->arena, "%s/%lld/evaluations/%s", b->department.s,
                                            (long long)b->year.value, evaluation->id.s));
    bind_quantities(b, source, &entity_evaluation, evaluation, scope.money, NULL);
    for (size_t i = 0; i < evaluation->funds.count; i++)
        bind_fund(b, &scope, &evaluation->funds.items[i]);
    bind_facts(b, &scope, evaluation->facts.items, evaluation->facts.count, none);
    for (size_t i = 0; i < evaluation->criteria.count; i++) {
        struct criterion *criterion = &evaluation->criteria.items[i];

        criterion->department = b->department;
        criterion->year = b->year;
        criterion->evaluation = evaluation->id;
        criterion->source_line = line_of(&criterion->id);
        bind_quantities(b, source, &entity_criterion, criterion, scope.money, NULL);
        bind_experts(b, source, evaluation, criterion);
        bind_parent(b, source, evaluation, criterion);
    }
    strmap_release(&scope.facts);
    return errs_count(b->errs) > before ? -1 : 0;
}

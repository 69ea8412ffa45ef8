#include "base/base.h"

#include "site/search_texts.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "model/lookup.h"

static const struct search_kind kinds[SEARCH_KINDS] = {
    [SEARCH_DEPARTMENT] = {"department", false},
    [SEARCH_REPORT] = {"report", false},
    [SEARCH_TERM] = {"term", false},
    [SEARCH_PROJECT] = {"project", false},
    [SEARCH_LINE] = {"line", true},
    [SEARCH_INDICATOR] = {"indicator", true},
    [SEARCH_EVALUATION] = {"evaluation", false},
    [SEARCH_NARRATIVE] = {"narrative", false},
    [SEARCH_PAGE] = {"page", false},
};

struct search_index *site_search_new(char *(*stage)(void *ctx, const char *path, struct errs *errs),
                                     void *ctx, struct errs *errs)
{
    return search_index_new(kinds, SEARCH_KINDS, stage, ctx, errs);
}

static void add(struct search_chunk *chunk, enum search_kinds kind, int year, const char *label,
                const char *path, const char *text)
{
    if (text)
        search_chunk_add(chunk, &(struct search_text){.kind = kind,
                                                      .label = label,
                                                      .text = text,
                                                      .len = strlen(text),
                                                      .year = year,
                                                      .path = path});
}

void search_texts_department(struct search_chunk *chunk, const struct department *department)
{
    struct strbuf text = STRBUF_INIT;

    for (size_t i = 0; i < department->names.count; i++) {
        const struct department_name *name = &department->names.items[i];

        strbuf_clear(&text);
        strbuf_adds(&text, name->name.s);
        if (name->short_name.s)
            strbuf_addf(&text, "\n%s", name->short_name.s);
        add(chunk, SEARCH_DEPARTMENT, 0, NULL, "", text.buf);
    }
    for (size_t i = 0; i < department->units.count; i++)
        add(chunk, SEARCH_DEPARTMENT, 0, NULL, "#units", department->units.items[i].name.s);
    strbuf_release(&text);
}

/* --- a year --- */

struct report_texts {
    const struct site_context *site;
    struct search_chunk *chunk;
    struct arena *arena;
    const struct report *report;
    int year;
};

/* A printed name with what it is called in the other languages of the site, a line each. */
static const char *in_all_languages(const struct report_texts *t, const char *text,
                                    const struct text *printed)
{
    for (size_t i = 0; printed->s && i < t->site->language_count; i++) {
        struct text phrase = theme_phrase(t->site->languages[i].theme, printed);

        if (strcmp(phrase.s, printed->s) != 0)
            text = arena_format(t->arena, "%s\n%s", text, phrase.s);
    }
    return text;
}

static void add_line(struct report_texts *t, const struct table *table, const struct line *line)
{
    const char *path = arena_format(t->arena, "#%s.%s", table->id.s, line->id.s);
    const char *label = line->label.s ? line->label.s : line->id.s;
    const char *name =
        line_id_is_code(line->id.s) ? arena_format(t->arena, "%s %s", line->id.s, label) : label;

    add(t->chunk, SEARCH_LINE, t->year, table->title.s, path,
        in_all_languages(t, name, &line->label));
    add(t->chunk, SEARCH_LINE, t->year, table->title.s, path, line->narrative_label.s);
    add(t->chunk, SEARCH_LINE, t->year, label, path, line->prior_reason.s);
    add(t->chunk, SEARCH_LINE, t->year, label, path, line->budget_reason.s);
    add(t->chunk, SEARCH_LINE, t->year, label, path, line->note.s);
}

static void add_tables(struct report_texts *t)
{
    for (size_t i = 0; i < t->report->tables.count; i++) {
        const struct table *table = &t->report->tables.items[i];

        add(t->chunk, SEARCH_LINE, t->year, NULL, arena_format(t->arena, "#table-%s", table->id.s),
            in_all_languages(t, table->title.s, &table->title));
        for (size_t j = 0; j < table->lines.count; j++)
            add_line(t, table, &table->lines.items[j]);
    }
    for (size_t i = 0; i < t->report->facts.count; i++) {
        const struct fact *fact = &t->report->facts.items[i];

        add(t->chunk, SEARCH_LINE, t->year, NULL, arena_format(t->arena, "#facts.%s", fact->id.s),
            fact->label.s);
    }
}

static void add_indicator(struct report_texts *t, const struct project *project,
                          const struct indicator *indicator)
{
    const char *path =
        arena_format(t->arena, "projects/%s/#indicators.%s", project->id.s, indicator->id.s);
    const char *name = indicator->name.s ? indicator->name.s : "";

    add(t->chunk, SEARCH_INDICATOR, t->year, NULL, path,
        arena_format(t->arena, "%s\n%s\n%s", name, indicator->target.s ? indicator->target.s : "",
                     indicator->actual.s ? indicator->actual.s : ""));
    add(t->chunk, SEARCH_INDICATOR, t->year, name, path, indicator->reason.s);
}

static void add_project(struct report_texts *t, const struct project *project)
{
    const char *path = arena_format(t->arena, "projects/%s/", project->id.s);
    const char *goals = arena_format(t->arena, "%s#goals", path);

    add(t->chunk, SEARCH_PROJECT, t->year, NULL, path, project->name.s);
    add(t->chunk, SEARCH_INDICATOR, t->year, project->name.s, goals, project->goal.s);
    add(t->chunk, SEARCH_INDICATOR, t->year, project->name.s, goals, project->goal_actual.s);
    for (size_t i = 0; i < project->indicators.count; i++)
        add_indicator(t, project, &project->indicators.items[i]);
}

static void add_evaluation(struct report_texts *t, const struct evaluation *evaluation)
{
    const char *path = arena_format(t->arena, "evaluations/%s/", evaluation->id.s);

    add(t->chunk, SEARCH_EVALUATION, t->year, NULL, path, evaluation->name.s);
    for (size_t i = 0; i < evaluation->criteria.count; i++) {
        const struct criterion *criterion = &evaluation->criteria.items[i];
        const char *place = arena_format(t->arena, "%s#criteria.%s", path, criterion->id.s);

        add(t->chunk, SEARCH_EVALUATION, t->year, evaluation->name.s, place, criterion->name.s);
        add(t->chunk, SEARCH_EVALUATION, t->year, criterion->name.s, place, criterion->remark.s);
    }
}

void search_texts_report(const struct report_maker *r)
{
    const struct report *report = r->report;
    struct report_texts t = {r->m->site, r->m->search, r->m->arena, report,
                             (int)report->year.value};

    add(t.chunk, SEARCH_REPORT, t.year, NULL, "",
        page_text(r->m, "%s %s\n%s", report->department_name.s, r->title,
                  report->source_title.s ? report->source_title.s : ""));
    add_tables(&t);
    for (size_t i = 0; i < report->projects.count; i++)
        add_project(&t, &report->projects.items[i]);
    for (size_t i = 0; i < report->evaluations.count; i++)
        add_evaluation(&t, &report->evaluations.items[i]);
}

void search_texts_terms(struct search_chunk *chunk, const struct view_term *terms, size_t count)
{
    struct strbuf text = STRBUF_INIT, path = STRBUF_INIT;

    for (size_t i = 0; i < count; i++) {
        strbuf_clear(&text);
        strbuf_clear(&path);
        strbuf_addf(&path, "glossary/#%s", terms[i].id.s);
        strbuf_adds(&text, terms[i].term.s);
        for (size_t j = 0; j < terms[i].definitions.count; j++)
            strbuf_addf(&text, "\n%s", terms[i].definitions.items[j].text.s);
        add(chunk, SEARCH_TERM, 0, NULL, path.buf, text.buf);
    }
    strbuf_release(&text);
    strbuf_release(&path);
}

#include "base/base.h"

#include "site/diff_page.h"

#include "base/arena.h"
#include "base/mem.h"
#include "history/revisions.h"
#include "history/told.h"
#include "site/theme.h"
#include "site/views.h"

/* The last report and the last table grow until the next one begins. */
struct diff_page {
    const struct changes_asked *asked;
    struct page_diff view;
    size_t report_cap, table_cap, figure_cap, text_cap, likely_cap;
    struct strbuf report, table; /* what tells the last ones from others */
    struct arena arena;
};

struct diff_page *diff_page_new(const struct changes_asked *asked)
{
    struct diff_page *page = mem_zalloc(1, sizeof(*page));

    page->asked = asked;
    strbuf_init(&page->report);
    strbuf_init(&page->table);
    return page;
}

void diff_page_free(struct diff_page *page)
{
    if (!page)
        return;
    strbuf_release(&page->report);
    strbuf_release(&page->table);
    arena_release(&page->arena);
    free(page);
}

/* --- values --- */

static struct text copy(struct diff_page *page, const char *s)
{
    return text_of(s ? arena_strdup(&page->arena, s) : NULL);
}

/* An empty one is absent. */
static struct text take(struct diff_page *page, struct strbuf *sb)
{
    struct text text = text_of(sb->len ? arena_strndup(&page->arena, sb->buf, sb->len) : NULL);

    strbuf_release(sb);
    return text;
}

static struct integer number(size_t n)
{
    return (struct integer){(int64_t)n, true, {0, 0}};
}

/* Absent when there are none. */
static struct integer number_if_any(size_t n)
{
    return (struct integer){(int64_t)n, n != 0, {0, 0}};
}

static struct flag flag_of(bool value)
{
    return (struct flag){value, true, {0, 0}};
}

static struct view_diff_side *side_of(struct diff_page *page, const char *name, int64_t year,
                                      const struct commit *commit)
{
    struct view_diff_side *side = arena_zalloc(&page->arena, 1, sizeof(*side));
    struct strbuf day = STRBUF_INIT;
    char hex[OBJECT_HEX_SIZE];

    side->name = copy(page, name);
    side->year = (struct integer){year, year != 0, {0, 0}};
    if (!commit)
        return side;
    object_id_format(&commit->id, hex);
    commit_add_day(commit, &day);
    side->commit = copy(page, hex);
    side->day = take(page, &day);
    side->message = copy(page, commit->summary);
    return side;
}

static struct view_diff_counts *counts_of(struct diff_page *page,
                                          const struct change_counts *counts)
{
    struct view_diff_counts *view = arena_zalloc(&page->arena, 1, sizeof(*view));

    view->changed = number(counts->altered);
    view->added = number(counts->added);
    view->removed = number(counts->removed);
    view->unchanged = number(counts->unchanged);
    return view;
}

/* --- reports and tables --- */

/* Whether the key differs from the last one, which it then becomes. */
static bool is_new(struct strbuf *last, struct strbuf *key)
{
    bool is_other = last->len != key->len || memcmp(last->buf, key->buf, key->len) != 0;

    strbuf_clear(last);
    strbuf_addbuf(last, key);
    strbuf_release(key);
    return is_other;
}

static const char *or_empty(const char *s)
{
    return s ? s : "";
}

static struct view_diff_report *report_for(struct diff_page *page, const struct change *change)
{
    int64_t year = page->asked->old.year ? 0 : change_item(change)->year;
    struct strbuf key = STRBUF_INIT;
    struct view_diff_report *report;

    strbuf_addf(&key, "%s/%lld", change->department, (long long)year);
    if (!is_new(&page->report, &key))
        return &page->view.reports.items[page->view.reports.count - 1];
    ARENA_GROW(&page->arena, page->view.reports.items, page->view.reports.count, page->report_cap);
    report = &page->view.reports.items[page->view.reports.count++];
    *report = (struct view_diff_report){.department = copy(page, change->department),
                                        .department_name = copy(page, change->department_name),
                                        .year = {year, year != 0, {0, 0}}};
    if (change->old_revision && change->new_revision) {
        report->old = side_of(page, change->old_revision->name, page->asked->old.year,
                              &change->old_revision->commit);
        report->new = side_of(page, change->new_revision->name, page->asked->new.year,
                              &change->new_revision->commit);
    }
    page->table_cap = 0;
    strbuf_clear(&page->table);
    return report;
}

static void set_table(struct diff_page *page, const struct change *change,
                      struct view_diff_table *table)
{
    const struct item *item = change_item(change);

    *table = (struct view_diff_table){.whole = flag_of(change->whole != WHOLE_NONE),
                                      .added = flag_of(change->kind == CHANGE_ADDED)};
    if (item->scope && change->whole != WHOLE_REPORT) {
        table->scope = copy(page, item->scope);
        table->scope_title = copy(page, item->scope_title);
    }
    if (change_is_renamed(change)) {
        table->former_scope = copy(page, change->old->scope);
        table->former_title = copy(page, change->old->scope_title);
    }
    if (item->table && change->whole == WHOLE_NONE) {
        table->table = copy(page, item->table);
        table->title = copy(page, item->table_title);
    } else if (!table->scope.s) {
        table->title = text_of(item->year ? entity_report.title : entity_department.title);
    }
}

static struct view_diff_table *table_for(struct diff_page *page, const struct change *change)
{
    struct view_diff_report *report = report_for(page, change);
    const struct item *item = change_item(change);
    struct strbuf key = STRBUF_INIT;
    struct view_diff_table *table;

    strbuf_addf(&key, "%d %d", change->whole, change->whole ? (int)change->kind : -1);
    if (change->whole != WHOLE_REPORT)
        strbuf_addf(&key, " %s %s", or_empty(item->scope), or_empty(item->scope_title));
    if (change_is_renamed(change))
        strbuf_addf(&key, " (%s %s)", change->old->scope, or_empty(change->old->scope_title));
    if (change->whole == WHOLE_NONE)
        strbuf_addf(&key, ", %s", or_empty(item->table));
    if (!is_new(&page->table, &key))
        return &report->tables.items[report->tables.count - 1];
    ARENA_GROW(&page->arena, report->tables.items, report->tables.count, page->table_cap);
    table = &report->tables.items[report->tables.count++];
    set_table(page, change, table);
    page->figure_cap = page->text_cap = 0;
    return table;
}

static void count(struct diff_page *page, struct view_diff_counts **counts,
                  const struct change *change)
{
    static const struct change_counts none = {0};

    if (!*counts)
        *counts = counts_of(page, &none);
    (*counts)->added.value += change->kind == CHANGE_ADDED;
    (*counts)->removed.value += change->kind == CHANGE_REMOVED;
    (*counts)->changed.value += change->kind == CHANGE_ALTERED;
}

/* --- changes --- */

static struct text shown(struct diff_page *page, const struct item *item)
{
    struct strbuf sb = STRBUF_INIT;

    item_add_shown(item, &sb);
    return take(page, &sb);
}

static struct text told(struct diff_page *page, const struct change *change,
                        bool (*what)(const struct change *change, struct strbuf *out))
{
    struct strbuf sb = STRBUF_INIT;

    what(change, &sb);
    return take(page, &sb);
}

static void add_figure(struct diff_page *page, struct view_diff_table *table,
                       const struct change *change)
{
    const struct item *item = change_item(change), *old = change->old;
    struct view_diff_figure *figure;

    ARENA_GROW(&page->arena, table->figures.items, table->figures.count, page->figure_cap);
    figure = &table->figures.items[table->figures.count++];
    *figure = (struct view_diff_figure){.added = flag_of(change->kind == CHANGE_ADDED),
                                        .removed = flag_of(change->kind == CHANGE_REMOVED),
                                        .place = copy(page, item_place(item)),
                                        .label = copy(page, item->label),
                                        .column_label = copy(page, item->column_title),
                                        .old = shown(page, old),
                                        .new = shown(page, change->new),
                                        .unit = copy(page, item->value.unit)};
    if (old && old->value.unit && (!figure->unit.s || !text_is(&figure->unit, old->value.unit)))
        figure->old_unit = copy(page, old->value.unit);
    figure->difference = told(page, change, change_difference_shown);
    figure->percent = told(page, change, change_percent_shown);
}

/* The end of the last line is not needed. */
static struct text lines(struct diff_page *page, struct text_lines text)
{
    return text_of(text.len ? arena_strndup(&page->arena, text.s, text.len - 1) : NULL);
}

static void add_text(struct diff_page *page, struct view_diff_table *table,
                     const struct change *change)
{
    const struct item *item = change_item(change);
    struct strbuf old = STRBUF_INIT, new = STRBUF_INIT;
    struct text_lines from, to;
    struct view_diff_text *text;

    change_lines(change, &old, &new, &from, &to);
    ARENA_GROW(&page->arena, table->texts.items, table->texts.count, page->text_cap);
    text = &table->texts.items[table->texts.count++];
    *text = (struct view_diff_text){.added = flag_of(change->kind == CHANGE_ADDED),
                                    .removed = flag_of(change->kind == CHANGE_REMOVED),
                                    .place = copy(page, item_place(item)),
                                    .label = copy(page, item->label),
                                    .column_label = copy(page, item->column_title),
                                    .old = lines(page, from),
                                    .new = lines(page, to)};
    strbuf_release(&old);
    strbuf_release(&new);
}

void diff_page_add(struct diff_page *page, const struct change *change)
{
    struct view_diff_table *table = table_for(page, change);
    bool is_figure = change_item(change)->is_figure;

    count(page, is_figure ? &table->figures_counted : &table->texts_counted, change);
    if (change->whole != WHOLE_NONE)
        return;
    if (is_figure)
        add_figure(page, table, change);
    else
        add_text(page, table, change);
}

static struct text scope_of(struct diff_page *page, const struct project *project)
{
    return text_of(arena_format(&page->arena, "%s/%s", entity_project.table, project->id.s));
}

void diff_page_add_likely(struct diff_page *page, const struct likely_continuation *likely)
{
    struct view_diff_likely *view;

    ARENA_GROW(&page->arena, page->view.likely.items, page->view.likely.count, page->likely_cap);
    view = &page->view.likely.items[page->view.likely.count++];
    *view = (struct view_diff_likely){.department = copy(page, likely->department),
                                      .old_scope = scope_of(page, likely->old),
                                      .old_name = copy(page, likely->old->name.s),
                                      .old_year = {likely->old_year, true, {0, 0}},
                                      .new_scope = scope_of(page, likely->new),
                                      .new_name = copy(page, likely->new->name.s),
                                      .new_year = {likely->new_year, true, {0, 0}}};
}

/* --- the page --- */

int diff_page_render(struct diff_page *page, const struct diff_page_side *old,
                     const struct diff_page_side *new, const struct changes_summary *summary,
                     const struct site *site, const struct theme *theme, struct strbuf *out,
                     struct errs *errs)
{
    const struct changes_asked *asked = page->asked;
    struct page_diff *view = &page->view;

    view->site = (struct site *)site;
    /* as published, each report is of another commit */
    view->old = side_of(page, old->name, asked->old.year, asked->timeline ? NULL : old->commit);
    view->new = side_of(page, new->name, asked->new.year, asked->timeline ? NULL : new->commit);
    view->department = copy(page, asked->department);
    view->table = copy(page, asked->table);
    view->published = flag_of(asked->timeline != NULL);
    view->figures = counts_of(page, &summary->figures);
    if (!asked->old.year)
        view->texts = counts_of(page, &summary->texts);
    view->one_sided = number_if_any(summary->one_sided);
    view->unread = number_if_any(summary->unread);
    return theme_render(theme, TEMPLATE_DIFF, view, "diff", out, errs);
}

/*
 * What is alike is passed over, and nothing else: with it or without it, the same changes are found
 * and the same number is unchanged. The shipped reports are altered line by line, at random.
 */
#include "base/base.h"

#include "history/alike.h"

#include "base/strbuf.h"
#include "base/testing.h"
#include "history/changes.h"
#include "source/ground.h"

enum { ROUNDS = 30, ALTERATIONS_MAX = 6 };

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

/* --- sources that are altered --- */

struct lines {
    char *all[2000];
    size_t count;
};

static void split(struct lines *lines, char *text)
{
    lines->count = 0;
    for (char *end; (end = strchr(text, '\n')); text = end + 1) {
        *end = '\0';
        assert_true(lines->count < ARRAY_SIZE(lines->all));
        lines->all[lines->count++] = text;
    }
}

/* An object of a list in one line, with others behind it. */
static bool is_object(const char *line)
{
    size_t len = strlen(line);

    line += strspn(line, " ");
    return !strncmp(line, "{\"id\"", 5) && len > 2 && line[strlen(line) - 2] == '}' &&
           line[strlen(line) - 1] == ',';
}

static void alter_digit(char *line, uint64_t *random)
{
    char *value = strstr(line, "\": \"");
    char *digit = value ? strpbrk(value + 4, "123456789") : NULL;

    value = strstr(line, "final\": \"");
    if (value)
        digit = strpbrk(value + 9, "123456789");
    if (digit && (value || strstr(line, "score")))
        *digit = (char)('1' + next_random(random) % 9);
}

static void alter(struct lines *lines, uint64_t *random)
{
    size_t at = next_random(random) % (lines->count - 1);
    char *line = lines->all[at];

    if (!is_object(line) || !is_object(lines->all[at + 1])) {
        alter_digit(line, random);
        return;
    }
    switch (next_random(random) % 3) {
    case 0: /* taken out */
        memmove(&lines->all[at], &lines->all[at + 1],
                (lines->count - at - 1) * sizeof(lines->all[0]));
        lines->count--;
        break;
    case 1: /* in another order */
        lines->all[at] = lines->all[at + 1];
        lines->all[at + 1] = line;
        break;
    default:
        alter_digit(line, random);
    }
}

static const char *const files[] = {
    "departments/beijing/fengtai/zwfwj/2021/report.json",
    "departments/beijing/fengtai/zwfwj/2021/projects/p07.json",
    "departments/beijing/fengtai/zwfwj/2021/evaluations/website.json",
};

static void copy(struct ground *g, const struct source *source, const char *path)
{
    struct source_text text;
    struct fs_list list;

    if (!source_read(source, path, &g->arena, &text, &g->errs)) {
        put(g, path, text.text);
        return;
    }
    errs_release(&g->errs); /* it is a folder */
    assert_int_equal(source_list(source, path, &g->arena, &list, &g->errs), 0);
    for (size_t i = 0; i < list.count; i++)
        copy(g, source, arena_format(&g->arena, "%s/%s", path, list.entries[i].name));
}

static void alter_file(struct ground *g, const struct source *source, uint64_t *random)
{
    const char *file = files[next_random(random) % ARRAY_SIZE(files)];
    struct lines *lines = arena_alloc(&g->arena, sizeof(*lines));
    struct strbuf altered = STRBUF_INIT;
    struct source_text text;

    assert_int_equal(source_read(source, file, &g->arena, &text, &g->errs), 0);
    split(lines, arena_strdup(&g->arena, text.text));
    for (size_t n = next_random(random) % ALTERATIONS_MAX; n > 0; n--)
        alter(lines, random);
    for (size_t i = 0; i < lines->count; i++)
        strbuf_addf(&altered, "%s\n", lines->all[i]);
    put(g, file, altered.buf);
    strbuf_release(&altered);
}

/* --- what is found --- */

#define DEPARTMENT "beijing/fengtai/zwfwj"

struct state {
    struct source *source;
    struct catalog catalog;
    struct content_department content;
    struct errs errs;
};

static void open_shipped(struct state *s)
{
    memset(s, 0, sizeof(*s));
    s->source = source_open_folder("content", &s->errs);
    assert_non_null(s->source);
    assert_int_equal(content_load_catalog(s->source, &s->catalog, &s->errs), 0);
    assert_int_equal(
        content_load_department(s->source, &s->catalog, DEPARTMENT, &s->content, &s->errs), 0);
}

static void close_shipped(struct state *s)
{
    content_release_department(&s->content);
    catalog_release(&s->catalog);
    source_close(s->source);
    errs_release(&s->errs);
}

static void show_pair(void *ctx, const struct item *old, const struct item *new)
{
    strbuf_addf(ctx, "%s %s\n", old ? old->address : "-", new ? new->address : "-");
}

/* The changes, and how many items are unchanged. */
static void find(const struct content_department *a, const struct content_department *b,
                 bool passes_over, struct strbuf *out)
{
    struct alike alike = ALIKE_INIT;
    struct items_wanted wanted = {.alike = &alike};
    struct change_counts figures = {0}, texts = {0};
    struct items old, new;

    if (passes_over)
        alike_find(&alike, a, b);
    items_collect(&old, a, &wanted);
    items_collect(&new, b, &wanted);
    changes_merge(&old, &new, false, &figures, &texts, show_pair, out);
    strbuf_addf(out, "unchanged: %zu figures, %zu texts\n", figures.unchanged + alike.figures,
                texts.unchanged + alike.texts);
    if (passes_over) /* it is of use */
        assert_true(old.count + new.count < 600);
    items_release(&old);
    items_release(&new);
    alike_release(&alike);
}

static void add_items(const struct content_department *content, struct strbuf *out)
{
    struct items_wanted wanted = {0};
    struct items items;

    items_collect(&items, content, &wanted);
    for (size_t i = 0; i < items.count; i++) {
        const struct item *item = &items.list[i];

        strbuf_addf(out, "%s %s %s %s '%s' ", item->address, item->table_title, item->label,
                    item->column_title, item->text);
        quantity_add_stated(&item->value, out);
        strbuf_addf(out, " %s\n", item->value.unit);
    }
    items_release(&items);
}

/* Loaded with the help of the shipped one, a department says the same. */
static void assert_same_with_help(struct ground *g, const struct content_department *shipped)
{
    struct strbuf with = STRBUF_INIT, without = STRBUF_INIT;
    struct content_department helped;

    assert_int_equal(content_load_department_like(g->source, &g->catalog, DEPARTMENT, shipped,
                                                  &helped, &g->errs),
                     0);
    add_items(&helped, &with);
    add_items(&g->department, &without);
    assert_string_equal(with.buf, without.buf);
    content_release_department(&helped);
    strbuf_release(&with);
    strbuf_release(&without);
}

static void the_same_is_found_with_it_and_without_it(void **state)
{
    struct ground *g = *state;
    struct state shipped;
    uint64_t random = 20211126;
    size_t compared = 0;

    open_shipped(&shipped);
    copy(g, shipped.source, "site.json");
    copy(g, shipped.source, "profiles");
    copy(g, shipped.source, "classifications");
    assert_int_equal(load_catalog(g), 0);
    for (int round = 0; round < ROUNDS; round++) {
        struct strbuf with = STRBUF_INIT, without = STRBUF_INIT;

        copy(g, shipped.source, "departments/" DEPARTMENT);
        alter_file(g, shipped.source, &random);
        if (!load_department(g, DEPARTMENT)) {
            find(&shipped.content, &g->department, true, &with);
            find(&shipped.content, &g->department, false, &without);
            assert_string_equal(with.buf, without.buf);
            assert_same_with_help(g, &shipped.content);
            compared++;
        }
        errs_release(&g->errs); /* an alteration may be an error */
        strbuf_release(&with);
        strbuf_release(&without);
    }
    close_shipped(&shipped);
    assert_true(compared > ROUNDS / 2);
}

static void what_came_as_a_whole_is_counted(void **state)
{
    struct alike alike = ALIKE_INIT;
    struct items_wanted wanted = {.alike = &alike};
    struct items items, rest;
    struct state s;
    size_t figures, texts, counted = 0, text_count;
    const struct report *report;

    (void)state;
    open_shipped(&s);
    report = &s.content.department.reports.items[0];
    wanted.prefix = report->path.s;
    items_collect(&items, &s.content, &wanted);
    for (size_t i = 0; i < items.count; i++)
        counted += items.list[i].is_figure;
    text_count = items.count - counted;
    alike_add_whole(&alike, &s.content, report, &figures, &texts);
    assert_int_equal(figures, counted);
    assert_int_equal(texts, text_count);
    items_collect(&rest, &s.content, &wanted);
    assert_int_equal(rest.count, 0);
    items_release(&items);
    items_release(&rest);
    alike_release(&alike);
    close_shipped(&s);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_is_found_with_it_and_without_it, ground_set_up,
                                        ground_tear_down),
        cmocka_unit_test(what_came_as_a_whole_is_counted),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("alike", tests, NULL, NULL);
}

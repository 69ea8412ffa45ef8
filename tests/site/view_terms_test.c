/*
 * The glossary of all profiles. Each test gives what profiles explain, and what is shown:
 *
 *     basic 基本支出                     anchor and term
 *       解释 (样张 1, 样张 2)            a definition and whose it is
 */
#include "base/base.h"

#include "site/view_terms.h"

#include <sys/resource.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "model/catalog.h"

struct said {
    const char *profile, *id, *term, *definition;
};

static void show(const struct view_term *items, size_t count, struct strbuf *out)
{
    for (size_t i = 0; i < count; i++) {
        strbuf_addf(out, "%s %s\n", items[i].id.s, items[i].term.s);
        for (size_t j = 0; j < items[i].definitions.count; j++) {
            const struct view_definition *definition = &items[i].definitions.items[j];

            strbuf_addf(out, "  %s (", definition->text.s);
            for (size_t k = 0; k < definition->profiles.count; k++)
                strbuf_addf(out, "%s%s", k ? ", " : "", definition->profiles.items[k].label.s);
            strbuf_adds(out, ")\n");
        }
    }
}

/* A profile for each row that names another one than the row before. */
static void assert_terms(const struct said *said, size_t count, const char *expected)
{
    struct arena arena = ARENA_INIT;
    struct strbuf shown = STRBUF_INIT;
    struct catalog catalog;
    struct profile *profile = NULL;
    struct view_term *items;
    size_t item_count;

    catalog_init(&catalog);
    catalog.profiles = arena_zalloc(&arena, count, sizeof(*catalog.profiles));
    for (size_t i = 0; i < count; i++) {
        if (!profile || !text_is(&profile->title, said[i].profile)) {
            profile = &catalog.profiles[catalog.profile_count++];
            profile->title = text_of(said[i].profile);
            profile->terms.items = arena_zalloc(&arena, count, sizeof(*profile->terms.items));
        }
        profile->terms.items[profile->terms.count++] =
            (struct term){.id = text_of(said[i].id),
                          .term = text_of(said[i].term),
                          .definition = text_of(said[i].definition)};
    }
    view_terms_make(&catalog, &arena, &items, &item_count);
    show(items, item_count, &shown);
    assert_string_equal(shown.buf, expected);
    strbuf_release(&shown);
    arena_release(&arena);
    catalog_release(&catalog);
}

static void definitions_that_say_the_same_are_one(void **state)
{
    static const struct said said[] = {
        {"甲", "project", "项目支出", "一"}, {"甲", "basic", "基本支出", "二"},
        {"乙", "basic", "基本支出", "二"},   {"乙", "project", "项目支出", "三"},
        {"丙", "basic", "基本支出", "四"},   {"丁", "project", "项目支出", "一"},
        {"丁", "basic", "基本支出", "二"},   {"戊", "project", "项目支出", "五"},
        {"己", "basic", "基本支出", "二"},
    };

    (void)state;
    assert_terms(said, ARRAY_SIZE(said),
                 "basic 基本支出\n"
                 "  二 (甲, 乙, 丁, 己)\n"
                 "  四 (丙)\n"
                 "project 项目支出\n"
                 "  一 (甲, 丁)\n"
                 "  三 (乙)\n"
                 "  五 (戊)\n");
    assert_terms(said, 0, "");
}

static void terms_with_the_same_id_have_anchors_of_their_own(void **state)
{
    static const struct said said[] = {
        {"甲", "basic", "基本支出", "一"},
        {"乙", "basic", "项目支出", "二"},
        {"乙", "basic-2", "机关运行经费", "三"},
    };

    (void)state;
    assert_terms(said, ARRAY_SIZE(said),
                 "basic 基本支出\n"
                 "  一 (甲)\n"
                 "basic-2-2 机关运行经费\n"
                 "  三 (乙)\n"
                 "basic-2 项目支出\n"
                 "  二 (乙)\n");
}

static long peak_kilobytes(void)
{
    struct rusage usage;

    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

/* Every profile of a large country explains the same terms in words of its own. */
static void memory_grows_with_what_is_explained(void **state)
{
    enum { PROFILES = 60, TERMS = 30 };
    struct arena arena = ARENA_INIT;
    struct catalog catalog;
    struct view_term *items;
    size_t count;
    long before;

    (void)state;
    catalog_init(&catalog);
    catalog.profiles = arena_zalloc(&arena, PROFILES, sizeof(*catalog.profiles));
    catalog.profile_count = PROFILES;
    for (size_t i = 0; i < PROFILES; i++) {
        struct profile *profile = &catalog.profiles[i];

        profile->title = text_of("样张");
        profile->terms.items = arena_zalloc(&arena, TERMS, sizeof(*profile->terms.items));
        profile->terms.count = TERMS;
        for (size_t j = 0; j < TERMS; j++)
            profile->terms.items[j] = (struct term){
                .id = text_of(arena_format(&arena, "t%zu", j)),
                .term = text_of(arena_format(&arena, "名词%zu", j)),
                .definition = text_of(arena_format(&arena, "解释%zu之%zu", j, i)),
            };
    }
    before = peak_kilobytes();
    view_terms_make(&catalog, &arena, &items, &count);
    assert_int_equal(count, TERMS);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(items[i].definitions.count, PROFILES);
    /* 1800 definitions; with room for all of them in each list it would be a hundred and more */
    assert_in_range(peak_kilobytes() - before, 0, 16 * 1024);
    arena_release(&arena);
    catalog_release(&catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(definitions_that_say_the_same_are_one),
        cmocka_unit_test(terms_with_the_same_id_have_anchors_of_their_own),
        cmocka_unit_test(memory_grows_with_what_is_explained),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

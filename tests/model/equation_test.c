#include "base/base.h"

#include "model/equation.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "model/world.h"

static int set_up(void **state)
{
    static struct world w;

    world_init(&w);
    *state = &w;
    return 0;
}

static int tear_down(void **state)
{
    world_release(*state);
    return 0;
}

/* --- what an equation is, as a text --- */

static void add_operand(const struct operand *o, struct strbuf *out)
{
    strbuf_addf(out, " %s%s%s/%s/%s", o->is_minus ? "-" : "+", o->is_prior ? "prior:" : "",
                o->table->id.s,
                o->is_classes ? "(classes)"
                : o->line     ? o->line
                              : "*",
                o->column ? o->column : "*");
}

/* "once: +summary/total/final = +spending/total/final"; "*" is what is at hand. */
static void add_equation(const struct equation *equation, struct strbuf *out)
{
    static const char *const each[] = {"once", "line", "column", "class"};

    strbuf_addf(out, "%s:", each[equation->each]);
    for (size_t i = 0; i < equation->count; i++) {
        const struct equation_side *side = &equation->sides[i];

        if (i)
            strbuf_adds(out, side->is_at_most ? " <=" : " =");
        for (size_t j = 0; j < side->count; j++)
            add_operand(&side->operands[j], out);
    }
}

/* What stands behind "id" and "title" in a balance. */
static int make(struct world *w, const char *rest, struct equation *equation)
{
    struct strbuf text = STRBUF_INIT;
    const struct balance *balance;
    int result;

    strbuf_addf(&text, "{\"id\": \"b\", \"title\": \"t\", %s}", rest);
    balance = load_text(&w->l, &entity_balance, text.buf);
    strbuf_release(&text);
    assert_errors(&w->l.errs, "");
    result = equation_make(w->catalog.profiles, balance, &w->l.source, &w->l.arena, equation,
                           &w->l.errs);
    assert_int_equal(result, w->l.errs.count ? -1 : 0);
    return result;
}

static void assert_equation(struct world *w, const char *rest, const char *expected)
{
    struct strbuf found = STRBUF_INIT;
    struct equation equation;

    make(w, rest, &equation);
    assert_errors(&w->l.errs, "");
    add_equation(&equation, &found);
    assert_string_equal(found.buf, expected);
    strbuf_release(&found);
}

/* --- forms --- */

static void figures_are_named_by_what_is_not_said_already(void **state)
{
    static const char *const cases[][2] = {
        {"\"table\": \"summary\", \"equation\": \"total = uses-total\"",
         "once: +summary/total/final = +summary/uses-total/final"},
        {"\"table\": \"summary\", \"column\": \"general_public\", \"equation\": \"uses-total = "
         "201\"",
         "once: +summary/uses-total/general_public = +summary/201/general_public"},
        {"\"equation\": \"summary/total = spending/total\"",
         "once: +summary/total/final = +spending/total/final"},
        {"\"equation\": \"summary/201/general_public = spending/201/final\"",
         "once: +summary/201/general_public = +spending/201/final"},
        {"\"table\": \"summary\", \"equation\": \"total = spending/20103\"",
         "once: +summary/total/final = +spending/20103/final"},
        {"\"table\": \"summary\", \"each\": \"line\", \"equation\": \"final = general_public\"",
         "line: +summary/*/final = +summary/*/general_public"},
        {"\"each\": \"line\", \"equation\": \"spending/final = summary/201/final\"",
         "line: +spending/*/final = +summary/201/final"},
        {"\"each\": \"class\", \"equation\": \"spending/final = summary/final\"",
         "class: +spending/*/final = +summary/*/final"},
        {"\"table\": \"things\", \"each\": \"column\", \"equation\": \"vehicles <= people\"",
         "column: +things/vehicles/* <= +things/people/*"},
        {"\"each\": \"column\", \"equation\": \"summary/total = spending/total\"",
         "column: +summary/total/* = +spending/total/*"},
    };

    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        assert_equation(*state, cases[i][0], cases[i][1]);
}

static void sums_signs_classes_and_the_year_before(void **state)
{
    static const char *const cases[][2] = {
        {"\"table\": \"summary\", \"equation\": \"total = 201 + uses-total - none\"",
         "once: +summary/total/final = +summary/201/final +summary/uses-total/final "
         "-summary/none/final"},
        {"\"table\": \"summary\", \"equation\": \"total - 201 = none = uses-total <= 201\"",
         "once: +summary/total/final -summary/201/final = +summary/none/final = "
         "+summary/uses-total/final <= +summary/201/final"},
        {"\"table\": \"summary\", \"equation\": \"uses-total = classes\"",
         "once: +summary/uses-total/final = +summary/(classes)/final"},
        {"\"table\": \"summary\", \"each\": \"column\", \"equation\": \"uses-total = classes\"",
         "column: +summary/uses-total/* = +summary/(classes)/*"},
        {"\"table\": \"summary\", \"equation\": \"total = prior:uses-total\"",
         "once: +summary/total/final = +prior:summary/uses-total/final"},
        {"\"table\": \"summary\", \"equation\": \"total = 201 - prior:spending/20103/final\"",
         "once: +summary/total/final = +summary/201/final -prior:spending/20103/final"},
        {"\"table\": \"summary\", \"equation\": \"total  =   uses-total\"",
         "once: +summary/total/final = +summary/uses-total/final"},
        {"\"table\": \"spending\", \"codes\": true", "once:"},
        {"\"table\": \"spending\", \"column\": \"final\", \"codes\": true", "once:"},
    };

    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        assert_equation(*state, cases[i][0], cases[i][1]);
}

/* --- mistakes --- */

/* One error: "id: message | hint"; it is shown at the value that has `at` after it in the source.
 */
static void assert_mistake(struct world *w, const char *rest, const char *expected, const char *at)
{
    struct strbuf found = STRBUF_INIT;
    struct equation equation;
    const struct err *err;

    make(w, rest, &equation);
    if (w->l.errs.count != 1)
        fail_msg("%zu errors: %s", w->l.errs.count, rest);
    err = &w->l.errs.items[0];
    strbuf_addf(&found, "%s: %s | %s", err->id, err->message, err->hint ? err->hint : "");
    assert_string_equal(found.buf, expected);
    assert_non_null(err->excerpt);
    assert_memory_equal(err->excerpt + err->excerpt_column, at, strlen(at)); /* behind the quote */
    strbuf_release(&found);
    errs_release(&w->l.errs);
}

#define EQUATION_HINT                                                                              \
    " | write it like \"total = goods + works - returned\", with blanks around each sign"

static void mistakes_in_the_form_of_an_equation(void **state)
{
    static const char *const cases[][2] = {
        {"total", "equation-syntax: there is no '=' in it" EQUATION_HINT},
        {"total + 201", "equation-syntax: there is no '=' in it" EQUATION_HINT},
        {"total =", "equation-syntax: a figure is missing at the end" EQUATION_HINT},
        {"total = 201 +", "equation-syntax: a figure is missing at the end" EQUATION_HINT},
        {"= total", "equation-syntax: a figure must stand before '='" EQUATION_HINT},
        {"total = = 201", "equation-syntax: a figure must stand before '='" EQUATION_HINT},
        {"total = + 201", "equation-syntax: a figure must stand before '+'" EQUATION_HINT},
        {"total = 201 uses-total",
         "equation-syntax: a sign must stand before 'uses-total'" EQUATION_HINT},
        {"total < 201", "equation-syntax: a sign must stand before '<'" EQUATION_HINT},
        {"total >= 201", "equation-syntax: a sign must stand before '>='" EQUATION_HINT},
        {"total ＝ 201", "equation-syntax: a sign must stand before '＝'" EQUATION_HINT},
        {"summary/total/final/x = 201",
         "equation-syntax: this is no figure: 'summary/total/final/x'" EQUATION_HINT},
        {"summary//final = 201",
         "equation-syntax: this is no figure: 'summary//final'" EQUATION_HINT},
        {"/total = 201", "equation-syntax: this is no figure: '/total'" EQUATION_HINT},
        {"total/ = 201", "equation-syntax: this is no figure: 'total/'" EQUATION_HINT},
        {"prior: = 201", "equation-syntax: this is no figure: 'prior:'" EQUATION_HINT},
    };

    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct strbuf rest = STRBUF_INIT;

        strbuf_addf(&rest, "\"table\": \"summary\", \"equation\": \"%s\"", cases[i][0]);
        assert_mistake(*state, rest.buf, cases[i][1], cases[i][0]);
        strbuf_release(&rest);
    }
}

static void names_that_there_are_not(void **state)
{
    struct world *w = *state;

    assert_mistake(w, "\"table\": \"summary\", \"equation\": \"totl = 201\"",
                   "unknown-line: the table 'summary' has no line 'totl' | did you mean 'total'?",
                   "totl");
    /* a table with codes has any code; another one only those that are printed */
    assert_mistake(w, "\"table\": \"summary\", \"equation\": \"total = 202\"",
                   "unknown-line: the table 'summary' has no line '202' | did you mean '201'?",
                   "total");
    assert_mistake(w, "\"equation\": \"sumary/total = spending/total\"",
                   "unknown-table: the profile has no table 'sumary' | did you mean 'summary'?",
                   "sumary");
    assert_mistake(w, "\"table\": \"spendin\", \"equation\": \"total = 201\"",
                   "unknown-table: the profile has no table 'spendin' | did you mean 'spending'?",
                   "spendin");
    assert_mistake(
        w, "\"equation\": \"summary/total/finl = spending/total\"",
        "unknown-column: the table 'summary' has no column 'finl' | did you mean 'final'?",
        "summary/total/finl");
    assert_mistake(
        w, "\"table\": \"summary\", \"column\": \"shar\", \"equation\": \"total = 201\"",
        "unknown-column: the table 'summary' has no column 'shar' | did you mean 'share'?", "shar");
    assert_mistake(w, "\"table\": \"summary\", \"each\": \"line\", \"equation\": \"final = total\"",
                   "unknown-column: the table 'summary' has no column 'total' | known: final, "
                   "share, general_public",
                   "final");
    assert_mistake(w, "\"equation\": \"total = summary/201\"",
                   "equation-syntax: it is not said which table 'total' is in | give the balance a "
                   "\"table\", or write table/total",
                   "total");
}

static void a_balance_is_an_equation_or_codes(void **state)
{
    struct world *w = *state;
    static const char kind[] =
        "balance-kind: the balance 'b' must have either an \"equation\" or \"codes\": true | an "
        "equation compares sums; \"codes\" sums up the codes of one table";
    static const char no_codes[] =
        "balance-kind: the balance 'b' sums up codes, but names no table that has them | give it "
        "the \"table\" of a table with \"codes\"";

    assert_mistake(w, "\"table\": \"summary\"", kind, "b\"");
    assert_mistake(w, "\"table\": \"spending\", \"codes\": true, \"equation\": \"total = 201\"",
                   kind, "b\"");
    assert_mistake(w, "\"table\": \"spending\", \"codes\": false", kind, "b\"");
    assert_mistake(w, "\"codes\": true", no_codes, "b\"");
    assert_mistake(w, "\"table\": \"summary\", \"codes\": true", no_codes, "b\"");
}

/* --- shares --- */

static void what_a_share_is_a_share_of(void **state)
{
    static const struct {
        const char *of, *expected;
    } cases[] = {
        {"total", " +spending/total/final"},
        {"20103", " +spending/20103/final"},
        {"summary/total", " +summary/total/final"},
        {"totl", NULL},
        {"sumary/total", NULL},
        {"summary/", NULL},
    };
    struct world *w = *state;
    const struct profile *profile = w->catalog.profiles;

    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct strbuf found = STRBUF_INIT;
        struct text of = text_of(cases[i].of);
        struct operand whole;
        int result = equation_whole(profile, &profile->tables.items[1], &of, &w->l.source,
                                    &w->l.arena, &whole, &w->l.errs);

        assert_int_equal(result, cases[i].expected ? 0 : -1);
        assert_int_equal(w->l.errs.count, cases[i].expected ? 0 : 1);
        if (cases[i].expected) {
            add_operand(&whole, &found);
            assert_string_equal(found.buf, cases[i].expected);
        }
        errs_release(&w->l.errs);
        strbuf_release(&found);
    }
}

/* --- hostile equations --- */

/* Whether it is understood; nothing else is expected. */
static bool is_understood(struct world *w, const char *bytes, size_t len)
{
    char *text = mem_alloc(len + 1); /* just its size, so that no reader goes beyond */
    struct balance balance = {.id = text_of("b"), .table = text_of("summary")};
    struct equation equation;
    struct arena arena = ARENA_INIT;
    int result;

    memcpy(text, bytes, len);
    text[len] = '\0';
    balance.equation = (struct text){text, (uint32_t)len, {0, 0}};
    result = equation_make(w->catalog.profiles, &balance, &w->l.source, &arena, &equation, NULL);
    arena_release(&arena);
    free(text);
    return !result;
}

static void long_equations(void **state)
{
    struct strbuf text = STRBUF_INIT;

    strbuf_adds(&text, "total = 201");
    for (int i = 0; i < 1000; i++)
        strbuf_adds(&text, i % 2 ? " - none" : " + summary/uses-total/final");
    assert_true(is_understood(*state, text.buf, text.len));
    for (int i = 0; i < 100; i++)
        strbuf_adds(&text, " = total");
    assert_true(is_understood(*state, text.buf, text.len));
    strbuf_adds(&text, " =");
    assert_false(is_understood(*state, text.buf, text.len));
    strbuf_clear(&text);
    for (int i = 0; i < 10000; i++)
        strbuf_adds(&text, "a/");
    assert_false(is_understood(*state, text.buf, text.len));
    strbuf_clear(&text);
    for (int i = 0; i < 100000; i++)
        strbuf_addch(&text, ' ');
    assert_false(is_understood(*state, text.buf, text.len));
    strbuf_release(&text);
}

static void random_equations(void **state)
{
    static const char *const words[] = {
        "total", "201",    "=",       "+",     "-",     "<=",   "summary/total",
        "/",     "prior:", "classes", "final", "a/b/c", "总计", "prior:prior:total"};
    struct testing_random random = {1};
    size_t understood = 0, rounds = testing_rounds(20000);

    for (size_t i = rounds; i; i--) {
        struct strbuf text = STRBUF_INIT;

        for (size_t n = testing_below(&random, 9); n; n--)
            if (testing_below(&random, 8))
                strbuf_addf(&text, "%s%s", words[testing_below(&random, ARRAY_SIZE(words))],
                            testing_below(&random, 10) ? " " : "");
            else
                strbuf_addch(&text, (char)(1 + testing_below(&random, 255)));
        understood += is_understood(*state, text.buf, text.len);
        strbuf_release(&text);
    }
    assert_true(understood > 0 || rounds < 20000); /* few are, so under valgrind perhaps none */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_named_by_what_is_not_said_already),
        cmocka_unit_test(sums_signs_classes_and_the_year_before),
        cmocka_unit_test(mistakes_in_the_form_of_an_equation),
        cmocka_unit_test(names_that_there_are_not),
        cmocka_unit_test(a_balance_is_an_equation_or_codes),
        cmocka_unit_test(what_a_share_is_a_share_of),
        cmocka_unit_test(long_equations),
        cmocka_unit_test(random_equations),
    };

    return cmocka_run_group_tests_name("equation", tests, set_up, tear_down);
}

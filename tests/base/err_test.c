#include "base/base.h"

#include "base/err.h"

#include <errno.h>

#include "base/strbuf.h"
#include "base/testing.h"

static struct err *add(struct errs *errs, const char *message)
{
    return errs_add(errs, ERR_CONTENT, "test", "%s", message);
}

static void an_error_keeps_what_it_was_given(void **state)
{
    struct errs errs = ERRS_INIT;
    struct err *err = errs_add(&errs, ERR_USAGE, "unknown-option", "no option '%s' (%d)", "-ü", 7);

    (void)state;
    assert_int_equal(errs.count, 1);
    assert_ptr_equal(err, &errs.items[0]);
    assert_int_equal(err->code, ERR_USAGE);
    assert_int_equal(err->severity, SEVERITY_ERROR);
    assert_string_equal(err->id, "unknown-option");
    assert_string_equal(err->message, "no option '-ü' (7)");
    assert_null(err->file);
    assert_int_equal(err->line, 0);
    assert_int_equal(err->column, 0);
    assert_null(err->excerpt);
    assert_int_equal(err->excerpt_column, 0);
    assert_null(err->hint);
    assert_int_equal(err->note_count, 0);
    assert_int_equal(err->repeats, 0);
    errs_release(&errs);
}

static void notes_keep_their_order_and_places(void **state)
{
    struct errs errs = ERRS_INIT, other = ERRS_INIT;
    struct err *err = add(&errs, "m");
    char file[] = "parts/table.mustache";

    (void)state;
    err_note(err, file, 12, 5, "included %s", "from");
    file[0] = '?'; /* a copy was made */
    err_note(err, NULL, 0, 0, "for the page '%s'", "report");
    errs_move(&other, &errs);
    err = &other.items[0];
    assert_int_equal(err->note_count, 2);
    assert_string_equal(err->notes[0].message, "included from");
    assert_string_equal(err->notes[0].file, "parts/table.mustache");
    assert_int_equal(err->notes[0].line, 12);
    assert_int_equal(err->notes[0].column, 5);
    assert_string_equal(err->notes[1].message, "for the page 'report'");
    assert_null(err->notes[1].file);
    errs_release(&other);
}

static void nothing_is_no_error(void **state)
{
    struct errs errs = ERRS_INIT, other = ERRS_INIT;

    (void)state;
    assert_int_equal(errs_count(&errs), 0);
    assert_int_equal(errs_status(&errs), 0);
    errs_sort(&errs);
    errs_move(&errs, &other);
    assert_int_equal(errs.count, 0);
    errs_release(&errs);
    errs_release(&errs);
}

static void a_system_error_says_what_errno_says(void **state)
{
    struct errs errs = ERRS_INIT;
    struct err *err = errs_add_errno(&errs, ENOENT, "cannot read %s", "a%sb");

    (void)state;
    assert_int_equal(err->code, ERR_SYSTEM);
    assert_string_equal(err->message, "cannot read a%sb: No such file or directory");
    errs_release(&errs);
}

static void common_system_errors_have_a_hint(void **state)
{
    struct errs errs = ERRS_INIT;

    (void)state;
    assert_non_null(strstr(errs_add_errno(&errs, ENOSPC, "x")->hint, "disk is full"));
    assert_non_null(strstr(errs_add_errno(&errs, EDQUOT, "x")->hint, "disk is full"));
    assert_non_null(strstr(errs_add_errno(&errs, EROFS, "x")->hint, "another one"));
    assert_non_null(strstr(errs_add_errno(&errs, EACCES, "x")->hint, "may not"));
    assert_null(errs_add_errno(&errs, ENOENT, "x")->hint);
    errs_release(&errs);
}

/* An id that is as long as a file is still an id. */
static void a_message_has_an_end(void **state)
{
    struct errs errs = ERRS_INIT;
    struct strbuf long_text = STRBUF_INIT;
    struct err *err;

    (void)state;
    for (int i = 0; i < 100000; i++)
        strbuf_adds(&long_text, "算");
    for (int shift = 0; shift < 3; shift++) {
        err = errs_add(&errs, ERR_CONTENT, "test", "%.*s%s", shift, "abc", long_text.buf);
        err_hint(err, "%.*s%s", shift, "abc", long_text.buf);
        err_note(err, NULL, 0, 0, "%.*s%s", shift, "abc", long_text.buf);
        assert_in_range(strlen(err->message), 1900, 2003);
        assert_string_equal(err->message + strlen(err->message) - 6, "算…");
        assert_string_equal(err->hint, err->message);
        assert_string_equal(err->notes[0].message, err->message);
    }
    strbuf_set_len(&long_text, 1998);
    err = errs_add(&errs, ERR_CONTENT, "test", "%s!!", long_text.buf);
    assert_int_equal(strlen(err->message), 2000);
    strbuf_release(&long_text);
    errs_release(&errs);
}

static void places_and_hints_can_be_given_again(void **state)
{
    struct errs errs = ERRS_INIT;
    struct err *err = add(&errs, "m");
    char file[] = "one.json";

    (void)state;
    err_at(err, file, 3, 9);
    file[0] = '?'; /* a copy was made */
    assert_string_equal(err->file, "one.json");
    err_hint(err, "first");
    err_at_offset(err, "two.json", "abc", 3, 1);
    err_at_offset(err, "two.json", "\nabc", 4, 3);
    err_hint(err, "second %d", 2);
    assert_string_equal(err->file, "two.json");
    assert_int_equal(err->line, 2);
    assert_int_equal(err->column, 3);
    assert_string_equal(err->excerpt, "abc");
    assert_string_equal(err->hint, "second 2");
    err_at(err, "three.json", 0, 0);
    assert_string_equal(err->file, "three.json");
    assert_int_equal(err->line, 0);
    err_at(err, NULL, 0, 0);
    assert_null(err->file);
    errs_release(&errs);
}

static void an_offset_becomes_line_column_and_excerpt(void **state)
{
    static const struct {
        const char *text;
        size_t offset;
        unsigned line, column;
        const char *excerpt;
    } cases[] = {
        {"", 0, 1, 1, ""},
        {"abc", 0, 1, 1, "abc"},
        {"abc", 2, 1, 3, "abc"},
        {"abc", 3, 1, 4, "abc"}, /* at the end */
        {"abc\n", 3, 1, 4, "abc"},
        {"abc\n", 4, 2, 1, ""},
        {"\n", 0, 1, 1, ""},
        {"\n\n\n", 2, 3, 1, ""},
        {"a\nbc\nd", 2, 2, 1, "bc"},
        {"a\nbc\nd", 3, 2, 2, "bc"},
        {"a\nbc\nd", 5, 3, 1, "d"},
        {"决算=1", 0, 1, 1, "决算=1"},
        {"决算=1", 6, 1, 3, "决算=1"},
        {"决算=1", 7, 1, 4, "决算=1"},
        {"x\n部门é𠀀!", 10, 2, 4, "部门é𠀀!"}, /* two, three and four bytes */
        {"x\n部门é𠀀!", 14, 2, 5, "部门é𠀀!"},
        {"\tx", 1, 1, 2, "\tx"}, /* a tab is one character */
        {"a\r\nbc\r\nd", 0, 1, 1, "a"},
        {"a\r\nbc\r\nd", 3, 2, 1, "bc"},
        {"a\r\nbc\r\nd", 4, 2, 2, "bc"},
        {"a\r\nbc\r\nd", 5, 2, 3, "bc"}, /* at the CR */
        {"a\r\nbc\r\nd", 7, 3, 1, "d"},
    };
    struct errs errs = ERRS_INIT;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct err *err = add(&errs, "m");

        err_at_offset(err, "f", cases[i].text, strlen(cases[i].text), cases[i].offset);
        assert_string_equal(err->file, "f");
        assert_int_equal(err->line, cases[i].line);
        assert_int_equal(err->column, cases[i].column);
        assert_string_equal(err->excerpt, cases[i].excerpt);
        assert_int_equal(err->excerpt_column, cases[i].column);
    }
    errs_release(&errs);
}

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* The excerpt at a place of a text is whole characters of one line, with the place in it. */
static void assert_excerpt(const struct strbuf *text, size_t offset)
{
    struct errs errs = ERRS_INIT;
    struct err *err = add(&errs, "m");
    size_t from = offset, len, line = 1, column = 1;

    err_at_offset(err, "f", text->buf, text->len, offset);
    for (size_t i = 0; i < offset; i++) {
        if (text->buf[i] == '\n') {
            line++;
            column = 1;
        } else if (!is_continuation(text->buf[i])) {
            column++;
        }
    }
    assert_int_equal(err->line, line);
    assert_int_equal(err->column, column);

    for (unsigned i = 1; i < err->excerpt_column; i++)
        while (is_continuation(text->buf[--from]))
            ;
    len = strlen(err->excerpt);
    assert_true(from + len <= text->len);
    assert_true(offset <= from + len);
    assert_memory_equal(err->excerpt, text->buf + from, len);
    assert_null(strchr(err->excerpt, '\n'));
    assert_false(is_continuation(text->buf[from + len]));
    if (offset < text->len && text->buf[offset] != '\n') /* the character itself is shown */
        assert_true(offset < from + len);
    assert_true(len < 400);
    errs_release(&errs);
}

static void excerpts_of_long_lines_cut_no_character(void **state)
{
    static const char *const pieces[] = {"a", "é", "算", "𠀀"};
    struct strbuf text = STRBUF_INIT;

    (void)state;
    /* each kind of character alone, at every distance from both ends */
    for (size_t i = 0; i < ARRAY_SIZE(pieces); i++)
        for (size_t shift = 0; shift < 4; shift++) {
            strbuf_clear(&text);
            strbuf_adds(&text, "first\n");
            strbuf_addn(&text, '.', shift);
            for (size_t n = 0; n < 150; n++)
                strbuf_adds(&text, pieces[i]);
            for (size_t offset = 0; offset <= text.len; offset++)
                if (!is_continuation(text.buf[offset]))
                    assert_excerpt(&text, offset);
        }
    strbuf_release(&text);
}

static void excerpts_of_random_texts_cut_no_character(void **state)
{
    struct testing_random random = {1};
    struct strbuf text = STRBUF_INIT;

    (void)state;
    for (size_t i = testing_rounds(300); i; i--) {
        strbuf_clear(&text);
        testing_add_text(&random, &text, testing_below(&random, 2000));
        for (char *cr; (cr = strchr(text.buf, '\r'));) /* which are another test's matter */
            *cr = '\t';
        for (size_t j = 0; j < 40; j++) {
            size_t offset = testing_below(&random, text.len + 1);

            while (is_continuation(text.buf[offset]))
                offset++;
            assert_excerpt(&text, offset);
        }
    }
    strbuf_release(&text);
}

static void an_excerpt_ends_before_the_line_end(void **state)
{
    static const char text[] = "ab\r\n\r\ncd\r\n";
    struct errs errs = ERRS_INIT;
    struct err *err = add(&errs, "m");

    (void)state;
    for (size_t offset = 0; offset < sizeof(text); offset++) {
        err_at_offset(err, "f", text, sizeof(text) - 1, offset);
        assert_null(strpbrk(err->excerpt, "\r\n"));
        assert_in_range(err->excerpt_column, 1, strlen(err->excerpt) + 1);
    }
    errs_release(&errs);
}

static void the_excerpt_of_a_mebibyte_is_short(void **state)
{
    struct strbuf text = STRBUF_INIT;

    (void)state;
    strbuf_addn(&text, 'x', 1024 * 1024);
    assert_excerpt(&text, 0);
    assert_excerpt(&text, text.len / 2);
    assert_excerpt(&text, text.len);
    strbuf_release(&text);
}

static void the_status_is_the_highest_code(void **state)
{
    struct errs errs = ERRS_INIT;

    (void)state;
    add(&errs, "w")->severity = SEVERITY_WARNING;
    errs_add(&errs, ERR_INTERNAL, "test", "w")->severity = SEVERITY_WARNING;
    assert_int_equal(errs_count(&errs), 0);
    assert_int_equal(errs_status(&errs), 0);
    add(&errs, "e");
    assert_int_equal(errs_count(&errs), 1);
    assert_int_equal(errs_of(&errs, SEVERITY_WARNING), 2);
    assert_int_equal(errs_status(&errs), 1);
    errs_add_errno(&errs, EIO, "e");
    assert_int_equal(errs_status(&errs), 3);
    errs_add(&errs, ERR_USAGE, "test", "e");
    assert_int_equal(errs_status(&errs), 3);
    errs_add(&errs, ERR_INTERNAL, "test", "e");
    assert_int_equal(errs_status(&errs), 4);
    errs_release(&errs);
}

static void beyond_the_limit_errors_are_counted_only(void **state)
{
    struct errs errs = ERRS_INIT;
    struct err *last = NULL;

    (void)state;
    for (int i = 0; i < ERRS_MAX + 5; i++) {
        last = errs_add(&errs, ERR_CONTENT, "test", "%d", i);
        err_at_offset(last, "f", "text", 4, 2);
        err_hint(last, "hint %d", i);
    }
    assert_non_null(last);
    assert_int_equal(errs.count, ERRS_MAX);
    assert_int_equal(errs.dropped, 5);
    for (int i = 0; i < ERRS_MAX - 1; i++)
        assert_true(strtol(errs.items[i].message, NULL, 10) == i);
    errs_release(&errs);
    assert_int_equal(errs.count, 0);
    assert_int_equal(errs.dropped, 0);
}

/* Or else a build would go on after an error that stood among very many warnings. */
static void an_error_that_was_dropped_still_decides_the_status(void **state)
{
    struct errs errs = ERRS_INIT, other = ERRS_INIT;

    (void)state;
    for (int i = 0; i < ERRS_MAX; i++)
        add(&errs, "w")->severity = SEVERITY_WARNING;
    assert_int_equal(errs_count(&errs), 0);
    errs_add_errno(&errs, EIO, "e");
    add(&errs, "w")->severity = SEVERITY_WARNING;
    add(&errs, "w")->severity = SEVERITY_WARNING;
    assert_int_equal(errs_count(&errs), 1);
    assert_int_equal(errs_of(&errs, SEVERITY_WARNING), ERRS_MAX + 2);
    assert_int_equal(errs_status(&errs), 3);

    errs_move(&other, &errs);
    assert_int_equal(errs_status(&other), 3);
    assert_int_equal(errs_count(&errs), 0);
    errs_release(&other);
    assert_int_equal(errs_count(&other), 0);
    errs_release(&errs);
}

/* A folder with very many files that nothing reads must not hide what is wrong with the others. */
static void warnings_give_way_to_errors(void **state)
{
    enum { WARNINGS = ERRS_MAX + 500, ERRORS = 300 };
    struct errs errs = ERRS_INIT;
    size_t found = 0;

    (void)state;
    for (int i = 0; i < WARNINGS; i++) {
        add(&errs, "w")->severity = SEVERITY_WARNING;
        if (i % (WARNINGS / ERRORS) == 0 && i / (WARNINGS / ERRORS) < ERRORS)
            err_at(errs_add(&errs, ERR_CONTENT, "test", "%d", i / (WARNINGS / ERRORS)), "f", 1, 1);
    }
    for (int i = 0; i < 10; i++)
        add(&errs, "w")->severity = SEVERITY_WARNING;
    assert_int_equal(errs.count, ERRS_MAX);
    assert_int_equal(errs_count(&errs), ERRORS);
    assert_int_equal(errs_of(&errs, SEVERITY_WARNING), WARNINGS + 10);
    assert_int_equal(errs.dropped, WARNINGS + 10 + ERRORS - ERRS_MAX);
    assert_int_equal(errs.dropped_of[SEVERITY_WARNING], errs.dropped);
    assert_int_equal(errs.dropped_status, 0);
    for (size_t i = 0; i < errs.count; i++)
        found += errs.items[i].severity == SEVERITY_ERROR;
    assert_int_equal(found, ERRORS);

    /* when only errors are left, they are dropped as well */
    for (int i = 0; i < ERRS_MAX + 5; i++)
        add(&errs, "e");
    assert_int_equal(errs_count(&errs), ERRORS + ERRS_MAX + 5);
    assert_int_equal(errs_of(&errs, SEVERITY_WARNING), WARNINGS + 10);
    assert_int_equal(errs.dropped_status, 1);
    errs_release(&errs);
}

static void moving_keeps_the_order(void **state)
{
    struct errs to = ERRS_INIT, from = ERRS_INIT;

    (void)state;
    add(&to, "a");
    add(&from, "b");
    err_hint(add(&from, "c"), "hint");
    errs_move(&to, &from);
    assert_int_equal(from.count, 0);
    assert_int_equal(to.count, 3);
    assert_string_equal(to.items[0].message, "a");
    assert_string_equal(to.items[1].message, "b");
    assert_string_equal(to.items[2].message, "c");
    assert_string_equal(to.items[2].hint, "hint");
    add(&from, "d"); /* and may be used again */
    errs_move(&to, &from);
    assert_string_equal(to.items[3].message, "d");
    errs_release(&to);
    errs_release(&from);
}

static void moving_respects_the_limit(void **state)
{
    struct errs to = ERRS_INIT, from = ERRS_INIT;

    (void)state;
    for (int i = 0; i < ERRS_MAX - 10; i++)
        add(&to, "a");
    for (int i = 0; i < ERRS_MAX + 7; i++)
        err_hint(add(&from, "b"), "hint");
    errs_move(&to, &from);
    assert_int_equal(to.count, ERRS_MAX);
    assert_int_equal(to.dropped, 7 + ERRS_MAX - 10);
    assert_int_equal(from.count, 0);
    assert_int_equal(from.dropped, 0);
    errs_release(&to);
    errs_release(&from);
}

/* --- sorting --- */

static int order_of(const struct err *a, const struct err *b)
{
    int by_file;

    if (!a->file || !b->file)
        return !!a->file - !!b->file;
    by_file = strcmp(a->file, b->file);
    if (by_file)
        return by_file;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return (a->column > b->column) - (a->column < b->column);
}

static void sorts_by_place_and_keeps_the_order_of_equals(void **state)
{
    static const char *const files[] = {NULL, "a", "a/b", "b", "中"};
    struct testing_random random = {2};

    (void)state;
    for (size_t round = testing_rounds(300); round; round--) {
        struct errs errs = ERRS_INIT;
        size_t count = testing_below(&random, 200);
        bool seen[200] = {false};

        for (size_t i = 0; i < count; i++)
            err_at(errs_add(&errs, ERR_CONTENT, "test", "%zu", i),
                   files[testing_below(&random, ARRAY_SIZE(files))],
                   (unsigned)testing_below(&random, 4), (unsigned)testing_below(&random, 3));
        errs_sort(&errs);
        assert_int_equal(errs.count, count);
        for (size_t i = 0; i < count; i++) {
            unsigned long number = strtoul(errs.items[i].message, NULL, 10);

            assert_true(number < count && !seen[number]);
            seen[number] = true;
            if (i) {
                int order = order_of(&errs.items[i - 1], &errs.items[i]);

                assert_true(order <= 0);
                if (!order)
                    assert_true(strtoul(errs.items[i - 1].message, NULL, 10) < number);
            }
        }
        errs_release(&errs);
    }
}

static void errors_without_a_place_come_first_as_they_were(void **state)
{
    struct errs errs = ERRS_INIT;
    const char *const expected[] = {"x", "y", "z", "whole file", "line 2", "line 10"};

    (void)state;
    add(&errs, "x");
    err_at(add(&errs, "line 10"), "f", 10, 1);
    add(&errs, "y");
    err_at(add(&errs, "line 2"), "f", 2, 5);
    err_at(add(&errs, "whole file"), "f", 0, 0);
    add(&errs, "z");
    errs_sort(&errs);
    for (size_t i = 0; i < ARRAY_SIZE(expected); i++)
        assert_string_equal(errs.items[i].message, expected[i]);
    errs_release(&errs);
}

/* --- groups --- */

static void groups_are_files_in_the_order_in_which_they_come(void **state)
{
    static const struct {
        const char *file;
        unsigned line;
        const char *message;
    } given[] = {
        {"site.json", 7, "d"}, {"a", 9, "g"}, {NULL, 0, "a"}, {"site.json", 0, "c"},
        {"a", 2, "f"},         {"b", 1, "h"}, {NULL, 5, "b"}, {"site.json", 7, "e"},
    };
    static const size_t groups[] = {0, 0, 1, 1, 1, 2, 2, 3};
    struct errs errs = ERRS_INIT;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(given); i++)
        err_at(add(&errs, given[i].message), given[i].file, given[i].line, 1);
    errs.items[1].severity = SEVERITY_WARNING; /* which does not matter */
    errs_group(&errs);
    assert_int_equal(errs.count, ARRAY_SIZE(given));
    for (size_t i = 0; i < errs.count; i++) {
        assert_int_equal(errs.items[i].message[0], "abcdefgh"[i]);
        assert_int_equal(errs.items[i].group, groups[i]);
    }
    errs_release(&errs);
}

/* The same mistake, come upon in several ways. */

static void united_errors_are_the_first_of_each_place_and_id(void **state)
{
    static const struct {
        const char *file;
        unsigned line;
        const char *id, *message;
        bool noted;
    } given[] = {
        {"b", 2, "x", "first", true},  {"b", 2, "x", "second", true}, {"b", 2, "y", "other", true},
        {"a", 1, "x", "place", true},  {"b", 2, "x", "third", true},  {"b", 2, "y", "again", true},
        {"b", 2, "x", "plain", false}, {"b", 2, "x", "plain", false}, {"b", 0, "x", "file", true},
        {"b", 0, "x", "file", true},   {NULL, 0, "x", "none", true},  {NULL, 0, "x", "none", true},
        {"c", 3, "x", "plain", false}, {"c", 3, "x", "noted", true},  {"c", 3, "y", "two", false},
        {"c", 3, "y", "two", false},
    };
    static const struct {
        const char *message;
        size_t repeats;
    } expected[] = {
        {"none", 0},  {"none", 0},  {"file", 0},  {"file", 0}, {"first", 4},
        {"other", 1}, {"place", 0}, {"plain", 1}, {"two", 0},  {"two", 0},
    };
    struct errs errs = ERRS_INIT;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(given); i++) {
        struct err *err = errs_add(&errs, ERR_CONTENT, given[i].id, "%s", given[i].message);

        err_at(err, given[i].file, given[i].line, given[i].line);
        if (given[i].noted)
            err_note(err, NULL, 0, 0, "%s", given[i].message);
    }
    errs_group(&errs);
    assert_int_equal(errs.count, ARRAY_SIZE(expected));
    for (size_t i = 0; i < errs.count; i++) {
        assert_string_equal(errs.items[i].message, expected[i].message);
        assert_int_equal(errs.items[i].repeats, expected[i].repeats);
    }
    errs_group(&errs); /* again changes nothing */
    assert_int_equal(errs.count, ARRAY_SIZE(expected));
    assert_int_equal(errs.items[4].repeats, 4);
    errs_release(&errs);
    errs_group(&errs);
    assert_int_equal(errs.count, 0);
}

static void errors_that_are_apart_are_all_told(void **state)
{
    struct errs errs = ERRS_INIT;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct err *err = errs_add(&errs, ERR_CONTENT, "x", "%zu", i);

        err_at(err, "a", 1, 0);
        err_note(err, NULL, 0, 0, "column %zu", i);
        err->is_apart = i != 1;
    }
    errs_group(&errs);
    assert_int_equal(errs.count, 3);
    for (size_t i = 0; i < errs.count; i++)
        assert_int_equal(errs.items[i].repeats, 0);
    errs_release(&errs);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_keeps_what_it_was_given),
        cmocka_unit_test(notes_keep_their_order_and_places),
        cmocka_unit_test(nothing_is_no_error),
        cmocka_unit_test(a_system_error_says_what_errno_says),
        cmocka_unit_test(common_system_errors_have_a_hint),
        cmocka_unit_test(a_message_has_an_end),
        cmocka_unit_test(places_and_hints_can_be_given_again),
        cmocka_unit_test(an_offset_becomes_line_column_and_excerpt),
        cmocka_unit_test(excerpts_of_long_lines_cut_no_character),
        cmocka_unit_test(excerpts_of_random_texts_cut_no_character),
        cmocka_unit_test(an_excerpt_ends_before_the_line_end),
        cmocka_unit_test(the_excerpt_of_a_mebibyte_is_short),
        cmocka_unit_test(the_status_is_the_highest_code),
        cmocka_unit_test(beyond_the_limit_errors_are_counted_only),
        cmocka_unit_test(an_error_that_was_dropped_still_decides_the_status),
        cmocka_unit_test(warnings_give_way_to_errors),
        cmocka_unit_test(moving_keeps_the_order),
        cmocka_unit_test(moving_respects_the_limit),
        cmocka_unit_test(sorts_by_place_and_keeps_the_order_of_equals),
        cmocka_unit_test(errors_without_a_place_come_first_as_they_were),
        cmocka_unit_test(groups_are_files_in_the_order_in_which_they_come),
        cmocka_unit_test(united_errors_are_the_first_of_each_place_and_id),
        cmocka_unit_test(errors_that_are_apart_are_all_told),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}

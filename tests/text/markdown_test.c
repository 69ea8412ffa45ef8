/*
 * Without arguments a test like the others: tests/text/markdown/NAME.md must come out as NAME.html
 * says -- first the title and the headings as comments, which no text can contain, and behind it
 * the warnings --, or fail with the errors in NAME.errors. markdown_test.py runs it as
 *
 *     markdown_test render        reads texts, each ended by a NUL, from standard input; prints for
 *                                 each its HTML, or null
 *
 * and compares with what the cmark program makes of the same. `markdown_test print FILE` prints
 * what the files should hold.
 */
#include "base/base.h"

#include "text/markdown.h"

#include <fcntl.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "model/loaded.h"
#include "text/csv.h"
#include "text/escape.h"
#include "text/json_write.h"
#include "text/suggest.h"

#define FOLDER "tests/text/markdown"

/* --- the figures and tables that the texts may refer to --- */

static const struct {
    const char *name, *plain;
} figures[] = {
    {"income/total/final", "3,869.78万元"}, {"income/total/final@narrative", "3,870万元"},
    {"income/total/prior_rate", "82.13%"},  {"income/total/dash", "——"},
    {"income/total/odd", "<b> & \"c\""},
};

static int put_figure(const char *name, struct strbuf *html, struct strbuf *plain)
{
    for (size_t i = 0; i < ARRAY_SIZE(figures); i++)
        if (!strcmp(figures[i].name, name)) {
            strbuf_adds(html, "<data>");
            escape_html(html, figures[i].plain, strlen(figures[i].plain));
            strbuf_adds(html, "</data>");
            strbuf_adds(plain, figures[i].plain);
            return 0;
        }
    return -1;
}

static int reference(void *ctx, const char *word, const char *name, struct strbuf *html,
                     struct strbuf *plain)
{
    (void)ctx;
    if (!word)
        return put_figure(name, html, plain);
    if (strcmp(word, "table") || (strcmp(name, "income") && strcmp(name, "expenditure")))
        return -1;
    strbuf_addf(html, "<table data-name=\"%s\"></table>", name);
    return 0;
}

static void explain(void *ctx, const char *word, const char *name, struct err *err)
{
    struct suggest near;

    (void)ctx;
    suggest_start(&near, name, strlen(name));
    for (size_t i = 0; !word && i < ARRAY_SIZE(figures); i++)
        suggest_offer(&near, figures[i].name);
    if (near.name)
        err_hint(err, "did you mean '%s'?", near.name);
    else if (word)
        err_hint(err, "'%s' is not '%s'", word, name);
}

static void put_table(void *ctx, const struct csv_table *table, struct strbuf *html)
{
    (void)ctx;
    strbuf_adds(html, "<table>\n");
    for (size_t i = 0; i < table->count; i++) {
        strbuf_adds(html, "<tr>");
        for (size_t j = 0; j < table->rows[i].count; j++) {
            strbuf_adds(html, i ? "<td>" : "<th>");
            escape_html(html, table->rows[i].cells[j], strlen(table->rows[i].cells[j]));
            strbuf_adds(html, i ? "</td>" : "</th>");
        }
        strbuf_adds(html, "</tr>\n");
    }
    strbuf_adds(html, "</table>");
}

static const struct markdown_hooks hooks = {NULL, reference, explain, put_table, NULL, NULL};

/* --- a text that was rendered --- */

struct rendered {
    struct arena arena;
    struct errs errs;
    struct strbuf html;
    struct markdown_document document;
    int result;
};

static void render(struct rendered *t, const char *s, size_t len,
                   const struct markdown_options *options)
{
    char *exact = mem_alloc(len ? len : 1); /* just its size, so that no reader goes beyond */

    memcpy(exact, s, len);
    memset(t, 0, sizeof(*t));
    strbuf_init(&t->html);
    t->result =
        markdown_render(exact, len, options, &hooks, &t->arena, &t->html, &t->document, &t->errs);
    free(exact);
}

static void render_as(struct rendered *t, const char *file, const char *s, size_t len)
{
    const struct markdown_options options = {file, "", 1};

    render(t, s, len, &options);
}

static void release(struct rendered *t)
{
    arena_release(&t->arena);
    errs_release(&t->errs);
    strbuf_release(&t->html);
}

/* What a NAME.html file holds. */
static void show_html(const struct rendered *t, struct strbuf *out)
{
    const struct markdown_document *d = &t->document;

    if (d->title)
        strbuf_addf(out, "<!-- title: %s -->\n", d->title);
    for (size_t i = 0; i < d->heading_count; i++)
        strbuf_addf(out, "<!-- h%u #%s: %s -->\n", d->headings[i].level, d->headings[i].id,
                    d->headings[i].text);
    strbuf_addbuf(out, &t->html);
}

/* The HTML, if there is any, and errors and warnings. */
static void show(const struct rendered *t, struct strbuf *out)
{
    if (!t->result)
        show_html(t, out);
    show_errors(&t->errs, out);
}

static void assert_shows(const char *markdown, const char *expected)
{
    struct strbuf shown = STRBUF_INIT;
    struct rendered t;

    render_as(&t, "t.md", markdown, strlen(markdown));
    show(&t, &shown);
    assert_string_equal(shown.buf, expected);
    assert_int_equal(t.result, errs_count(&t.errs) ? -1 : 0);
    strbuf_release(&shown);
    release(&t);
}

/* --- the folder --- */

static void read_file(const char *path, struct strbuf *out)
{
    struct errs errs = ERRS_INIT;

    assert_int_equal(fs_read(AT_FDCWD, path, path, SIZE_MAX, out, &errs), 0);
    errs_release(&errs);
}

/* Calls `each` for every NAME.md. */
static void for_each_text(void (*each)(const char *name, const struct strbuf *markdown))
{
    struct arena arena = ARENA_INIT;
    struct errs errs = ERRS_INIT;
    struct fs_list list = {NULL, 0};

    assert_int_equal(fs_list(AT_FDCWD, FOLDER, FOLDER, &arena, &list, &errs), 0);
    for (size_t i = 0; i < list.count; i++) {
        const char *name = list.entries[i].name;
        size_t len = strlen(name);
        struct strbuf path = STRBUF_INIT, markdown = STRBUF_INIT;

        if (len > 3 && !strcmp(name + len - 3, ".md")) {
            strbuf_addf(&path, FOLDER "/%s", name);
            read_file(path.buf, &markdown);
            each(arena_strndup(&arena, name, len - 3), &markdown);
        }
        strbuf_release(&path);
        strbuf_release(&markdown);
    }
    arena_release(&arena);
    errs_release(&errs);
}

static bool has_file(const char *name, const char *ending, struct strbuf *path)
{
    strbuf_clear(path);
    strbuf_addf(path, FOLDER "/%s.%s", name, ending);
    return !access(path->buf, F_OK);
}

static void check_text(const char *name, const struct strbuf *markdown)
{
    struct strbuf path = STRBUF_INIT, expected = STRBUF_INIT, shown = STRBUF_INIT;
    struct rendered t;

    strbuf_addf(&path, "%s.md", name);
    render_as(&t, path.buf, markdown->buf, markdown->len);
    show(&t, &shown);
    if (has_file(name, "errors", &path) != (t.result != 0))
        fail_msg("%s.md %s:\n%s", name, t.result ? "has errors" : "should have errors", shown.buf);
    if (!t.result && !has_file(name, "html", &path))
        fail_msg("there is no %s", path.buf);
    read_file(path.buf, &expected);
    if (strcmp(shown.buf, expected.buf))
        fail_msg("%s.md is\n%s\nand should be\n%s", name, shown.buf, expected.buf);
    assert_int_equal(t.result, errs_count(&t.errs) ? -1 : 0);
    strbuf_release(&path);
    strbuf_release(&expected);
    strbuf_release(&shown);
    release(&t);
}

static void the_texts_of_the_folder_come_out_as_they_should(void **state)
{
    (void)state;
    for_each_text(check_text);
}

static void with_line_ends(const struct strbuf *markdown, const char *line_end, struct strbuf *out)
{
    for (const char *p = markdown->buf; *p; p++)
        if (*p == '\n')
            strbuf_adds(out, line_end);
        else
            strbuf_addch(out, *p);
}

/* CR LF makes no difference to what comes out. */
static void check_crlf(const char *name, const struct strbuf *markdown)
{
    struct strbuf crlf = STRBUF_INIT, shown = STRBUF_INIT, expected = STRBUF_INIT;
    struct rendered t;

    render_as(&t, name, markdown->buf, markdown->len);
    show(&t, &expected);
    release(&t);
    with_line_ends(markdown, "\r\n", &crlf);
    render_as(&t, name, crlf.buf, crlf.len);
    show(&t, &shown);
    release(&t);
    if (strcmp(shown.buf, expected.buf))
        fail_msg("%s.md with CR LF is\n%s\nand should be\n%s", name, shown.buf, expected.buf);
    strbuf_release(&crlf);
    strbuf_release(&shown);
    strbuf_release(&expected);
}

static void lines_may_end_with_carriage_returns(void **state)
{
    (void)state;
    for_each_text(check_crlf);
    assert_shows("# 标题\r\n\r\n```csv\r\na,b\r\n1,\"x\r\ny\"\r\n```\r\n",
                 "<!-- title: 标题 -->\n<table>\n<tr><th>a</th><th>b</th></tr>\n"
                 "<tr><td>1</td><td>x\ny</td></tr>\n</table>\n");
    /* the lines of cmark and ours are the same: places are right behind a lone CR, too */
    assert_shows("a\r\r{{x}} {{income/total/final}}",
                 "t.md:1:4: error[unknown-reference]: there is no figure 'x'\n"
                 "  a\r\r{{x}} {{income/total/final}}\n"
                 "     ^\n");
}

/* --- what the bytes may be --- */

static void assert_one_error(const char *s, size_t len, const char *id, unsigned line,
                             unsigned column)
{
    struct rendered t;

    render_as(&t, "t.md", s, len);
    assert_int_equal(t.result, -1);
    assert_int_equal(t.errs.count, 1);
    assert_string_equal(t.errs.items[0].id, id);
    assert_string_equal(t.errs.items[0].file, "t.md");
    assert_int_equal(t.errs.items[0].line, line);
    assert_int_equal(t.errs.items[0].column, column);
    release(&t);
}

/* As in JSON, and with the same words. */
static void a_byte_order_mark_is_refused(void **state)
{
    (void)state;
    assert_shows("\xEF\xBB\xBF# 标题\n",
                 "t.md:1:1: error[byte-order-mark]: the file begins with a byte order mark\n"
                 "  \xEF\xBB\xBF# 标题\n"
                 "  ^\n"
                 "  save it as 'UTF-8', not as 'UTF-8 with BOM'\n");
}

static void refuses_what_is_not_utf8(void **state)
{
    (void)state;
    assert_one_error("\xFF", 1, "invalid-utf8", 1, 1);
    assert_one_error("决算\n收\xE5\x85", 12, "invalid-utf8", 2, 2);
    assert_one_error("# \xC0\xAF\n", 5, "invalid-utf8", 1, 3);
    assert_one_error("\xFF\xFE{\0{\0", 6, "invalid-utf8", 1, 1);   /* UTF-16 */
    assert_one_error("\xBE\xF6\xCB\xE3", 4, "invalid-utf8", 1, 1); /* 决算 in GBK */
}

static void refuses_nul(void **state)
{
    (void)state;
    assert_one_error("\0", 1, "nul-character", 1, 1);
    assert_one_error("a\n决\0算\n", 10, "nul-character", 2, 2);
    assert_one_error("`\0` {{x}}", 9, "nul-character", 1, 2);
}

static void tabs_are_white_space(void **state)
{
    (void)state;
    assert_shows("#\t标题\n\n-\ta\n\n\t\t{{x}}\n",
                 "<!-- title: 标题 -->\n<ul>\n<li>\n<p>a</p>\n"
                 "<pre><code>{{x}}\n</code></pre>\n</li>\n</ul>\n");
    assert_shows("\t{{x}}\n", "<pre><code>{{x}}\n</code></pre>\n");
    assert_shows("a\t{{x}}\n", "t.md:1:3: error[unknown-reference]: there is no figure 'x'\n"
                               "  a\t{{x}}\n    ^\n");
}

static void nothing_gives_nothing(void **state)
{
    (void)state;
    assert_shows("", "");
    assert_shows("\n\n  \n", "");
    assert_shows("[a]: b\n", "");
    assert_shows("```csv\n```\n", "<table>\n</table>\n");
}

/* --- options and the caller's things --- */

static void headings_have_a_prefix_and_a_shift(void **state)
{
    static const char levels[] = "# a\n# b\n### c\n##### d\n###### e\n";
    struct markdown_options options = {"t.md", "text-", 2};
    struct strbuf shown = STRBUF_INIT;
    struct rendered t;

    (void)state;
    render(&t, levels, strlen(levels), &options);
    show(&t, &shown);
    assert_string_equal(shown.buf, "<!-- title: a -->\n"
                                   "<!-- h3 #text-b: b -->\n"
                                   "<!-- h5 #text-c: c -->\n"
                                   "<!-- h6 #text-d: d -->\n"
                                   "<!-- h6 #text-e: e -->\n"
                                   "<h3 id=\"text-b\">\nb\n</h3>\n"
                                   "<h5 id=\"text-c\">\nc\n</h5>\n"
                                   "<h6 id=\"text-d\">\nd\n</h6>\n"
                                   "<h6 id=\"text-e\">\ne\n</h6>\n");
    release(&t);
    strbuf_clear(&shown);
    options = (struct markdown_options){"t.md", "\"<", 0};
    render(&t, "## a\n", 5, &options);
    show(&t, &shown);
    assert_string_equal(shown.buf, "<!-- h2 #\"<a: a -->\n<h2 id=\"&quot;&lt;a\">\na\n</h2>\n");
    release(&t);
    strbuf_release(&shown);
}

static void html_and_errors_are_added_to_what_is_there(void **state)
{
    const struct markdown_options options = {"t.md", "", 0};
    struct markdown_document document;
    struct arena arena = ARENA_INIT;
    struct errs errs = ERRS_INIT;
    struct strbuf html = STRBUF_INIT;

    (void)state;
    strbuf_adds(&html, "before ");
    errs_add(&errs, ERR_CONTENT, "earlier", "an error of another text");
    assert_int_equal(markdown_render("a\n", 2, &options, &hooks, &arena, &html, &document, &errs),
                     0);
    assert_string_equal(html.buf, "before <p>a</p>\n");
    assert_int_equal(markdown_render("{{a", 3, &options, &hooks, &arena, &html, &document, &errs),
                     -1);
    assert_int_equal(errs.count, 2);
    arena_release(&arena);
    errs_release(&errs);
    strbuf_release(&html);
}

static void hints_are_optional(void **state)
{
    const struct markdown_options options = {"t.md", "", 0};
    struct markdown_hooks silent = hooks;
    struct markdown_document document;
    struct arena arena = ARENA_INIT;
    struct errs errs = ERRS_INIT;
    struct strbuf html = STRBUF_INIT;

    (void)state;
    silent.explain = NULL;
    assert_int_equal(markdown_render("{{income/total/finale}}", 23, &options, &silent, &arena,
                                     &html, &document, &errs),
                     -1);
    assert_null(errs.items[0].hint);
    arena_release(&arena);
    errs_release(&errs);
    strbuf_release(&html);
}

/* --- much of it --- */

/* What this process has used of a processor, in milliseconds. */
static int64_t time_used(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* `size` bytes of `piece` again and again between two others. What is quadratic takes minutes. */
static void assert_quick(const char *before, const char *piece, size_t size, const char *after,
                         size_t errors)
{
    enum { MILLISECONDS_MAX = 20000 };
    struct strbuf s = STRBUF_INIT;
    int64_t start, taken;
    struct rendered t;

    strbuf_adds(&s, before);
    size = testing_rounds(size);
    for (size_t i = 0; i < size / strlen(piece); i++)
        strbuf_adds(&s, piece);
    strbuf_adds(&s, after);
    start = time_used();
    render_as(&t, "t.md", s.buf, s.len);
    taken = time_used() - start;
    if (taken > MILLISECONDS_MAX)
        fail_msg("%zu bytes of '%s' took %lld ms", size, piece, (long long)taken);
    assert_int_equal(t.errs.count, errors);
    assert_true(t.errs.dropped <= 1); /* what would not be kept is not looked for */
    assert_int_equal(t.result, errors ? -1 : 0);
    strbuf_release(&s);
    release(&t);
}

enum { MEGABYTE = 1024 * 1024 };

static void a_megabyte_of_anything_is_quick(void **state)
{
    static const char *const pieces[] = {
        ">",
        "[",
        "*",
        "_",
        "`",
        "- ",
        "*a **b ",
        "![",
        "[a](",
        "\\",
        "\\{",
        "}}",
        "&#1;",
        "# a\n",
        "<",
        "[a]: b\n",
        "`{{a}}` ",
        "> - 1. a\n",
        "{{income/total/dash}}",
        "{{income\\/total\\/dash}} ",
        "[a](b) ",
        "|",
        "|\n",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(pieces); i++)
        assert_quick("", pieces[i], MEGABYTE, "\n", 0);
}

static void a_megabyte_of_mistakes_is_quick(void **state)
{
    (void)state;
    assert_quick("", "{{", MEGABYTE, "\n", 1);
    assert_quick("", "{{a ", MEGABYTE, "}}\n", 1);
    assert_quick("", "{{a ", MEGABYTE, "&amp;}}\n", 1);
    assert_quick("", "<?", MEGABYTE, "\n", 1);
    assert_quick("", "<!A ", MEGABYTE, "\n", 1);
    assert_quick("> ", "<![CDATA[", MEGABYTE, "\n", 1);
    assert_quick("", "{{x}}", (size_t)5 * 500, "\n", testing_rounds(2500) / 5);
    if (testing_rounds(100) == 100) { /* more than are kept; too many for valgrind */
        assert_quick("", "{{x}}", (size_t)5 * 2 * ERRS_MAX, "\n", ERRS_MAX);
        assert_quick("", "{{x}}\n", (size_t)6 * 2 * ERRS_MAX, "\n", ERRS_MAX);
        assert_quick("a", "<b>", (size_t)3 * 2 * ERRS_MAX, "\n", ERRS_MAX);
        assert_quick("", "<javascript:a>", (size_t)14 * 2 * ERRS_MAX, "\n", ERRS_MAX);
    }
}

static void ten_thousand_references_in_a_paragraph_are_quick(void **state)
{
    struct strbuf s = STRBUF_INIT, expected = STRBUF_INIT;
    size_t count = testing_rounds(10000);
    struct rendered t;

    (void)state;
    strbuf_adds(&expected, "<p>");
    for (size_t i = 0; i < count; i++) {
        strbuf_adds(&s, i % 2 ? "和{{income/total/final}}\n" : "{{income\\/total/dash}} ");
        strbuf_adds(&expected, i % 2 ? "和<data>3,869.78万元</data>" : "<data>——</data> ");
        if (i % 2 && i + 1 < count)
            strbuf_addch(&expected, '\n');
    }
    strbuf_adds(&expected, "</p>\n");
    render_as(&t, "t.md", s.buf, s.len);
    assert_int_equal(t.result, 0);
    assert_string_equal(t.html.buf, expected.buf);
    release(&t);
    strbuf_release(&s);
    strbuf_release(&expected);
    assert_quick("", "{{income/total/dash}} ", (size_t)22 * 10000, "\n", 0);
    assert_quick("", "{{income/total/dash}}\n", (size_t)22 * 10000, "\n", 0);
    assert_quick("- *a **", "![{{income/total/dash}}](x) ", (size_t)28 * 10000, "\n", 0);
}

/* More warnings than are kept do not end the text. */
static void warnings_stop_nothing(void **state)
{
    size_t count = testing_rounds(ERRS_MAX + 100);
    struct strbuf s = STRBUF_INIT;
    struct rendered t;

    (void)state;
    for (size_t i = 0; i < count; i++)
        strbuf_adds(&s, "｛｛ ");
    strbuf_adds(&s, "\n\n{{income/total/final}}\n");
    render_as(&t, "t.md", s.buf, s.len);
    assert_int_equal(t.result, 0);
    assert_int_equal(t.errs.count, count < ERRS_MAX ? count : ERRS_MAX);
    assert_true(t.errs.dropped <= 1);
    assert_non_null(strstr(t.html.buf, "<data>3,869.78万元</data>"));
    strbuf_release(&s);
    release(&t);
}

/* --- what links are told to the hook --- */

struct told {
    const char *text;
    struct strbuf links;
};

static void tell_link(void *ctx, const char *url, bool is_image, size_t offset)
{
    struct told *told = ctx;

    strbuf_addf(&told->links, "%s %s at %.4s\n", is_image ? "image" : "link", url,
                told->text + offset);
}

static void links_are_told_with_their_places(void **state)
{
    static const char text[] = "[a](b1) ![c](d2 \"t\") <https://e.f>\n[![g](h3)](i4) `[a](x)`\n\n"
                               "[z] [a](&#98;)\n\n# [k](l5)\n\n[m](javascript:n)\n\n[z]: /y6\n";
    const struct markdown_options options = {"t.md", "", 0};
    struct told told = {text, STRBUF_INIT};
    struct markdown_hooks telling = {&told, reference, explain, put_table, tell_link, NULL};
    struct markdown_document document;
    struct arena arena = ARENA_INIT;
    struct errs errs = ERRS_INIT;
    struct strbuf html = STRBUF_INIT;

    (void)state;
    assert_int_equal(markdown_render(text, sizeof(text) - 1, &options, &telling, &arena, &html,
                                     &document, &errs),
                     -1);
    assert_string_equal(told.links.buf, "link b1 at b1) \n"
                                        "image d2 at d2 \"\n"
                                        "link https://e.f at http\n"
                                        "link i4 at i4) \n"
                                        "image h3 at h3)]\n"
                                        "link /y6 at [z] \n"
                                        "link b at [z] \n"
                                        "link l5 at l5)\n\n");
    arena_release(&arena);
    errs_release(&errs);
    strbuf_release(&html);
    strbuf_release(&told.links);
}

/* The k-th of many that look the same is found where it is. */
static void each_of_many_errors_has_its_place(void **state)
{
    size_t lines = testing_rounds(500);
    struct strbuf s = STRBUF_INIT;
    struct rendered t;

    (void)state;
    for (size_t i = 0; i < lines; i++)
        strbuf_adds(&s, "`{{x}}` 和 {{x}}，\\{{x}} **{{x}}** {{x\\}} [{{x}}](#{{x}})\n");
    render_as(&t, "t.md", s.buf, s.len);
    assert_int_equal(t.errs.count, lines * 3);
    for (size_t i = 0; i < lines * 3; i++) {
        static const unsigned places[] = {11, 26, 42};

        assert_int_equal(t.errs.items[i].line, i / 3 + 1);
        assert_int_equal(t.errs.items[i].column, places[i % 3]);
    }
    strbuf_release(&s);
    release(&t);
}

/* Errors that are not kept any more still make the text fail. */
static void a_full_list_of_errors_hides_nothing(void **state)
{
    const struct markdown_options options = {"t.md", "", 0};
    struct markdown_document document;
    struct arena arena = ARENA_INIT;
    struct errs errs = ERRS_INIT;
    struct strbuf html = STRBUF_INIT;

    (void)state;
    for (size_t i = 0; i < ERRS_MAX + 5; i++)
        errs_add(&errs, ERR_CONTENT, "earlier", "an error of another text");
    assert_int_equal(
        markdown_render("a {{x}} {{x}}", 13, &options, &hooks, &arena, &html, &document, &errs),
        -1);
    assert_true(errs_count(&errs) > ERRS_MAX + 5);
    assert_int_equal(markdown_render("a", 1, &options, &hooks, &arena, &html, &document, &errs), 0);
    arena_release(&arena);
    errs_release(&errs);
    strbuf_release(&html);
}

/* However often a heading is repeated, and whatever its "-2", no id comes twice. */
static void ids_are_unique(void **state)
{
    static const char *const texts[] = {"收入", "收入-2", "收入 2", "a",      "A",
                                        "a-2",  "a-2-2",  "！",     "section"};
    struct testing_random random = {7};
    struct strbuf s = STRBUF_INIT;
    size_t count = testing_rounds(2000);
    struct rendered t;

    (void)state;
    for (size_t i = 0; i < count; i++)
        strbuf_addf(&s, "## %s\n", texts[testing_below(&random, ARRAY_SIZE(texts))]);
    render_as(&t, "t.md", s.buf, s.len);
    assert_int_equal(t.document.heading_count, count);
    for (size_t i = 0; i < count; i++) {
        assert_true(*t.document.headings[i].id);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(t.document.headings[i].id, t.document.headings[j].id);
    }
    strbuf_release(&s);
    release(&t);
}

/* --- for markdown_test.py, and for people --- */

static void put_html(struct json_writer *w, const struct strbuf *markdown)
{
    const struct markdown_options options = {"stdin", "", 0};
    struct rendered t;

    render(&t, markdown->buf, markdown->len, &options);
    if (t.result)
        json_write_raw(w, "null", 4);
    else
        json_write_string(w, t.html.buf, t.html.len);
    release(&t);
}

static int render_all(void)
{
    struct strbuf markdown = STRBUF_INIT, json = STRBUF_INIT;
    struct json_writer w;

    json_writer_init(&w, &json, 1);
    json_write_array(&w);
    for (int c; (c = getchar()) != EOF;) {
        if (c) {
            strbuf_addch(&markdown, (char)c);
            continue;
        }
        put_html(&w, &markdown);
        strbuf_clear(&markdown);
    }
    json_write_array_end(&w);
    json_write_finish(&w);
    fwrite(json.buf, 1, json.len, stdout);
    strbuf_release(&markdown);
    strbuf_release(&json);
    return 0;
}

static int print_file(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct strbuf markdown = STRBUF_INIT, shown = STRBUF_INIT;
    struct rendered t;

    read_file(path, &markdown);
    render_as(&t, slash ? slash + 1 : path, markdown.buf, markdown.len);
    show(&t, &shown);
    fwrite(shown.buf, 1, shown.len, stdout);
    strbuf_release(&markdown);
    strbuf_release(&shown);
    release(&t);
    return 0;
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_texts_of_the_folder_come_out_as_they_should),
        cmocka_unit_test(lines_may_end_with_carriage_returns),
        cmocka_unit_test(a_byte_order_mark_is_refused),
        cmocka_unit_test(refuses_what_is_not_utf8),
        cmocka_unit_test(refuses_nul),
        cmocka_unit_test(tabs_are_white_space),
        cmocka_unit_test(nothing_gives_nothing),
        cmocka_unit_test(headings_have_a_prefix_and_a_shift),
        cmocka_unit_test(html_and_errors_are_added_to_what_is_there),
        cmocka_unit_test(hints_are_optional),
        cmocka_unit_test(a_megabyte_of_anything_is_quick),
        cmocka_unit_test(a_megabyte_of_mistakes_is_quick),
        cmocka_unit_test(ten_thousand_references_in_a_paragraph_are_quick),
        cmocka_unit_test(each_of_many_errors_has_its_place),
        cmocka_unit_test(warnings_stop_nothing),
        cmocka_unit_test(links_are_told_with_their_places),
        cmocka_unit_test(a_full_list_of_errors_hides_nothing),
        cmocka_unit_test(ids_are_unique),
    };

    if (argc == 2 && !strcmp(argv[1], "render"))
        return render_all();
    if (argc == 3 && !strcmp(argv[1], "print"))
        return print_file(argv[2]);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("markdown", tests, NULL, NULL);
}

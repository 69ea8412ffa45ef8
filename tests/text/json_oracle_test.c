/*
 * json_read and jansson must take the same texts and make the same values of them: over the files
 * of tests/text/json/ (y_*.json is JSON, n_*.json is not) and over random changes of these.
 * JSON_MUTATIONS=N in the environment sets how many.
 *
 * Four differences are meant, and are allowed for here and nowhere else:
 *  - jansson refuses a number that no double or 64-bit integer holds. RFC 8259 has no such limit,
 *    and json_read keeps the text of a number: taken for 0 on jansson's side (take_overflow_for_0).
 *  - jansson reads the integer -0 as 0; json_read keeps the sign (same_integer).
 *  - jansson counts a scalar as a level of depth, json_read objects and arrays only. So 2048 of
 * them with a scalar inside are refused by jansson alone (disagreement).
 */
#include "base/base.h"

#include "text/json_read.h"

#include <fcntl.h>
#include <jansson.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"

enum { JANSSON_DEPTH = 2048 }; /* JSON_PARSER_MAX_DEPTH in its load.c */

static const struct json_limits limits = {SIZE_MAX, SIZE_MAX, JANSSON_DEPTH};

#define FOLDER "tests/text/json"

struct text {
    const char *name;
    char *bytes;
    size_t len;
};

static struct corpus {
    struct arena arena;
    struct text *texts;
    size_t count;
} corpus;

static int read_corpus(void **state)
{
    struct errs errs = ERRS_INIT;
    struct fs_list list = {NULL, 0};

    (void)state;
    if (fs_list(AT_FDCWD, FOLDER, FOLDER, &corpus.arena, &list, &errs))
        return -1;
    corpus.texts = arena_zalloc(&corpus.arena, list.count, sizeof(*corpus.texts));
    for (size_t i = 0; i < list.count; i++) {
        struct text *text = &corpus.texts[corpus.count];
        struct strbuf path = STRBUF_INIT, bytes = STRBUF_INIT;

        text->name = list.entries[i].name;
        strbuf_addf(&path, FOLDER "/%s", text->name);
        if (fs_read(AT_FDCWD, path.buf, path.buf, SIZE_MAX, &bytes, &errs))
            return -1;
        text->bytes = arena_strndup(&corpus.arena, bytes.buf, bytes.len);
        text->len = bytes.len;
        corpus.count++;
        strbuf_release(&path);
        strbuf_release(&bytes);
    }
    return corpus.count ? 0 : -1;
}

static int release_corpus(void **state)
{
    (void)state;
    arena_release(&corpus.arena);
    return 0;
}

/* --- json_read's side --- */

struct verdict {
    bool accepted;
    unsigned depth;    /* of objects and arrays within each other, at most */
    const char *wrong; /* an event was not where it said it was */
};

/* What must stand at the beginning of an event. */
static const char *first_bytes(enum json_event event)
{
    switch (event) {
    case JSON_READ_OBJECT:
        return "{";
    case JSON_READ_OBJECT_END:
        return "}";
    case JSON_READ_ARRAY:
        return "[";
    case JSON_READ_ARRAY_END:
        return "]";
    case JSON_READ_KEY:
    case JSON_READ_STRING:
        return "\"";
    case JSON_READ_TRUE:
        return "t";
    case JSON_READ_FALSE:
        return "f";
    case JSON_READ_NULL:
        return "n";
    default:
        return "-0123456789";
    }
}

static struct verdict read_through(const char *text, size_t len)
{
    struct verdict verdict = {false, 0, NULL};
    struct errs errs = ERRS_INIT;
    struct json_reader r;
    enum json_event event;
    unsigned depth = 0, line = 1;
    size_t at = 0;

    json_reader_init(&r, "f", text, len, &limits, &errs);
    while ((event = json_next(&r)) != JSON_READ_FAILED && event != JSON_READ_END) {
        if (r.offset < at || r.offset >= len || !strchr(first_bytes(event), text[r.offset]))
            verdict.wrong = "the offset of an event";
        for (; at < r.offset; at++)
            line += text[at] == '\n';
        if (r.line != line)
            verdict.wrong = "the line of an event";
        depth += event == JSON_READ_OBJECT || event == JSON_READ_ARRAY;
        depth -= event == JSON_READ_OBJECT_END || event == JSON_READ_ARRAY_END;
        if (depth > verdict.depth)
            verdict.depth = depth;
    }
    verdict.accepted = event == JSON_READ_END;
    if (errs.count != !verdict.accepted)
        verdict.wrong = "the number of errors";
    if (errs.count && (errs.items[0].code != ERR_CONTENT || !errs.items[0].line ||
                       !errs.items[0].column || !errs.items[0].excerpt))
        verdict.wrong = "the place of the error";
    json_reader_release(&r);
    errs_release(&errs);
    return verdict;
}

/* --- jansson's side --- */

static bool is_one_number(const char *s, size_t len)
{
    const char *end = s + len;

    s += s < end && *s == '-';
    if (s < end && *s == '0')
        s++;
    else if (s < end && *s != '0')
        s += strspn(s, "0123456789");
    if (s < end && *s == '.')
        s += 1 + strspn(s + 1, "0123456789");
    if (s < end && (*s == 'e' || *s == 'E')) {
        s++;
        s += s < end && (*s == '+' || *s == '-');
        s += strspn(s, "0123456789");
    }
    return s == end;
}

/*
 * jansson found a well-formed number before `end` too large: writes 0 and spaces in its place.
 * False when the number stands right behind another one, which is no JSON.
 */
static bool take_overflow_for_0(char *text, size_t end)
{
    size_t start = end;

    while (start && strchr("0123456789+-.eE", text[start - 1]) && text[start - 1])
        start--;
    if (start == end || !is_one_number(text + start, end - start))
        return false;
    memset(text + start, ' ', end - start);
    text[start] = '0';
    return true;
}

static json_t *jansson_load(char *text, size_t len, json_error_t *error)
{
    for (;;) {
        json_t *value = json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, error);

        if (value || json_error_code(error) != json_error_numeric_overflow ||
            !take_overflow_for_0(text, (size_t)error->position))
            return value;
    }
}

/* --- one beside the other --- */

static bool same_integer(const struct json_reader *r, const json_t *value)
{
    char text[32];
    int len = snprintf(text, sizeof(text), "%" JSON_INTEGER_FORMAT, json_integer_value(value));

    if (r->text_len == 2 && !memcmp(r->text, "-0", 2))
        return !strcmp(text, "0");
    return r->text_len == (size_t)len && !memcmp(r->text, text, r->text_len);
}

static bool same_real(const struct json_reader *r, const json_t *value)
{
    json_t *again = json_loadb(r->text, r->text_len, JSON_DECODE_ANY, NULL);
    bool same = json_is_real(again) && json_equal(again, value);

    json_decref(again);
    return same;
}

static bool same_value(struct json_reader *r, const json_t *value);

static bool same_object(struct json_reader *r, const json_t *object)
{
    size_t count = 0;

    for (; json_next(r) == JSON_READ_KEY; count++) {
        const json_t *value = json_object_getn(object, r->text, r->text_len);

        json_next(r);
        if (!value || !same_value(r, value))
            return false;
    }
    return r->event == JSON_READ_OBJECT_END && count == json_object_size(object);
}

static bool same_array(struct json_reader *r, const json_t *array)
{
    size_t count = 0;

    for (; json_next(r) != JSON_READ_ARRAY_END; count++)
        if (count == json_array_size(array) || !same_value(r, json_array_get(array, count)))
            return false;
    return count == json_array_size(array);
}

/* The value whose first event was just given is that value of jansson's. */
static bool same_value(struct json_reader *r, const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return r->event == JSON_READ_OBJECT && same_object(r, value);
    case JSON_ARRAY:
        return r->event == JSON_READ_ARRAY && same_array(r, value);
    case JSON_STRING:
        return r->event == JSON_READ_STRING && r->text_len == json_string_length(value) &&
               !memcmp(r->text, json_string_value(value), r->text_len);
    case JSON_INTEGER:
        return r->event == JSON_READ_NUMBER && same_integer(r, value);
    case JSON_REAL:
        return r->event == JSON_READ_NUMBER && same_real(r, value);
    case JSON_TRUE:
        return r->event == JSON_READ_TRUE;
    case JSON_FALSE:
        return r->event == JSON_READ_FALSE;
    default:
        return r->event == JSON_READ_NULL;
    }
}

static bool same_text(const char *text, size_t len, const json_t *value)
{
    struct errs errs = ERRS_INIT;
    struct json_reader r;
    bool same;

    json_reader_init(&r, "f", text, len, &limits, &errs);
    json_next(&r);
    same = same_value(&r, value) && json_next(&r) == JSON_READ_END;
    json_reader_release(&r);
    errs_release(&errs);
    return same;
}

/*
 * What the two disagree in over these bytes, or NULL. Both get a copy that ends where its
 * allocation ends.
 */
static const char *disagreement(const char *bytes, size_t len, bool *accepted)
{
    char *text = mem_alloc(len + 1);
    struct verdict ours;
    json_error_t error;
    json_t *value;
    const char *what = NULL;

    memcpy(text, bytes, len);
    text[len] = '\0';
    ours = read_through(text, len);
    *accepted = ours.accepted;
    value = jansson_load(text, len, &error);
    if (ours.wrong)
        what = ours.wrong;
    else if (memchr(bytes, '\0', len))
        what = ours.accepted ? "a byte of value 0 was accepted" : NULL;
    else if (value && !ours.accepted)
        what = "jansson alone accepts it";
    else if (!value && ours.accepted)
        what = json_error_code(&error) == json_error_stack_overflow && ours.depth == JANSSON_DEPTH
                   ? NULL
                   : "jansson alone refuses it";
    else if (value && !same_text(text, len, value))
        what = "the values differ";
    json_decref(value);
    free(text);
    return what;
}

/* Fails with the bytes in a form that can be pasted into a shell's printf. */
static void fail_with(const char *what, const char *bytes, size_t len)
{
    struct strbuf shown = STRBUF_INIT;

    for (size_t i = 0; i < len && i < 2000; i++)
        if (bytes[i] > ' ' && bytes[i] < 0x7F && !strchr("'\\%", bytes[i]))
            strbuf_addch(&shown, bytes[i]);
        else
            strbuf_addf(&shown, "\\%03o", (unsigned)(unsigned char)bytes[i]);
    print_error("# %s: printf '%s'\n", what, shown.buf);
    strbuf_release(&shown);
    fail();
}

/* --- the tests --- */

static void takes_and_refuses_what_it_should(void **state)
{
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < corpus.count; i++) {
        const struct text *text = &corpus.texts[i];
        struct verdict ours = read_through(text->bytes, text->len);

        assert_true(text->name[0] == 'y' || text->name[0] == 'n');
        if (ours.accepted != (text->name[0] == 'y')) {
            print_error("# %s: %s\n", text->name, ours.accepted ? "accepted" : "refused");
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void agrees_with_jansson_on_the_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < corpus.count; i++) {
        const struct text *text = &corpus.texts[i];
        bool accepted;
        const char *what = disagreement(text->bytes, text->len, &accepted);

        if (what) {
            print_error("# %s\n", text->name);
            fail_with(what, text->bytes, text->len);
        }
    }
}

/* The default limits refuse more, and accept nothing that these do not. */
static void the_files_do_no_harm_under_the_default_limits(void **state)
{
    (void)state;
    for (size_t i = 0; i < corpus.count; i++) {
        const struct text *text = &corpus.texts[i];
        struct errs errs = ERRS_INIT;
        struct json_reader r;

        json_reader_init(&r, text->name, text->bytes, text->len, &json_limits_default, &errs);
        while (json_next(&r) != JSON_READ_FAILED && r.event != JSON_READ_END)
            ;
        if (text->name[0] == 'n')
            assert_int_equal(r.event, JSON_READ_FAILED);
        json_reader_release(&r);
        errs_release(&errs);
    }
}

/* Mostly texts that are JSON, since what is broken hardly ever becomes whole by chance; and mostly
 * short ones, since the long take their time. */
static const struct text *pick(struct testing_random *random)
{
    const struct text *text;

    do
        text = &corpus.texts[testing_below(random, corpus.count)];
    while ((text->name[0] == 'n' && testing_below(random, 4)) ||
           (text->len > 500 && testing_below(random, 40)));
    return text;
}

static void add_piece(struct testing_random *random, struct strbuf *out)
{
    static const char *const pieces[] = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "0",
        "1",
        "-",
        "+",
        ".",
        "e",
        "E",
        "9",
        "true",
        "false",
        "null",
        "\"a\"",
        "\"a\":",
        "\"\":",
        "\\u",
        "\\u0061",
        "\\ud83d",
        "\\ude00",
        "\\u0000",
        "\\n",
        "1e400",
        "-0",
        " ",
        "\n",
        "\r",
        "\t",
        "/**/",
        "//",
        "\xEF\xBB\xBF",
        "\xE5\x86",
        "\xED\xA0\x80",
        "决",
        "𠀀",
        "{\"a\":1,\"a\":1}",
        "[[[[",
        "]]]]",
        "\"\\u0061\":1,",
        "99999999999999999999",
        "0.1",
        "NaN",
    };

    if (testing_below(random, 20))
        strbuf_adds(out, pieces[testing_below(random, ARRAY_SIZE(pieces))]);
    else
        strbuf_addch(out, (char)testing_random(random));
}

/* One change: something put in, left out, written over, said twice or taken from another text. */
static void mutate(struct testing_random *random, struct strbuf *text, struct strbuf *spare)
{
    size_t from = testing_below(random, text->len + 1);
    size_t span = testing_below(random, text->len - from + 1);
    const struct text *other;

    if (testing_below(random, 4) && span > 8)
        span = testing_below(random, 8);
    strbuf_clear(spare);
    strbuf_add(spare, text->buf, from);
    switch (testing_below(random, 6)) {
    case 0:
    case 1:
        add_piece(random, spare);
        span = 0;
        break;
    case 2:
        break;
    case 3:
        add_piece(random, spare);
        break;
    case 4:
        strbuf_add(spare, text->buf + from, span);
        span = 0;
        break;
    default:
        other = pick(random);
        if (other->len < 500)
            strbuf_add(spare, other->bytes, other->len);
        span = testing_below(random, 2) ? 0 : span;
        break;
    }
    strbuf_add(spare, text->buf + from + span, text->len - from - span);
    strbuf_clear(text);
    strbuf_addbuf(text, spare);
}

static void agrees_with_jansson_on_random_changes(void **state)
{
    struct testing_random random = {20210406};
    const char *wanted = getenv("JSON_MUTATIONS");
    size_t count = wanted ? strtoul(wanted, NULL, 10) : testing_rounds(300000), accepts = 0;
    struct strbuf text = STRBUF_INIT, spare = STRBUF_INIT;

    (void)state;
    printf("# seed %ju, %zu mutations\n", (uintmax_t)random.state, count);
    for (size_t i = 0; i < count; i++) {
        const struct text *original = pick(&random);
        const char *what;
        bool accepted;

        strbuf_clear(&text);
        strbuf_add(&text, original->bytes, original->len);
        for (size_t n = 1 + testing_below(&random, 3); n; n--)
            mutate(&random, &text, &spare);
        what = disagreement(text.buf, text.len, &accepted);
        if (what)
            fail_with(what, text.buf, text.len);
        accepts += accepted;
    }
    printf("# %zu of them accepted\n", accepts);
    assert_true(accepts >= count / 20); /* or else little was compared */
    strbuf_release(&text);
    strbuf_release(&spare);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_and_refuses_what_it_should),
        cmocka_unit_test(agrees_with_jansson_on_the_files),
        cmocka_unit_test(the_files_do_no_harm_under_the_default_limits),
        cmocka_unit_test(agrees_with_jansson_on_random_changes),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("json_oracle", tests, read_corpus, release_corpus);
}

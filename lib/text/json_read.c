#include "base/base.h"

#include "text/json_read.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/strmap.h"
#include "text/escape.h"
#include "text/json_hint.h"
#include "text/utf8.h"

const struct json_limits json_limits_default = {
    .size = 64 * 1024 * 1024,
    .string = 1024 * 1024,
    .depth = 64,
};

enum { FEW_KEYS = 16 }; /* up to here, comparing with each is quicker than a map */

struct key {
    const char *text;
    size_t len;
};

/* An object or array that is open. */
struct json_level {
    bool is_object;
    bool has_items;
    size_t offset; /* of its brace or bracket */
    size_t key_count;
    struct key few[FEW_KEYS]; /* the keys so far, in the source or in the arena */
    struct strmap many;       /* all of them, once there are more than a few */
    struct arena arena;       /* keys that had to be decoded */
};

void json_reader_init(struct json_reader *r, const char *file, const char *text, size_t len,
                      const struct json_limits *limits, struct errs *errs)
{
    *r = (struct json_reader){
        .file = file,
        .source = text,
        .len = len,
        .limits = limits,
        .errs = errs,
        .at_line = 1,
        .want_value = true,
        .decoded = STRBUF_INIT,
        .event = JSON_READ_END,
    };
}

static void close_level(struct json_reader *r)
{
    struct json_level *level = &r->levels[--r->depth];

    strmap_release(&level->many);
    arena_release(&level->arena);
}

void json_reader_release(struct json_reader *r)
{
    while (r->depth)
        close_level(r);
    free(r->levels);
    strbuf_release(&r->decoded);
    r->levels = NULL;
}

/* Adds an error at a byte of the source; the reader is of no use afterwards. */
PRINTF_FORMAT(4, 5)
static enum json_event fail(struct json_reader *r, size_t offset, const char *id,
                            const char *format, ...)
{
    struct strbuf message = STRBUF_INIT;
    va_list args;

    va_start(args, format);
    strbuf_vaddf(&message, format, args);
    va_end(args);
    err_at_offset(errs_add(r->errs, ERR_CONTENT, id, "%s", message.buf), r->file, r->source, r->len,
                  offset);
    strbuf_release(&message);
    return r->event = JSON_READ_FAILED;
}

/* To the error that was just added. */
static enum json_event add_hint(struct json_reader *r, const char *hint)
{
    err_hint(&r->errs->items[r->errs->count - 1], "%s", hint);
    return JSON_READ_FAILED;
}

static enum json_event fail_expected(struct json_reader *r, enum json_wanted wanted)
{
    const struct json_level *level = r->depth ? &r->levels[r->depth - 1] : NULL;
    struct json_stuck stuck = {.source = r->source,
                               .len = r->len,
                               .at = r->at,
                               .wanted = wanted,
                               .is_open = level,
                               .in_object = level && level->is_object,
                               .opened = level ? level->offset : 0};
    struct strbuf message = STRBUF_INIT;

    json_stuck_message(&stuck, &message);
    fail(r, json_stuck_place(&stuck), "json-syntax", "%s", message.buf);
    json_stuck_hint(&stuck, &r->errs->items[r->errs->count - 1]);
    strbuf_release(&message);
    return JSON_READ_FAILED;
}

static void skip_space(struct json_reader *r)
{
    const char *p = r->source + r->at;

    for (;; p++) {
        if (*p == '\n')
            r->at_line++;
        else if (*p != ' ' && *p != '\t' && *p != '\r')
            break;
    }
    r->at = (size_t)(p - r->source);
}

static enum json_event give(struct json_reader *r, enum json_event event, size_t offset)
{
    r->offset = offset;
    r->want_value = false;
    return r->event = event;
}

/* --- strings --- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* The four digits at p; -1 when they are not. Stops at the NUL that ends the source. */
static int32_t hex4(const char *p)
{
    int32_t value = 0;

    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(p[i]);

        if (digit < 0)
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

/* A \u escape at p (the backslash), with its second half if it is a surrogate. Returns its end. */
static const char *decode_unicode(struct json_reader *r, const char *p)
{
    size_t offset = (size_t)(p - r->source);
    int32_t high = hex4(p + 2), low;

    if (high < 0) {
        fail(r, offset, "json-syntax", "\\u must be followed by four hexadecimal digits");
        return NULL;
    }
    if (high == 0) {
        fail(r, offset, "json-nul", "the character U+0000 is not allowed");
        return NULL;
    }
    if (high < 0xD800 || high > 0xDFFF) {
        utf8_add(&r->decoded, (uint32_t)high);
        return p + 6;
    }
    low = p[6] == '\\' && p[7] == 'u' ? hex4(p + 8) : -1;
    if (high > 0xDBFF || low < 0xDC00 || low > 0xDFFF) {
        fail(r, offset, "json-surrogate", "this is one half of a character (a lone surrogate)");
        return NULL;
    }
    utf8_add(&r->decoded, 0x10000 + (((uint32_t)high - 0xD800) << 10) + ((uint32_t)low - 0xDC00));
    return p + 12;
}

static const char *decode_escape(struct json_reader *r, const char *p)
{
    static const char plain[] = "\"\\/bfnrt", meaning[] = "\"\\/\b\f\n\r\t";
    const char *which;

    if (p[1] == 'u')
        return decode_unicode(r, p);
    which = p[1] ? strchr(plain, p[1]) : NULL;
    if (!which) {
        fail(r, (size_t)(p - r->source), "json-syntax", "unknown escape after \\");
        return NULL;
    }
    strbuf_addch(&r->decoded, meaning[which - plain]);
    return p + 2;
}

/* The first byte from p on that is not an ordinary part of a string. */
static const char *plain_run(const char *p)
{
    while ((unsigned char)*p >= 0x20 && *p != '"' && *p != '\\')
        p++;
    return p;
}

static void fail_control(struct json_reader *r, size_t offset)
{
    char c = r->source[offset];

    if (c == '\n' || c == '\r') {
        fail(r, offset, "json-control", "the string has no closing quote on this line");
        add_hint(r, "put it; a line break in a text is written \\n");
    } else {
        fail(r, offset, "json-control",
             "a control character (0x%02x) in a string must be written as an escape",
             (unsigned)(unsigned char)c);
    }
}

/*
 * A string that is not plain from `end` on, into r->decoded; p is where it begins. Returns its
 * closing quote.
 */
static const char *decode_string(struct json_reader *r, const char *p, const char *end)
{
    strbuf_clear(&r->decoded);
    while (*end != '"') {
        size_t offset = (size_t)(end - r->source);

        strbuf_add(&r->decoded, p, (size_t)(end - p));
        if (offset >= r->len) {
            fail(r, r->at, "json-syntax", "the string has no closing quote");
            return NULL;
        }
        if (*end != '\\') {
            fail_control(r, offset);
            return NULL;
        }
        p = decode_escape(r, end);
        if (!p)
            return NULL;
        end = plain_run(p);
    }
    strbuf_add(&r->decoded, p, (size_t)(end - p));
    return end;
}

/* The string whose opening quote is at r->at. Sets r->text. */
static int read_string(struct json_reader *r)
{
    size_t start = r->at;
    const char *p = r->source + start + 1, *end = plain_run(p);

    r->text = p; /* nothing to decode, which is nearly always so */
    r->text_len = (size_t)(end - p);
    if (*end != '"') {
        end = decode_string(r, p, end);
        if (!end)
            return -1;
        r->text = r->decoded.buf;
        r->text_len = r->decoded.len;
    }
    if (r->text_len > r->limits->string) {
        fail(r, start, "json-string-limit", "the string is longer than %zu bytes",
             r->limits->string);
        return -1;
    }
    r->at = (size_t)(end + 1 - r->source);
    return 0;
}

/* --- keys --- */

static bool is_known_key(struct json_reader *r, struct json_level *level)
{
    for (size_t i = 0; i < level->key_count && i < FEW_KEYS; i++)
        if (level->few[i].len == r->text_len && !memcmp(level->few[i].text, r->text, r->text_len))
            return true;
    return level->key_count > FEW_KEYS && strmap_get(&level->many, r->text, r->text_len);
}

static void remember_key(struct json_reader *r, struct json_level *level)
{
    const char *text = r->text;
    bool is_new;

    if (text == r->decoded.buf) /* which the next string overwrites */
        text = arena_strndup(&level->arena, text, r->text_len);
    if (level->key_count < FEW_KEYS)
        level->few[level->key_count] = (struct key){text, r->text_len};
    else
        *strmap_put(&level->many, text, r->text_len, &is_new) = level;
    level->key_count++;
}

static enum json_event fail_duplicate(struct json_reader *r, size_t offset)
{
    struct strbuf key = STRBUF_INIT;

    escape_message_cut(&key, r->text, r->text_len);
    fail(r, offset, "duplicate-key", "the key '%s' comes twice in this object", key.buf);
    strbuf_release(&key);
    return JSON_READ_FAILED;
}

static enum json_event read_key(struct json_reader *r)
{
    struct json_level *level = &r->levels[r->depth - 1];
    size_t offset = r->at;

    if (r->source[r->at] != '"')
        return fail_expected(r, JSON_WANT_KEY);
    if (read_string(r))
        return JSON_READ_FAILED;
    if (is_known_key(r, level))
        return fail_duplicate(r, offset);
    remember_key(r, level);
    skip_space(r);
    if (r->source[r->at] != ':')
        return fail_expected(r, JSON_WANT_COLON);
    r->at++;
    give(r, JSON_READ_KEY, offset);
    r->want_value = true;
    return JSON_READ_KEY;
}

/* --- values --- */

static const char *skip_digits(const char *p)
{
    while (*p >= '0' && *p <= '9')
        p++;
    return p;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* 2O24: all of it is told, since what a person sees there is no number that ends before the O. */
static enum json_event fail_letters(struct json_reader *r)
{
    const char *start = r->source + r->at;
    struct strbuf found = STRBUF_INIT;

    escape_message_cut(&found, start, strcspn(start, " \t\r\n,:[]{}\"'"));
    fail(r, r->at, "json-syntax", "expected a number, found '%s'", found.buf);
    strbuf_release(&found);
    return add_hint(r, "a number has no letters, such as O for 0; a text stands in double quotes");
}

static enum json_event read_number(struct json_reader *r)
{
    const char *start = r->source + r->at, *p = start, *digits;

    if (*p == '-')
        p++;
    digits = p;
    p = skip_digits(p);
    if (p == digits)
        return fail(r, r->at, "json-syntax", "a number needs digits");
    if (*digits == '0' && p - digits > 1) {
        fail(r, r->at, "json-syntax", "a number must not begin with 0");
        return add_hint(r, "write a code in double quotes, and an amount without a 0 before it");
    }
    if (*p == '.') {
        digits = ++p;
        p = skip_digits(p);
        if (p == digits)
            return fail(r, r->at, "json-syntax", "a number needs digits after its point");
    }
    if (*p == 'e' || *p == 'E') {
        p++;
        if (*p == '+' || *p == '-')
            p++;
        digits = p;
        p = skip_digits(p);
        if (p == digits)
            return fail(r, r->at, "json-syntax", "a number needs digits in its exponent");
    }
    if (is_letter(*p))
        return fail_letters(r);
    r->text = start;
    r->text_len = (size_t)(p - start);
    r->at += r->text_len;
    return give(r, JSON_READ_NUMBER, r->at - r->text_len);
}

static enum json_event read_word(struct json_reader *r, const char *word, enum json_event event)
{
    size_t len = strlen(word);

    if (strncmp(r->source + r->at, word, len))
        return fail_expected(r, JSON_WANT_VALUE);
    r->at += len;
    return give(r, event, r->at - len);
}

static enum json_event open_level(struct json_reader *r, bool is_object)
{
    if (r->depth >= r->limits->depth)
        return fail(r, r->at, "json-depth", "more than %u objects and arrays within each other",
                    r->limits->depth);
    MEM_GROW(r->levels, r->depth, r->levels_cap);
    r->levels[r->depth].is_object = is_object;
    r->levels[r->depth].has_items = false;
    r->levels[r->depth].offset = r->at;
    r->levels[r->depth].key_count = 0;
    r->levels[r->depth].many = (struct strmap)STRMAP_INIT;
    r->levels[r->depth].arena = (struct arena)ARENA_INIT;
    r->depth++;
    r->at++;
    return give(r, is_object ? JSON_READ_OBJECT : JSON_READ_ARRAY, r->at - 1);
}

static enum json_event read_value(struct json_reader *r)
{
    size_t offset = r->at;

    switch (r->source[r->at]) {
    case '{':
        return open_level(r, true);
    case '[':
        return open_level(r, false);
    case '"':
        return read_string(r) ? JSON_READ_FAILED : give(r, JSON_READ_STRING, offset);
    case 't':
        return read_word(r, "true", JSON_READ_TRUE);
    case 'f':
        return read_word(r, "false", JSON_READ_FALSE);
    case 'n':
        return read_word(r, "null", JSON_READ_NULL);
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        return read_number(r);
    default:
        return fail_expected(r, JSON_WANT_VALUE);
    }
}

/* Inside an object or array, before an item or the end. */
static enum json_event read_item(struct json_reader *r)
{
    struct json_level *level = &r->levels[r->depth - 1];
    bool is_object = level->is_object;

    if (r->source[r->at] == (is_object ? '}' : ']')) {
        close_level(r);
        r->at++;
        return give(r, is_object ? JSON_READ_OBJECT_END : JSON_READ_ARRAY_END, r->at - 1);
    }
    if (level->has_items) {
        if (r->source[r->at] != ',')
            return fail_expected(r, JSON_WANT_COMMA);
        r->at++;
        skip_space(r);
    }
    level->has_items = true;
    r->line = r->at_line;
    return is_object ? read_key(r) : read_value(r);
}

/* What can be said of the text as a whole, before the first event. */
static int check_text(struct json_reader *r)
{
    size_t bad;

    if (r->len > r->limits->size) {
        fail(r, 0, "json-size", "the file is larger than %zu bytes", r->limits->size);
        return -1;
    }
    if (utf8_has_mark(r->source, r->len)) {
        fail(r, 0, "byte-order-mark", "the file begins with a byte order mark");
        add_hint(r, UTF8_MARK_HINT);
        return -1;
    }
    bad = utf8_check(r->source, r->len);
    if (bad < r->len) {
        fail(r, bad, "invalid-utf8", "this is not UTF-8 (byte 0x%02x)",
             (unsigned)(unsigned char)r->source[bad]);
        add_hint(r, "save the file in the encoding UTF-8 (often it is GBK)");
        return -1;
    }
    return 0;
}

enum json_event json_next(struct json_reader *r)
{
    if (r->event == JSON_READ_FAILED)
        return JSON_READ_FAILED;
    if (!r->at && check_text(r))
        return JSON_READ_FAILED;
    skip_space(r);
    r->line = r->at_line;
    if (r->want_value)
        return read_value(r);
    if (r->depth)
        return read_item(r);
    if (r->at < r->len)
        return fail_expected(r, JSON_WANT_END);
    return give(r, JSON_READ_END, r->at);
}

int json_skip(struct json_reader *r)
{
    unsigned open = r->depth;

    if (r->event == JSON_READ_OBJECT || r->event == JSON_READ_ARRAY)
        while (r->depth >= open)
            if (json_next(r) == JSON_READ_FAILED)
                return -1;
    return r->event == JSON_READ_FAILED ? -1 : 0;
}

void json_pass(struct json_reader *r, size_t len, unsigned lines)
{
    close_level(r);
    r->at = r->offset + len;
    r->at_line = r->line + lines;
    r->line = r->at_line;
    give(r, JSON_READ_OBJECT_END, r->at - 1);
}

const char *json_event_name(enum json_event event)
{
    switch (event) {
    case JSON_READ_OBJECT:
        return "an object";
    case JSON_READ_ARRAY:
        return "an array";
    case JSON_READ_STRING:
        return "a string";
    case JSON_READ_NUMBER:
        return "a number";
    case JSON_READ_TRUE:
    case JSON_READ_FALSE:
        return "true or false";
    case JSON_READ_NULL:
        return "null";
    default:
        return "something else";
    }
}

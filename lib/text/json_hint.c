#include "base/base.h"

#include "text/json_hint.h"

#include "base/decimal.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "text/escape.h"
#include "text/utf8.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80);
}

static bool is_at_end(const struct json_stuck *stuck)
{
    return stuck->at >= stuck->len;
}

/* What was found; 0 at the end. */
static char found(const struct json_stuck *stuck)
{
    return is_at_end(stuck) ? '\0' : stuck->source[stuck->at];
}

/* Behind the last character before the place that is no white space. */
static size_t end_before(const struct json_stuck *stuck)
{
    size_t at = stuck->at;

    while (at && strchr(" \t\r\n", stuck->source[at - 1]))
        at--;
    return at;
}

/* That character; 0: none. */
static char char_before(const struct json_stuck *stuck)
{
    size_t at = end_before(stuck);

    return at ? stuck->source[at - 1] : '\0';
}

/* Whether a key or a value begins here. */
static bool begins_item(const struct json_stuck *stuck)
{
    char c = found(stuck);

    return c && (strchr("\"{[-", c) || is_digit(c));
}

static bool misses_comma(const struct json_stuck *stuck)
{
    return stuck->wanted == JSON_WANT_COMMA && begins_item(stuck);
}

/* --- what was found --- */

/* What a character is called that cannot be seen; NULL: it can. */
static const char *invisible(uint32_t c)
{
    if (c == 0x3000)
        return "a full-width space";
    if (c == 0xA0)
        return "a no-break space";
    return (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) || c == 0x205F ||
                   (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF
               ? "an invisible character"
               : NULL;
}

static size_t decode(const struct json_stuck *stuck, uint32_t *c)
{
    return utf8_decode(stuck->source + stuck->at, stuck->len - stuck->at, c);
}

static void add_found(const struct json_stuck *stuck, struct strbuf *out)
{
    uint32_t c;
    size_t bytes = decode(stuck, &c);

    if (invisible(c)) {
        strbuf_addf(out, "%s (U+%04X)", invisible(c), (unsigned)c);
        return;
    }
    strbuf_addch(out, '\'');
    escape_message(out, stuck->source + stuck->at, bytes);
    strbuf_addch(out, '\'');
}

void json_stuck_message(const struct json_stuck *stuck, struct strbuf *out)
{
    static const char *const wanted[] = {
        [JSON_WANT_VALUE] = "a value",
        [JSON_WANT_KEY] = "a key in double quotes",
        [JSON_WANT_COLON] = "':' after the key",
        [JSON_WANT_COMMA] = "',' or ']'",
        [JSON_WANT_END] = "nothing more after the value",
    };

    strbuf_addf(out, "expected %s",
                stuck->wanted == JSON_WANT_COMMA && stuck->in_object ? "',' or '}'"
                                                                     : wanted[stuck->wanted]);
    strbuf_adds(out, misses_comma(stuck) ? " after this value, found "
                     : is_at_end(stuck)  ? ", but the file ends here"
                                         : ", found ");
    if (!is_at_end(stuck))
        add_found(stuck, out);
}

size_t json_stuck_place(const struct json_stuck *stuck)
{
    return misses_comma(stuck) ? end_before(stuck) : stuck->at;
}

/* --- what to do --- */

/* The object or array around the place has no end, but what was found shows that it should. */
static bool hint_unclosed(const struct json_stuck *stuck, struct err *err)
{
    bool before_other = stuck->in_object ? found(stuck) == ']' : found(stuck) == '}';
    bool before_object = stuck->in_object && found(stuck) == '{' &&
                         (stuck->wanted == JSON_WANT_KEY || stuck->wanted == JSON_WANT_COMMA);
    unsigned line, column;

    if (!stuck->is_open || !(is_at_end(stuck) || before_other || before_object))
        return false;
    err_place(stuck->source, stuck->len, stuck->opened, &line, &column);
    err_hint(err, "a '%c' is missing%s: the %s that begins on line %u is still open%s",
             stuck->in_object ? '}' : ']', is_at_end(stuck) ? "" : " before it",
             stuck->in_object ? "object" : "array", line,
             is_at_end(stuck) ? "; is the file whole?" : "");
    return true;
}

/* 1,200.00 without quotes: the reader stands before the 2. */
static bool hint_separator(const struct json_stuck *stuck, struct err *err)
{
    const char *start = stuck->source + stuck->at, *p = start;
    struct strbuf number = STRBUF_INIT;
    struct decimal ignored;
    bool known = false;

    while (start > stuck->source && (is_digit(start[-1]) || strchr(",-", start[-1])))
        start--;
    if (stuck->wanted == JSON_WANT_KEY && is_digit(*p) && p - start > 1 && p[-1] == ',') {
        while (is_digit(*p) || *p == '.' || (*p == ',' && is_digit(p[1])))
            p++;
        for (; start < p; start++)
            if (*start != ',')
                strbuf_addch(&number, *start);
        known = decimal_parse(number.buf, number.len, &ignored) == DECIMAL_OK;
        if (known)
            err_hint(err, "write the number without separators, in double quotes: \"%s\"",
                     number.buf);
    }
    strbuf_release(&number);
    return known;
}

/* A key without quotes. */
static void hint_key(const struct json_stuck *stuck, struct err *err)
{
    const char *s = stuck->source + stuck->at;
    size_t len = strcspn(s, ":\"'{}[], \t\r\n");
    const char *colon = memmem(s, len, "：", strlen("："));
    struct strbuf key = STRBUF_INIT;

    escape_message_cut(&key, s, colon ? (size_t)(colon - s) : len);
    err_hint(err, "keys stand in double quotes: \"%s\"", key.buf);
    strbuf_release(&key);
}

static bool is_chinese_sign(const struct json_stuck *stuck)
{
    static const char *const signs[] = {"，", "：", "“",  "”",  "、", "；", "｛",
                                        "｝", "［", "］", "【", "】", "‘",  "’"};

    for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
        if (!strncmp(stuck->source + stuck->at, signs[i], strlen(signs[i])))
            return true;
    return false;
}

/* What is wrong with the character itself, whatever had to come; NULL: nothing. */
static const char *hint_character(const struct json_stuck *stuck)
{
    uint32_t c = 0;

    if (!is_at_end(stuck))
        decode(stuck, &c);
    if (invisible(c))
        return "use an ordinary space, or none";
    if (is_chinese_sign(stuck))
        return "JSON wants the signs of an English keyboard: , : \" [ ] { }";
    switch (c) {
    case '\'':
        return "JSON wants double quotes";
    case '/':
    case '#':
        return "JSON has no comments; write \"$comment\": \"...\"";
    case '%':
        return "write a percentage without its sign";
    default:
        return NULL;
    }
}

static const char *hint_value(const struct json_stuck *stuck)
{
    char c = found(stuck);

    if (c == '+')
        return "write an increase without '+'";
    if (c == '.')
        return "write a 0 before the point";
    if (c && strchr("},", c) && char_before(stuck) == ':')
        return "a key has a value; leave the key out where the document states nothing";
    return is_letter(c) ? "texts and numbers stand in double quotes, such as \"4180.76\"; true and "
                          "false do not"
                        : NULL;
}

/* What the place lacks; NULL: that cannot be told. */
static const char *hint_wanted(const struct json_stuck *stuck)
{
    char c = found(stuck);

    if (c && strchr("}]", c) && char_before(stuck) == ',')
        return "take out the comma before it";
    if (c == ',' && char_before(stuck) && strchr(",[{", char_before(stuck)))
        return "take out this comma";
    switch (stuck->wanted) {
    case JSON_WANT_VALUE:
        return hint_value(stuck);
    case JSON_WANT_COLON:
        return "between a key and its value stands ':'";
    case JSON_WANT_COMMA:
        if (c == ':' && !stuck->in_object)
            return "keys and their values stand in { }, not in [ ]";
        return begins_item(stuck) ? "put a comma here" : NULL;
    case JSON_WANT_END:
        return c && strchr("}]", c) ? "look before it for a '}' or ']' that is too many"
                                    : "a file is one object: take out what follows it";
    default:
        return NULL;
    }
}

void json_stuck_hint(const struct json_stuck *stuck, struct err *err)
{
    const char *hint = hint_character(stuck);

    if (!hint && (hint_unclosed(stuck, err) || hint_separator(stuck, err)))
        return;
    if (!hint && stuck->wanted == JSON_WANT_KEY &&
        (is_letter(found(stuck)) || is_digit(found(stuck)))) {
        hint_key(stuck, err);
        return;
    }
    if (!hint && is_at_end(stuck))
        hint = "the file is empty";
    if (!hint)
        hint = hint_wanted(stuck);
    if (hint)
        err_hint(err, "%s", hint);
}

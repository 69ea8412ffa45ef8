#include "base/base.h"

#include "text/mustache_internal.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"

enum {
    DELIMITER_MAX = 16,  /* bytes */
    ARGUMENTS_MAX = 256, /* blocks that one parent is given */
    PROBLEMS_MAX = 100,  /* a text that is no template is understood after so many */
};

struct scanner {
    const struct template *t;
    struct tags *tags;
    struct errs *errs;
    unsigned problems;
    const char *open, *close; /* the delimiters, not ended by NUL */
    size_t open_len, close_len;
};

static const char blanks[] = " \t\r\n\v\f";

PRINTF_FORMAT(3, 4)
static void problem(struct scanner *s, size_t at, const char *format, ...)
{
    char message[256];
    va_list args;

    if (++s->problems > PROBLEMS_MAX)
        return;
    va_start(args, format);
    vsnprintf(message, sizeof(message), format, args);
    va_end(args);
    err_at_offset(errs_add(s->errs, ERR_CONTENT, "template-syntax", "%s", message), s->t->file,
                  s->t->text, s->t->len, at);
}

static bool is_blank(char c)
{
    return c && strchr(blanks, c);
}

static size_t find(const struct template *t, size_t from, const char *wanted, size_t len)
{
    const char *found = memmem(t->text + from, t->len - from, wanted, len);

    return found ? (size_t)(found - t->text) : t->len;
}

/* --- tags --- */

/* Leaves out the white space at both ends of [*at, *end). */
static void trim(const char *text, size_t *at, size_t *end)
{
    while (*at < *end && is_blank(text[*at]))
        ++*at;
    while (*at < *end && is_blank(text[*end - 1]))
        --*end;
}

/* Whether the parts between the dots are a usable name; "." is one too. */
static void check_dotted(struct scanner *s, const struct tag *tag)
{
    const char *name = s->t->text + tag->name_at;
    size_t parts = 1, part = 0;

    if (tag->name_len == 1 && *name == '.')
        return;
    for (size_t i = 0; i <= tag->name_len; i++) {
        if (i < tag->name_len && name[i] != '.')
            continue;
        if (i == part) {
            problem(s, tag->name_at + i, "a part of the name \"%.*s\" is empty",
                    SHOWN(name, tag->name_len));
            return;
        }
        part = i + 1;
        parts += i < tag->name_len;
    }
    if (parts > NAME_PARTS_MAX)
        problem(s, tag->name_at, "a name of more than %d parts", NAME_PARTS_MAX);
}

static void check_name(struct scanner *s, const struct tag *tag)
{
    const char *name = s->t->text + tag->name_at;

    if (!tag->name_len) {
        problem(s, tag->start, "this tag has no name");
        return;
    }
    if (tag->kind == TAG_END)
        return; /* the tag that it closes was checked */
    for (size_t i = 0; i < tag->name_len; i++) {
        if ((unsigned char)name[i] > ' ' && name[i] != 0x7f)
            continue;
        problem(s, tag->name_at + i, "the name \"%.*s\" has a blank in it: is %.*s missing?",
                SHOWN(name, i), (int)s->close_len, s->close);
        return;
    }
    if (tag->dynamic ||
        (tag->kind != TAG_BLOCK && tag->kind != TAG_PARTIAL && tag->kind != TAG_PARENT))
        check_dotted(s, tag);
}

/* Takes the name out of [at, end), which is what the tag holds besides its sigil. */
static void set_name(struct scanner *s, struct tag *tag, size_t at, size_t end)
{
    const char *text = s->t->text;

    trim(text, &at, &end);
    if ((tag->kind == TAG_PARTIAL || tag->kind == TAG_PARENT) && at < end && text[at] == '*') {
        tag->dynamic = true;
        at++;
        trim(text, &at, &end);
    }
    tag->name_at = at;
    tag->name_len = end - at;
    check_name(s, tag);
}

static size_t word_end(const char *text, size_t at, size_t end)
{
    while (at < end && !is_blank(text[at]))
        at++;
    return at;
}

/* {{=<% %>=}}: from here on the delimiters are others. */
static void set_delimiters(struct scanner *s, size_t at, size_t end)
{
    const char *text = s->t->text;
    size_t open_end, close_at, close_end;

    trim(text, &at, &end);
    open_end = word_end(text, at, end);
    for (close_at = open_end; close_at < end && is_blank(text[close_at]); close_at++)
        ;
    close_end = word_end(text, close_at, end);
    if (close_at == close_end || close_end != end) {
        problem(s, at, "new delimiters are two words, such as {{=<%% %%>=}}");
    } else if (memchr(text + at, '=', end - at)) {
        problem(s, at, "a delimiter must not contain \"=\"");
    } else if (open_end - at > DELIMITER_MAX || close_end - close_at > DELIMITER_MAX) {
        problem(s, at, "a delimiter of more than %d bytes", DELIMITER_MAX);
    } else {
        s->open = text + at;
        s->open_len = open_end - at;
        s->close = text + close_at;
        s->close_len = close_end - close_at;
    }
}

static enum tag_kind kind_of(char sigil)
{
    switch (sigil) {
    case '#':
        return TAG_SECTION;
    case '^':
        return TAG_INVERTED;
    case '/':
        return TAG_END;
    case '>':
        return TAG_PARTIAL;
    case '<':
        return TAG_PARENT;
    case '$':
        return TAG_BLOCK;
    case '!':
        return TAG_COMMENT;
    case '=':
        return TAG_DELIMITERS;
    case '{':
    case '&':
        return TAG_RAW;
    default:
        return TAG_NAME;
    }
}

/* Where the content that begins at `at` ends: before the closing delimiter, and before `sign` if
 * that must stand there. */
static size_t find_close(const struct scanner *s, size_t at, char sign)
{
    char wanted[DELIMITER_MAX + 1];
    size_t len = 0;

    if (sign)
        wanted[len++] = sign;
    memcpy(wanted + len, s->close, s->close_len);
    return find(s->t, at, wanted, len + s->close_len);
}

/* The white space before a sigil is skipped, but for the two that belong to the delimiters. */
static size_t sigil_at(const struct template *t, size_t at)
{
    size_t i = at;

    while (i < t->len && is_blank(t->text[i]))
        i++;
    if (i > at && i < t->len && (t->text[i] == '{' || t->text[i] == '='))
        return at;
    return i;
}

/* Reads the tag that begins at `start` and returns where it ends; the end of the text after an
 * error that leaves nothing else to be read. */
static size_t scan_tag(struct scanner *s, size_t start)
{
    const struct template *t = s->t;
    struct tag tag = {.start = start, .pair = s->tags->count};
    size_t at = sigil_at(t, start + s->open_len), end;
    char sigil = at < t->len ? t->text[at] : 0, sign = 0;

    tag.kind = kind_of(sigil);
    if (tag.kind != TAG_NAME)
        at++;
    if (tag.kind == TAG_DELIMITERS || sigil == '{')
        sign = sigil == '{' ? '}' : '=';
    end = find_close(s, at, sign);
    if (end == t->len) {
        problem(s, start, "this tag is not closed: there is no %.*s%.*s after it", sign != 0, &sign,
                (int)s->close_len, s->close);
        return t->len;
    }
    tag.end = end + s->close_len + (sign != 0);
    if (tag.kind == TAG_DELIMITERS)
        set_delimiters(s, at, end);
    else if (tag.kind != TAG_COMMENT)
        set_name(s, &tag, at, end);
    MEM_GROW(s->tags->items, s->tags->count, s->tags->cap);
    s->tags->items[s->tags->count++] = tag;
    return tag.end;
}

static void scan_tags(struct scanner *s)
{
    size_t at = 0;

    while (at < s->t->len) {
        at = find(s->t, at, s->open, s->open_len);
        if (at < s->t->len)
            at = scan_tag(s, at);
    }
}

/* --- pairs --- */

struct opened {
    size_t tag;
    unsigned arguments;
};

struct opened_list {
    struct opened items[MUSTACHE_DEPTH_MAX];
    size_t count;
};

/* A tag as the writer sees it, for messages: {{#name}}. */
static const char *sigil_of(const struct tag *tag)
{
    switch (tag->kind) {
    case TAG_INVERTED:
        return "^";
    case TAG_PARENT:
        return tag->dynamic ? "<*" : "<";
    case TAG_BLOCK:
        return "$";
    default:
        return "#";
    }
}

static bool closes(const struct template *t, const struct tag *end, const struct tag *open)
{
    size_t at = end->name_at, stop = at + end->name_len;

    if (open->dynamic) {
        if (t->text[at] != '*')
            return false;
        at++;
        trim(t->text, &at, &stop);
    }
    return stop - at == open->name_len && !memcmp(t->text + at, t->text + open->name_at, stop - at);
}

static void unclosed(struct scanner *s, const struct tag *tag)
{
    const char *name = s->t->text + tag->name_at;

    problem(s, tag->start, "{{%s%.*s}} is never closed", sigil_of(tag), SHOWN(name, tag->name_len));
}

static void close_pair(struct scanner *s, struct opened_list *opened, size_t i)
{
    struct tag *tags = s->tags->items;
    const char *name = s->t->text + tags[i].name_at;
    size_t level = opened->count;

    while (level && !closes(s->t, &tags[i], &tags[opened->items[level - 1].tag]))
        level--;
    if (!level) {
        problem(s, tags[i].start, "{{/%.*s}} closes nothing", SHOWN(name, tags[i].name_len));
        return;
    }
    while (opened->count > level)
        unclosed(s, &tags[opened->items[--opened->count].tag]);
    opened->count--;
    tags[i].pair = opened->items[opened->count].tag;
    tags[tags[i].pair].pair = i;
}

/* Returns false when there is no use in going on. */
static bool open_pair(struct scanner *s, struct opened_list *opened, size_t i)
{
    struct tag *tags = s->tags->items;
    struct opened *around = opened->count ? &opened->items[opened->count - 1] : NULL;

    if (opened->count == MUSTACHE_DEPTH_MAX) {
        problem(s, tags[i].start, "tags are nested more than %d deep", MUSTACHE_DEPTH_MAX);
        return false;
    }
    if (tags[i].kind == TAG_BLOCK && around && tags[around->tag].kind == TAG_PARENT) {
        tags[i].argument = true;
        if (++around->arguments > ARGUMENTS_MAX) {
            problem(s, tags[i].start, "more than %d blocks in one parent", ARGUMENTS_MAX);
            return false;
        }
    }
    opened->items[opened->count++] = (struct opened){i, 0};
    return true;
}

static void pair_tags(struct scanner *s)
{
    struct opened_list opened = {.count = 0};

    for (size_t i = 0; i < s->tags->count; i++) {
        enum tag_kind kind = s->tags->items[i].kind;

        if (kind == TAG_END)
            close_pair(s, &opened, i);
        else if (kind == TAG_SECTION || kind == TAG_INVERTED || kind == TAG_PARENT ||
                 kind == TAG_BLOCK)
            if (!open_pair(s, &opened, i))
                return;
    }
    while (opened.count)
        unclosed(s, &s->tags->items[opened.items[--opened.count].tag]);
}

/* --- standalone lines --- */

/* The white space between the beginning of the line and `at`; -1 when there is something else. */
static ptrdiff_t blank_before(const struct template *t, size_t at)
{
    size_t i = at;

    while (i && (t->text[i - 1] == ' ' || t->text[i - 1] == '\t'))
        i--;
    return !i || t->text[i - 1] == '\n' ? (ptrdiff_t)(at - i) : -1;
}

/* The white space from `at` to the end of the line, line end included; -1 as above. */
static ptrdiff_t blank_after(const struct template *t, size_t at)
{
    size_t i = at;

    while (i < t->len && (t->text[i] == ' ' || t->text[i] == '\t'))
        i++;
    if (i == t->len)
        return (ptrdiff_t)(i - at);
    if (t->text[i] == '\r' && i + 1 < t->len)
        i++;
    return t->text[i] == '\n' ? (ptrdiff_t)(i + 1 - at) : -1;
}

static void trim_line(struct tag *tag, ptrdiff_t before, ptrdiff_t after)
{
    if (before < 0 || after < 0)
        return;
    tag->vanishes = true;
    tag->trim_before = (size_t)before;
    tag->trim_after = (size_t)after;
}

/*
 * Parent tags are one thing with all that is between them, which is not text: what counts is the
 * line before the first and the line after the second.
 */
static void trim_parent(struct tag *open, struct tag *close, ptrdiff_t before, ptrdiff_t after)
{
    open->standalone = before >= 0 && after >= 0;
    open->vanishes = open->standalone;
    close->vanishes = true;
    if (open->standalone) {
        open->trim_before = (size_t)before;
        close->trim_after = (size_t)after;
    }
}

/* A block that is given to a parent is a text of its own: it begins behind the line of the first
 * tag, and the line of the second one does not belong to it. */
static void trim_argument(struct tag *open, struct tag *close, ptrdiff_t after, ptrdiff_t before)
{
    open->vanishes = close->vanishes = true;
    if (after >= 0)
        open->trim_after = (size_t)after;
    if (before >= 0)
        close->trim_before = (size_t)before;
}

/* A block that can be overridden: what takes its place is indented when nothing else is in the
 * lines of its tags. */
static void trim_block(struct scanner *s, struct tag *open, struct tag *close)
{
    ptrdiff_t before = blank_before(s->t, open->start), after = blank_after(s->t, close->end);

    trim_line(open, before, blank_after(s->t, open->end));
    trim_line(close, blank_before(s->t, close->start), after);
    open->standalone = before >= 0 && after >= 0;
    if (open->standalone)
        open->trim_before = (size_t)before;
}

static void trim_tag(struct scanner *s, struct tag *tag)
{
    const struct template *t = s->t;
    struct tag *other = &s->tags->items[tag->pair];

    switch (tag->kind) {
    case TAG_NAME:
    case TAG_RAW:
        break;
    case TAG_PARENT:
        trim_parent(tag, other, blank_before(t, tag->start), blank_after(t, other->end));
        break;
    case TAG_BLOCK:
        if (tag->argument)
            trim_argument(tag, other, blank_after(t, tag->end), blank_before(t, other->start));
        else
            trim_block(s, tag, other);
        break;
    case TAG_END:
        if (other->kind == TAG_PARENT || other->kind == TAG_BLOCK)
            break; /* done with the tag that opens it */
        /* fall through */
    default:
        trim_line(tag, blank_before(t, tag->start), blank_after(t, tag->end));
        tag->standalone = tag->vanishes;
    }
}

static void check_text(struct scanner *s)
{
    const struct template *t = s->t;
    size_t good = utf8_check(t->text, t->len);
    const char *nul = memchr(t->text, 0, t->len);

    if (utf8_has_mark(t->text, t->len)) {
        struct err *err = errs_add(s->errs, ERR_CONTENT, "byte-order-mark",
                                   "the file begins with a byte order mark");

        err_at_offset(err, t->file, t->text, t->len, 0);
        err_hint(err, UTF8_MARK_HINT);
        s->problems++;
    }
    if (good < t->len)
        problem(s, good, "this is not UTF-8");
    if (nul)
        problem(s, (size_t)(nul - t->text), "a NUL byte");
}

/* The mistakes in the order of the text, to where all errors go. */
static void hand_over(struct scanner *s, struct errs *errs)
{
    errs_sort(s->errs);
    errs_move(errs, s->errs);
    if (s->problems > PROBLEMS_MAX)
        err_at(errs_add(errs, ERR_CONTENT, "template-mistakes", "%u more mistakes are not shown",
                        s->problems - PROBLEMS_MAX),
               s->t->file, 0, 0);
}

int mustache_scan(const struct template *t, struct tags *tags, struct errs *errs)
{
    struct errs found = ERRS_INIT;
    struct scanner s = {.t = t, .tags = tags, .errs = &found, .open = "{{", .close = "}}"};

    s.open_len = s.close_len = 2;
    check_text(&s);
    scan_tags(&s);
    pair_tags(&s);
    hand_over(&s, errs);
    if (s.problems)
        return -1;
    for (size_t i = 0; i < tags->count; i++)
        trim_tag(&s, &tags->items[i]);
    return 0;
}

void mustache_tags_release(struct tags *tags)
{
    free(tags->items);
    *tags = (struct tags){NULL, 0, 0};
}

#include "base/base.h"

#include "base/err.h"

#include <errno.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/strmap.h"

enum {
    EXCERPT_MAX = 160,  /* bytes of a line that are shown around the column */
    MESSAGE_MAX = 2000, /* an id may be as long as a file */
};

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* A message or hint, cut when it is too long for anybody to read. */
static char *detach(struct strbuf *text)
{
    size_t cut = MESSAGE_MAX;

    if (text->len > cut) {
        while (is_continuation(text->buf[cut]))
            cut--;
        strbuf_set_len(text, cut);
        strbuf_adds(text, "…");
    }
    return strbuf_detach(text, NULL);
}

static void err_release(struct err *err)
{
    for (size_t i = 0; i < err->note_count; i++) {
        free(err->notes[i].message);
        free(err->notes[i].file);
    }
    free(err->notes);
    free(err->id);
    free(err->message);
    free(err->file);
    free(err->excerpt);
    free(err->hint);
}

void errs_release(struct errs *errs)
{
    for (size_t i = 0; i < errs->count; i++)
        err_release(&errs->items[i]);
    free(errs->items);
    *errs = (struct errs)ERRS_INIT;
}

static int max_status(int status, const struct err *err)
{
    return err->severity == SEVERITY_ERROR && (int)err->code > status ? (int)err->code : status;
}

/* The error to be dropped for another one: the last that is none, or else the last of all. */
static struct err *victim(struct errs *errs)
{
    struct err *items = errs->items;
    size_t last = errs->count - 1;

    while (errs->settled <= last && items[last - errs->settled].severity == SEVERITY_ERROR)
        errs->settled++;
    return errs->settled <= last ? &items[last - errs->settled] : &items[last];
}

/* The place for one more error; beyond the limit another one is dropped. */
static struct err *next_slot(struct errs *errs)
{
    struct err *err;

    if (errs->count >= ERRS_MAX) {
        err = victim(errs);
        errs->dropped++;
        errs->dropped_of[err->severity]++;
        errs->dropped_status = max_status(errs->dropped_status, err);
        err_release(err);
    } else {
        MEM_GROW(errs->items, errs->count, errs->cap);
        err = &errs->items[errs->count++];
    }
    memset(err, 0, sizeof(*err));
    return err;
}

static struct err *add(struct errs *errs, enum err_code code, const char *id,
                       struct strbuf *message)
{
    struct err *err = next_slot(errs);

    err->code = code;
    err->id = mem_strdup(id);
    err->message = detach(message);
    return err;
}

struct err *errs_add(struct errs *errs, enum err_code code, const char *id, const char *format, ...)
{
    struct strbuf message = STRBUF_INIT;
    va_list args;

    va_start(args, format);
    strbuf_vaddf(&message, format, args);
    va_end(args);
    return add(errs, code, id, &message);
}

/* What somebody can do about it who is no programmer; NULL: that depends. */
static const char *errno_hint(int saved_errno)
{
    switch (saved_errno) {
    case ENOSPC:
    case EDQUOT:
        return "the disk is full: make room, then try again";
    case EROFS:
        return "nothing can be written in this place: choose another one";
    case EACCES:
    case EPERM:
        return "the user who runs juesuan may not do that: change the rights, or choose another "
               "place";
    default:
        return NULL;
    }
}

struct err *errs_add_errno(struct errs *errs, int saved_errno, const char *format, ...)
{
    struct strbuf message = STRBUF_INIT;
    const char *hint = errno_hint(saved_errno);
    char reason[128];
    struct err *err;
    va_list args;

    va_start(args, format);
    strbuf_vaddf(&message, format, args);
    va_end(args);
    strbuf_addf(&message, ": %s", strerror_r(saved_errno, reason, sizeof(reason)));
    err = add(errs, ERR_SYSTEM, "system", &message);
    if (hint)
        err_hint(err, "%s", hint);
    return err;
}

void err_at(struct err *err, const char *file, unsigned line, unsigned column)
{
    free(err->file);
    err->file = file ? mem_strdup(file) : NULL;
    err->line = line;
    err->column = column;
}

static unsigned count_characters(const char *s, size_t len)
{
    unsigned n = 0;

    for (size_t i = 0; i < len; i++)
        n += !is_continuation(s[i]);
    return n;
}

/* Where the line begins that the offset is in. */
static size_t line_start(const char *text, size_t offset)
{
    while (offset && text[offset - 1] != '\n')
        offset--;
    return offset;
}

void err_place(const char *text, size_t len, size_t offset, unsigned *line, unsigned *column)
{
    size_t start;

    if (offset > len)
        offset = len;
    *line = 1;
    for (const char *p = text; (p = memchr(p, '\n', (size_t)(text + offset - p))); p++)
        ++*line;
    start = line_start(text, offset);
    *column = count_characters(text + start, offset - start) + 1;
}

void err_at_offset(struct err *err, const char *file, const char *text, size_t len, size_t offset)
{
    size_t start, end, from, to;
    unsigned line, column;

    if (offset > len)
        offset = len;
    start = line_start(text, offset);
    for (end = offset; end < len && text[end] != '\n'; end++)
        ;
    if (end > start && text[end - 1] == '\r')
        end--;
    if (offset > end) /* between CR and LF */
        offset = end;
    err_place(text, len, offset, &line, &column);
    err_at(err, file, line, column);

    from = offset - start > EXCERPT_MAX / 2 ? offset - EXCERPT_MAX / 2 : start;
    while (from > start && is_continuation(text[from]))
        from--;
    to = end - from > EXCERPT_MAX ? from + EXCERPT_MAX : end;
    while (to > offset && to < end && is_continuation(text[to]))
        to--;
    free(err->excerpt);
    err->excerpt = mem_strndup(text + from, to - from);
    err->excerpt_column = count_characters(text + from, offset - from) + 1;
}

void err_hint(struct err *err, const char *format, ...)
{
    struct strbuf hint = STRBUF_INIT;
    va_list args;

    va_start(args, format);
    strbuf_vaddf(&hint, format, args);
    va_end(args);
    free(err->hint);
    err->hint = detach(&hint);
}

void err_note(struct err *err, const char *file, unsigned line, unsigned column, const char *format,
              ...)
{
    struct strbuf message = STRBUF_INIT;
    va_list args;

    va_start(args, format);
    strbuf_vaddf(&message, format, args);
    va_end(args);
    MEM_GROW(err->notes, err->note_count, err->note_cap);
    err->notes[err->note_count++] =
        (struct err_note){detach(&message), file ? mem_strdup(file) : NULL, line, column};
}

size_t errs_of(const struct errs *errs, enum err_severity severity)
{
    size_t count = errs->dropped_of[severity];

    for (size_t i = 0; i < errs->count; i++)
        count += errs->items[i].severity == severity;
    return count;
}

size_t errs_count(const struct errs *errs)
{
    return errs_of(errs, SEVERITY_ERROR);
}

int errs_status(const struct errs *errs)
{
    int status = errs->dropped_status;

    for (size_t i = 0; i < errs->count; i++)
        status = max_status(status, &errs->items[i]);
    return status;
}

void errs_move(struct errs *to, struct errs *from)
{
    for (size_t i = 0; i < from->count; i++)
        *next_slot(to) = from->items[i];
    to->dropped += from->dropped;
    for (size_t i = 0; i < SEVERITY_COUNT; i++)
        to->dropped_of[i] += from->dropped_of[i];
    if (from->dropped_status > to->dropped_status)
        to->dropped_status = from->dropped_status;
    free(from->items);
    *from = (struct errs)ERRS_INIT;
}

static int compare_numbers(size_t a, size_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_lines(const struct err *a, const struct err *b)
{
    int order = compare_numbers(a->line, b->line);

    return order ? order : compare_numbers(a->column, b->column);
}

typedef int compare_errs(const struct err *a, const struct err *b);

static int by_file(const struct err *a, const struct err *b)
{
    int order;

    if (!a->file || !b->file)
        return (a->file != NULL) - (b->file != NULL);
    order = strcmp(a->file, b->file);
    return order ? order : compare_lines(a, b);
}

static int by_group(const struct err *a, const struct err *b)
{
    int order = compare_numbers(a->group, b->group);

    return order || !a->group ? order : compare_lines(a, b);
}

/* Merges two sorted halves; qsort is not stable, and equal places must keep their order. */
static void merge_sort(struct err *items, struct err *spare, size_t count, compare_errs *compare)
{
    size_t half = count / 2, left = 0, right = half;

    if (count < 2)
        return;
    merge_sort(items, spare, half, compare);
    merge_sort(items + half, spare, count - half, compare);
    for (size_t i = 0; i < count; i++) {
        bool take_left =
            right == count || (left < half && compare(&items[left], &items[right]) <= 0);

        spare[i] = take_left ? items[left++] : items[right++];
    }
    memcpy(items, spare, count * sizeof(*items));
}

static void sort(struct errs *errs, compare_errs *compare)
{
    struct err *spare = mem_zalloc(errs->count, sizeof(*spare));

    merge_sort(errs->items, spare, errs->count, compare);
    free(spare);
    errs->settled = 0;
}

void errs_sort(struct errs *errs)
{
    sort(errs, by_file);
}

/* Numbers the files in the order in which they come first. */
static void number_files(struct errs *errs)
{
    struct strmap first = STRMAP_INIT; /* file -> the first error in it */

    for (size_t i = 0; i < errs->count; i++) {
        struct err *err = &errs->items[i];
        void **place;
        bool is_new;

        err->group = 0;
        if (!err->file)
            continue;
        place = strmap_put(&first, err->file, strlen(err->file), &is_new);
        if (is_new)
            *place = err;
        err->group = is_new ? first.count : ((struct err *)*place)->group;
    }
    strmap_release(&first);
}

/* The error among the first `count` that this one is the same as; NULL: none. They are sorted. */
static struct err *find_same(struct err *items, size_t count, const struct err *err)
{
    if (!err->line || err->is_apart)
        return NULL;
    while (count-- && !by_group(&items[count], err))
        if (!items[count].is_apart && (items[count].note_count || err->note_count) &&
            !strcmp(items[count].id, err->id))
            return &items[count];
    return NULL;
}

void errs_group(struct errs *errs)
{
    size_t kept = 0;

    number_files(errs);
    sort(errs, by_group);
    for (size_t i = 0; i < errs->count; i++) {
        struct err *err = &errs->items[i], *same = find_same(errs->items, kept, err);

        if (same) {
            same->repeats += err->repeats + 1;
            err_release(err);
        } else {
            errs->items[kept++] = *err;
        }
    }
    errs->count = kept;
}

#include "base/base.h"

#include "base/err.h"
#include "command.h"
#include "text/utf8.h"

enum { SHOWN_MAX = 20 };

static bool use_color(void)
{
    const char *no_color = getenv("NO_COLOR");

    return is_terminal() && !(no_color && *no_color);
}

/* Characters that take two cells of a terminal (East Asian Width W and F, roughly). */
static bool is_wide(uint32_t c)
{
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
           (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x20000 && c <= 0x3FFFD);
}

/* The next character of a text, fit to be shown: nothing that a terminal would obey. */
static size_t next_character(const char *s, size_t len, uint32_t *c)
{
    size_t bytes = utf8_decode(s, len, c);

    if (bytes == 1 && *c >= 0x80) /* not UTF-8 */
        *c = '?';
    else if (*c < 0x20 || (*c >= 0x7F && *c < 0xA0))
        *c = ' ';
    else if ((*c >= 0x2028 && *c <= 0x202E) || (*c >= 0x2066 && *c <= 0x2069))
        *c = '?'; /* it would break the line or turn the direction of writing */
    return bytes;
}

static void put_text(const char *s)
{
    size_t len = strlen(s), bytes;

    for (uint32_t c; len; s += bytes, len -= bytes) {
        bytes = next_character(s, len, &c);
        if (c < 0x80) /* what it is, or what is shown in its place */
            fputc((int)c, stderr);
        else
            fwrite(s, 1, bytes, stderr);
    }
}

/* The line at fault and a caret under the column. */
static void show_excerpt(const struct err *err)
{
    size_t len = strlen(err->excerpt), i = 0;
    unsigned column = 1;

    fputs("  ", stderr);
    put_text(err->excerpt);
    fputs("\n  ", stderr);
    for (; i < len && column < err->excerpt_column; column++) {
        uint32_t c;

        i += next_character(err->excerpt + i, len - i, &c);
        fputs(is_wide(c) ? "  " : " ", stderr);
    }
    fputs("^\n", stderr);
}

static void show_place(const char *file, unsigned line, unsigned column)
{
    put_text(file);
    if (line)
        fprintf(stderr, ":%u:%u", line, column ? column : 1);
}

static void show_notes(const struct err *err)
{
    for (size_t i = 0; i < err->note_count; i++) {
        const struct err_note *note = &err->notes[i];

        fputs("  note: ", stderr);
        put_text(note->message);
        if (note->file) {
            fputc(' ', stderr);
            show_place(note->file, note->line, note->column);
        }
        fputc('\n', stderr);
    }
    if (err->repeats)
        fprintf(stderr, "  note: and %zu more of the same\n", err->repeats);
}

const char *severity_name(enum err_severity severity)
{
    static const char *const names[] = {
        [SEVERITY_ERROR] = "error", [SEVERITY_WARNING] = "warning", [SEVERITY_NOTE] = "note"};

    return names[severity];
}

static void show(const struct err *err, void *ctx)
{
    static const char *const colors[] = {[SEVERITY_ERROR] = "\033[1;31m",
                                         [SEVERITY_WARNING] = "\033[1;35m",
                                         [SEVERITY_NOTE] = "\033[1;36m"};
    const bool *color = ctx;

    if (err->file)
        show_place(err->file, err->line, err->column);
    else
        fputs("juesuan", stderr);
    fprintf(stderr, ": %s%s[%s]:%s ", *color ? colors[err->severity] : "",
            severity_name(err->severity), err->id, *color ? "\033[0m" : "");
    put_text(err->message);
    fputc('\n', stderr);
    if (err->excerpt && *err->excerpt)
        show_excerpt(err);
    if (err->hint) {
        fputs("  ", stderr);
        put_text(err->hint);
        fputc('\n', stderr);
    }
    show_notes(err);
}

/* --- how many --- */

int report_options(const struct command *command, const struct arguments *arguments,
                   struct report_options *out)
{
    const char *format = argument(command, arguments, "format");

    out->json = format && !strcmp(format, "json");
    if (format && !out->json && strcmp(format, "text") != 0) {
        fprintf(stderr, "juesuan %s: --format must be text or json, not '%s'\n", command->name,
                format);
        return -1;
    }
    if (argument_number(command, arguments, "max-errors", 0, ERRS_MAX,
                        out->json ? ERRS_MAX : SHOWN_MAX, &out->max))
        return -1;
    if (!out->max)
        out->max = ERRS_MAX;
    return 0;
}

struct report_counts report_each(struct errs *errs, const struct report_options *options,
                                 void (*each)(const struct err *err, void *ctx), void *ctx)
{
    size_t max = options ? options->max : SHOWN_MAX;
    size_t shown[SEVERITY_COUNT] = {0};
    struct report_counts counts = {0};

    errs_group(errs);
    for (size_t i = 0; i < errs->count; i++) {
        const struct err *err = &errs->items[i];

        counts.files = err->group; /* they are numbered in this order */
        if (shown[err->severity] < max) {
            shown[err->severity]++;
            each(err, ctx);
        }
    }
    for (enum err_severity s = 0; s < SEVERITY_COUNT; s++) {
        counts.all[s] = errs_of(errs, s);
        counts.hidden[s] = counts.all[s] - shown[s];
    }
    counts.cut = errs->dropped > 0;
    return counts;
}

/* "3 errors, 2 warnings and 1 note"; `more` is nothing or "more ". Returns how many there are. */
static size_t show_numbers(const size_t numbers[SEVERITY_COUNT], const char *lead, const char *more)
{
    size_t sum = 0, left = 0;

    for (size_t i = 0; i < SEVERITY_COUNT; i++)
        left += numbers[i] > 0;
    for (enum err_severity s = 0; s < SEVERITY_COUNT; s++) {
        if (!numbers[s])
            continue;
        fprintf(stderr, "%s%zu %s%s%s", sum ? left == 1 ? " and " : ", " : lead, numbers[s], more,
                severity_name(s), numbers[s] == 1 ? "" : "s");
        sum += numbers[s];
        left--;
    }
    return sum;
}

static void show_counts(const struct report_counts *counts)
{
    size_t all = 0;

    if (show_numbers(counts->hidden, "juesuan: and ", "more "))
        fprintf(stderr, "; --max-errors 0 shows %s\n", counts->cut ? "more" : "all");
    for (size_t i = 0; i < SEVERITY_COUNT; i++)
        all += counts->all[i];
    if (all < 2)
        return;
    show_numbers(counts->all, "juesuan: ", "");
    if (counts->files)
        fprintf(stderr, " in %s%zu file%s", counts->cut ? "at least " : "", counts->files,
                counts->files == 1 ? "" : "s");
    fputc('\n', stderr);
}

int report(struct errs *errs, const struct report_options *options)
{
    bool color = use_color();
    struct report_counts counts = report_each(errs, options, show, &color);

    show_counts(&counts);
    return errs_status(errs);
}

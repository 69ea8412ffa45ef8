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

static void show(const struct err *err, void *ctx)
{
    const bool *color = ctx;
    bool warning = err->severity == SEVERITY_WARNING;

    if (err->file)
        show_place(err->file, err->line, err->column);
    else
        fputs("juesuan", stderr);
    fprintf(stderr, ": %s%s[%s]:%s ", *color ? (warning ? "\033[1;35m" : "\033[1;31m") : "",
            warning ? "warning" : "error", err->id, *color ? "\033[0m" : "");
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
    size_t shown[] = {[SEVERITY_ERROR] = 0, [SEVERITY_WARNING] = 0};
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
    counts.errors = errs_count(errs);
    counts.warnings = errs_warnings(errs);
    counts.hidden_errors = counts.errors - shown[SEVERITY_ERROR];
    counts.hidden_warnings = counts.warnings - shown[SEVERITY_WARNING];
    counts.cut = errs->dropped > 0;
    return counts;
}

/* "3 errors and 1 warning"; `more` is nothing or "more ". */
static void show_numbers(size_t errors, size_t warnings, const char *more)
{
    if (errors)
        fprintf(stderr, "%zu %serror%s", errors, more, errors == 1 ? "" : "s");
    if (errors && warnings)
        fputs(" and ", stderr);
    if (warnings)
        fprintf(stderr, "%zu %swarning%s", warnings, more, warnings == 1 ? "" : "s");
}

static void show_counts(const struct report_counts *counts)
{
    if (counts->hidden_errors || counts->hidden_warnings) {
        fputs("juesuan: and ", stderr);
        show_numbers(counts->hidden_errors, counts->hidden_warnings, "more ");
        fprintf(stderr, "; --max-errors 0 shows %s\n", counts->cut ? "more" : "all");
    }
    if (counts->errors + counts->warnings < 2)
        return;
    fputs("juesuan: ", stderr);
    show_numbers(counts->errors, counts->warnings, "");
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

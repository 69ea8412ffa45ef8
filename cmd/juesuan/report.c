#include "base/base.h"

#include "base/err.h"
#include "cells.h"
#include "command.h"

enum { SHOWN_MAX = 20 };

static bool use_color(void)
{
    const char *no_color = getenv("NO_COLOR");

    return is_terminal() && !(no_color && *no_color);
}

/* The line at fault and a caret under the column. */
static void show_excerpt(const struct err *err)
{
    size_t len = strlen(err->excerpt), i = 0;
    unsigned column = 1;

    fputs("  ", stderr);
    cells_put(stderr, err->excerpt);
    fputs("\n  ", stderr);
    for (; i < len && column < err->excerpt_column; column++) {
        uint32_t c;

        i += cells_next(err->excerpt + i, len - i, &c);
        fputs(cells_is_wide(c) ? "  " : " ", stderr);
    }
    fputs("^\n", stderr);
}

static void show_place(const char *file, unsigned line, unsigned column)
{
    cells_put(stderr, file);
    if (line)
        fprintf(stderr, ":%u:%u", line, column ? column : 1);
}

static void show_notes(const struct err *err)
{
    for (size_t i = 0; i < err->note_count; i++) {
        const struct err_note *note = &err->notes[i];

        fputs("  note: ", stderr);
        cells_put(stderr, note->message);
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
    cells_put(stderr, err->message);
    fputc('\n', stderr);
    if (err->excerpt && *err->excerpt)
        show_excerpt(err);
    if (err->hint) {
        fputs("  ", stderr);
        cells_put(stderr, err->hint);
        fputc('\n', stderr);
    }
    show_notes(err);
}

/* --- how many --- */

/* Says which formats there are. */
static void refuse_format(const struct command *command, const char *const *formats,
                          const char *format)
{
    fprintf(stderr, "juesuan %s: --format must be ", command->name);
    for (size_t i = 0; formats[i]; i++)
        fprintf(stderr, "%s%s", !i ? "" : formats[i + 1] ? ", " : " or ", formats[i]);
    fprintf(stderr, ", not '%s'\n", format);
}

int report_format(const struct command *command, const struct arguments *arguments,
                  const char *const *formats, struct report_options *out)
{
    const char *format = argument(command, arguments, "format");
    int found = 0;

    while (format && formats[found] && strcmp(formats[found], format) != 0)
        found++;
    if (!formats[found]) {
        refuse_format(command, formats, format);
        return -1;
    }
    out->json = !strcmp(formats[found], "json");
    if (argument_number(command, arguments, "max-errors", 0, ERRS_MAX,
                        out->json ? ERRS_MAX : SHOWN_MAX, &out->max))
        return -1;
    if (!out->max)
        out->max = ERRS_MAX;
    return found;
}

int report_options(const struct command *command, const struct arguments *arguments,
                   struct report_options *out)
{
    static const char *const formats[] = {"text", "json", NULL};

    return report_format(command, arguments, formats, out) < 0 ? -1 : 0;
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

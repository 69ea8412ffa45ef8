#include "base/base.h"

#include "base/err.h"
#include "command.h"
#include "text/utf8.h"

static bool use_color(void)
{
    const char *no_color = getenv("NO_COLOR");

    return isatty(STDERR_FILENO) && !(no_color && *no_color);
}

/* Characters that take two cells of a terminal (East Asian Width W and F, roughly). */
static bool is_wide(uint32_t c)
{
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
           (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x20000 && c <= 0x3FFFD);
}

/* The line at fault and a caret under the column. */
static void show_excerpt(const struct err *err)
{
    size_t len = strlen(err->excerpt), i = 0;
    unsigned column = 1;

    fputs("  ", stderr);
    for (const char *p = err->excerpt; *p; p++)
        fputc((unsigned char)*p < 0x20 || *p == 0x7F ? ' ' : *p, stderr);
    fputs("\n  ", stderr);
    for (; i < len && column < err->excerpt_column; column++) {
        uint32_t c;

        i += utf8_decode(err->excerpt + i, len - i, &c);
        fputs(is_wide(c) ? "  " : " ", stderr);
    }
    fputs("^\n", stderr);
}

static void show(const struct err *err, bool color)
{
    bool warning = err->severity == SEVERITY_WARNING;

    if (err->file) {
        fputs(err->file, stderr);
        if (err->line)
            fprintf(stderr, ":%u:%u", err->line, err->column ? err->column : 1);
    } else {
        fputs("juesuan", stderr);
    }
    fprintf(stderr, ": %s%s[%s]:%s %s\n", color ? (warning ? "\033[1;35m" : "\033[1;31m") : "",
            warning ? "warning" : "error", err->id, color ? "\033[0m" : "", err->message);
    if (err->excerpt && *err->excerpt)
        show_excerpt(err);
    if (err->hint)
        fprintf(stderr, "  %s\n", err->hint);
}

int report(const struct errs *errs)
{
    bool color = use_color();

    for (size_t i = 0; i < errs->count; i++)
        show(&errs->items[i], color);
    if (errs->dropped)
        fprintf(stderr, "juesuan: and %zu more\n", errs->dropped);
    return errs_status(errs);
}

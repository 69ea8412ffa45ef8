#include "base/base.h"

#include "base/err.h"
#include "command.h"
#include "text/utf8.h"

static bool use_color(void)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

    return isatty(STDERR_FILENO) && !(no_color && *no_color) && !(term && !strcmp(term, "dumb"));
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
    return bytes;
}

static void put_text(const char *s)
{
    size_t len = strlen(s), bytes;

    for (uint32_t c; len; s += bytes, len -= bytes) {
        bytes = next_character(s, len, &c);
        if (c < 0x80)
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

static void show(const struct err *err, bool color)
{
    bool warning = err->severity == SEVERITY_WARNING;

    put_text(err->file ? err->file : "juesuan");
    if (err->file && err->line)
        fprintf(stderr, ":%u:%u", err->line, err->column ? err->column : 1);
    fprintf(stderr, ": %s%s[%s]:%s ", color ? (warning ? "\033[1;35m" : "\033[1;31m") : "",
            warning ? "warning" : "error", err->id, color ? "\033[0m" : "");
    put_text(err->message);
    fputc('\n', stderr);
    if (err->excerpt && *err->excerpt)
        show_excerpt(err);
    if (err->hint) {
        fputs("  ", stderr);
        put_text(err->hint);
        fputc('\n', stderr);
    }
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

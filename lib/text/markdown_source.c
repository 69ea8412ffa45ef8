#include "base/base.h"

#include "text/markdown_source.h"

#include "base/err.h"
#include "text/utf8.h"

int markdown_check_bytes(const char *file, const char *text, size_t len, struct errs *errs)
{
    size_t bad = utf8_check(text, len);
    const char *nul = memchr(text, '\0', len);
    struct err *err;

    if (bad < len) {
        err = errs_add(errs, ERR_CONTENT, "invalid-utf8", "this is not UTF-8");
        err_at_offset(err, file, text, len, bad);
        err_hint(err, "save the file in the encoding UTF-8 (often it is GBK)");
    } else if (utf8_has_mark(text, len)) {
        err = errs_add(errs, ERR_CONTENT, "byte-order-mark",
                       "the file begins with a byte order mark");
        err_at_offset(err, file, text, len, 0);
        err_hint(err, UTF8_MARK_HINT);
    } else if (nul) {
        err = errs_add(errs, ERR_CONTENT, "nul-character", "the character U+0000 is not allowed");
        err_at_offset(err, file, text, len, (size_t)(nul - text));
    } else {
        return 0;
    }
    return -1;
}

/* Where the line ends that begins at `start`. */
static size_t line_end(const char *text, size_t start, size_t to)
{
    while (start < to && text[start] != '\n' && text[start] != '\r')
        start++;
    return start;
}

/* Where the line goes on behind spaces and the marks of a quote. */
static size_t line_inside(const char *text, size_t start, size_t end)
{
    while (start < end && strchr(" \t>", text[start]))
        start++;
    return start;
}

/* |---|:--:| */
static bool is_rule(const char *line, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!strchr("|-: \t", line[i]))
            return false;
    return len && memchr(line, '|', len) && memchr(line, '-', len);
}

size_t markdown_find_table(const char *text, size_t from, size_t to)
{
    size_t head = to; /* of the line before, when it may be the head of a table */

    for (size_t start = from, end; start < to; start = end + 1) {
        size_t inside;

        end = line_end(text, start, to);
        inside = line_inside(text, start, end);
        if (head < to && is_rule(text + inside, end - inside))
            return head;
        if (end == start && start > from && text[start - 1] == '\r')
            continue; /* CR LF ends one line */
        head = memchr(text + inside, '|', end - inside) ? inside : to;
    }
    return to;
}

#include "base/base.h"

#include "model/source_text.h"

#include "base/err.h"
#include "base/strbuf.h"

struct err *source_error(struct errs *errs, const struct source_text *source, struct place at,
                         const char *id, const char *format, ...)
{
    struct strbuf message = STRBUF_INIT;
    size_t line_start = at.offset;
    struct err *err;
    va_list args;

    va_start(args, format);
    strbuf_vaddf(&message, format, args);
    va_end(args);
    err = errs_add(errs, ERR_CONTENT, id, "%s", message.buf);
    strbuf_release(&message);
    if (at.line) { /* the line is known: a file of many mistakes is not counted through for each */
        while (line_start && source->text[line_start - 1] != '\n')
            line_start--;
        err_at_offset(err, source->path, source->text + line_start, source->len - line_start,
                      at.offset - line_start);
        err->line = at.line;
    } else {
        err_at(err, source->path, 0, 0);
    }
    return err;
}

#include "base/base.h"

#include "history/told.h"

const char *item_place(const struct item *item)
{
    const char *slash = strrchr(item->address, '/');

    if (item->is_figure || (item->table && slash))
        while (slash > item->address && *--slash != '/')
            ;
    return slash ? slash + 1 : item->address;
}

void item_add_shown(const struct item *item, struct strbuf *out)
{
    if (item && item->is_figure)
        quantity_add_shown(&item->value, out);
    else if (item)
        strbuf_adds(out, item->shown);
}

bool change_is_renamed(const struct change *change)
{
    const struct item *old = change->old, *new = change->new;
    const char *title = old && old->scope_title ? old->scope_title : "";

    return old && new && old->scope &&new->scope &&new->scope_title &&
           (strcmp(old->scope, new->scope) != 0 || strcmp(title, new->scope_title) != 0);
}

/* The length of the first line, or of the last, with its end. */
static size_t line_length(const struct text_lines *text, bool last)
{
    size_t len = 0;

    if (!last)
        return text->len ? strcspn(text->s, "\n") + 1 : 0;
    while (len < text->len && (!len || text->s[text->len - 1 - len] != '\n'))
        len++;
    return len;
}

/* Takes the lines off that both begin or end with. */
static void trim(struct text_lines *a, struct text_lines *b)
{
    for (int last = 0; last < 2; last++)
        for (;;) {
            size_t len = line_length(a, last);

            if (!len || len != line_length(b, last) ||
                memcmp(a->s + (last ? a->len - len : 0), b->s + (last ? b->len - len : 0), len) !=
                    0)
                break;
            a->len -= len;
            b->len -= len;
            if (!last) {
                a->s += len;
                b->s += len;
            }
        }
}

void change_lines(const struct change *change, struct strbuf *old_text, struct strbuf *new_text,
                  struct text_lines *old, struct text_lines *new)
{
    if (change->old)
        strbuf_addf(old_text, "%s\n", change->old->shown);
    if (change->new)
        strbuf_addf(new_text, "%s\n", change->new->shown);
    *old = (struct text_lines){old_text->buf, old_text->len};
    *new = (struct text_lines){new_text->buf, new_text->len};
    trim(old, new);
}

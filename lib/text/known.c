#include "base/base.h"

#include "text/known.h"

#include "base/err.h"

enum { LIST_MAX = 12 }; /* more names are no help */

struct known known_start(const char *wanted, size_t len)
{
    struct known known = {.list = STRBUF_INIT};

    suggest_start(&known.near, wanted, len);
    return known;
}

void known_offer(struct known *known, const char *name)
{
    if (!name)
        return;
    suggest_offer(&known->near, name);
    if (known->count++ < LIST_MAX)
        strbuf_addf(&known->list, "%s%s", known->list.len ? ", " : "", name);
}

void known_hint(struct known *known, struct err *err)
{
    if (known->near.name)
        err_hint(err, "did you mean '%s'?", known->near.name);
    else if (!known->open && known->count && known->count <= LIST_MAX)
        err_hint(err, "known: %s", known->list.buf);
    strbuf_release(&known->list);
}

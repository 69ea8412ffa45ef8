#include "base/base.h"

#include "import/lead.h"

#include "import/clean.h"
#include "text/utf8.h"

enum { SENTENCE_BYTES = 3000 };

/* Where the sentence of a place begins, `from` at the earliest. */
static size_t after_stop(const char *text, size_t from, size_t at)
{
    static const char *const stops[] = {"。", "；", ";", "\n"};

    for (size_t start = at; start > from; start--)
        for (size_t i = 0; i < ARRAY_SIZE(stops); i++)
            if (clean_ends(text, start, stops[i]))
                return start;
    return from;
}

const char *lead_sentence(const struct draft *d, const struct passage *passage, size_t index)
{
    size_t at = d->ledger->entries[passage->first + index].number.start;
    size_t start = after_stop(passage->text, utf8_back(passage->text, at, SENTENCE_BYTES), at);

    return arena_strndup(d->scratch, passage->text + start, at - start);
}

const char *lead_of(const struct draft *d, const struct passage *passage, size_t index)
{
    size_t at = d->ledger->entries[passage->first + index].number.start, start = 0;

    for (size_t i = index; i && !start; i--) {
        const struct number *n = &d->ledger->entries[passage->first + i - 1].number;

        if (n->class == NUMBER_FIGURE && n->unit_end <= at)
            start = n->unit_end;
    }
    start = after_stop(passage->text, start, at);
    return arena_strndup(d->scratch, passage->text + start, at - start);
}

const char *lead_after(const struct draft *d, const struct passage *passage, size_t index)
{
    static const char *const stops[] = {"，", "。", "；", "、", ";", ",", "\n", "：", "）"};
    size_t start = d->ledger->entries[passage->first + index].number.unit_end, end = start;

    for (; passage->text[end]; end++) {
        for (size_t i = 0; i < ARRAY_SIZE(stops); i++)
            if (clean_begins(passage->text + end, stops[i]))
                return arena_strndup(d->scratch, passage->text + start, end - start);
        if (passage->text[end] >= '0' && passage->text[end] <= '9')
            break;
    }
    return arena_strndup(d->scratch, passage->text + start, end - start);
}

#include "base/base.h"

#include "site/view_trend.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "check/difference.h"
#include "check/number.h"

enum { WIDTH = 64, HEIGHT = 16, MARGIN = 1 };
enum { DRAWN_FROM = 3 }; /* a line between two numbers says no more than they do */

static struct text text_in(struct arena *arena, struct strbuf *sb)
{
    struct text text = text_of(arena_strndup(arena, sb->buf, sb->len));

    strbuf_release(sb);
    return text;
}

static void add_change(const struct quantity *new, const struct quantity *old, struct arena *arena,
                       struct view_trend *trend)
{
    struct strbuf difference = STRBUF_INIT, percent = STRBUF_INIT;

    if (difference_shown(old, new, &difference))
        trend->difference = text_in(arena, &difference);
    if (difference_percent_shown(old, new, &percent))
        trend->percent = text_in(arena, &percent);
}

struct range {
    wide low, high;
    size_t count;
};

static void widen(struct range *range, const struct number *n)
{
    if (!range->count++)
        range->low = range->high = n->units;
    if (n->units < range->low)
        range->low = n->units;
    if (n->units > range->high)
        range->high = n->units;
}

/* How far down a number is drawn; all the same: in the middle. */
static unsigned height_of(const struct range *range, const struct number *n)
{
    wide span = range->high - range->low, steps = HEIGHT - 2 * MARGIN;
    wide above = range->high - n->units;

    if (!span)
        return HEIGHT / 2;
    /* numbers have 38 digits at most, and so few steps need no more than two */
    return MARGIN + (unsigned)(span > ((wide)1 << 120) ? above / (span / steps)
                                                       : (above * steps + span / 2) / span);
}

struct view_trend *view_trend_make(const struct view_cell *cells, size_t count, struct arena *arena)
{
    struct number *numbers = arena_alloc(arena, count * sizeof(*numbers));
    bool *stated = arena_alloc(arena, count * sizeof(*stated));
    struct range range = {0};
    struct view_trend *trend;
    struct strbuf sb = STRBUF_INIT;

    for (size_t i = 0; i < count; i++) {
        stated[i] = number_of(&cells[i].value, 0, &numbers[i]);
        if (stated[i])
            widen(&range, &numbers[i]);
    }
    if (range.count < 2)
        return NULL;
    trend = arena_zalloc(arena, 1, sizeof(*trend));
    for (size_t i = count; i-- > 0;) /* the oldest first */
        if (stated[i] && range.count >= DRAWN_FROM)
            strbuf_addf(&sb, "%s%zu,%u", sb.len ? " " : "",
                        MARGIN + (count - 1 - i) * (WIDTH - 2 * MARGIN) / (count - 1),
                        height_of(&range, &numbers[i]));
    if (sb.len)
        trend->points = text_in(arena, &sb);
    add_change(&cells[0].value, &cells[1].value, arena, trend);
    return trend;
}

#include "base/base.h"

#include "search/fold.h"

#include "base/mem.h"
#include "text/utf8.h"

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_ascii_word(uint32_t c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z');
}

static uint32_t fold_width_and_case(uint32_t c)
{
    c = utf8_half_width(c);
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* Whether a character, folded already, divides runs wherever it stands. */
static bool divides(uint32_t c)
{
    if (c < 0x80)
        return !is_ascii_word(c) && (!c || !strchr("%+-/_&@", (int)c));
    return c <= 0xBF || (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) ||
           (c >= 0xFE10 && c <= 0xFE6F) || c == 0xFEFF || c == 0xFF5F || c == 0xFF60;
}

/* Characters before and behind, 0 beyond the text. */
struct window {
    uint32_t before, c, after[4];
};

static bool is_thousands_comma(const struct window *w)
{
    return w->c == ',' && is_digit(w->before) && is_digit(w->after[0]) && is_digit(w->after[1]) &&
           is_digit(w->after[2]) && !is_digit(w->after[3]);
}

static bool is_inner_point(const struct window *w)
{
    return fold_width_and_case(w->c) == '.' && is_ascii_word(fold_width_and_case(w->before)) &&
           is_ascii_word(fold_width_and_case(w->after[0]));
}

static void add_unit(struct units *out, uint32_t unit)
{
    MEM_GROW(out->items, out->count, out->cap);
    out->items[out->count++] = (uint16_t)unit;
}

static void add_character(struct units *out, uint32_t c)
{
    if (c < 0x10000) {
        add_unit(out, c);
        return;
    }
    add_unit(out, 0xD800 + ((c - 0x10000) >> 10));
    add_unit(out, 0xDC00 + ((c - 0x10000) & 0x3FF));
}

static void end_run(struct units *out, size_t begin)
{
    if (out->count > begin && out->items[out->count - 1])
        add_unit(out, 0);
}

void fold_add(struct units *out, const char *s, size_t len)
{
    struct window w = {0};
    size_t begin = out->count, next = 0;

    for (size_t i = 0; i < ARRAY_SIZE(w.after) && next < len; i++)
        next += utf8_decode(s + next, len - next, &w.after[i]);
    while (w.after[0]) {
        w.before = w.c;
        w.c = w.after[0];
        memmove(w.after, w.after + 1, sizeof(w.after) - sizeof(w.after[0]));
        w.after[ARRAY_SIZE(w.after) - 1] = 0;
        if (next < len)
            next += utf8_decode(s + next, len - next, &w.after[ARRAY_SIZE(w.after) - 1]);
        if (is_inner_point(&w))
            add_character(out, '.');
        else if (divides(fold_width_and_case(w.c)) && !is_thousands_comma(&w))
            end_run(out, begin);
        else if (!is_thousands_comma(&w))
            add_character(out, fold_width_and_case(w.c));
    }
    end_run(out, begin);
}

void units_release(struct units *units)
{
    free(units->items);
    *units = (struct units)UNITS_INIT;
}

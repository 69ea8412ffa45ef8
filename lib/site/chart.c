#include "base/base.h"

#include "site/chart.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "text/utf8.h"

static const char *kept(struct arena *arena, struct strbuf *sb)
{
    const char *s = sb->len ? arena_strndup(arena, sb->buf, sb->len) : NULL;

    strbuf_release(sb);
    return s;
}

/* --- what is in it --- */

void chart_init(struct chart *c, const struct theme *theme, struct arena *arena, const char *id,
                enum theme_word question, enum theme_word description)
{
    *c = (struct chart){.arena = arena, .theme = theme, .words = amount_words_of(theme)};
    c->view.id = text_of(id);
    c->view.question = text_of(theme_word(theme, question));
    c->view.description = text_of(theme_word(theme, description));
    c->view.keys.items = arena_zalloc(arena, CHART_SERIES, sizeof(*c->view.keys.items));
}

void chart_key(struct chart *c, const char *label)
{
    struct view_chart_key *key = &c->view.keys.items[c->view.keys.count++];

    key->series = (struct integer){(int64_t)c->view.keys.count, true, {0, 0}};
    key->text = arena_zalloc(c->arena, 1, sizeof(*key->text));
    key->text->text = text_of(label);
}

void chart_head(struct chart *c, const char *label)
{
    ARENA_GROW(c->arena, c->view.heads.items, c->view.heads.count, c->head_cap);
    c->view.heads.items[c->view.heads.count++] = (struct view_link){.label = text_of(label)};
}

void chart_source(struct chart *c, const char *anchor, const struct text *title)
{
    c->view.source = text_of(anchor);
    c->view.source_title = theme_phrase(c->theme, title);
}

struct chart_row *chart_row(struct chart *c, const struct text *label, size_t count)
{
    struct chart_row *row;

    ARENA_GROW(c->arena, c->rows, c->count, c->cap);
    row = &c->rows[c->count++];
    *row = (struct chart_row){.label = theme_phrase(c->theme, label),
                              .count = count,
                              .values = arena_zalloc(c->arena, count, sizeof(*row->values))};
    return row;
}

void chart_take_back(struct chart *c)
{
    c->count--;
}

/* What stands in the picture: an amount in words, else the number, and % behind a percentage. */
static const char *words_of(const struct chart *c, const struct quantity *q, wide units)
{
    struct strbuf sb = STRBUF_INIT;

    if (q->measure == MEASURE_AMOUNT)
        amount_add_words(&c->words, units, &sb);
    else
        quantity_add_shown(q, &sb);
    if (q->measure == MEASURE_PERCENT)
        strbuf_addch(&sb, '%');
    return kept(c->arena, &sb);
}

struct chart_value chart_value(const struct chart *c, const struct quantity *q, unsigned series)
{
    struct chart_value value = {.is_given = true, .series = series};
    struct strbuf exact = STRBUF_INIT;
    struct number n;

    if (q)
        quantity_add_shown(q, &exact);
    value.exact = kept(c->arena, &exact);
    value.words = value.exact ? value.exact : theme_word(c->theme, WORD_absent);
    if (!q || !number_of(q, 0, &n))
        return value;
    value.is_stated = true;
    value.units = n.units;
    if (q->measure == MEASURE_PERCENT || q->measure == MEASURE_AMOUNT) /* points need none */
        value.unit = q->measure == MEASURE_PERCENT ? "%" : q->unit;
    value.words = words_of(c, q, n.units);
    return value;
}

struct chart_value chart_computed(const struct chart *c, wide units, const char *unit,
                                  unsigned decimals, unsigned series)
{
    struct chart_value value = {.is_given = true,
                                .is_stated = true,
                                .is_computed = true,
                                .units = units,
                                .series = series,
                                .unit = unit};
    struct strbuf exact = STRBUF_INIT, words = STRBUF_INIT;
    struct decimal d;

    number_add_text(units, unit, decimals, &exact);
    exact.len = strcspn(exact.buf, " "); /* without the unit */
    if (!decimal_parse(exact.buf, exact.len, &d)) {
        strbuf_clear(&exact);
        decimal_format_grouped(d, &exact);
    }
    amount_add_words(&c->words, units, &words);
    value.exact = kept(c->arena, &exact);
    value.words = kept(c->arena, &words);
    return value;
}

size_t chart_stated(const struct chart *c)
{
    size_t count = 0;

    for (size_t i = 0; i < c->count; i++)
        for (size_t j = 0; j < c->rows[i].count; j++)
            count += c->rows[i].values[j].is_stated;
    return count;
}

/* --- geometry --- */

/* Written by hand: there are hundreds of them on a page. */
static struct text one_decimal(struct arena *arena, unsigned n, const char *unit)
{
    char text[16]; /* filled from its end: ten digits, a point and "em" at most */
    size_t at = sizeof(text), len = strlen(unit);
    unsigned whole = n / 10;

    memcpy(text + (at -= len), unit, len);
    if (n % 10) {
        text[--at] = (char)('0' + n % 10);
        text[--at] = '.';
    }
    do
        text[--at] = (char)('0' + whole % 10);
    while (whole /= 10);
    return (struct text){
        arena_strndup(arena, text + at, sizeof(text) - at), (uint32_t)(sizeof(text) - at), {0, 0}};
}

struct text chart_across(struct arena *arena, unsigned per_mille)
{
    return one_decimal(arena, per_mille, "%");
}

struct text chart_down(struct arena *arena, unsigned tenths)
{
    return one_decimal(arena, tenths, "em");
}

void chart_range(struct chart *c)
{
    for (size_t i = 0; i < c->count; i++)
        for (size_t j = 0; j < c->rows[i].count; j++) {
            const struct chart_value *value = &c->rows[i].values[j];

            if (!value->is_stated)
                continue;
            if (value->units < c->low)
                c->low = value->units;
            if (value->units > c->high)
                c->high = value->units;
        }
}

unsigned chart_place(const struct chart *c, wide units, unsigned room)
{
    /* amounts have 29 digits at most, others less: the product fits */
    wide span = c->high - c->low;

    return span ? (unsigned)(((units - c->low) * (wide)room + span / 2) / span) : 0;
}

/* --- letters --- */

enum { WIDE_LETTER = 10, NARROW_LETTER = 6, FIRST_WIDE = 0x2000 };

static unsigned letter_width(uint32_t letter)
{
    return letter < FIRST_WIDE ? NARROW_LETTER : WIDE_LETTER;
}

unsigned chart_text_width(const char *s, size_t len)
{
    unsigned width = 0;
    uint32_t letter;

    for (size_t at = 0; at < len;) {
        at += utf8_decode(s + at, len - at, &letter);
        width += letter_width(letter);
    }
    return width;
}

/* What no line begins with. */
static bool is_closing(uint32_t letter)
{
    static const uint32_t closing[] = {0x3001, 0x3002, 0x300b, 0x300d, 0x300f, 0x3011, 0x2019,
                                       0x201d, 0xff01, 0xff09, 0xff0c, 0xff1a, 0xff1b, 0xff1f};

    for (size_t i = 0; i < ARRAY_SIZE(closing); i++)
        if (closing[i] == letter)
            return true;
    return false;
}

size_t chart_line_break(const char *s, size_t len, unsigned room)
{
    size_t at = 0, last = 0; /* where the line may end */
    uint32_t before = ' ', letter;
    unsigned width = 0;

    while (at < len) {
        size_t bytes = utf8_decode(s + at, len - at, &letter);
        bool in_word = before < FIRST_WIDE && before != ' ' && letter < FIRST_WIDE && letter != ' ';

        if (at && !in_word && !is_closing(letter))
            last = at;
        width += letter_width(letter);
        if (width > room && letter != ' ' && at)
            return last ? last : at;
        before = letter;
        at += bytes;
    }
    return len;
}

struct view_chart_text *chart_text(struct view_chart_row *row, struct text x, struct text y,
                                   struct text text)
{
    struct view_chart_text *to = &row->texts.items[row->texts.count++];

    *to = (struct view_chart_text){.x = x, .y = y, .text = text};
    return to;
}

enum { BASELINE = 11, INDENT = 10 };

static size_t count_lines(const struct chart_row *from)
{
    size_t count = 0, len = from->label.len;

    for (const char *s = from->label.s; len; count++) {
        size_t line = chart_line_break(s, len, CHART_PHONE - from->indent * INDENT);

        s += line;
        len -= line;
    }
    return count;
}

void chart_label(struct chart *c, const struct chart_row *from, struct view_chart_row *row)
{
    const char *s = from->label.s;
    size_t len = from->label.len, line;
    unsigned x = from->indent * INDENT;

    for (; len; s += line, len -= line) {
        size_t shown = line = chart_line_break(s, len, CHART_PHONE - x);

        while (shown && s[shown - 1] == ' ')
            shown--;
        chart_text(row, chart_down(c->arena, x), chart_down(c->arena, c->y + BASELINE),
                   text_of(arena_strndup(c->arena, s, shown)))
            ->strong.value = from->is_heading;
        c->y += CHART_LINE;
    }
}

/* --- the view --- */

static struct view_chart_value value_view(const struct chart_value *value)
{
    struct view_chart_value view = {.exact = text_of(value->exact),
                                    .unit = text_of(value->unit),
                                    .words = text_of(value->words)};

    view.computed.value = value->is_computed;
    return view;
}

struct view_chart_row *chart_view_row(struct chart *c, const struct chart_row *from)
{
    struct view_chart_row *row = &c->view.rows.items[c->view.rows.count++];
    size_t texts = count_lines(from) + 2 * from->count;

    row->label = from->label;
    row->heading.value = from->is_heading;
    row->values.items = arena_zalloc(c->arena, from->count, sizeof(*row->values.items));
    row->texts.items = arena_alloc(c->arena, texts * sizeof(*row->texts.items));
    row->bars.items = arena_alloc(c->arena, from->count * sizeof(*row->bars.items));
    row->dots.items = arena_alloc(c->arena, from->count * sizeof(*row->dots.items));
    row->lines.items = arena_alloc(c->arena, (from->count + 2) * sizeof(*row->lines.items));
    for (size_t i = 0; i < from->count; i++) {
        if (!from->values[i].is_given)
            continue;
        row->values.items[row->values.count] = value_view(&from->values[i]);
        if (i < c->view.heads.count)
            row->values.items[row->values.count].label = c->view.heads.items[i].label;
        row->values.count++;
        c->view.computed.value |= from->values[i].is_computed;
    }
    return row;
}

void chart_name_highest(struct chart *c)
{
    const struct chart_row *highest = NULL;

    for (size_t i = 0; i < c->count; i++) {
        const struct chart_row *row = &c->rows[i];

        if (row->count && row->values[0].is_stated &&
            (!highest || row->values[0].units > highest->values[0].units))
            highest = row;
    }
    if (!highest)
        return;
    c->view.highest = arena_alloc(c->arena, sizeof(*c->view.highest));
    *c->view.highest = value_view(&highest->values[0]);
    c->view.highest->label = highest->label;
}

enum { SWATCH = 14, SWATCH_GAP = 4, KEY_GAP = 10 };

/* The keys stand side by side, as many as there is room for. */
static void place_keys(struct chart *c)
{
    unsigned x = 0;

    for (size_t i = 0; i < c->view.keys.count; i++) {
        struct view_chart_key *key = &c->view.keys.items[i];
        unsigned width =
            SWATCH + SWATCH_GAP + chart_text_width(key->text->text.s, key->text->text.len);

        if (x && x + width > CHART_PHONE) {
            x = 0;
            c->y += CHART_LINE;
        }
        key->x = chart_down(c->arena, x);
        key->y = chart_down(c->arena, c->y + (CHART_LINE - CHART_BAR) / 2);
        key->text->x = chart_down(c->arena, x + SWATCH + SWATCH_GAP);
        key->text->y = chart_down(c->arena, c->y + BASELINE);
        x += width + KEY_GAP;
    }
    if (c->view.keys.count)
        c->y += CHART_LINE + CHART_GAP;
}

bool chart_begin(struct chart *c)
{
    chart_range(c);
    if (chart_stated(c) < 2 || c->low == c->high)
        return false;
    c->view.rows.items = arena_zalloc(c->arena, c->count, sizeof(*c->view.rows.items));
    c->view.guides.items = arena_zalloc(c->arena, 2, sizeof(*c->view.guides.items));
    place_keys(c);
    return true;
}

void chart_guide(struct chart *c, wide units, unsigned top, unsigned bottom)
{
    struct view_chart_line *line = &c->view.guides.items[c->view.guides.count++];
    struct text x = chart_across(c->arena, chart_place(c, units, CHART_BARS));

    *line = (struct view_chart_line){
        .x1 = x, .y1 = chart_down(c->arena, top), .x2 = x, .y2 = chart_down(c->arena, bottom)};
    line->axis.value = !units;
}

void chart_end(struct chart *c, struct view_chart *out)
{
    c->view.height = chart_down(c->arena, c->y);
    *out = c->view;
}

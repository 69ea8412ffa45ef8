/*
 * chart: a picture of figures, made out of rows that are given one by one. Private to lib/site.
 *
 *     struct chart c;
 *     chart_init(&c, theme, arena, "uses", WORD_chart_uses, WORD_chart_uses_read);
 *     struct chart_row *row = chart_row(&c, &label, 1);
 *     row->values[0] = chart_amount(&c, quantity, 1);
 *     chart_bars(&c, &view);
 *
 * There is no width: across, places are parts of whatever room there is, in per mille; down, and
 * where letters count, they are in tenths of the height of letters. So letters are as large on a
 * phone as on paper, and nothing is measured in a browser. All is integers until it is written as
 * "12.5%" and "1.4em".
 *
 * What is absent is not zero: it has no bar, and a word says so. A value may be negative, and more
 * than the whole that it is a part of: the room always reaches from the least to the most. Values
 * are those of quantities that were loaded, whose sums and ranges fit (see model/quantity.h).
 *
 * Depends on base, text, model, check/number.h, site/theme.h, site/amount.h.
 */
#ifndef SITE_CHART_H
#define SITE_CHART_H

#include "check/number.h"
#include "site/amount.h"
#include "site/theme.h"
#include "site/views.h"

struct arena;

/* Per mille of the width: where bars end, for their values stand behind them. Tenths of the height
 * of letters: a line of text, the width that is there on a phone, a bar, the room between rows. */
enum { CHART_WIDTH = 1000, CHART_BARS = 560 };
enum { CHART_LINE = 14, CHART_PHONE = 200, CHART_BAR = 9, CHART_BAR_STEP = 13, CHART_GAP = 6 };
enum { CHART_SERIES = 4 };

/* A value of a row: all zero when there is none. */
struct chart_value {
    bool is_given;    /* there is something to say, if only that it is absent */
    bool is_stated;   /* there is a number to draw */
    bool is_computed; /* by us */
    wide units;
    unsigned series; /* which pattern: 1 to CHART_SERIES */
    const char *exact, *unit, *words;
};

struct chart_row {
    struct text label;
    unsigned indent; /* how often */
    bool is_heading;
    size_t count; /* of the values */
    struct chart_value *values;
};

struct chart {
    struct arena *arena;
    const struct theme *theme;
    struct amount_words words;
    struct view_chart view;
    struct chart_row *rows;
    size_t count, cap, head_cap;
    wide low, high; /* what is shown at least; 0, 0 at first */
    wide whole;     /* where there is a guide; 0: nowhere */
    unsigned y;     /* how far down it is drawn */
};

void chart_init(struct chart *c, const struct theme *theme, struct arena *arena, const char *id,
                enum theme_word question, enum theme_word description);
/* A pattern's meaning, in order, or the name of a column of values. */
void chart_key(struct chart *c, const char *label);
void chart_head(struct chart *c, const char *label);
/* Where the figures are on the page. */
void chart_source(struct chart *c, const char *anchor, const struct text *title);
/* A row, called so in the language, with room for that many values; none for a heading. Valid until
 * the next is made. */
struct chart_row *chart_row(struct chart *c, const struct text *label, size_t count);
/* A row that says nothing is taken back, the last one. */
void chart_take_back(struct chart *c);

/* A value of a quantity, which may be NULL: an amount in words, a percentage, or points. */
struct chart_value chart_value(const struct chart *c, const struct quantity *q, unsigned series);
/* An amount that the document does not state, to be written in a unit with so many decimals. */
struct chart_value chart_computed(const struct chart *c, wide units, const char *unit,
                                  unsigned decimals, unsigned series);

/* Has the description of the picture name the row whose first value is the highest. */
void chart_name_highest(struct chart *c);

/* How many values there are to draw. */
size_t chart_stated(const struct chart *c);

/* --- for those who draw --- */

/* "12.5%", "1.4em" */
struct text chart_across(struct arena *arena, unsigned per_mille);
struct text chart_down(struct arena *arena, unsigned tenths);
/* Where a value is, of `room` per mille; the range must be set. */
unsigned chart_place(const struct chart *c, wide units, unsigned room);
/* Makes the range reach over all values and zero. */
void chart_range(struct chart *c);
/* How wide a text is, at most, or nearly so. */
unsigned chart_text_width(const char *s, size_t len);
/* The next line of a text that has so much room: how many bytes of it; blanks behind are left out
 * of the line, but are to be skipped. */
size_t chart_line_break(const char *s, size_t len, unsigned room);
/* Appends to the texts of a row, which have room for that. */
struct view_chart_text *chart_text(struct view_chart_row *row, struct text x, struct text y,
                                   struct text text);
/* Writes the label of a row into as many lines as it needs, and goes below it. */
void chart_label(struct chart *c, const struct chart_row *from, struct view_chart_row *row);
/* A row of the view with its values, and room for that many of everything. */
struct view_chart_row *chart_view_row(struct chart *c, const struct chart_row *from);
/* Begins to draw: the keys are put on top. False when there are less than two values, or all are
 * zero: nothing to compare. */
bool chart_begin(struct chart *c);
/* A line from top to bottom, where a value is: that of zero is the axis. */
void chart_guide(struct chart *c, wide units, unsigned top, unsigned bottom);
/* Ends it: the chart's height is known. */
void chart_end(struct chart *c, struct view_chart *out);

/* --- ways to draw; each gives whether there is a chart --- */

/* A row of bars for each row, from zero. */
bool chart_bars(struct chart *c, struct view_chart *out);
/* A strip of dots for each row: values[0] is the mean, the others are single ones. */
bool chart_dots(struct chart *c, struct view_chart *out);
/* A line over the years for each row: values[i] is that of years[i], oldest first. */
bool chart_lines(struct chart *c, const int64_t *years, size_t count, struct view_chart *out);

#endif

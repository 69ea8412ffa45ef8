#include "base/base.h"

#include "site/quantities.h"

#include "base/testing.h"

struct quantity made_quantity(const char *s, enum measure measure, const char *unit)
{
    struct quantity q = {.unit = unit, .measure = (uint8_t)measure};

    if (!strcmp(s, "—")) {
        q.state = QUANTITY_DASH;
    } else if (!strcmp(s, "不涉及")) {
        q.state = QUANTITY_NOT_INVOLVED;
    } else if (*s) {
        q.state = QUANTITY_STATED;
        assert_int_equal(decimal_parse(s, strlen(s), &q.number), DECIMAL_OK);
    }
    return q;
}

static void bind_line(struct line *line, const char *unit)
{
    for (size_t i = 0; i < line->figures.count; i++) {
        line->figures.items[i].value.measure = MEASURE_AMOUNT;
        line->figures.items[i].value.unit = unit;
    }
}

void bind_amounts(struct report *report)
{
    for (size_t i = 0; i < report->tables.count; i++) {
        const struct table *table = &report->tables.items[i];

        for (size_t j = 0; j < table->lines.count; j++)
            bind_line(&table->lines.items[j], table->unit.s ? table->unit.s : report->unit.s);
    }
}

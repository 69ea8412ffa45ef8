/*
 * quantity: one stated number, with what it measures, its unit, and where it was written.
 *
 * A quantity is in one of four states that are never mixed with each other or with zero: absent (no
 * such key in the source), stated, "——" (dash), "不涉及" (not involved). `number` means something
 * only when it is stated, and holds what was written, in the stated unit: 0.4986 of 万元.
 *
 * Amounts are exact in 分 (0.01 元), anything else in millionths: the loader refuses what is finer
 * or does not fit into 64 bits, so the conversions below cannot fail on quantities that came
 * through it.
 *
 * Depends on base/decimal.h.
 */
#ifndef MODEL_QUANTITY_H
#define MODEL_QUANTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/decimal.h"

struct strbuf;

enum measure {
    MEASURE_AMOUNT,  /* money: the unit is 元, 万元 ... */
    MEASURE_PERCENT, /* 82.13 means 82.13 % */
    MEASURE_COUNT,   /* of persons, vehicles, ... */
    MEASURE_SCORE,   /* points */
    MEASURE_NUMBER,  /* anything, in the unit that stands beside it, if any */
};

enum quantity_state { QUANTITY_ABSENT, QUANTITY_STATED, QUANTITY_DASH, QUANTITY_NOT_INVOLVED };

/* Where something stands in its source file. */
struct place {
    uint32_t line;   /* from 1; 0: nowhere */
    uint32_t offset; /* in bytes from the start of the file */
};

struct finding;

/* What the checks have found about a figure: at least one, in the order of the report's findings.
 */
struct quantity_findings {
    size_t count;
    const struct finding *items[];
};

struct quantity {
    struct decimal number;
    const char *unit; /* as shown to people: 万元, %, 分, 人; or NULL. Borrowed. */
    const struct quantity_findings *findings; /* NULL: nothing found, or not checked. Borrowed. */
    struct place at;
    uint8_t state;   /* enum quantity_state */
    uint8_t measure; /* enum measure */
};

/* "amount", "percent", "count", "score", "number" */
const char *measure_name(enum measure measure);

/* The power of ten that leads from a unit of money to 元 (万元: 4), or -1 when it is no such unit.
 */
int money_exponent(const char *unit);
/* All units of money, ended by NULL. */
extern const char *const money_units[];

/*
 * An amount in 分, anything else in millionths: so that two of a kind can be compared. 0, or -1
 * when it is finer than that or out of range, which the loader has excluded.
 */
int quantity_units(const struct quantity *q, int64_t *out);

/* As written: "4180.76", "——", "不涉及"; nothing when absent. */
void quantity_add_stated(const struct quantity *q, struct strbuf *out);
/* For people: as written, with group separators. */
void quantity_add_shown(const struct quantity *q, struct strbuf *out);
/* For machines: an amount in 元, anything else as written, but a zero without a sign; nothing
 * unless it is stated. */
void quantity_add_value(const struct quantity *q, struct strbuf *out);

#endif

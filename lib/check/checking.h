/*
 * checking: what the checks of one report share -- the report, what they have found, and which
 * figures they have looked at. Private to lib/check.
 *
 * A check is a function that takes a struct checking. It reads the report, says with check_use()
 * which figures it used, and adds findings. It does not know of other checks, nor of
 * acknowledgements.
 *
 * Depends on base, model, check/number.h, check/rule.h.
 */
#ifndef CHECK_CHECKING_H
#define CHECK_CHECKING_H

#include "base/strbuf.h"
#include "check/number.h"
#include "check/rule.h"
#include "model/catalog.h"
#include "source/content.h"

struct arena;
struct cell_table;
struct check_form;

/* What is remembered of the notes that become one finding for each table or form. */
struct remark;

/* That a finding is about a figure of this report. */
struct citation {
    int64_t finding; /* its id while the report is checked */
    const struct quantity *q;
};

struct checking {
    const struct catalog *catalog;
    const struct profile *profile;
    const struct check_form *form; /* what is made ready of the profile */
    const struct content_department *content;
    const struct report *report;
    const struct report *prior; /* that of the year before; NULL when there is none */
    struct arena *arena;        /* of the report */
    /* by the tables of the profile: those of the report, and of the prior one */
    const struct cell_table *tables;
    const struct cell_table *prior_tables;

    struct finding *findings;
    size_t finding_count;
    size_t finding_cap;
    struct citation *citations;
    size_t citation_count;
    size_t citation_cap;
    struct remark *remarks;
    size_t remark_count;
    size_t remark_cap;
    size_t balances_held, balances_broken, balances_unchecked;

    /* the figures used: a set */
    const struct quantity **used;
    size_t used_count;
    size_t used_size;
};

/* Where a figure is. */
struct cited {
    const struct report *report; /* NULL: the report at hand */
    const char *scope;           /* "projects/p07"; NULL: the report itself */
    const char *table;
    const char *line;
    const char *column;
    const char *statement; /* NULL: the first one */
    const struct quantity *q;
};

/* A check used this figure. */
void check_use(struct checking *c, const struct quantity *q);

/*
 * Adds a finding of a rule and returns it, to be completed by the functions below; it is good until
 * the next one is added. `severity` NULL is that of the rule.
 */
struct finding *check_find(struct checking *c, enum rule rule, const char *severity);
/* The same for a balance, whose rule is called `id` and lives as long as the report. */
struct finding *check_find_balance(struct checking *c, const char *id, const char *severity);

/* The figures that a finding is about; the first is the one that it is acknowledged by. */
void check_cite(struct checking *c, struct finding *finding, const struct cited *cited);
/*
 * A text: `where` is its address below the report ("narrative", "projects/p07/goal"), `quoted` the
 * words, `path` the file within the content folder.
 */
void check_cite_text(struct checking *c, struct finding *finding, const char *where,
                     const char *quoted, const char *path, struct place at);

void check_message(struct checking *c, struct finding *finding, const char *format, ...)
    PRINTF_FORMAT(3, 4);
/* A quantity as it was written, with its unit. */
void check_stated(struct checking *c, struct finding *finding, const struct quantity *q);
/* A number, in a unit, with at least so many decimals. */
void check_stated_number(struct checking *c, struct finding *finding, wide units, const char *unit,
                         unsigned decimals);
void check_recomputed(struct checking *c, struct finding *finding, wide units, const char *unit,
                      unsigned decimals);
void check_recomputed_percent(struct checking *c, struct finding *finding, struct decimal percent);

/*
 * Remembers a difference that is a note: all of one rule and table (or form: then `table` is its
 * scope) become one finding. `difference` is in the unit of the figure.
 */
void check_remark(struct checking *c, enum rule rule, const char *table, const char *title,
                  const struct cited *cited, wide difference);
/* Makes findings of what was remembered. */
void check_finish_remarks(struct checking *c);

/* Texts in the arena. */
/* The path of report.json in the content folder. */
const char *check_report_file(struct checking *c);
/* "“收入支出决算总表”的“总计”" */
const char *check_line_name(struct checking *c, const struct table *table, const struct line *line);
const char *check_number_text(struct checking *c, wide units, const char *unit, unsigned decimals);
const char *check_quantity_text(struct checking *c, const struct quantity *q);
const char *check_decimal_text(struct checking *c, struct decimal d);

#endif

#include "base/base.h"

#include "check/checks.h"

#include "base/arena.h"
#include "check/cell.h"
#include "model/lookup.h"

/* --- second statements --- */

static struct cited cite_figure(const struct figure *figure)
{
    return (struct cited){.table = figure->table.s,
                          .line = figure->line.s,
                          .column = figure->column.s,
                          .statement = figure->statement.s,
                          .q = &figure->value};
}

static void tell_statement(struct checking *c, const struct cell_table *t, const struct line *line,
                           const struct figure *figure, const struct cell *first,
                           const struct number *second)
{
    bool slip = number_is_slip(&first->number, second);
    struct finding *finding = check_find(c, slip ? RULE_UNIT_SLIP : RULE_STATEMENTS, NULL);
    struct cited cited = cite_figure(figure);

    check_cite(c, finding, &first->cited);
    check_cite(c, finding, &cited);
    check_stated(c, finding, first->cited.q);
    check_message(c, finding, "%s：%s表里是 %s，决算说明里是 %s%s",
                  check_line_name(c, t->table, line), figure->column_label.s, finding->stated.s,
                  check_quantity_text(c, &figure->value), slip ? "，差一万倍，看看金额单位" : "");
}

static void check_statements(struct checking *c, const struct cell_table *t,
                             const struct line *line)
{
    for (size_t i = 0; i < line->figures.count; i++) {
        const struct figure *figure = &line->figures.items[i];
        struct number second;
        struct cell first;

        if (!figure->statement.s || !figure->column.s ||
            !number_of(&figure->value, t->decimals, &second))
            continue;
        first = cell_of(t, line->id.s, figure->column.s);
        if (first.state != CELL_STATED)
            continue;
        check_use(c, first.cited.q);
        check_use(c, &figure->value);
        if (!number_agree(&first.number, &second))
            tell_statement(c, t, line, figure, &first, &second);
        else if (first.number.units != second.units)
            check_remark(c, RULE_ROUNDING, t->table->id.s, t->table->title.s, &first.cited,
                         number_distance(&first.number, &second));
    }
}

/* --- words beside the figures --- */

static void check_year(struct checking *c, const struct cell_table *t, const struct line *line)
{
    struct finding *finding;

    if (!line->stated_year.present || line->stated_year.value == c->report->year.value)
        return;
    finding = check_find(c, RULE_STATED_YEAR, NULL);
    check_cite_text(c, finding,
                    arena_format(c->arena, "%s/%s/stated_year", line->table.s, line->id.s),
                    arena_format(c->arena, "%lld", (long long)line->stated_year.value),
                    check_report_file(c), line->stated_year.at);
    finding->stated = finding->figures.items[0].stated;
    finding->recomputed = text_of(arena_format(c->arena, "%lld", (long long)c->report->year.value));
    check_message(c, finding, "%s：文字说的是 %s 年，报告是 %s 年度的",
                  check_line_name(c, t->table, line), finding->stated.s, finding->recomputed.s);
}

/* Whether two names of a code are the same but for "支出" at the end, which texts add. */
static bool is_same_name(const struct text *a, const struct text *b)
{
    static const char spent[] = "支出";
    size_t len = sizeof(spent) - 1, common = a->len < b->len ? a->len : b->len;
    const struct text *longer = a->len < b->len ? b : a;

    if (strncmp(a->s, b->s, common))
        return false;
    return a->len == b->len || (longer->len - common == len && !strcmp(longer->s + common, spent));
}

static struct finding *add_name(struct checking *c, const struct line *line, const char *field,
                                const struct text *name)
{
    struct finding *finding = check_find(c, RULE_CODE_NAME, NULL);

    check_cite_text(c, finding,
                    arena_format(c->arena, "%s/%s/%s", line->table.s, line->id.s, field), name->s,
                    check_report_file(c), name->at);
    finding->stated = *name;
    return finding;
}

static void tell_unlisted(struct checking *c, const struct cell_table *t, const struct line *line)
{
    check_message(c, add_name(c, line, "label", &line->label),
                  "“%s”的 %s（%s）：%lld 年分类科目里没有这个编码；核对编码，或者补进 "
                  "classifications/%lld.json",
                  t->table->title.s, line->id.s, line->label.s,
                  (long long)c->profile->classification.value,
                  (long long)c->profile->classification.value);
}

static void check_name(struct checking *c, const struct cell_table *t, const struct line *line,
                       const struct catalog_codes *codes, const char *field,
                       const struct text *name)
{
    const struct code *code;
    struct finding *finding;

    if (!codes || !name->s || !name->at.line || !line_id_is_code(line->id.s))
        return;
    code = codes_find(codes, t->form->codes.s ? t->form->codes.s : "functional", &line->id);
    if (!code && t->form->codes.s && name == &line->label &&
        !profile_table_line(t->form, line->id.s))
        tell_unlisted(c, t, line);
    if (!code || is_same_name(name, &code->name))
        return;
    finding = add_name(c, line, field, name);
    finding->recomputed = code->name;
    check_message(c, finding, "“%s”的 %s：写作“%s”，%lld 年分类科目的名称是“%s”", t->table->title.s,
                  line->id.s, name->s, (long long)codes->classification.year.value, code->name.s);
}

void check_lines(struct checking *c)
{
    const struct catalog_codes *codes = catalog_codes(c->catalog, c->profile->classification.value);

    for (size_t i = 0; i < c->profile->tables.count; i++) {
        const struct cell_table *t = &c->tables[i];

        for (size_t j = 0; t->table && j < t->table->lines.count; j++) {
            const struct line *line = &t->table->lines.items[j];

            if (!line->id.s)
                continue;
            check_statements(c, t, line);
            check_year(c, t, line);
            check_name(c, t, line, codes, "label", &line->label);
            check_name(c, t, line, codes, "narrative_label", &line->narrative_label);
        }
    }
}

#include "base/base.h"

#include "check/checking.h"

#include "base/arena.h"
#include "base/mem.h"

struct remark {
    enum rule rule;
    const char *table;
    const char *title;
    const char *unit;
    unsigned decimals;
    wide largest;
    struct cited *cited;
    size_t count;
    size_t cap;
};

/* --- the figures used --- */

static size_t slot_of(const struct quantity *const *used, size_t size, const struct quantity *q)
{
    size_t i = (size_t)(((uintptr_t)q >> 4) * 0x9E3779B97F4A7C15U >> 20) & (size - 1);

    while (used[i] && used[i] != q)
        i = (i + 1) & (size - 1);
    return i;
}

static void grow_used(struct checking *c)
{
    size_t size = c->used_size ? 2 * c->used_size : 256;
    const struct quantity **used = mem_zalloc(size, sizeof(*used));

    for (size_t i = 0; i < c->used_size; i++)
        if (c->used[i])
            used[slot_of(used, size, c->used[i])] = c->used[i];
    free(c->used);
    c->used = used;
    c->used_size = size;
}

void check_use(struct checking *c, const struct quantity *q)
{
    size_t i;

    if (2 * c->used_count >= c->used_size)
        grow_used(c);
    i = slot_of(c->used, c->used_size, q);
    c->used_count += !c->used[i];
    c->used[i] = q;
}

/* --- findings --- */

struct finding *check_find_balance(struct checking *c, const char *id, const char *severity)
{
    struct finding *finding;

    MEM_GROW(c->findings, c->finding_count, c->finding_cap);
    finding = &c->findings[c->finding_count++];
    *finding = (struct finding){.department = c->report->department,
                                .year = c->report->year,
                                .id = {(int64_t)c->finding_count, true, {0, 0}},
                                .rule = text_of(id),
                                .severity = text_of(severity),
                                .acknowledged = {false, true, {0, 0}}};
    return finding;
}

struct finding *check_find(struct checking *c, enum rule rule, const char *severity)
{
    return check_find_balance(c, rules[rule].id, severity ? severity : rules[rule].severity);
}

static struct finding_figure *add_figure(struct checking *c, struct finding *finding)
{
    size_t size = sizeof(*finding->figures.items), count = finding->figures.count;
    struct finding_figure *figure;

    finding->figures.items =
        arena_realloc(c->arena, finding->figures.items, count * size, (count + 1) * size);
    figure = &finding->figures.items[count];
    finding->figures.count++;
    *figure = (struct finding_figure){.department = finding->department,
                                      .year = finding->year,
                                      .id = {(int64_t)count + 1, true, {0, 0}}};
    return figure;
}

static struct text address_of(struct checking *c, const char *report, const struct cited *at)
{
    return text_of(arena_format(c->arena, "%s/%s%s%s/%s/%s%s%s", report, at->scope ? at->scope : "",
                                at->scope ? "/" : "", at->table, at->line, at->column,
                                at->statement ? "@" : "", at->statement ? at->statement : ""));
}

void check_cite(struct checking *c, struct finding *finding, const struct cited *cited)
{
    const char *report = cited->report ? cited->report->path.s : c->report->path.s;
    struct finding_figure *figure = add_figure(c, finding);
    struct strbuf stated = STRBUF_INIT;

    figure->address = address_of(c, report, cited);
    quantity_add_stated(cited->q, &stated);
    figure->stated = text_of(arena_strndup(c->arena, stated.buf, stated.len));
    strbuf_release(&stated);
    figure->unit = text_of(cited->q->unit);
    figure->file = text_of(arena_format(c->arena, "departments/%s/%s.json", report,
                                        cited->scope ? cited->scope : "report"));
    figure->source_line = (struct integer){cited->q->at.line, true, cited->q->at};
    if (cited->report && cited->report != c->report)
        return;
    MEM_GROW(c->citations, c->citation_count, c->citation_cap);
    c->citations[c->citation_count++] = (struct citation){finding->id.value, cited->q};
}

void check_cite_text(struct checking *c, struct finding *finding, const char *where,
                     const char *quoted, const char *path, struct place at)
{
    struct finding_figure *figure = add_figure(c, finding);

    figure->address = text_of(arena_format(c->arena, "%s/%s", c->report->path.s, where));
    figure->stated = text_of(quoted);
    figure->file = text_of(path);
    figure->source_line = (struct integer){at.line, at.line > 0, at};
}

void check_message(struct checking *c, struct finding *finding, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    finding->message = text_of(arena_vformat(c->arena, format, args));
    va_end(args);
}

void check_stated(struct checking *c, struct finding *finding, const struct quantity *q)
{
    finding->stated = text_of(check_quantity_text(c, q));
}

void check_stated_number(struct checking *c, struct finding *finding, wide units, const char *unit,
                         unsigned decimals)
{
    finding->stated = text_of(check_number_text(c, units, unit, decimals));
}

void check_recomputed(struct checking *c, struct finding *finding, wide units, const char *unit,
                      unsigned decimals)
{
    finding->recomputed = text_of(check_number_text(c, units, unit, decimals));
}

void check_recomputed_percent(struct checking *c, struct finding *finding, struct decimal percent)
{
    finding->recomputed = text_of(arena_format(c->arena, "%s%%", check_decimal_text(c, percent)));
}

/* --- remarks --- */

static struct remark *remark_for(struct checking *c, enum rule rule, const char *table,
                                 const char *title, const struct quantity *q)
{
    struct remark *remark;

    for (size_t i = 0; i < c->remark_count; i++)
        if (c->remarks[i].rule == rule && !strcmp(c->remarks[i].table, table))
            return &c->remarks[i];
    MEM_GROW(c->remarks, c->remark_count, c->remark_cap);
    remark = &c->remarks[c->remark_count++];
    *remark = (struct remark){.rule = rule, .table = table, .title = title, .unit = q->unit};
    return remark;
}

void check_remark(struct checking *c, enum rule rule, const char *table, const char *title,
                  const struct cited *cited, wide difference)
{
    struct remark *remark = remark_for(c, rule, table, title, cited->q);

    MEM_GROW(remark->cited, remark->count, remark->cap);
    remark->cited[remark->count++] = *cited;
    if (difference < 0)
        difference = -difference;
    if (difference > remark->largest)
        remark->largest = difference;
    if (cited->q->number.scale > remark->decimals)
        remark->decimals = cited->q->number.scale;
}

static void finish_remark(struct checking *c, const struct remark *remark)
{
    struct finding *finding = check_find(c, remark->rule, "note");

    for (size_t i = 0; i < remark->count; i++)
        check_cite(c, finding, &remark->cited[i]);
    if (remark->rule == RULE_ROUNDING)
        check_message(c, finding, "%s：有 %zu 处合计与各数之和相差最多 %s，没有超出四舍五入的范围",
                      remark->title, remark->count,
                      check_number_text(c, remark->largest, remark->unit, remark->decimals));
    else if (remark->rule == RULE_RATE_ZERO_BASE)
        check_message(c, finding, "%s：有 %zu 处百分比的基数是 0，写作 0%%，其实没有百分比可言",
                      remark->title, remark->count);
    else
        check_message(c, finding,
                      "%s：有 %zu 处百分比与重算的相差不到末位的一个单位，多半是截去了尾数",
                      remark->title, remark->count);
}

void check_finish_remarks(struct checking *c)
{
    for (size_t i = 0; i < c->remark_count; i++) {
        finish_remark(c, &c->remarks[i]);
        free(c->remarks[i].cited);
    }
    free(c->remarks);
    c->remarks = NULL;
    c->remark_count = c->remark_cap = 0;
}

/* --- texts --- */

const char *check_report_file(struct checking *c)
{
    return arena_format(c->arena, "departments/%s/report.json", c->report->path.s);
}

const char *check_line_name(struct checking *c, const struct table *table, const struct line *line)
{
    return arena_format(c->arena, "“%s”的“%s”", table->title.s,
                        line->label.s ? line->label.s : line->id.s);
}

const char *check_number_text(struct checking *c, wide units, const char *unit, unsigned decimals)
{
    struct strbuf sb = STRBUF_INIT;
    const char *s;

    number_add_text(units, unit, decimals, &sb);
    s = arena_strndup(c->arena, sb.buf, sb.len);
    strbuf_release(&sb);
    return s;
}

const char *check_quantity_text(struct checking *c, const struct quantity *q)
{
    struct strbuf sb = STRBUF_INIT;
    const char *s;

    quantity_add_stated(q, &sb);
    if (q->unit && q->state == QUANTITY_STATED)
        strbuf_addf(&sb, "%s%s", q->measure == MEASURE_PERCENT ? "" : " ", q->unit);
    s = arena_strndup(c->arena, sb.buf, sb.len);
    strbuf_release(&sb);
    return s;
}

const char *check_decimal_text(struct checking *c, struct decimal d)
{
    struct strbuf sb = STRBUF_INIT;
    const char *s;

    decimal_format(d, &sb);
    s = arena_strndup(c->arena, sb.buf, sb.len);
    strbuf_release(&sb);
    return s;
}

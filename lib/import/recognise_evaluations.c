#include "base/base.h"

#include "import/recognise_evaluations.h"

#include "import/clean.h"
#include "import/facts.h"
#include "import/form_title.h"
#include "import/lead.h"
#include "import/others.h"

/* --- which there are --- */

static const char *kind_of_title(const char *title)
{
    static const char *const judged[] = {"评价", "自评", NULL};
    static const char *const whole[] = {"部门整体", "整体支出", "整体绩效", "单位整体", NULL};
    static const char *const forms[] = {"自评表", "自评情况", NULL};

    if (!clean_has_any(title, judged) || clean_has_any(title, forms))
        return NULL;
    if (clean_has_any(title, whole))
        return "overall";
    return strstr(title, "项目") && strstr(title, "绩效评价") ? "project" : NULL;
}

static bool is_below(const struct outline *outline, size_t section, size_t above)
{
    while (section && section != above)
        section = outline->sections[section].parent;
    return section == above;
}

/* What a section has below its title: an evaluation has at least some text. */
static size_t text_below(const struct draft *d, size_t section)
{
    size_t bytes = 0;

    for (size_t i = 0; i < d->ledger->passage_count; i++)
        if (is_below(&d->outline, d->ledger->passages[i].section, section))
            bytes += strlen(d->ledger->passages[i].text);
    return bytes;
}

/* The overall evaluation is called so; those of projects are numbered, or have their ids already.
 */
static const char *new_id(const struct draft *d, const char *kind, const char *name)
{
    bool first = true;

    for (size_t i = 0; i < d->report.evaluations.count; i++)
        first &= !text_is(&d->report.evaluations.items[i].kind, kind);
    if (first && !strcmp(kind, "overall"))
        return kind;
    return draft_new_id(d, &entity_evaluation, name, "e");
}

/* What a project's evaluation is about: “...”项目 in its text, or else its title. */
static const char *name_of(const struct draft *d, size_t section, const char *title)
{
    for (size_t i = 0; i < d->ledger->passage_count; i++) {
        const struct passage *passage = &d->ledger->passages[i];
        const char *end, *start;

        if (!is_below(&d->outline, passage->section, section))
            continue;
        end = strstr(passage->text, "”项目");
        for (start = end; start && start >= passage->text; start--)
            if (clean_begins(start, "“"))
                return arena_strndup(d->arena, start + strlen("“"),
                                     (size_t)(end - start) - strlen("“"));
    }
    return title;
}

static void start_evaluation(struct draft *d, size_t section, const char *kind)
{
    enum { LITTLE = 300 };
    const char *title = d->outline.sections[section].title;
    const char *name = !strcmp(kind, "project") ? name_of(d, section, title) : title;
    struct evaluation *own;
    const char *id;

    if (text_below(d, section) < LITTLE)
        return;
    id = new_id(d, kind, name);
    own = draft_evaluation(d, id);
    own->kind = text_of(kind);
    own->name = text_of(name);
    own->unit = d->report.unit;
    for (size_t i = 0; i < d->ledger->block_count; i++) {
        struct ledger_block *block = &d->ledger->blocks[i];

        if (block->count && !block->owner && block->use != USE_NONE &&
            is_below(&d->outline, d->ledger->passages[block->first].section, section))
            block->owner = own->id.s;
    }
}

void recognise_evaluations_find(struct draft *d)
{
    for (size_t i = 1; i < d->outline.count; i++) {
        const char *kind = kind_of_title(d->outline.sections[i].title);
        const struct ledger_block *heading = &d->ledger->blocks[d->outline.sections[i].block];

        if (kind && !heading->owner && d->outline.sections[i].level > 1)
            start_evaluation(d, i, kind);
    }
}

const char *recognise_evaluations_at(struct draft *d, size_t block)
{
    struct evaluation *own;

    if (d->ledger->blocks[block].owner)
        return d->ledger->blocks[block].owner;
    for (size_t i = d->report.evaluations.count; i; i--)
        if (text_is(&d->report.evaluations.items[i - 1].kind, "project"))
            return d->report.evaluations.items[i - 1].id.s;
    own = draft_evaluation(d, new_id(d, "project", NULL));
    own->kind = text_of("project");
    own->name = text_of("项目支出绩效评价");
    return own->id.s;
}

const char *evaluations_overall(struct draft *d, size_t block)
{
    const char *title = form_title(d, block);
    struct evaluation *own;

    for (size_t i = 0; i < d->report.evaluations.count; i++)
        if (text_is(&d->report.evaluations.items[i].kind, "overall"))
            return d->report.evaluations.items[i].id.s;
    own = draft_evaluation(d, new_id(d, "overall", title));
    own->kind = text_of("overall");
    own->name = text_of(strstr(title, "整体") ? arena_strdup(d->arena, title) : "部门整体绩效自评");
    own->unit = d->report.unit;
    return own->id.s;
}

/* --- funds --- */

struct fund *evaluations_fund(struct draft *d, const char *evaluation, const char *id,
                              const char *label)
{
    struct evaluation *own = draft_evaluation(d, evaluation);
    struct fund *fund;

    for (size_t i = 0; i < own->funds.count; i++)
        if (text_is(&own->funds.items[i].id, id))
            return &own->funds.items[i];
    fund = DRAFT_ADD(d->records, own->funds);
    fund->id = text_of(id);
    fund->label = text_of(label);
    return fund;
}

static struct fund *fund_in(struct draft *d, const char *evaluation, const char *lead)
{
    static const struct {
        const char *word, *id, *label;
    } words[] = {{"基本支出", "basic", "基本支出"},
                 {"项目支出", "project", "项目支出"},
                 {"其他支出", "other", "其他支出"}};

    for (size_t i = 0; i < ARRAY_SIZE(words); i++)
        if (strstr(lead, words[i].word))
            return evaluations_fund(d, evaluation, words[i].id, words[i].label);
    return evaluations_fund(d, evaluation, "total", "资金总额");
}

static bool put_quantity(struct draft *d, struct entry *entry, const char *unit,
                         const char *address, struct quantity *out)
{
    struct quantity q;

    if (out->state == QUANTITY_STATED || !draft_quantity(d, entry, false, unit, &q))
        return false;
    *out = q;
    ledger_place(entry, ENTRY_FIGURE, address);
    return true;
}

/* The words that lead to an amount of a section on funds say what it is. */
static void read_fund(struct draft *d, const char *evaluation, struct entry *entry,
                      const char *lead)
{
    static const char *const spent[] = {"支出", "支付", "执行", "使用", NULL};
    const char *unit = draft_evaluation(d, evaluation)->unit.s;
    const char *column = NULL;
    struct quantity *out = NULL;
    struct fund *fund;

    if (entry->number.unit && !strcmp(entry->number.unit, "%")) {
        if (!strstr(lead, "执行率"))
            return;
        fund = evaluations_fund(d, evaluation, "total", "资金总额");
        put_quantity(
            d, entry, NULL,
            arena_format(d->arena, "evaluations/%s/funds/total/execution_rate", evaluation),
            &fund->execution_rate);
        return;
    }
    if (!entry->number.unit || !unit || strcmp(entry->number.unit, unit) != 0)
        return;
    if (strstr(lead, "年初预算"))
        column = "initial_budget";
    else if (strstr(lead, "预算"))
        column = "full_budget";
    else if (clean_has_any(lead, spent))
        column = "executed";
    if (!column)
        return;
    fund = fund_in(d, evaluation, lead);
    out = !strcmp(column, "executed")      ? &fund->executed
          : !strcmp(column, "full_budget") ? &fund->full_budget
                                           : &fund->initial_budget;
    put_quantity(
        d, entry, unit,
        arena_format(d->arena, "evaluations/%s/funds/%s/%s", evaluation, fund->id.s, column), out);
}

static bool is_about_funds(const struct draft *d, const struct passage *passage)
{
    static const char *const words[] = {"预算执行", "资金情况", "资金投入",
                                        "资金使用", "项目资金", NULL};
    const char *title = d->outline.sections[passage->section].title;

    return clean_has_any(title, words) || (strstr(passage->text, "预算") &&
                                           strstr(passage->text, "万元") && !strstr(title, "成本"));
}

/* --- criteria --- */

/* The criterion that a text names in its first words; of several, the one of the longest name. */
static struct criterion *criterion_in(struct draft *d, const char *evaluation, const char *text)
{
    struct evaluation *own = draft_evaluation(d, evaluation);
    struct criterion *best = NULL;

    for (size_t i = 0; i < own->criteria.count; i++) /* "项目效益指标" is the first level */
        if (!own->criteria.items[i].parent.s && !text_is(&own->criteria.items[i].id, "total") &&
            strstr(text, arena_format(d->scratch, "%s指标", own->criteria.items[i].name.s)))
            return &own->criteria.items[i];

    for (size_t i = 0; i < own->criteria.count; i++) {
        struct criterion *criterion = &own->criteria.items[i];

        if (!text_is(&criterion->id, "total") && strstr(text, criterion->name.s) &&
            (!best || criterion->name.len > best->name.len))
            best = criterion;
    }
    return best;
}

/* The head of an item ("（1）项目立项分析："), or what leads to the number; in one sentence, the
 * one named before. */
static struct criterion *criterion_of(struct draft *d, const char *evaluation,
                                      const struct passage *passage, size_t index)
{
    const char *text = passage->text;
    const char *colon = strstr(text, "：");
    struct criterion *found = NULL;

    if (colon && clean_length(text, (size_t)(colon - text)) < 24)
        found =
            criterion_in(d, evaluation, arena_strndup(d->scratch, text, (size_t)(colon - text)));
    if (found)
        return found;
    for (size_t i = index + 1; i > 0; i--) {
        const char *lead = lead_of(d, passage, i - 1);

        const char *before = i > 1 ? d->ledger->entries[passage->first + i - 2].address : NULL;

        found = criterion_in(d, evaluation, lead);
        if (found || !before || !strstr(before, "/criteria/") ||
            !strcmp(lead, lead_sentence(d, passage, i - 1)))
            return found;
    }
    return NULL;
}

/* "决策指标(10分)" */
static bool is_bracketed_weight(const struct passage *passage, const struct entry *entry)
{
    const struct number *n = &entry->number;

    return n->unit && !strcmp(n->unit, "分") &&
           (clean_ends(passage->text, n->start, "指标(") ||
            clean_ends(passage->text, n->start, "指标（"));
}

/* "满分100分", where nothing says of what. */
static void read_whole_weight(struct draft *d, const char *evaluation, struct entry *entry)
{
    struct evaluation *own = draft_evaluation(d, evaluation);

    for (size_t i = 0; i < own->criteria.count; i++)
        if (text_is(&own->criteria.items[i].id, "total"))
            criteria_put(d, evaluation, &own->criteria.items[i], "weight", entry,
                         &own->criteria.items[i].weight);
}

static void read_criterion(struct draft *d, const char *evaluation, struct criterion *criterion,
                           struct entry *entry, const char *lead)
{
    if (strstr(lead, "失分率"))
        criteria_put(d, evaluation, criterion, "loss_rate", entry, &criterion->loss_rate);
    else if (strstr(lead, "平均"))
        criteria_put(d, evaluation, criterion, "mean", entry, &criterion->mean);
    else if (strstr(lead, "满分") || strstr(lead, "分值"))
        criteria_put(d, evaluation, criterion, "weight", entry, &criterion->weight);
    else if (strstr(lead, "得分"))
        criteria_put(d, evaluation, criterion, "score", entry, &criterion->score);
}

/* What an item says of its criterion, before its scores. */
static void read_remark(struct draft *d, struct criterion *criterion, const struct passage *passage,
                        const struct entry *entry)
{
    const char *colon = strstr(passage->text, "：");
    size_t start = colon ? (size_t)(colon - passage->text) + strlen("：") : 0, end = start;

    if (!colon || criterion->remark.s)
        return;
    for (size_t at = start; at < entry->number.start; at++)
        if (clean_begins(passage->text + at, "。"))
            end = at;
    if (end > start)
        criterion->remark = text_of(
            clean_line(d->arena, arena_strndup(d->scratch, passage->text + start, end - start)));
}

/* --- the score --- */

static const char *grade_in(const struct draft *d, const char *text)
{
    static const char *const usual[] = {"优秀", "良好", "不合格", "合格", "优", "良", "中", "差"};
    static const char *const words[] = {"等级", "结论", "评定", "评价为",
                                        "级别", "等次", "评级", NULL};

    if (!clean_has_any(text, words))
        return NULL;
    for (size_t i = 0; i < d->profile->grades.count; i++) {
        const char *label = d->profile->grades.items[i].label.s;

        if (strstr(text, arena_format(d->scratch, "“%s”", label)) ||
            strstr(text, arena_format(d->scratch, "为%s", label)))
            return label;
    }
    for (size_t i = 0; i < ARRAY_SIZE(usual); i++)
        if (strstr(text, arena_format(d->scratch, "“%s”", usual[i])) ||
            strstr(text, arena_format(d->scratch, "为%s", usual[i])) ||
            strstr(text, arena_format(d->scratch, "等级：%s", usual[i])))
            return usual[i];
    return NULL;
}

static bool is_score(const struct entry *entry, const char *lead)
{
    static const char *const words[] = {"得分", "评分", "总分", NULL};
    static const char *const which[] = {"综合", "总", "最终", "整体", "考评", "评价", "自评", NULL};
    static const char *const parts[] = {"满分", "平均", "分值", NULL};

    return entry->number.unit && !strcmp(entry->number.unit, "分") && clean_has_any(lead, words) &&
           clean_has_any(lead, which) && !clean_has_any(lead, parts);
}

/* --- texts --- */

static void read_number(struct draft *d, const char *evaluation, const struct passage *passage,
                        size_t index)
{
    struct entry *entry = &d->ledger->entries[passage->first + index];
    const char *lead = lead_of(d, passage, index);
    struct criterion *criterion = criterion_of(d, evaluation, passage, index);

    if (criterion) {
        if (is_bracketed_weight(passage, entry))
            lead = "分值";
        read_criterion(d, evaluation, criterion, entry, lead);
        if (entry->state != ENTRY_LOOSE) {
            read_remark(d, criterion, passage, entry);
            return;
        }
    }
    if (!criterion && strstr(lead, "满分"))
        read_whole_weight(d, evaluation, entry);
    if (entry->state == ENTRY_LOOSE && is_score(entry, lead)) {
        put_quantity(d, entry, NULL,
                     arena_format(d->arena, "evaluations/%s/result/total/score", evaluation),
                     &draft_evaluation(d, evaluation)->score);
        return;
    }
    if (entry->state == ENTRY_LOOSE && is_about_funds(d, passage))
        read_fund(d, evaluation, entry, lead);
}

static void read_passage(struct draft *d, const char *evaluation, const struct passage *passage)
{
    for (size_t i = 0; i < passage->count; i++) {
        const struct entry *entry = &d->ledger->entries[passage->first + i];

        if (entry->state == ENTRY_LOOSE && entry->number.class == NUMBER_FIGURE)
            read_number(d, evaluation, passage, i);
    }
    if (!draft_evaluation(d, evaluation)->grade.s)
        draft_evaluation(d, evaluation)->grade = text_of(grade_in(d, passage->text));
    facts_of_passage(d, passage, arena_format(d->scratch, "evaluations/%s", evaluation));
    arena_reset(d->scratch);
}

void recognise_evaluations(struct draft *d)
{
    for (size_t i = 0; i < d->ledger->block_count; i++) {
        const struct ledger_block *block = &d->ledger->blocks[i];

        if (!block->owner || block->use == USE_TABLE || block->use == USE_NONE)
            continue;
        others_forget(d, i);
        for (size_t p = 0; p < block->count; p++) {
            const struct passage *passage = &d->ledger->passages[block->first + p];

            /* what a bare cell is of, its row and column say (import/rest.h) */
            if (block->block->kind != DOC_TABLE || !ledger_only(d->ledger, passage))
                read_passage(d, block->owner, passage);
        }
    }
}

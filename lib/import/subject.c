#include "base/base.h"

#include "import/subject.h"

#include "import/clean.h"
#include "text/utf8.h"

/* --- topics --- */

enum {
    TOPIC_GENERAL = 1,       /* 一般公共预算 */
    TOPIC_APPROPRIATION = 2, /* 财政拨款 */
    TOPIC_BASIC = 4,         /* 基本支出 */
    TOPIC_FUNDS_BY = 7,      /* these say by what money; the others, what it is about */
    TOPIC_THREE_PUBLIC = 8,
    TOPIC_PROCUREMENT = 16,
    TOPIC_SERVICES = 32,
    TOPIC_OPERATING = 64,
    TOPIC_ASSETS = 128,
    TOPIC_GOVERNMENT_FUND = 256,
    TOPIC_STATE_CAPITAL = 512,
    TOPIC_PERFORMANCE = 1024,
    TOPIC_STAFF = 2048,
};

unsigned subject_topics(const char *text)
{
    static const struct {
        const char *word;
        unsigned topic;
    } words[] = {
        {"一般公共预算", TOPIC_GENERAL},
        {"财政拨款", TOPIC_APPROPRIATION},
        {"基本支出", TOPIC_BASIC},
        {"三公", TOPIC_THREE_PUBLIC},
        {"政府采购", TOPIC_PROCUREMENT},
        {"购买服务", TOPIC_SERVICES},
        {"机关运行", TOPIC_OPERATING},
        {"国有资产", TOPIC_ASSETS},
        {"政府性基金", TOPIC_GOVERNMENT_FUND},
        {"国有资本", TOPIC_STATE_CAPITAL},
        {"绩效管理", TOPIC_PERFORMANCE},
        {"人员构成", TOPIC_STAFF},
        {"人员情况", TOPIC_STAFF},
        {"人员编制", TOPIC_STAFF},
    };
    unsigned topics = 0;

    for (size_t i = 0; i < ARRAY_SIZE(words); i++)
        if (strstr(text, words[i].word))
            topics |= words[i].topic;
    return topics;
}

static unsigned bits(unsigned n)
{
    return (unsigned)__builtin_popcount(n);
}

enum { NOT_MEANT = -100 };

/* How far a form is about the words (`said`) and what is above them (`above`). */
static int affinity(const struct form *form, unsigned above, unsigned said)
{
    unsigned own = form->topics;
    unsigned about = said & ~TOPIC_FUNDS_BY ? said & ~TOPIC_FUNDS_BY : above & ~TOPIC_FUNDS_BY;
    unsigned by = own & TOPIC_FUNDS_BY, only_above = above & ~said & TOPIC_FUNDS_BY;
    int score = 0;

    if ((own & ~TOPIC_FUNDS_BY) != 0 ? !(own & about) : about != 0)
        return NOT_MEANT;
    if (own & TOPIC_BASIC && !((said | above) & TOPIC_BASIC))
        return NOT_MEANT; /* its lines are called like those of other tables */
    if (about)            /* what it is about matters more than by what money */
        score += 10;
    score += 3 * (int)bits(by & said) + 2 * (int)bits(by & only_above);
    score -= 4 * (int)bits(by & ~said & ~above);
    score -= 2 * (int)bits(said & TOPIC_FUNDS_BY & ~by);
    if (!about)
        score -= 3 * (int)bits(only_above & ~by);
    return score;
}

/* --- labels --- */

/* Whether the characters of a text stand in another, in their order. */
static bool is_subsequence(const char *part, const char *whole)
{
    while (*part) {
        size_t n = 1;

        while (utf8_is_within(part[n]))
            n++;
        whole = memmem(whole, strlen(whole), part, n);
        if (!whole)
            return false;
        whole += n;
        part += n;
    }
    return true;
}

static size_t chars(const char *s)
{
    return clean_length(s, strlen(s));
}

enum { AT_END = 12, ALL = 12 };

struct words {
    const char *key, *stem;
};

/* A short label can only be all that the words say, and ends them; what kind of sum it is, their
 * last word says in any case. */
static unsigned short_likeness(const struct draft *d, const char *key, const struct words *w)
{
    size_t len = strlen(w->key), own = strlen(key);
    const char *at = strstr(w->key, key);
    const char *rest;

    if (!at)
        return 0;
    if (!strcmp(key, "总计"))
        return clean_ends(w->key, len, key) ? AT_END : 0;
    if (clean_ends(w->key, len, key) &&
        (clean_ends(w->key, len - own, "有") || clean_ends(w->key, len - own, "共")))
        return (unsigned)chars(key) * 2 + 1; /* "...共有车辆" */
    rest = arena_format(d->scratch, "%.*s%s", (int)(at - w->key), w->key, at + own);
    return clean_is_filler(rest) ? (unsigned)chars(key) * 2 + 1 : 0;
}

/* Whether a label ends the words, and nothing before it says anything. */
static bool is_all(const struct draft *d, const char *key, const char *label)
{
    size_t len = strlen(key), own = strlen(label);

    return clean_ends(key, len, label) &&
           clean_is_filler(arena_strndup(d->scratch, key, len - own));
}

/* "人均X": something else than X. */
static bool is_mean(const char *key)
{
    static const char *const each[] = {"人均", "车均", "户均", "次均", "平均", NULL};

    return clean_has_any(key, each);
}

/* "X中，Y": the words go on to a part of it. */
static bool is_divided(const char *key, const char *label)
{
    const char *at = strstr(key, label);

    return at && (clean_begins(at + strlen(label), "中") || is_mean(key));
}

/* How much of a label is in the words: 0 nothing, else more for longer ones. */
static unsigned likeness(const struct draft *d, const struct label *label, const struct words *w)
{
    const char *key = label->bare;
    size_t length = label->bare_length;

    if (!length)
        return 0;
    if (length <= 2)
        return short_likeness(d, key, w);
    if (is_divided(w->key, key))
        return 0;
    if (strstr(w->key, label->key))
        return (unsigned)label->length * 2 + 1 + (is_all(d, w->key, label->key) ? ALL : 0);
    if (strstr(w->key, key))
        return (unsigned)length * 2;
    if ((label->stem_length >= 4 && strstr(w->stem, label->stem)) ||
        (label->stem_length >= 2 && !strcmp(w->stem, label->stem)))
        return (unsigned)label->stem_length * 2;
    if (length >= 6 && label->stem_length * 2 >= chars(w->stem) &&
        is_subsequence(label->stem, w->stem))
        return (unsigned)label->stem_length * 3 / 2;
    return 0;
}

/* 辆 and 台 of vehicles, 台 and 台（套） of equipment are one. */
static bool is_unit_kin(const char *own, const char *unit)
{
    if (strstr(own, unit) || strstr(unit, own))
        return true;
    return (strstr(own, "辆") || strstr(own, "台")) && (strstr(unit, "辆") || strstr(unit, "台"));
}

/* Whether numbers of that unit can be in a line. */
static bool takes_unit(const struct form *form, const char *line, const char *unit)
{
    const struct profile_line *fixed = profile_table_line(form->table, line);
    bool money = !unit || money_exponent(unit) >= 0 || !strcmp(unit, "%") || !strcmp(unit, "万");

    for (size_t i = 0; i < form->table->columns.count; i++) {
        const struct profile_column *column = &form->table->columns.items[i];
        const struct field *field = column_find(column->id.s, column->id.len);

        if (!field)
            continue;
        if (money && (field->measure == MEASURE_AMOUNT || field->measure == MEASURE_PERCENT))
            return true;
        if (!money && field->measure == MEASURE_COUNT &&
            (!fixed || !fixed->unit.s || is_unit_kin(fixed->unit.s, unit)))
            return true;
        if (!money && unit && !strcmp(unit, "分") && field->measure == MEASURE_SCORE)
            return true;
    }
    return false;
}

struct search {
    const struct draft *d;
    unsigned above, said;
    const char *unit;
    struct words words, last; /* all of them; those behind the last colon */
    bool is_one_part;         /* the last part is all of them */
    struct subject best;
    int score;
};

/* `explained` are the topics that the words have only as part of a label. */
static void offer(struct search *s, const struct form *form, const char *line, unsigned like,
                  unsigned explained)
{
    int own = affinity(form, s->above, s->said & ~explained);

    if (!line || !like || own == NOT_MEANT || !takes_unit(form, line, s->unit))
        return;
    own += (int)like;
    if (s->best.table && own <= s->score)
        return;
    s->score = own;
    s->best = (struct subject){form->table->id.s, line, NULL, like};
}

/* Whether a table is of income alone and the words of expenditure, or the other way round. */
static bool is_opposite(const struct search *s, const struct form *form)
{
    bool in = strstr(s->words.key, "收入") != NULL, out = strstr(s->words.key, "支出") != NULL;
    bool own_in = strstr(form->key, "收入") != NULL, own_out = strstr(form->key, "支出") != NULL;

    return in != out && own_in != own_out && in != own_in;
}

static void offer_labels(struct search *s, const struct form *form)
{
    unsigned own = form->topics;

    for (size_t i = 0; i < form->lines.count; i++) {
        const struct label *label = &form->lines.items[i];
        unsigned whole = likeness(s->d, label, &s->words);
        unsigned last = s->is_one_part ? whole : likeness(s->d, label, &s->last);
        unsigned explained = own ? 0 : label->topics;

        if (label->length <= 2 && is_opposite(s, form))
            continue; /* "支出合计" is not the 合计 of the income */
        offer(s, form, label->id, whole > last ? whole : last, explained);
    }
    offer(s, form, draft_line_of_parts(form, s->words.stem), (unsigned)chars(s->words.stem), 0);
    if (!text_is(&form->table->codes, "functional"))
        return;
    for (size_t i = 0; i < s->d->functional.count; i++) {
        const struct label *code = &s->d->functional.items[i];

        if (strlen(code->id) != 3 || !strstr(s->words.key, code->key))
            continue;
        offer(s, form, code->id, likeness(s->d, code, &s->words), 0);
        offer(s, form, code->id, likeness(s->d, code, &s->last), 0);
    }
}

/* --- sums by topic --- */

static bool has_total(const struct form *form)
{
    return profile_table_line(form->table, "total") != NULL;
}

/* The line of a form that the words mean as a whole: of two sides the sum of one, if they end so;
 * NULL: there is none. */
static const char *sum_line(const struct search *s, const struct form *form)
{
    static const char *const sides[][2] = {{"支出", "本年支出合计"}, {"收入", "本年收入合计"}};
    size_t len = strlen(s->words.key);

    for (size_t i = 0; form->table->sides.count && i < ARRAY_SIZE(sides); i++) {
        if (!clean_ends(s->words.key, len, sides[i][0]))
            continue;
        for (size_t l = 0; l < form->lines.count; l++)
            if (!strcmp(form->lines.items[l].key, sides[i][1]))
                return form->lines.items[l].id;
        return NULL;
    }
    return has_total(form) ? "total" : NULL;
}

/* "...收入" is nothing of a table of expenditure. */
static bool is_other_side(const struct search *s, const struct form *form)
{
    return clean_ends(s->words.key, strlen(s->words.key), "收入") &&
           !strstr(form->table->title.s, "收入");
}

/* By its title, as a label is; what follows it must say nothing else. */
static void offer_title(struct search *s, const struct form *form)
{
    const char *stem = form->about;
    const char *at = *stem ? strstr(s->words.stem, stem) : NULL;
    const char *line = sum_line(s, form);

    if (at && line && !(s->said & ~form->topics) && !is_other_side(s, form) &&
        clean_is_filler(at + strlen(stem)))
        offer(s, form, line, (unsigned)chars(stem) * 2, 0);
}

/* The words without those that say what they are about. */
static const char *without_topics(const struct draft *d, const char *key)
{
    static const char *const words[] = {"一般公共预算", "财政拨款",     "基本支出", "三公",
                                        "政府采购",     "购买服务",     "机关运行", "国有资产",
                                        "政府性基金",   "国有资本经营", "国有资本", "绩效管理",
                                        "政府"};

    for (size_t i = 0; i < ARRAY_SIZE(words); i++)
        for (const char *at; (at = strstr(key, words[i])) != NULL;)
            key = arena_format(d->scratch, "%.*s%s", (int)(at - key), key, at + strlen(words[i]));
    return key;
}

/* Weakly, by what it is about, when the words say nothing else. */
static void offer_total(struct search *s, const struct form *form)
{
    unsigned own = form->topics;
    bool same = s->said && (s->said & ~TOPIC_FUNDS_BY ? (own & s->said & ~TOPIC_FUNDS_BY) != 0
                                                      : own == s->said);

    if (same && sum_line(s, form) && !is_other_side(s, form) &&
        clean_is_filler(without_topics(s->d, s->words.key)))
        offer(s, form, sum_line(s, form), 1, 0);
}

/* Whether a table with a sum is about just what the words are about. */
static bool has_own_table(const struct search *s)
{
    for (size_t i = 0; i < s->d->form_count; i++)
        if (s->d->forms[i].topics == s->said && has_total(&s->d->forms[i]))
            return true;
    return false;
}

/* "一般公共预算财政拨款基本支出" where only the table of all of it has a sum, and a column for it.
 */
static void offer_column(struct search *s, const struct form *form)
{
    const char *stem = form->about;
    int before = s->score;
    bool any = s->best.table != NULL;

    if (!*stem || !has_total(form) || !strstr(s->words.stem, stem) || has_own_table(s))
        return;
    for (size_t i = 0; i < form->columns.count; i++) {
        const struct label *column = &form->columns.items[i];

        if (column->narrative || chars(column->key) < 4 || strstr(stem, column->stem) ||
            !strstr(s->words.key, column->key))
            continue;
        offer(s, form, "total", (unsigned)(chars(stem) + chars(column->key)) * 2, 0);
        if (s->best.table && (!any || s->score > before) && s->best.table == form->table->id.s)
            s->best.column = column->id;
    }
}

bool subject_of_topics(const struct draft *d, unsigned topics, struct subject *out)
{
    const struct form *found = NULL;

    for (size_t i = 0; i < d->form_count; i++) {
        unsigned own = d->forms[i].topics & ~TOPIC_FUNDS_BY;

        if (!own || !(own & topics) || !has_total(&d->forms[i]) || d->forms[i].table->codes.s ||
            d->forms[i].lines.count > 1)
            continue;
        if (found)
            return false;
        found = &d->forms[i];
    }
    if (!found)
        return false;
    *out = (struct subject){found->table->id.s, "total", NULL, 1};
    return true;
}

const struct form *subject_empty_form(const struct draft *d, unsigned topics, const char *words)
{
    const struct form *best = NULL;
    int most = NOT_MEANT;

    for (size_t i = 0; i < d->form_count; i++) {
        int own = affinity(&d->forms[i], topics, subject_topics(words));

        if (!d->forms[i].table->statutory.value || !(d->forms[i].topics & ~TOPIC_FUNDS_BY) ||
            own <= most)
            continue;
        most = own;
        best = &d->forms[i];
    }
    return best;
}

/* --- classification codes by name --- */

static const char *const markers[] = {"（类）", "(类)", "（款）", "(款)", "（项）", "(项)"};

/* The name before a marker: back to the marker, quote or stop before. */
static const char *name_before(const struct draft *d, const char *words, size_t at)
{
    static const char *const ends[] = {"（类）", "(类)", "（款）", "(款)", "“",    "\"",  "，",
                                       "。",     "；",   "：",     "、",   "用于", "其中"};
    size_t start = at, stop = at;

    while (stop &&
           (clean_ends(words, stop, "”") || words[stop - 1] == ' ' || words[stop - 1] == '"'))
        stop -= clean_ends(words, stop, "”") ? strlen("”") : 1;
    for (start = stop; start; start--)
        for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
            if (clean_ends(words, start, ends[i]))
                return arena_strndup(d->scratch, words + start, stop - start);
    return arena_strndup(d->scratch, words, stop);
}

static const char *code_named(const struct draft *d, const char *name, size_t digits,
                              const char *parent)
{
    const char *key = clean_key(d->scratch, name, strlen(name));
    const char *stem = clean_stem(d->scratch, key), *found = NULL;

    for (unsigned pass = 0; pass < 2 && !found; pass++)
        for (size_t i = 0; i < d->functional.count; i++) {
            const struct label *code = &d->functional.items[i];

            if (strlen(code->id) != digits || (parent && !clean_begins(code->id, parent)) ||
                strcmp(pass ? code->stem : code->key, pass ? stem : key) != 0)
                continue;
            if (found)
                return NULL; /* several */
            found = code->id;
        }
    return found;
}

/* Goes from marker to marker; the last one decides. */
static const char *read_codes(const struct draft *d, const char *words, struct subject_codes *codes,
                              bool *any, const char **unknown)
{
    const char *code = NULL;
    bool group = false;

    *any = false;
    for (size_t at = 0; words[at]; at++)
        for (size_t i = 0; i < ARRAY_SIZE(markers); i++) {
            const char *name;

            if (!clean_begins(words + at, markers[i]))
                continue;
            *any = true;
            name = name_before(d, words, at);
            if (i < 2) {
                code = codes->class_code = code_named(d, name, 3, NULL);
                codes->group_code = codes->unknown_group = NULL;
            } else if (i < 4) {
                code = codes->group_code = code_named(d, name, 5, codes->class_code);
                codes->unknown_group = code ? NULL : arena_strdup(d->arena, name);
                group = true;
            } else {
                /* below a 款 that there is not, any of that name would be a guess */
                code = group && !codes->group_code
                           ? NULL
                           : code_named(d, name, 7,
                                        codes->group_code ? codes->group_code : codes->class_code);
            }
            *unknown = code ? NULL : name;
        }
    return code;
}

const struct form *subject_coded_form(const struct draft *d, unsigned above, unsigned said)
{
    const struct form *best = NULL;
    int most = NOT_MEANT;

    for (size_t i = 0; i < d->form_count; i++) {
        int own = affinity(&d->forms[i], above, said);

        if (text_is(&d->forms[i].table->codes, "functional") && own > most) {
            most = own;
            best = &d->forms[i];
        }
    }
    return best;
}

static struct words words_of(const struct draft *d, const char *text)
{
    struct words words = {.key = clean_key(d->scratch, text, strlen(text))};

    words.stem = clean_stem(d->scratch, words.key);
    return words;
}

static const char *behind_colon(const char *words)
{
    const char *last = words;

    for (const char *at = words; (at = strstr(at, "：")) != NULL; at += strlen("："))
        last = at + strlen("：");
    return last;
}

bool subject_find(const struct draft *d, unsigned topics, const char *words, const char *unit,
                  struct subject_codes *codes, struct subject *out, const char **unknown)
{
    struct search s = {.d = d, .above = topics, .said = subject_topics(words), .unit = unit};
    bool any, named;
    const char *code;
    const struct form *form;

    *unknown = NULL;
    *out = (struct subject){0};
    code = read_codes(d, words, codes, &any, unknown);
    if (any) {
        form = code ? subject_coded_form(d, topics, s.said) : NULL;
        if (!form)
            return false;
        *out = (struct subject){form->table->id.s, code, NULL, 100};
        return true;
    }
    s.words = words_of(d, words);
    s.last = words_of(d, behind_colon(words));
    s.is_one_part = !strcmp(s.last.key, s.words.key);
    if (unit && money_exponent(unit) >= 0 && is_mean(s.words.key))
        return false;
    for (size_t i = 0; i < d->form_count; i++) {
        offer_labels(&s, &d->forms[i]);
        offer_title(&s, &d->forms[i]);
        offer_column(&s, &d->forms[i]);
    }
    named = s.best.table != NULL;
    for (size_t i = 0; !named && i < d->form_count; i++)
        offer_total(&s, &d->forms[i]);
    *out = s.best;
    return s.best.table != NULL;
}

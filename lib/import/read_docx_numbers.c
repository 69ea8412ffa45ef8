#include "base/base.h"

#include "import/read_docx_numbers.h"

#include "base/strbuf.h"
#include "import/doc_build.h"
#include "import/read_office.h"
#include "import/read_xml.h"
#include "text/utf8.h"

enum { LEVELS = 9, NUMBER_MAX = 99999 };

struct level {
    const char *format, *text, *suffix, *style;
    unsigned start;
    int restart; /* after which level, from 1; 0: never; DOCX_UNSET: after any above it */
    bool is_legal;
};

/* What several lists may share, with the counting. */
struct abstract {
    struct level levels[LEVELS];
    const char *list_style; /* where the levels are, if not here */
    unsigned counts[LEVELS];
    bool has_begun[LEVELS];
};

struct list {
    struct abstract *abstract;
    struct level levels[LEVELS]; /* with what it has of its own */
    bool begins_anew[LEVELS];    /* and has not done so yet */
};

/* --- numbers --- */

static void add_chinese(unsigned n, const char *const digits[10], const char *const units[4],
                        bool drops_one, struct strbuf *out)
{
    unsigned power = 10000, unit = 0;
    bool zero_due = false, any = false;

    if (!n)
        strbuf_adds(out, digits[0]);
    for (; power; power /= 10, unit++) {
        unsigned digit = n / power % 10;

        if (!digit) {
            zero_due = any;
            continue;
        }
        if (zero_due)
            strbuf_adds(out, digits[0]);
        if (!(drops_one && !any && digit == 1 && power == 10)) /* 十一 */
            strbuf_adds(out, digits[digit]);
        if (power > 1)
            strbuf_adds(out, units[unit]);
        zero_due = false;
        any = true;
    }
}

static void add_roman(unsigned n, bool is_lower, struct strbuf *out)
{
    static const struct {
        unsigned value;
        char text[3];
    } steps[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"},
                 {90, "XC"},  {50, "L"},   {40, "XL"}, {10, "X"},   {9, "IX"},
                 {5, "V"},    {4, "IV"},   {1, "I"}};
    size_t from = out->len;

    for (size_t i = 0; i < ARRAY_SIZE(steps); i++)
        for (; n >= steps[i].value; n -= steps[i].value)
            strbuf_adds(out, steps[i].text);
    for (; is_lower && from < out->len; from++)
        out->buf[from] |= 0x20;
}

/* z, aa, bb: as Word goes on. */
static void add_letter(unsigned n, char a, struct strbuf *out)
{
    if (n)
        strbuf_addn(out, (char)(a + (char)((n - 1) % 26)), (n - 1) / 26 % 100 + 1);
}

/* One of a row of characters, such as ① to ⑳; else in digits. */
static void add_of_row(unsigned n, uint32_t first, unsigned count, struct strbuf *out)
{
    if (n && n <= count)
        utf8_add(out, first + n - 1);
    else
        strbuf_add_uint(out, n);
}

static void add_digits(unsigned n, const char *const digits[10], struct strbuf *out)
{
    char text[12];

    snprintf(text, sizeof(text), "%u", n);
    for (const char *p = text; *p; p++)
        strbuf_adds(out, digits[*p - '0']);
}

static void add_of(unsigned n, const char *const names[], unsigned count, struct strbuf *out)
{
    if (n && n <= count)
        strbuf_adds(out, names[n - 1]);
    else
        strbuf_add_uint(out, n);
}

static bool add_ideographs(unsigned n, const char *format, struct strbuf *out)
{
    static const char *const plain[10] = {"零", "一", "二", "三", "四",
                                          "五", "六", "七", "八", "九"},
                             *const circle[10] = {"〇", "一", "二", "三", "四",
                                                  "五", "六", "七", "八", "九"},
                             *const legal[10] = {"零", "壹", "贰", "叁", "肆",
                                                 "伍", "陆", "柒", "捌", "玖"},
                             *const wide[10] = {"０", "１", "２", "３", "４",
                                                "５", "６", "７", "８", "９"};
    static const char *const units[4] = {"万", "千", "百", "十"}, *const legal_units[4] = {
                                                                      "万", "仟", "佰", "拾"};
    static const char *const stems[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"},
                             *const branches[] = {"子", "丑", "寅", "卯", "辰", "巳",
                                                  "午", "未", "申", "酉", "戌", "亥"};

    if (!strcmp(format, "chineseCounting") || !strcmp(format, "chineseCountingThousand") ||
        !strcmp(format, "japaneseCounting") || !strcmp(format, "taiwaneseCounting") ||
        !strcmp(format, "taiwaneseCountingThousand"))
        add_chinese(n, plain, units, true, out);
    else if (!strcmp(format, "chineseLegalSimplified") ||
             !strcmp(format, "ideographLegalTraditional"))
        add_chinese(n, legal, legal_units, false, out);
    else if (!strcmp(format, "ideographDigital") || !strcmp(format, "taiwaneseDigital") ||
             !strcmp(format, "japaneseDigitalTenThousand"))
        add_digits(n, circle, out);
    else if (!strncmp(format, "decimalFullWidth", 16))
        add_digits(n, wide, out);
    else if (!strcmp(format, "ideographTraditional"))
        add_of(n, stems, ARRAY_SIZE(stems), out);
    else if (!strcmp(format, "ideographZodiac"))
        add_of(n, branches, ARRAY_SIZE(branches), out);
    else
        return false;
    return true;
}

void docx_number(unsigned n, const char *format, struct strbuf *out)
{
    if (n > NUMBER_MAX)
        strbuf_add_uint(out, n);
    else if (!strcmp(format, "upperRoman") || !strcmp(format, "lowerRoman"))
        add_roman(n, *format == 'l', out);
    else if (!strcmp(format, "upperLetter") || !strcmp(format, "lowerLetter"))
        add_letter(n, *format == 'l' ? 'a' : 'A', out);
    else if (!strcmp(format, "decimalZero"))
        strbuf_addf(out, "%02u", n);
    else if (!strncmp(format, "decimalEnclosedCircle", 21))
        add_of_row(n, 0x2460, 20, out);
    else if (!strcmp(format, "decimalEnclosedParen"))
        add_of_row(n, 0x2474, 20, out);
    else if (!strcmp(format, "decimalEnclosedFullstop"))
        add_of_row(n, 0x2488, 20, out);
    else if (!strcmp(format, "ideographEnclosedCircle"))
        add_of_row(n, 0x3280, 10, out);
    else if (!strcmp(format, "none"))
        return;
    else if (!add_ideographs(n, format, out))
        strbuf_add_uint(out, n);
}

/* --- reading --- */

static const char *value(struct xml *x, struct arena *arena)
{
    const char *s = xml_attribute(x, "val");

    return s ? arena_strdup(arena, s) : "";
}

static void read_level(struct xml *x, struct arena *arena, struct level *l)
{
    struct xml_level level = xml_enter(x);

    *l = (struct level){.format = "decimal", .text = "", .suffix = "tab", .restart = DOCX_UNSET};
    while (xml_next(x, &level)) {
        if (xml_is(x, "start"))
            l->start = xml_number(x, "val", 0);
        else if (xml_is(x, "numFmt"))
            l->format = value(x, arena);
        else if (xml_is(x, "lvlText"))
            l->text = value(x, arena);
        else if (xml_is(x, "suff"))
            l->suffix = value(x, arena);
        else if (xml_is(x, "pStyle"))
            l->style = value(x, arena);
        else if (xml_is(x, "lvlRestart"))
            l->restart = (int)xml_number(x, "val", 0);
        else if (xml_is(x, "isLgl"))
            l->is_legal = xml_on(x);
    }
}

static void read_abstract(struct xml *x, struct arena *arena, struct docx_lists *out)
{
    struct abstract *a = arena_zalloc(arena, 1, sizeof(*a));
    const char *id = xml_attribute(x, "abstractNumId");
    struct xml_level level;

    if (!id)
        return;
    id = arena_strdup(arena, id);
    level = xml_enter(x);
    while (xml_next(x, &level)) {
        if (xml_is(x, "lvl")) {
            unsigned n = xml_number(x, "ilvl", LEVELS);

            if (n < LEVELS)
                read_level(x, arena, &a->levels[n]);
        } else if (xml_is(x, "numStyleLink")) {
            a->list_style = value(x, arena);
        }
    }
    *strmap_put(&out->abstracts, id, strlen(id), &(bool){false}) = a;
}

static void read_override(struct xml *x, struct arena *arena, struct list *list)
{
    unsigned n = xml_number(x, "ilvl", LEVELS);
    struct xml_level level = xml_enter(x);

    while (xml_next(x, &level)) {
        if (n < LEVELS && xml_is(x, "lvl")) {
            read_level(x, arena, &list->levels[n]);
        } else if (n < LEVELS && xml_is(x, "startOverride")) {
            list->levels[n].start = xml_number(x, "val", 0);
            list->begins_anew[n] = true;
        }
    }
}

static void read_num(struct xml *x, struct arena *arena, struct docx_lists *out)
{
    struct list *list = arena_zalloc(arena, 1, sizeof(*list));
    const char *id = xml_attribute(x, "numId");
    struct xml_level level;

    if (!id)
        return;
    id = arena_strdup(arena, id);
    level = xml_enter(x);
    while (xml_next(x, &level)) {
        if (xml_is(x, "abstractNumId")) {
            const char *name = value(x, arena);

            list->abstract = strmap_get(&out->abstracts, name, strlen(name));
            if (list->abstract)
                memcpy(list->levels, list->abstract->levels, sizeof(list->levels));
        } else if (xml_is(x, "lvlOverride")) {
            read_override(x, arena, list);
        }
    }
    if (list->abstract)
        *strmap_put(&out->lists, id, strlen(id), &(bool){false}) = list;
}

int docx_lists_read(const struct office *office, const struct docx_styles *styles,
                    struct docx_lists *out)
{
    struct arena *arena = &office->reading->document->arena;
    const struct zip_part *part = office_part(office, "numbering");
    struct xml_level level;
    struct xml x;

    *out = (struct docx_lists){.styles = styles};
    if (!part || !part->data)
        return 0;
    xml_open(&x, office->reading, part->name, part->data, part->len);
    level = xml_enter(&x);
    while (xml_next(&x, &level)) {
        if (xml_is(&x, "abstractNum"))
            read_abstract(&x, arena, out);
        else if (xml_is(&x, "num"))
            read_num(&x, arena, out);
    }
    return xml_close(&x);
}

void docx_lists_release(struct docx_lists *lists)
{
    strmap_release(&lists->abstracts);
    strmap_release(&lists->lists);
}

/* --- counting --- */

static struct list *find(const struct docx_lists *lists, const char *id)
{
    struct list *list = strmap_get(&lists->lists, id, strlen(id));
    const struct docx_style *style;

    if (!list || !list->abstract->list_style)
        return list;
    /* the levels are those of the list that the style has */
    style = docx_style(lists->styles, list->abstract->list_style);
    return style && style->list ? strmap_get(&lists->lists, style->list, strlen(style->list))
                                : list;
}

static void count(struct list *list, unsigned at)
{
    struct abstract *a = list->abstract;

    if (!a->has_begun[at] || list->begins_anew[at])
        a->counts[at] = list->levels[at].start;
    else
        a->counts[at]++;
    a->has_begun[at] = true;
    list->begins_anew[at] = false;
    for (unsigned i = at + 1; i < LEVELS; i++) {
        int restart = list->levels[i].restart;

        if (restart == DOCX_UNSET || (restart && at < (unsigned)restart))
            a->has_begun[i] = false;
    }
}

/* The text of a level with %1 to %9 replaced. */
static void add_number(const struct list *list, const struct level *level, struct strbuf *out)
{
    for (const char *p = level->text; *p; p++) {
        unsigned of = (unsigned char)p[1] - (unsigned)'1';

        if (*p != '%' || of >= LEVELS) {
            strbuf_addch(out, *p);
            continue;
        }
        docx_number(list->abstract->has_begun[of] ? list->abstract->counts[of]
                                                  : list->levels[of].start,
                    level->is_legal           ? "decimal"
                    : list->levels[of].format ? list->levels[of].format
                                              : "decimal",
                    out);
        p++;
    }
}

/* A tab after 一、 shows nothing that a person would write; after 1 it parts the number. */
static void add_suffix(const char *suffix, struct strbuf *out)
{
    char last = out->len ? out->buf[out->len - 1] : ' ';
    bool is_plain = (last >= '0' && last <= '9') || (last >= 'A' && last <= 'Z') ||
                    (last >= 'a' && last <= 'z') || last == '.';

    if (!strcmp(suffix, "space") || (strcmp(suffix, "nothing") != 0 && is_plain))
        strbuf_addch(out, ' ');
}

void docx_lists_next(struct docx_lists *lists, const char *id, unsigned at,
                     const struct docx_style *style, struct strbuf *out)
{
    struct list *list = find(lists, id);
    const struct level *level;
    size_t len = out->len;

    if (!list)
        return;
    for (unsigned i = 0; style && i < LEVELS; i++)
        if (list->levels[i].style && !strcmp(list->levels[i].style, style->id))
            at = i;
    if (at >= LEVELS || !list->levels[at].format)
        return;
    count(list, at);
    level = &list->levels[at];
    if (!strcmp(level->format, "bullet"))
        return;
    add_number(list, level, out);
    if (out->len > len)
        add_suffix(level->suffix, out);
}

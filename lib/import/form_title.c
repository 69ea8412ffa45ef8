#include "base/base.h"

#include "import/form_title.h"

#include "import/clean.h"

enum { TITLE_CHARS = 60, ROWS = 4 };

/* Whether a block is no text right before the table. */
static bool is_apart(const struct draft *d, size_t index, size_t block)
{
    const struct ledger_block *own = &d->ledger->blocks[index];

    return own->block->kind == DOC_TABLE || own->document != d->ledger->blocks[block].document;
}

/* The paragraph with the title, in the last ones before the table; NULL: there is none. */
static const struct passage *title_before(const struct draft *d, size_t block)
{
    for (size_t i = block; i > 0 && block - i < 4; i--) {
        const struct passage *passage;

        if (is_apart(d, i - 1, block))
            return NULL;
        passage = ledger_paragraph(d->ledger, i - 1);
        if (strstr(clean_squeeze(d->scratch, passage->text, strlen(passage->text)), "自评表") &&
            clean_length(passage->text, strlen(passage->text)) <= TITLE_CHARS)
            return passage;
    }
    return NULL;
}

bool form_has_title(const struct draft *d, size_t block)
{
    return title_before(d, block) != NULL;
}

const char *form_title(struct draft *d, size_t block)
{
    const struct passage *before = title_before(d, block);
    const struct doc_table *table = d->ledger->blocks[block].block->table;

    for (size_t i = 0; !before && i < table->cell_count && table->cells[i].row < ROWS; i++) {
        const struct passage *cell =
            ledger_cell(d->ledger, block, table->cells[i].row, table->cells[i].column);

        if (strstr(clean_squeeze(d->scratch, cell->text, strlen(cell->text)), "自评表") &&
            clean_length(cell->text, strlen(cell->text)) <= TITLE_CHARS)
            before = cell;
    }
    return before ? clean_squeeze(d->scratch, before->text, strlen(before->text)) : "";
}

/* What of a text is a name, without the signs around it; NULL: nothing. */
static const char *as_name(struct draft *d, const char *s, size_t len)
{
    static const char *const around[] = {"“", "”",  "《", "》", "（", "）", "(",
                                         ")", "：", ":",  "—",  "-",  "_",  " "};
    static const char *const none[] = {"", "项目", "部门", "单位", "预算项目", "财政项目", "附件"};
    bool again = true;

    while (again) {
        again = false;
        for (size_t i = 0; i < ARRAY_SIZE(around) && len; i++) {
            size_t n = strlen(around[i]);

            if (n <= len && clean_begins(s, around[i])) {
                s += n;
                len -= n;
                again = true;
            } else if (clean_ends(s, len, around[i])) {
                len -= n;
                again = true;
            }
        }
    }
    s = arena_strndup(d->scratch, s, len);
    for (size_t i = 0; i < ARRAY_SIZE(none); i++)
        if (!strcmp(s, none[i]))
            return NULL;
    return s;
}

/* Behind "2021年度" or "2021年" at the beginning, or behind the department's name with it. */
static const char *without_year(const char *s)
{
    const char *at = strstr(s, "年度");
    size_t digits;

    if (at && at - s >= 4 && strspn(at - 4, "0123456789") == 4)
        return at + strlen("年度");
    digits = strspn(s, "0123456789");
    return digits == 4 && clean_begins(s + 4, "年") ? s + 4 + strlen("年") : s;
}

/* "大数据平台运维项目支出绩效自评表", "项目支出绩效自评表（大数据平台运维）" */
static const char *name_in(struct draft *d, const char *title)
{
    static const char *const whats[] = {"支出绩效自评表", "绩效自评表", "自评表"};
    const char *name, *at = NULL, *end;

    title += clean_numbering(title, NULL);
    for (size_t i = 0; i < ARRAY_SIZE(whats) && !at; i++)
        at = strstr(title, whats[i]);
    if (!at)
        return NULL;
    name = without_year(title);
    name = name < at ? as_name(d, name, (size_t)(at - name)) : NULL;
    end = strstr(at, "表") + strlen("表");
    if (!name && strspn(end, "（(") && !strstr(end, "年度") && !strstr(end, "年)"))
        name = as_name(d, end, strlen(end));
    if (!name && !strstr(end, "年") && *end)
        name = as_name(d, end, strlen(end));
    return name;
}

const char *form_title_name(struct draft *d, size_t block)
{
    static const char *const plain[] = {"Sheet", "sheet", "SHEET", "工作表", "表", NULL};
    const char *name = name_in(d, form_title(d, block));
    const char *sheet = d->ledger->blocks[block].block->place.sheet;

    if (name || !sheet)
        return name;
    sheet = clean_text(d->scratch, sheet);
    sheet = clean_squeeze(d->scratch, sheet, strlen(sheet));
    name = strstr(sheet, "自评表") ? name_in(d, sheet) : as_name(d, sheet, strlen(sheet));
    for (size_t i = 0; name && plain[i]; i++)
        if (clean_begins(name, plain[i]))
            return NULL;
    return name && strspn(name, "0123456789") < strlen(name) ? name : NULL;
}

/* Whether a paragraph is no more than a title, a year, a unit. */
static bool is_bare_title(struct draft *d, const struct passage *passage)
{
    const char *text = clean_squeeze(d->scratch, passage->text, strlen(passage->text));
    const char *colon = strstr(text, "：") ? strstr(text, "：") : strchr(text, ':');
    bool unit = strstr(text, "单位：") || strstr(text, "单位:");

    if (clean_length(text, strlen(text)) > 30 || clean_numbering(passage->text, NULL))
        return false;
    if (strstr(text, "转移支付") || strstr(text, "政策"))
        return false; /* which says that it is no project's */
    if (colon && (!unit || !clean_ends(text, strlen(text), "元")))
        return false;
    return strstr(text, "自评表") || strstr(text, "年度）") || strstr(text, "年度)");
}

void form_drop_title(struct draft *d, size_t block)
{
    for (size_t i = block; i > 0 && block - i < 3; i--) {
        struct ledger_block *own = &d->ledger->blocks[i - 1];
        const struct passage *passage;

        if (is_apart(d, i - 1, block) || own->level == 1)
            return;
        passage = ledger_paragraph(d->ledger, i - 1);
        if (*passage->text && !is_bare_title(d, passage))
            return;
        own->use = USE_NONE;
    }
}

#include "base/base.h"

#include "import/outline.h"

#include "base/strmap.h"
#include "import/clean.h"

enum { TITLE_CHARS = 44 };

/* What makes a line a sentence. */
static bool is_sentence(const char *text, size_t len)
{
    static const char *const stops[] = {"。", "；", "，", ";", ",", "："};

    for (size_t i = 0; i < ARRAY_SIZE(stops); i++)
        if (memmem(text, len, stops[i], strlen(stops[i])))
            return true;
    return false;
}

static const char *title_of(struct arena *arena, const struct passage *passage)
{
    const char *line = clean_line(arena, passage->text);

    return clean_trim(arena, line, strlen(line));
}

/* A final colon or full stop belongs to no title. */
static size_t title_length(const char *title)
{
    static const char *const ends[] = {"：", ":", "。", "."};
    size_t len = strlen(title);

    for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
        if (clean_ends(title, len, ends[i]))
            return len - strlen(ends[i]);
    return len;
}

/* Titles that have no number where they stand. */
static bool is_known_title(const char *title)
{
    static const char *const names[] = {"绩效自评表",   "绩效评价报告", "绩效自评报告",
                                        "绩效评价情况", "绩效自评情况", NULL};

    return clean_length(title, strlen(title)) <= 30 && clean_has_any(title, names);
}

/* The level of a paragraph that is a heading, or 0. */
static unsigned heading_level(struct ledger *l, size_t index)
{
    const struct ledger_block *own = &l->blocks[index];
    const struct passage *passage = ledger_paragraph(l, index);
    const char *title = title_of(l->scratch, passage);
    unsigned level = 0;
    size_t skip = clean_numbering(title, &level);
    size_t len = title_length(title + skip);

    if (!*title || clean_length(title, strlen(title)) > TITLE_CHARS)
        return 0;
    if (skip && (!len || is_sentence(title + skip, len)))
        return 0;
    if (skip)
        return level;
    if (own->block->kind == DOC_HEADING)
        return own->block->level < 6 ? own->block->level : 6;
    return is_known_title(title) && !is_sentence(title, len) ? 2 : 0;
}

/* Dots or a page number at its end; or the next of that level stands right behind it, and the same
 * title comes again. */
static bool is_contents_line(const char *title)
{
    static const char *const leaders[] = {"......", "……", "····", NULL};

    return clean_has_any(title, leaders);
}

/* Where each short paragraph stands last, by its key: the number of its block, + 1. */
static void find_last(struct ledger *l, struct strmap *out)
{
    for (size_t i = 0; i < l->block_count; i++) {
        const char *text =
            l->blocks[i].block->kind == DOC_TABLE ? NULL : ledger_paragraph(l, i)->text;
        const char *key;
        bool is_new;

        if (!text || strlen(text) >= 200)
            continue;
        key = clean_key(l->scratch, text, strlen(text));
        *strmap_put(out, key, strlen(key), &is_new) = (void *)(uintptr_t)(i + 1);
    }
}

static bool comes_again(const struct strmap *last, size_t index, const char *key)
{
    return (uintptr_t)strmap_get(last, key, strlen(key)) > index + 1;
}

/* A sentence, or a figure with its unit: no line of a table of contents. */
static bool states_something(struct ledger *l, const struct passage *passage)
{
    for (size_t i = 0; i < passage->count; i++)
        if (l->entries[passage->first + i].number.class == NUMBER_FIGURE &&
            l->entries[passage->first + i].number.unit)
            return true;
    return strstr(passage->text, "。") != NULL;
}

/* The first blocks may be a table of contents: it ends before the last of a row of headings that
 * come again, and before anything is stated. Returns how many blocks it takes. */
static size_t contents_end(struct ledger *l)
{
    struct strmap last = STRMAP_INIT;
    size_t end = 0, lines = 0;

    find_last(l, &last);
    for (size_t i = 0; i < l->block_count && i < 200; i++) {
        const struct passage *passage;
        const char *title;

        if (l->blocks[i].block->kind == DOC_TABLE)
            break;
        passage = ledger_paragraph(l, i);
        title = title_of(l->scratch, passage);
        if (clean_length(title, strlen(title)) > TITLE_CHARS * 2 || states_something(l, passage))
            break;
        if (is_contents_line(title) ||
            (clean_numbering(title, NULL) &&
             comes_again(&last, i, clean_key(l->scratch, title, strlen(title))))) {
            end = i + 1;
            lines++;
        }
    }
    strmap_release(&last);
    arena_reset(l->scratch);
    return lines > 1 ? end : 0; /* one heading that comes again is no table of contents */
}

/* "- 3 -", "第 3 页 共 20 页": between the parts of a table, and within texts. */
static bool is_page_number(struct ledger *l, const struct passage *passage)
{
    const char *key;
    size_t digits;

    if (passage->count == 0 || clean_length(passage->text, strlen(passage->text)) > 14 ||
        strstr(passage->text, ".") || strstr(passage->text, "%"))
        return false;
    key = clean_key(l->scratch, passage->text, strlen(passage->text));
    digits = strspn(key, "0123456789");
    if (digits && !key[digits])
        return digits <= 3;
    return clean_begins(key, "第") && clean_ends(key, strlen(key), "页");
}

static size_t open_section(struct ledger *l, struct outline *out, size_t current, size_t index,
                           unsigned level)
{
    const char *title = title_of(l->arena, ledger_paragraph(l, index));
    size_t skip = clean_numbering(title, NULL);

    while (current && out->sections[current].level >= level)
        current = out->sections[current].parent;
    ARENA_GROW(l->arena, out->sections, out->count, out->cap);
    out->sections[out->count] =
        (struct section){.title = arena_strndup(l->arena, title + skip, title_length(title + skip)),
                         .whole = title,
                         .level = level,
                         .parent = current,
                         .block = index};
    return out->count++;
}

void outline_find(struct ledger *l, struct outline *out)
{
    size_t contents = contents_end(l), current = 0;

    ARENA_GROW(l->arena, out->sections, out->count, out->cap);
    out->sections[out->count++] = (struct section){.title = "", .whole = ""};
    for (size_t i = 0; i < l->block_count; i++) {
        struct ledger_block *own = &l->blocks[i];
        unsigned level = 0;

        if (i && own->document != l->blocks[i - 1].document)
            current = 0;
        if (i < contents) {
            own->use = USE_NONE;
            ledger_reclass(l, ledger_paragraph(l, i), NUMBER_NUMBERING); /* of pages */
        } else if (own->block->kind == DOC_EDGE ||
                   (own->block->kind != DOC_TABLE && is_page_number(l, ledger_paragraph(l, i)))) {
            own->use = USE_NONE;
            ledger_reclass(l, ledger_paragraph(l, i), NUMBER_NUMBERING);
        } else if (own->block->kind != DOC_TABLE) {
            level = heading_level(l, i);
        }
        if (level) {
            current = open_section(l, out, current, i, level);
            own->use = USE_HEADING;
            own->level = level;
        }
        for (size_t p = 0; p < own->count; p++)
            l->passages[own->first + p].section = current;
        arena_reset(l->scratch);
    }
}

const char *outline_path(const struct outline *outline, size_t section, struct arena *arena)
{
    const struct section *own = &outline->sections[section];
    const char *above = own->parent ? outline_path(outline, own->parent, arena) : "";

    return *above ? arena_format(arena, "%s > %s", above, own->whole) : own->whole;
}

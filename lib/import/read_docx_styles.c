#include "base/base.h"

#include "import/read_docx_styles.h"

#include "import/doc_build.h"
#include "import/read_office.h"
#include "import/read_xml.h"

enum { BASES_MAX = 20 };

static const char *copy(struct arena *arena, const char *s)
{
    return s ? arena_strdup(arena, s) : NULL;
}

static void read_list(struct xml *x, struct arena *arena, struct docx_style *style)
{
    struct xml_level level = xml_enter(x);

    while (xml_next(x, &level)) {
        if (xml_is(x, "numId"))
            style->list = copy(arena, xml_attribute(x, "val"));
        else if (xml_is(x, "ilvl"))
            style->list_level = (int)xml_number(x, "val", 0);
    }
}

/* <w:pPr> or <w:rPr> of a style. */
static void read_properties(struct xml *x, struct arena *arena, struct docx_style *style)
{
    struct xml_level level = xml_enter(x);

    while (xml_next(x, &level)) {
        if (xml_is(x, "outlineLvl"))
            style->outline = (int)xml_number(x, "val", DOCX_BODY_LEVEL);
        else if (xml_is(x, "numPr"))
            read_list(x, arena, style);
        else if (xml_is(x, "vanish"))
            style->is_hidden = xml_on(x);
    }
}

/* Word's own headings are known by their names, in documents that say nothing else of them. */
static int level_of_name(const char *name)
{
    if (!name)
        return DOCX_UNSET;
    if (!strcasecmp(name, "Title"))
        return 0;
    if (!strncasecmp(name, "heading ", 8) && name[8] >= '1' && name[8] <= '9' && !name[9])
        return name[8] - '1';
    return DOCX_UNSET;
}

static void read_style(struct xml *x, struct arena *arena, struct docx_styles *out)
{
    struct docx_style *style = arena_zalloc(arena, 1, sizeof(*style));
    const char *type = xml_attribute(x, "type"), *standard = xml_attribute(x, "default");
    struct xml_level level;
    bool is_paragraph = !type || !strcmp(type, "paragraph");

    style->id = copy(arena, xml_attribute(x, "styleId"));
    style->outline = style->is_hidden = DOCX_UNSET;
    if (!style->id)
        return;
    if (is_paragraph && standard && (!strcmp(standard, "1") || !strcmp(standard, "true")))
        out->paragraph = style;
    level = xml_enter(x);
    while (xml_next(x, &level)) {
        if (xml_is(x, "name"))
            style->name = copy(arena, xml_attribute(x, "val"));
        else if (xml_is(x, "basedOn"))
            style->based_on = copy(arena, xml_attribute(x, "val"));
        else if (xml_is(x, "pPr") || xml_is(x, "rPr"))
            read_properties(x, arena, style);
    }
    if (style->outline == DOCX_UNSET && is_paragraph)
        style->outline = level_of_name(style->name);
    *strmap_put(&out->by_id, style->id, strlen(style->id), &(bool){false}) = style;
}

static void resolve(const struct docx_styles *styles, struct docx_style *style)
{
    const char *base_id = style->based_on;

    for (int i = 0; base_id && i < BASES_MAX; i++) {
        const struct docx_style *base = docx_style(styles, base_id);

        if (!base)
            break;
        if (style->outline == DOCX_UNSET)
            style->outline = base->outline;
        if (style->is_hidden == DOCX_UNSET)
            style->is_hidden = base->is_hidden;
        if (!style->list && base->list) {
            style->list = base->list;
            style->list_level = base->list_level;
        }
        base_id = base->based_on;
    }
}

int docx_styles_read(const struct office *office, struct docx_styles *out)
{
    struct arena *arena = &office->reading->document->arena;
    const struct zip_part *part = office_part(office, "styles");
    struct xml_level level;
    struct xml x;

    memset(out, 0, sizeof(*out));
    if (!part || !part->data)
        return 0;
    xml_open(&x, office->reading, part->name, part->data, part->len);
    level = xml_enter(&x);
    while (xml_next(&x, &level))
        if (xml_is(&x, "style"))
            read_style(&x, arena, out);
    for (size_t i = 0; i < out->by_id.size; i++)
        if (out->by_id.slots[i].key)
            resolve(out, out->by_id.slots[i].value);
    return xml_close(&x);
}

void docx_styles_release(struct docx_styles *styles)
{
    strmap_release(&styles->by_id);
}

const struct docx_style *docx_style(const struct docx_styles *styles, const char *id)
{
    return id ? strmap_get(&styles->by_id, id, strlen(id)) : NULL;
}

#include "base/base.h"

#include "import/read_office.h"

#include "base/err.h"
#include "base/strbuf.h"
#include "import/doc_build.h"
#include "import/read_docx.h"
#include "import/read_xlsx.h"
#include "import/read_xml.h"

/* --- parts --- */

static bool ends(const char *s, const char *with)
{
    size_t len = strlen(s), n = strlen(with);

    return len >= n && !strcasecmp(s + len - n, with);
}

/* Neither pictures nor what is only for programs. */
static bool is_wanted(const char *name)
{
    static const char *const unwanted[] = {"customXml/", "docProps/",     "/theme/",
                                           "/drawings/", "externalLinks", "/charts/",
                                           "calcChain",  "/comments",     "glossary/"};

    for (size_t i = 0; i < ARRAY_SIZE(unwanted); i++)
        if (strstr(name, unwanted[i]))
            return false;
    return ends(name, ".xml") || ends(name, ".rels");
}

const struct zip_part *office_part(const struct office *office, const char *type)
{
    for (size_t i = 0; i < office->count; i++)
        if (!strcmp(office->relations[i].type, type))
            return zip_find(&office->zip, office->relations[i].target);
    return NULL;
}

const struct zip_part *office_part_by_id(const struct office *office, const char *id)
{
    for (size_t i = 0; i < office->count; i++)
        if (!strcmp(office->relations[i].id, id))
            return zip_find(&office->zip, office->relations[i].target);
    return NULL;
}

/* --- relations --- */

/* The folder that a part is in, with its slash. */
static size_t folder_of(const char *part)
{
    const char *slash = strrchr(part, '/');

    return slash ? (size_t)(slash - part) + 1 : 0;
}

static size_t folder_above(const char *part, size_t folder)
{
    if (folder)
        folder--;
    while (folder && part[folder - 1] != '/')
        folder--;
    return folder;
}

/* Targets are relative to the part's folder, or begin with a slash. */
static const char *resolve(struct arena *arena, const char *part, const char *target)
{
    size_t folder = folder_of(part);

    if (*target == '/')
        return arena_strdup(arena, target + 1);
    for (;;) {
        if (!strncmp(target, "./", 2)) {
            target += 2;
        } else if (!strncmp(target, "../", 3)) {
            target += 3;
            folder = folder_above(part, folder);
        } else {
            return arena_format(arena, "%.*s%s", (int)folder, part, target);
        }
    }
}

static void add_relation(struct office *office, struct xml *x, const char *part)
{
    struct arena *arena = &office->reading->document->arena;
    const char *id = xml_attribute(x, "Id"), *type = xml_attribute(x, "Type"),
               *target = xml_attribute(x, "Target"), *mode = xml_attribute(x, "TargetMode");
    const char *word = type ? strrchr(type, '/') : NULL;

    if (!id || !target || !word || (mode && !strcmp(mode, "External")))
        return;
    ARENA_GROW(arena, office->relations, office->count, office->cap);
    office->relations[office->count++] = (struct office_relation){
        .id = arena_strdup(arena, id),
        .type = arena_strdup(arena, word + 1),
        .target = resolve(arena, part, target),
    };
}

/* Those of a part; "" for those of the package. */
static int read_relations(struct office *office, const char *part)
{
    struct arena *arena = &office->reading->document->arena;
    size_t folder = folder_of(part);
    const char *name = arena_format(arena, "%.*s_rels/%s.rels", (int)folder, part, part + folder);
    const struct zip_part *rels = zip_find(&office->zip, name);
    struct xml_level level;
    struct xml x;

    office->count = 0;
    if (!rels || !rels->data)
        return 0;
    xml_open(&x, office->reading, rels->name, rels->data, rels->len);
    level = xml_enter(&x);
    while (xml_next(&x, &level))
        if (xml_is(&x, "Relationship"))
            add_relation(office, &x, part);
    return xml_close(&x);
}

/* --- which kind it is --- */

static const struct zip_part *find_main(const struct office *office)
{
    const struct zip_part *part = office_part(office, "officeDocument");

    if (!part)
        part = zip_find(&office->zip, "word/document.xml");
    if (!part)
        part = zip_find(&office->zip, "xl/workbook.xml");
    return part;
}

static int refuse(const struct office *office)
{
    const struct zip *zip = &office->zip;
    struct doc_reading *r = office->reading;

    if (zip_find(zip, "xl/workbook.bin"))
        err_hint(doc_error(r, "unknown-document", "it is a binary workbook (xlsb)"),
                 "open it in Excel or LibreOffice, and save it as .xlsx");
    else if (zip_find(zip, "content.xml"))
        err_hint(doc_error(r, "unknown-document", "it is an OpenDocument file (odt, ods)"),
                 "open it in LibreOffice, and save it as .docx or .xlsx");
    else
        err_hint(doc_error(r, "unknown-document",
                           "it is a zip, but there is neither a docx nor an xlsx in it"),
                 "if there are documents packed in it, unpack them and import those");
    return -1;
}

static int read_main(struct office *office, const struct zip_part *main)
{
    struct doc_reading *r = office->reading;
    char kind[16];
    struct xml x;

    xml_open(&x, r, main->name, main->data, main->len);
    snprintf(kind, sizeof(kind), "%s", xml_name(&x));
    if (xml_close(&x))
        return -1;
    office->main = main->name;
    if (read_relations(office, main->name))
        return -1;
    if (!strcmp(kind, "document"))
        return read_docx(office);
    if (!strcmp(kind, "workbook"))
        return read_xlsx(office);
    return refuse(office);
}

int read_office(struct doc_reading *r)
{
    struct office office = {.reading = r};
    const struct zip_part *main;
    int result = zip_read(r, is_wanted, &office.zip);

    if (!result)
        result = read_relations(&office, "");
    if (!result) {
        main = find_main(&office);
        result = main && main->data ? read_main(&office, main) : refuse(&office);
    }
    zip_release(&office.zip);
    return result;
}

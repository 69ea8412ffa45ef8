#include "base/base.h"

#include "source/content_reading.h"
#include "source/misnamed.h"

static void read_page(struct reading *r, const char *name, size_t len, struct content_pages *out)
{
    const char *path = arena_format(r->arena, "pages/%s", name);
    struct content_file *file = &out->files[out->count];

    if (!form_id.accepts(name, len)) {
        err_hint(content_folder_error(r, path, "wrong-id", "'%s' cannot be the id of a page",
                                      content_shown(r, name)),
                 "ids are at most %d lower-case letters, digits and '-', such as about.md", ID_MAX);
        return;
    }
    file->path = path;
    if (!source_read(r->source, path, r->arena, &file->source, r->errs))
        out->count++;
}

static void load_pages(struct reading *r, struct content_pages *out)
{
    struct fs_list root, list;

    if (source_list(r->source, "", r->arena, &root, r->errs))
        return;
    list = content_list_folder(r, &root, "pages");
    out->files = arena_zalloc(r->arena, list.count, sizeof(*out->files));
    for (size_t i = 0; i < list.count; i++) {
        const struct fs_entry *entry = &list.entries[i];
        size_t len = content_stem(entry->name, ".md");

        if (content_is_passed_over(entry))
            continue;
        if (len && entry->kind == FS_FILE)
            read_page(r, entry->name, len, out);
        else
            content_unexpected(r, "pages", entry, "only .md files belong here",
                               misnamed_ending(entry->name, ".md", r->arena));
    }
}

int content_load_pages(const struct source *source, struct content_pages *out, struct errs *errs)
{
    struct errs own = ERRS_INIT;
    struct reading r = {source, NULL, &out->arena, &own};

    memset(out, 0, sizeof(*out));
    load_pages(&r, out);
    return content_finish(&own, errs);
}

void content_release_pages(struct content_pages *pages)
{
    arena_release(&pages->arena);
    memset(pages, 0, sizeof(*pages));
}

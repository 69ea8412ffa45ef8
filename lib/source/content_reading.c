#include "base/base.h"

#include "source/content_reading.h"

#include "base/strbuf.h"
#include "model/load.h"
#include "source/misnamed.h"
#include "text/escape.h"

size_t content_stem(const char *name, const char *ending)
{
    size_t len = strlen(name), end = strlen(ending);

    return len > end && !strcmp(name + len - end, ending) ? len - end : 0;
}

bool content_is_year(const char *name, size_t len)
{
    if (len != 4 || name[0] == '0')
        return false;
    for (size_t i = 0; i < len; i++)
        if (name[i] < '0' || name[i] > '9')
            return false;
    return true;
}

int64_t content_year(const char *name)
{
    struct decimal d = {0, 0, false};

    decimal_parse(name, 4, &d);
    return d.units;
}

static int compare_entry(const void *name, const void *entry)
{
    return strcmp(name, ((const struct fs_entry *)entry)->name);
}

const struct fs_entry *content_find(const struct fs_list *list, const char *name)
{
    return list->count
               ? bsearch(name, list->entries, list->count, sizeof(*list->entries), compare_entry)
               : NULL;
}

bool content_is_kind(const struct fs_list *list, const char *name, enum fs_kind kind)
{
    const struct fs_entry *entry = content_find(list, name);

    return entry && entry->kind == kind;
}

const char *content_shown(struct reading *r, const char *name)
{
    struct strbuf sb = STRBUF_INIT;
    const char *shown;

    escape_message(&sb, name, strlen(name));
    shown = arena_strndup(r->arena, sb.buf, sb.len);
    strbuf_release(&sb);
    return shown;
}

void content_unexpected(struct reading *r, const char *folder, const struct fs_entry *entry,
                        const char *what, const char *meant)
{
    const char *path = arena_format(r->arena, "%s%s%s", folder, *folder ? "/" : "", entry->name);
    const char *shown = source_shown(r->source, path, r->arena);
    struct err *err;

    if (entry->kind == FS_LINK) {
        fs_add_link(shown, r->errs);
        return;
    }
    err = errs_add(r->errs, ERR_CONTENT, meant ? "misnamed-file" : "unexpected-file",
                   "nothing reads this %s", entry->kind == FS_FOLDER ? "folder" : "file");
    err_at(err, shown, 0, 0);
    err_hint(err, "%s", what);
    if (!meant)
        err->severity = SEVERITY_WARNING;
    else if (strcmp(meant, entry->name) != 0)
        err_hint(err, "did you mean '%s'? rename it, or take it out of the content folder",
                 content_shown(r, meant));
    else
        err_hint(err, "'%s' must be a %s", meant, entry->kind == FS_FOLDER ? "file" : "folder");
}

void content_missing(struct reading *r, const char *folder, const struct fs_list *list,
                     const char *name, const char *message, const char *hint)
{
    struct err *err = content_folder_error(r, folder, "missing-file", "%s", message);
    const char *near = misnamed_in(list, name);

    if (near)
        err_hint(err, "should '%s' be called '%s'?", content_shown(r, near), name);
    else
        err_hint(err, "%s", hint);
}

struct err *content_folder_error(struct reading *r, const char *folder, const char *id,
                                 const char *format, ...)
{
    struct strbuf message = STRBUF_INIT;
    struct err *err;
    va_list args;

    va_start(args, format);
    strbuf_vaddf(&message, format, args);
    va_end(args);
    err = errs_add(r->errs, ERR_CONTENT, id, "%s", message.buf);
    err_at(err, source_shown(r->source, folder, r->arena), 0, 0);
    strbuf_release(&message);
    return err;
}

bool content_is_passed_over(const struct fs_entry *entry)
{
    return entry->name[0] == '.' || fs_is_dropping(entry->name);
}

int content_read_record(struct reading *r, const struct entity *entity, const char *path,
                        struct source_text *text, void *record)
{
    if (source_read(r->source, path, r->arena, text, r->errs))
        return -1;
    return load_record(entity, text, r->arena, record, r->errs);
}

/* `name` is what the file is called, of which `len` are before the ending. */
static void hint_id(struct reading *r, struct err *err, const struct text *id, const char *path,
                    const char *name, size_t len)
{
    bool good = form_id.accepts(name, len);

    if (!source_has(r->source,
                    arena_format(r->arena, "%.*s%s.json", (int)(name - path), path, id->s)))
        err_hint(err,
                 good ? "call the file '%s.json', or change the id" : "call the file '%s.json'",
                 id->s);
    else if (good)
        err_hint(err, "change the id to '%.*s': there is a '%s.json' beside it", (int)len, name,
                 id->s);
    else
        err_hint(err,
                 "there is a '%s.json' beside it: take away this one, or give it a name and an id "
                 "of its own",
                 id->s);
}

int content_check_id(struct reading *r, const struct source_text *text, const struct text *id,
                     const char *path)
{
    const char *name = strrchr(path, '/') + 1;
    size_t len = content_stem(name, ".json");

    if (!id->s || (id->len == len && !memcmp(id->s, name, len)))
        return 0;
    hint_id(r,
            source_error(r->errs, text, id->at, "wrong-id",
                         "the id is '%s', but the file is called '%s'", id->s,
                         content_shown(r, name)),
            id, path, name, len);
    return -1;
}

struct fs_list content_list_folder(struct reading *r, const struct fs_list *root,
                                   const char *folder)
{
    struct fs_list list = {NULL, 0};

    if (content_is_kind(root, folder, FS_FOLDER))
        source_list(r->source, folder, r->arena, &list, r->errs);
    return list;
}

int content_finish(struct errs *own, struct errs *errs)
{
    int result = errs_count(own) ? -1 : 0;

    errs_sort(own);
    errs_move(errs, own);
    return result;
}

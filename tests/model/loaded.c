#include "base/base.h"

#include "model/loaded.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"

void *load_bytes(struct loaded *l, const struct entity *entity, const char *path, const char *text,
                 size_t len)
{
    void *record = arena_zalloc(&l->arena, 1, entity->size);

    MEM_GROW(l->texts, l->text_count, l->text_cap);
    l->texts[l->text_count] = mem_strndup(text, len);
    l->source = (struct source_text){arena_strdup(&l->arena, path), l->texts[l->text_count++], len};
    l->result = load_record(entity, &l->source, &l->arena, record, &l->errs);
    return record;
}

void *load_text(struct loaded *l, const struct entity *entity, const char *text)
{
    struct strbuf path = STRBUF_INIT;
    void *record;

    strbuf_addf(&path, "%s.json", entity->name);
    record = load_bytes(l, entity, path.buf, text, strlen(text));
    strbuf_release(&path);
    return record;
}

void loaded_release(struct loaded *l)
{
    for (size_t i = 0; i < l->text_count; i++)
        free(l->texts[i]);
    free(l->texts);
    errs_release(&l->errs);
    arena_release(&l->arena);
}

static void show(const struct err *err, struct strbuf *out)
{
    strbuf_adds(out, err->file ? err->file : "-");
    if (err->line)
        strbuf_addf(out, ":%u:%u", err->line, err->column);
    strbuf_addf(out, ": %s[%s]: %s\n", err->severity == SEVERITY_WARNING ? "warning" : "error",
                err->id, err->message);
    if (err->excerpt) {
        strbuf_addf(out, "  %s\n  ", err->excerpt);
        strbuf_addn(out, ' ', err->excerpt_column - 1);
        strbuf_adds(out, "^\n");
    }
    if (err->hint)
        strbuf_addf(out, "  %s\n", err->hint);
    for (size_t i = 0; i < err->note_count; i++) {
        const struct err_note *note = &err->notes[i];

        strbuf_addf(out, "  note: %s", note->message);
        if (note->file)
            strbuf_addf(out, " %s:%u:%u", note->file, note->line, note->column);
        strbuf_addch(out, '\n');
    }
    if (err->repeats)
        strbuf_addf(out, "  %zu times more\n", err->repeats);
}

void show_errors(const struct errs *errs, struct strbuf *out)
{
    for (size_t i = 0; i < errs->count; i++)
        show(&errs->items[i], out);
}

void assert_errors(struct errs *errs, const char *expected)
{
    struct strbuf shown = STRBUF_INIT;

    show_errors(errs, &shown);
    assert_string_equal(shown.buf, expected);
    strbuf_release(&shown);
    errs_release(errs);
}

void assert_error(struct errs *errs, const char *id, unsigned line)
{
    struct strbuf shown = STRBUF_INIT;

    show_errors(errs, &shown);
    if (errs->count != 1 || strcmp(errs->items[0].id, id) || errs->items[0].line != line)
        fail_msg("%s on line %u was wanted, not:\n%s", id, line, shown.buf);
    strbuf_release(&shown);
    errs_release(errs);
}

#include "base/base.h"

#include "site/page.h"

#include "base/arena.h"
#include "base/strbuf.h"

enum { CRUMBS_MAX = 6 };

const char *page_text(struct page_maker *m, const char *format, ...)
{
    struct strbuf sb = STRBUF_INIT;
    const char *s;
    va_list args;

    va_start(args, format);
    strbuf_vaddf(&sb, format, args);
    va_end(args);
    s = arena_strndup(m->arena, sb.buf, sb.len);
    strbuf_release(&sb);
    return s;
}

/* "./" for the home page, "../../" for departments/a/. */
static const char *root_of(struct page_maker *m, const char *path)
{
    struct strbuf root = STRBUF_INIT;
    const char *s;

    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/'))
        strbuf_adds(&root, "../");
    s = arena_strdup(m->arena, root.len ? root.buf : "./");
    strbuf_release(&root);
    return s;
}

void page_head_init(struct page_maker *m, struct page_head *head, const char *path,
                    const char *title)
{
    memset(head, 0, sizeof(*head));
    head->root = text_of(root_of(m, path));
    head->path = text_of(path);
    head->title = text_of(title);
    head->crumbs = arena_zalloc(m->arena, CRUMBS_MAX, sizeof(*head->crumbs));
    if (*path)
        page_crumb(head, theme_label(m->site->theme, "home"), "");
}

void page_crumb(struct page_head *head, const char *label, const char *path)
{
    head->crumbs[head->crumb_count].label = text_of(label);
    head->crumbs[head->crumb_count++].path = text_of(path);
}

void page_put(struct page_maker *m, enum template_id id, const void *page, const char *path)
{
    struct strbuf html = STRBUF_INIT, file = STRBUF_INIT;

    strbuf_addf(&file, "%sindex.html", path);
    if (theme_render(m->site->theme, id, page, file.buf, &html, m->errs) ||
        m->output->put(m->output->ctx, file.buf, html.buf, html.len, m->errs))
        m->result = -1;
    strbuf_release(&file);
    strbuf_release(&html);
}

#include "base/base.h"

#include "site/page.h"

#include "base/arena.h"
#include "base/strbuf.h"

enum { CRUMBS_MAX = 6 };

const char *page_text(struct page_maker *m, const char *format, ...)
{
    const char *s;
    va_list args;

    va_start(args, format);
    s = arena_vformat(m->arena, format, args);
    va_end(args);
    return s;
}

static const char *prefix_of(const struct site_context *site)
{
    return site->prefix ? site->prefix : "";
}

const char *page_url(struct page_maker *m, const char *path)
{
    const char *base = m->site->catalog->site.base_url.s;

    return base ? page_text(m, "%s%s%s", base, prefix_of(m->site), path) : NULL;
}

const char *page_year(struct page_maker *m, const struct integer *year)
{
    const struct theme *theme = m->site->theme;

    return page_text(m, "%s%lld%s", theme_word(theme, WORD_before_year), (long long)year->value,
                     theme_word(theme, WORD_fiscal_year));
}

const struct site *site_settings(const struct site_context *site)
{
    return site->settings ? site->settings : &site->catalog->site;
}

const char *site_host_root(const struct site_context *site)
{
    const char *base = site->catalog->site.base_url.s;
    const char *host = base ? strstr(base, "://") : NULL;
    const char *path = host ? strchr(host + 3, '/') : NULL;

    return path ? path : "/";
}

/* The host of the site's address without its port; NULL when the site does not say. */
static const char *site_domain(struct page_maker *m)
{
    const char *base = m->site->catalog->site.base_url.s;
    const char *host = base ? strstr(base, "://") : NULL;

    return host ? page_text(m, "%.*s", (int)strcspn(host + 3, ":/"), host + 3) : NULL;
}

struct integer page_number(size_t n)
{
    return (struct integer){(int64_t)n, true, {0, 0}};
}

const char *page_root(struct arena *arena, const char *path)
{
    struct strbuf root = STRBUF_INIT;
    const char *s;

    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/'))
        strbuf_adds(&root, "../");
    s = arena_strdup(arena, root.len ? root.buf : "./");
    strbuf_release(&root);
    return s;
}

/* The same page in every language; none when there is only one. */
static void list_languages(struct page_maker *m, struct page_head *head, const char *path)
{
    const struct site_context *site = m->site;
    const char *base = site->catalog->site.base_url.s;

    if (site->language_count < 2)
        return;
    head->languages = arena_zalloc(m->arena, site->language_count, sizeof(*head->languages));
    head->language_count = site->language_count;
    for (size_t i = 0; i < site->language_count; i++) {
        const struct site_language *language = &site->languages[i];
        struct view_language *view = &head->languages[i];

        view->language = text_of(language->tag);
        view->name = text_of(language->name);
        view->path = text_of(page_text(m, "%s%s", language->prefix, path));
        if (base)
            view->url = text_of(page_text(m, "%s%s", base, view->path.s));
        view->current.value = !strcmp(language->prefix, prefix_of(site));
        view->primary.value = !*language->prefix;
    }
}

void page_head_init(struct page_maker *m, struct page_head *head, const char *path,
                    const char *title)
{
    memset(head, 0, sizeof(*head));
    head->root = text_of(page_root(m->arena, page_text(m, "%s%s", prefix_of(m->site), path)));
    head->home = text_of(page_root(m->arena, path));
    list_languages(m, head, path);
    head->path = text_of(page_text(m, "%s%s", prefix_of(m->site), path));
    head->url = text_of(page_url(m, path));
    head->title = text_of(title);
    head->crumbs = arena_zalloc(m->arena, CRUMBS_MAX, sizeof(*head->crumbs));
    if (*path)
        page_crumb(head, theme_word(m->site->theme, WORD_home), "");
    head->tags = arena_zalloc(m->arena, 1, sizeof(*head->tags));
    head->tags->domain = text_of(site_domain(m));
    head->as_of = m->as_of;
}

void page_column(struct page_head *head)
{
    head->tags->column = head->title;
}

void page_article(struct page_head *head, const char *column, const char *source)
{
    head->tags->article.value = true;
    head->tags->column = text_of(column);
    head->tags->source = text_of(source);
}

void page_crumb(struct page_head *head, const char *label, const char *path)
{
    head->crumbs[head->crumb_count++] = (struct view_link){text_of(label), text_of(path)};
}

struct view_link *page_link(struct page_maker *m, const char *label, const char *path)
{
    struct view_link *link = arena_alloc(m->arena, sizeof(*link));

    *link = (struct view_link){text_of(label), text_of(path)};
    return link;
}

void page_put_file(struct page_maker *m, enum template_id id, const void *page, const char *file)
{
    struct strbuf text = STRBUF_INIT, path = STRBUF_INIT;

    strbuf_addf(&path, "%s%s", prefix_of(m->site), file);
    if (theme_render(m->site->theme, id, page, path.buf, &text, m->errs) ||
        m->output->put(m->output->ctx, path.buf, text.buf, text.len, m->errs))
        m->result = -1;
    strbuf_release(&text);
    strbuf_release(&path);
}

void page_put(struct page_maker *m, enum template_id id, const void *page, const char *path)
{
    struct strbuf file = STRBUF_INIT;

    strbuf_addf(&file, "%sindex.html", path);
    page_put_file(m, id, page, file.buf);
    strbuf_release(&file);
}

#include "base/base.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "site/page.h"
#include "site/search_texts.h"
#include "site/view_terms.h"
#include "site/view_text.h"

/* --- ordinary pages --- */

struct site_texts {
    struct arena arena;
    struct view_text *views;
    struct strbuf *html; /* of each view */
    size_t count;
    struct view_menu menu; /* a link to each */
};

/* A page needs a title: it is what links to it say. */
static int check_title(const struct view_text *view, const struct source_text *source,
                       struct errs *errs)
{
    struct err *err;

    if (view->title.s && view->title.len)
        return 0;
    err = errs_add(errs, ERR_CONTENT, "page-without-title", "this page has no title");
    err_at(err, source->path, 1, 1);
    err_hint(err, "begin it with a heading of the first level: # Title");
    return -1;
}

static int render_page(const struct site_context *site, const struct content_file *page,
                       struct site_texts *texts, struct errs *errs)
{
    struct view_text *view = &texts->views[texts->count];
    const char *path =
        arena_format(&texts->arena, "%.*s/", (int)(strlen(page->path) - strlen(".md")), page->path);
    struct text_context context;
    int result;

    text_context_init(&context, site, NULL, NULL, &texts->arena);
    result =
        view_text_make(&context, &page->source, path, NULL, &texts->html[texts->count], view, errs);
    if (!result)
        result = check_title(view, &page->source, errs);
    texts->menu.pages.items[texts->count++] = (struct view_link){view->title, text_of(path)};
    return result;
}

struct site_texts *site_texts_make(const struct site_context *site,
                                   const struct content_pages *pages, struct errs *errs)
{
    struct site_texts *texts = mem_zalloc(1, sizeof(*texts));
    int result = 0;

    texts->views = arena_zalloc(&texts->arena, pages->count, sizeof(*texts->views));
    texts->html = arena_zalloc(&texts->arena, pages->count, sizeof(*texts->html));
    texts->menu.pages.items =
        arena_zalloc(&texts->arena, pages->count, sizeof(*texts->menu.pages.items));
    texts->menu.pages.count = pages->count;
    for (size_t i = 0; i < pages->count; i++) {
        strbuf_init(&texts->html[i]);
        result |= render_page(site, &pages->files[i], texts, errs);
    }
    if (result) {
        site_texts_free(texts);
        return NULL;
    }
    return texts;
}

void site_texts_free(struct site_texts *texts)
{
    if (!texts)
        return;
    for (size_t i = 0; i < texts->count; i++)
        strbuf_release(&texts->html[i]);
    arena_release(&texts->arena);
    free(texts);
}

const struct view_menu *site_texts_menu(const struct site_texts *texts)
{
    return &texts->menu;
}

static void put_text(struct page_maker *m, struct view_text *view, const char *path)
{
    struct page_text *page = arena_zalloc(m->arena, 1, sizeof(*page));
    const struct site *site = site_settings(m->site);
    struct page_head head;

    page_head_init(m, &head, path, view->title.s);
    page_article(&head, NULL, site->organizer.s ? site->organizer.s : site->publisher.s);
    PAGE_SET(page, m, &head);
    page->text = view;
    if (m->search)
        search_texts_html(m->search, &(struct search_place){SEARCH_PAGE, 0, NULL, path, ""}, view,
                          m->arena);
    page_put(m, TEMPLATE_PAGE, page, path);
}

/* --- the glossary --- */

static void put_glossary(struct page_maker *m)
{
    struct page_glossary *page = arena_zalloc(m->arena, 1, sizeof(*page));
    struct page_head head;

    page_head_init(m, &head, "glossary/", theme_word(m->site->theme, WORD_glossary));
    page_column(&head);
    PAGE_SET(page, m, &head);
    view_terms_make(m->site->catalog, m->arena, &page->terms.items, &page->terms.count);
    if (m->search)
        search_texts_terms(m->search, page->terms.items, page->terms.count);
    page_put(m, TEMPLATE_GLOSSARY, page, "glossary/");
}

/* --- searching --- */

static void put_search(struct page_maker *m)
{
    struct page_search *page = arena_zalloc(m->arena, 1, sizeof(*page));
    struct page_head head;

    page_head_init(m, &head, "search/", theme_word(m->site->theme, WORD_search));
    page_column(&head);
    PAGE_SET(page, m, &head);
    page_put(m, TEMPLATE_SEARCH, page, "search/");
}

/* --- not found --- */

static void put_not_found(struct page_maker *m)
{
    struct page_not_found *page = arena_zalloc(m->arena, 1, sizeof(*page));
    struct page_head head;

    page_head_init(m, &head, "404.html", theme_word(m->site->theme, WORD_not_found));
    head.root = head.home = text_of(site_host_root(m->site)); /* shown at any depth */
    head.url = text_of(NULL); /* it has no address that one should keep */
    head.language_count = 0;
    PAGE_SET(page, m, &head);
    page_put_file(m, TEMPLATE_NOT_FOUND, page, "404.html");
}

int site_render_texts(const struct site_context *site, const struct site_texts *texts,
                      const struct site_output *output, struct search_chunk *search,
                      struct errs *errs)
{
    struct arena arena = ARENA_INIT;
    struct page_maker m = {
        .site = site, .output = output, .arena = &arena, .errs = errs, .search = search};

    for (size_t i = 0; i < texts->count; i++)
        put_text(&m, &texts->views[i], texts->menu.pages.items[i].path.s);
    put_glossary(&m);
    put_search(&m);
    if (!site_is_translation(site)) /* a server has one */
        put_not_found(&m);
    arena_release(&arena);
    return m.result;
}

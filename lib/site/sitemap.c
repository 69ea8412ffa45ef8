#include "base/base.h"

#include "base/arena.h"
#include "site/page.h"

enum { SITEMAP_MAX = 50000 }; /* addresses in one sitemap (sitemaps.org, protocol 0.9) */

static const char page_ending[] = "index.html";

/* The length of a page's address below the site; false when the file is no page. */
static bool is_page(const char *path, size_t *len)
{
    size_t all = strlen(path), ending = sizeof(page_ending) - 1;

    *len = all - ending;
    return all >= ending && !strcmp(path + *len, page_ending) &&
           (all == ending || path[*len - 1] == '/');
}

/* The sitemap with the next pages from *file on. */
static void put_sitemap(struct page_maker *m, const struct site_files *files, size_t *file,
                        const char *path)
{
    struct arena *shared = m->arena, arena = ARENA_INIT;
    struct page_sitemap page = {0};
    size_t len;

    m->arena = &arena; /* forgotten with the sitemap */
    page.urls.items = arena_alloc(&arena, SITEMAP_MAX * sizeof(*page.urls.items));
    for (; *file < files->count && page.urls.count < SITEMAP_MAX; ++*file) {
        const char *name = files->path(files->ctx, *file);

        if (is_page(name, &len))
            page.urls.items[page.urls.count++].path =
                text_of(page_url(m, page_text(m, "%.*s", (int)len, name)));
    }
    page_put_file(m, TEMPLATE_SITEMAP, &page, path);
    m->arena = shared;
    arena_release(&arena);
}

static size_t count_pages(const struct site_files *files)
{
    size_t pages = 0, len;

    for (size_t i = 0; i < files->count; i++)
        pages += is_page(files->path(files->ctx, i), &len);
    return pages;
}

/* One sitemap, or several and one that lists them. */
static void put_sitemaps(struct page_maker *m, const struct site_files *files)
{
    size_t parts = (count_pages(files) + SITEMAP_MAX - 1) / SITEMAP_MAX, file = 0;
    struct page_sitemap index = {0};

    if (parts <= 1) {
        put_sitemap(m, files, &file, "sitemap.xml");
        return;
    }
    index.urls.items = arena_zalloc(m->arena, parts, sizeof(*index.urls.items));
    index.urls.count = parts;
    for (size_t i = 0; i < parts; i++) {
        const char *path = page_text(m, "sitemap-%zu.xml", i + 1);

        put_sitemap(m, files, &file, path);
        index.urls.items[i].path = text_of(page_url(m, path));
    }
    page_put_file(m, TEMPLATE_SITEMAP_INDEX, &index, "sitemap.xml");
}

int site_render_sitemap(const struct site_context *site, const struct site_files *files,
                        const struct site_output *output, struct errs *errs)
{
    struct arena arena = ARENA_INIT;
    struct page_maker m = {site, output, &arena, errs, 0};
    struct page_robots robots = {0};

    if (site->catalog->site.base_url.s) { /* a sitemap has whole addresses only */
        put_sitemaps(&m, files);
        robots.sitemap = text_of(page_url(&m, "sitemap.xml"));
    }
    page_put_file(&m, TEMPLATE_ROBOTS, &robots, "robots.txt");
    arena_release(&arena);
    return m.result;
}

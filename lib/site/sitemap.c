#include "base/base.h"

#include "base/arena.h"
#include "site/page.h"

/* Addresses in one sitemap: no more than may be (50,000; sitemaps.org, protocol 0.9), and no more
 * than should be in memory. */
enum { SITEMAP_MAX = 10000 };

static const char page_ending[] = "index.html", assets[] = "assets/";

/* The length of a page's address below the site; false when the file is no page, such as what a
 * theme brings along. */
static bool is_page(const char *path, size_t *len)
{
    size_t all = strlen(path), ending = sizeof(page_ending) - 1;

    if (!strncmp(path, assets, sizeof(assets) - 1))
        return false;
    *len = all - ending;
    return all >= ending && !strcmp(path + *len, page_ending) &&
           (all == ending || path[*len - 1] == '/');
}

/* The next pages among the files, at most so many. The result of the last next(). */
static int fill(struct page_maker *m, const struct site_files *files, struct page_sitemap *page)
{
    const char *path;
    size_t len;
    int status;

    page->urls.items = arena_zalloc(m->arena, SITEMAP_MAX, sizeof(*page->urls.items));
    while ((status = files->next(files->ctx, &path, m->errs)) > 0)
        if (is_page(path, &len)) {
            page->urls.items[page->urls.count++].path =
                text_of(page_url(m, page_text(m, "%.*s", (int)len, path)));
            if (page->urls.count == SITEMAP_MAX)
                break;
        }
    return status;
}

/* One sitemap, or several and one that lists them. */
static void put_sitemaps(struct page_maker *m, const struct site_files *files)
{
    struct arena *shared = m->arena;
    struct page_sitemap index = {0};
    size_t cap = 0;
    int status;

    do {
        struct arena arena = ARENA_INIT; /* forgotten with the sitemap */
        struct page_sitemap page = {0};
        const char *path = "sitemap.xml";

        m->arena = &arena;
        status = fill(m, files, &page);
        m->arena = shared;
        if (status < 0)
            m->result = -1;
        if (status > 0 || index.urls.count) { /* there may be more of them */
            path = page_text(m, "sitemap-%zu.xml", index.urls.count + 1);
            if (index.urls.count == cap) {
                index.urls.items =
                    arena_realloc(shared, index.urls.items, cap * sizeof(*index.urls.items),
                                  (cap * 2 + 8) * sizeof(*index.urls.items));
                cap = cap * 2 + 8;
            }
            index.urls.items[index.urls.count++] =
                (struct view_link){text_of(NULL), text_of(page_url(m, path))};
        }
        page_put_file(m, TEMPLATE_SITEMAP, &page, path);
        arena_release(&arena);
    } while (status > 0);
    if (index.urls.count)
        page_put_file(m, TEMPLATE_SITEMAP_INDEX, &index, "sitemap.xml");
}

int site_render_sitemap(const struct site_context *site, const struct site_files *files,
                        const struct site_output *output, struct errs *errs)
{
    struct arena arena = ARENA_INIT;
    struct page_maker m = {.site = site, .output = output, .arena = &arena, .errs = errs};
    struct page_robots robots = {0};

    if (site->catalog->site.base_url.s) { /* a sitemap has whole addresses only */
        put_sitemaps(&m, files);
        robots.sitemap = text_of(page_url(&m, "sitemap.xml"));
    }
    page_put_file(&m, TEMPLATE_ROBOTS, &robots, "robots.txt");
    arena_release(&arena);
    return m.result;
}

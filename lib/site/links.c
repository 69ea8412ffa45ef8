#include "base/base.h"

#include "site/links.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "site/page.h"
#include "text/known.h"
#include "text/markdown.h"
#include "text/slug.h"

/* A link to a place on the page that it stands on. */
struct link_to_heading {
    const char *name; /* behind the # */
    size_t offset;
    struct link_to_heading *next;
};

static struct err *warn(struct links *links, size_t offset, const char *id, const char *message,
                        const char *url)
{
    const struct source_text *text = links->text;
    struct err *err = errs_add(links->errs, ERR_CONTENT, id, "%s '%s'", message, url);

    err->severity = SEVERITY_WARNING;
    err_at_offset(err, text->path, text->text, text->len, offset);
    return err;
}

/* --- paths --- */

static bool starts_with(const char *s, const char *start)
{
    return !strncmp(s, start, strlen(start));
}

static bool ends_with(const char *s, const char *end)
{
    size_t len = strlen(s), end_len = strlen(end);

    return len >= end_len && !strcmp(s + len - end_len, end);
}

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = memchr(digits, c | 0x20, 16);

    return found ? (int)(found - digits) : c >= '0' && c <= '9' ? c - '0' : -1;
}

/* Appends what %XX stands for. */
static void add_decoded(struct strbuf *out, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        int high = s[i] == '%' && i + 2 < len ? hex_digit(s[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(s[i + 2]) : -1;

        if (low < 0) {
            strbuf_addch(out, s[i]);
        } else {
            strbuf_addch(out, (char)(high * 16 + low));
            i += 2;
        }
    }
}

static void cut_last_part(struct strbuf *path)
{
    const char *slash = memrchr(path->buf, '/', path->len);

    strbuf_set_len(path, slash ? (size_t)(slash - path->buf) : 0);
}

/*
 * Where `url` leads from the folder `base` ("pages/about/"; "" is the home page), without slashes
 * at either end. NULL: out of the site.
 */
static const char *resolve(struct arena *arena, const char *base, const char *url)
{
    struct strbuf path = STRBUF_INIT, part = STRBUF_INIT;
    size_t len = strcspn(url, "?#");
    bool inside = true;
    const char *kept;

    strbuf_adds(&path, base);
    if (path.len)
        strbuf_set_len(&path, path.len - 1);
    for (size_t i = 0, end; inside && i < len; i = end + 1) {
        end = i + strcspn(url + i, "/?#");
        strbuf_clear(&part);
        add_decoded(&part, url + i, end - i);
        if (!strcmp(part.buf, "..")) {
            inside = path.len > 0;
            cut_last_part(&path);
        } else if (part.len && strcmp(part.buf, ".")) {
            strbuf_adds(&path, path.len ? "/" : "");
            strbuf_adds(&path, part.buf); /* no name goes on behind a NUL */
        }
    }
    kept = inside ? arena_strndup(arena, path.buf, path.len) : NULL;
    strbuf_release(&path);
    strbuf_release(&part);
    return kept;
}

/* --- what there is --- */

static bool has_source(const struct links *links, const char *path, const char *behind)
{
    return source_has(links->site->source, arena_format(links->arena, "%s%s", path, behind));
}

/* "jia", "jia/2021", "jia/2021/projects/p01", "jia/2021/report.csv", "jia/2021/compare" */
static bool has_in_departments(const struct links *links, const char *below)
{
    static const char *const files[] = {"/report.csv", "/report.json", "/compare"};
    const char *path = arena_format(links->arena, "departments/%s", below);

    if (!*below || has_source(links, path, "/department.json") ||
        has_source(links, path, "/report.json"))
        return true;
    for (size_t i = 0; i < ARRAY_SIZE(files); i++)
        if (ends_with(path, files[i]))
            return has_source(links,
                              arena_strndup(links->arena, path, strlen(path) - strlen(files[i])),
                              "/report.json");
    return (strstr(path, "/projects/") || strstr(path, "/evaluations/")) &&
           has_source(links, path, ".json");
}

static bool has_in_pages(const struct links *links, const char *below)
{
    return *below && has_source(links, arena_format(links->arena, "pages/%s", below), ".md");
}

static bool has_in_assets(const struct links *links, const char *below)
{
    size_t count;
    const struct theme_asset *assets = theme_assets(links->site->theme, &count);

    for (size_t i = 0; i < count; i++)
        if (!strcmp(assets[i].path, below))
            return true;
    return false;
}

static bool has_nothing(const struct links *links, const char *below)
{
    (void)links;
    return !*below;
}

static bool may_have(const struct links *links, const char *below)
{
    (void)links;
    (void)below;
    return true;
}

/* All that stands at the top of a site, and what is below each; a line for each. */
/* clang-format off */
static const struct {
    const char *name;
    bool (*has)(const struct links *links, const char *below);
} tops[] = {
    {"", has_nothing},
    {"404.html", has_nothing},
    {"assets", has_in_assets},
    {"changes", may_have},
    {"compare", has_nothing},
    {"data", may_have},
    {"departments", has_in_departments},
    {"glossary", has_nothing},
    {"quality", has_nothing},
    {"manifest.json", has_nothing},
    {"pages", has_in_pages},
    {"robots.txt", has_nothing},
    {"search", may_have},
    {"sitemap", has_nothing},
    {"sitemap.xml", has_nothing},
    {"years", may_have},
};
/* clang-format on */

/* Whether the site will have, or may have, what `path` leads to; NULL leads out of it. */
static bool is_there(const struct links *links, const char *path)
{
    static const char index[] = "index.html";
    size_t len, top;

    if (!path)
        return false;
    len = strlen(path);
    if (!strcmp(path, index) || ends_with(path, "/index.html"))
        path = arena_strndup(links->arena, path, len > strlen(index) ? len - sizeof(index) : 0);
    top = strcspn(path, "/");
    for (size_t i = 0; i < ARRAY_SIZE(tops); i++)
        if (strlen(tops[i].name) == top && !memcmp(path, tops[i].name, top))
            return tops[i].has(links, path + top + (path[top] == '/'));
    return false;
}

/* --- what was meant --- */

/* The way from the page to the home page. */
static const char *way_home(const struct links *links)
{
    return page_root(links->arena, links->page);
}

/* The path of a source file as that of its page: without an ending, and without the names that the
 * file of a folder has. */
static const char *without_ending(const struct links *links, const char *path)
{
    static const char *const endings[] = {"/narrative.md", "/report.md",  "/department.json",
                                          ".md",           ".markdown",   ".html",
                                          ".htm",          "/index.html", ".json"};

    for (size_t i = 0; path && i < ARRAY_SIZE(endings); i++)
        if (ends_with(path, endings[i]))
            return arena_strndup(links->arena, path, strlen(path) - strlen(endings[i]));
    return path;
}

/* What was meant by a link that leads nowhere: as if it were one between source files, or from the
 * home page. NULL: who knows. */
static const char *meant_page(const struct links *links, const char *url)
{
    const char *bases[] = {links->page, NULL, "", "pages/"};
    struct strbuf above = STRBUF_INIT;
    const char *found = NULL;

    strbuf_adds(&above, links->page);
    strbuf_set_len(&above, above.len ? above.len - 1 : 0);
    cut_last_part(&above);
    strbuf_adds(&above, above.len ? "/" : "");
    bases[1] = above.buf;
    for (size_t i = 0; !found && i < ARRAY_SIZE(bases); i++) {
        const char *path = resolve(links->arena, bases[i], url);

        if (!is_there(links, path))
            path = without_ending(links, path);
        if (path && *path && is_there(links, path))
            found = path;
    }
    strbuf_release(&above);
    return found;
}

/* A name with an ending that no page has: a file to be downloaded. */
static bool is_file(const char *url)
{
    static const char *const endings[] = {".md", ".markdown", ".html", ".htm", ".json"};
    size_t len = strcspn(url, "?#");
    const char *slash = memrchr(url, '/', len), *name = slash ? slash + 1 : url;
    const char *dot = memrchr(name, '.', (size_t)(url + len - name));

    for (size_t i = 0; dot && i < ARRAY_SIZE(endings); i++)
        if ((size_t)(url + len - dot) == strlen(endings[i]) &&
            !strncasecmp(dot, endings[i], strlen(endings[i])))
            return false;
    return dot && dot > name && dot + 1 < url + len;
}

static void hint_asset(struct links *links, const char *url, struct err *err)
{
    size_t len = strcspn(url, "?#");
    const char *name = url;

    for (size_t i = 0; i < len; i++)
        if (url[i] == '/' || url[i] == '\\')
            name = url + i + 1;
    len = (size_t)(url + len - name);
    if (is_there(links, resolve(links->arena, "assets/", arena_strndup(links->arena, name, len))))
        err_hint(err, "write '%sassets/%.*s'", way_home(links), (int)len, name);
    else
        err_hint(err, "put the file into theme/assets/ beside site.json, and write '%sassets/%.*s'",
                 way_home(links), (int)len, name);
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static void hint_page(struct links *links, const char *url, struct err *err)
{
    const char *meant = meant_page(links, url);

    if (meant)
        err_hint(err, "write '%s%s%s'", way_home(links), meant,
                 strchr(last_part(meant), '.') ? "" : "/");
    else if (is_file(url))
        hint_asset(links, url, err);
    else
        err_hint(err,
                 "write it as seen from this page, %s (the home page is '%s'), or with https:// "
                 "before it if it is another site",
                 links->page, way_home(links));
}

/* `inside` is the URL without what comes before the site's paths. */
static void warn_of_page(struct links *links, size_t offset, const char *url, const char *inside,
                         bool is_image)
{
    if (is_image)
        hint_asset(links, inside, warn(links, offset, "dead-link", "the site has no image", url));
    else
        hint_page(links, inside,
                  warn(links, offset, "dead-link",
                       "this link leads to no page or file of the site:", url));
}

/* --- kinds of links --- */

/* Whether it is the whole address of something elsewhere: https://..., mailto:..., //host/... */
static bool is_elsewhere(const char *url)
{
    size_t scheme =
        strspn(url, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");

    /* a letter alone is a drive of Windows */
    return starts_with(url, "//") || (scheme > 1 && url[scheme] == ':');
}

static void check_elsewhere(struct links *links, size_t offset, const char *url, bool is_image)
{
    const char *base = links->site->catalog->site.base_url.s;

    if (base && starts_with(url, base)) {
        if (!is_there(links, resolve(links->arena, "", url + strlen(base))))
            warn_of_page(links, offset, url, url + strlen(base), is_image);
    } else if (is_image) {
        hint_asset(links, url,
                   warn(links, offset, "image-elsewhere",
                        "an image of another site is not shown by the theme:", url));
    }
}

/* "/pages/about/" begins at the host, where the site need not be. What the host has beside the
 * site is not known. */
static void check_host_path(struct links *links, size_t offset, const char *url, bool is_image)
{
    const char *root = site_host_root(links->site);
    bool is_own = starts_with(url, root);
    const char *inside = url + (is_own ? strlen(root) : 1);
    bool has = is_there(links, resolve(links->arena, "", inside));

    if (is_own && !has)
        warn_of_page(links, offset, url, inside, is_image);
    else if (!is_own && has)
        err_hint(warn(links, offset, "dead-link", "this address is not below the site's:", url),
                 "write '%s%s'", root, url + 1);
}

/* www.gov.cn, gov.cn/zhengce: another site, as people write it. */
static bool is_host(const char *url)
{
    static const char *const endings[] = {".cn", ".com", ".net", ".org"};
    size_t len = strcspn(url, "/?#");

    if (starts_with(url, "www."))
        return true;
    for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
        size_t end = strlen(endings[i]);

        if (len > end && !memcmp(url + len - end, endings[i], end))
            return !memchr(url, ':', len); /* mailto:a@example.cn */
    }
    return false;
}

static void keep_heading(struct links *links, size_t offset, const char *name)
{
    struct link_to_heading *link = arena_zalloc(links->arena, 1, sizeof(*link));
    struct strbuf decoded = STRBUF_INIT;

    add_decoded(&decoded, name, strlen(name));
    link->name = arena_strdup(links->arena, decoded.buf);
    link->offset = offset;
    if (links->last)
        links->last->next = link;
    else
        links->first = link;
    links->last = link;
    strbuf_release(&decoded);
}

/* Pages have no ending. */
static bool is_page(const char *path)
{
    const char *slash = strrchr(path, '/');

    return !starts_with(path, "assets/") && !strchr(slash ? slash + 1 : path, '.');
}

const char *links_in_translation(const struct links *links, const char *url)
{
    size_t scheme = strcspn(url, ":/?#");
    const char *path;

    if (!*url || strchr("/?#", *url) || url[scheme] == ':')
        return NULL;
    path = resolve(links->arena, links->page, url);
    return path && !is_page(path) ? arena_format(links->arena, "../%s", url) : NULL;
}

void links_check(void *ctx, const char *url, bool is_image, size_t offset)
{
    struct links *links = ctx;

    if (!*url)
        err_hint(warn(links, offset, "dead-link", "this link has no address:", url),
                 "write it between the parentheses");
    else if (*url == '#' && !is_image)
        keep_heading(links, offset, url + 1);
    else if (is_host(url))
        err_hint(
            warn(links, offset, "dead-link", "this link to another site has no https://:", url),
            "write 'https://%s'", url);
    else if (is_elsewhere(url))
        check_elsewhere(links, offset, url, is_image);
    else if (*url == '/')
        check_host_path(links, offset, url, is_image);
    else if (!is_there(links, resolve(links->arena, links->page, url)))
        warn_of_page(links, offset, url, url, is_image);
}

/* --- headings --- */

static bool has_heading(const struct markdown_document *document, const char *id)
{
    for (size_t i = 0; i < document->heading_count; i++)
        if (!strcmp(document->headings[i].id, id))
            return true;
    return false;
}

static void check_heading(struct links *links, const struct markdown_document *document,
                          const struct link_to_heading *link)
{
    struct strbuf id = STRBUF_INIT;
    bool is_ours = starts_with(link->name, TEXT_ID_PREFIX);
    struct err *err = NULL;

    strbuf_adds(&id, TEXT_ID_PREFIX);
    slug_add(&id, link->name, strlen(link->name));
    if (has_heading(document, link->name)) {
        /* all is well */
    } else if (!is_ours && has_heading(document, id.buf)) {
        err = warn(links, link->offset, "dead-link", "there is no place on this page called",
                   link->name);
        err_hint(err, "write '#%s'", id.buf);
    } else if (is_ours) {
        struct known known = known_start(link->name, strlen(link->name));

        for (size_t i = 0; i < document->heading_count; i++)
            known_offer(&known, document->headings[i].id);
        known_hint(&known, warn(links, link->offset, "dead-link",
                                "there is no heading on this page called", link->name));
    }
    strbuf_release(&id);
}

void links_finish(struct links *links, const struct markdown_document *document)
{
    for (const struct link_to_heading *link = links->first; link; link = link->next)
        check_heading(links, document, link);
}

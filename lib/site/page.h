/*
 * page: what all pages have in common. Private to lib/site.
 */
#ifndef SITE_PAGE_H
#define SITE_PAGE_H

#include "site/site.h"
#include "site/theme.h"

struct arena;
struct search_chunk;

/* A page that is being made. */
struct page_maker {
    const struct site_context *site;
    const struct site_output *output;
    struct arena *arena;
    struct errs *errs;
    int result;                  /* -1 when any page failed */
    struct search_chunk *search; /* where what can be searched goes; NULL: nowhere */
    struct view_revision *as_of; /* the newest one of what the pages show; NULL: none is known */
};

/* The fields that every page entity begins with (PAGE in views.def). */
struct page_head {
    struct text root, home, path, url, title;
    struct view_language *languages;
    size_t language_count;
    struct view_link *crumbs;
    size_t crumb_count;
    struct view_link *previous, *next; /* may be NULL */
    struct view_tags *tags;
    struct view_revision *as_of; /* that of the maker */
};

/*
 * The head of the page at `path` below the home page ("departments/a/2021/"; that itself is "").
 * Breadcrumbs are added with page_crumb(), home being the first already.
 */
void page_head_init(struct page_maker *m, struct page_head *head, const char *path,
                    const char *title);
void page_crumb(struct page_head *head, const char *label, const char *path);
/* Says that the page is a column of the site: a list of other pages. */
void page_column(struct page_head *head);
/* Says that the page is an article of a column, from somebody; either may be NULL. */
void page_article(struct page_head *head, const char *column, const char *source);
/* A link in the maker's arena. */
struct view_link *page_link(struct page_maker *m, const char *label, const char *path);

/* Copies the head into a page struct. */
#define PAGE_SET(page, maker, head)                                                                \
    do {                                                                                           \
        (page)->site = (struct site *)site_settings((maker)->site);                                \
        (page)->menu = (struct view_menu *)(maker)->site->menu;                                    \
        (page)->root = (head)->root;                                                               \
        (page)->home = (head)->home;                                                               \
        (page)->languages.items = (head)->languages;                                               \
        (page)->languages.count = (head)->language_count;                                          \
        (page)->path = (head)->path;                                                               \
        (page)->url = (head)->url;                                                                 \
        (page)->title = (head)->title;                                                             \
        (page)->crumbs.items = (head)->crumbs;                                                     \
        (page)->crumbs.count = (head)->crumb_count;                                                \
        (page)->previous = (head)->previous;                                                       \
        (page)->next = (head)->next;                                                               \
        (page)->tags = (head)->tags;                                                               \
        (page)->as_of = (head)->as_of;                                                             \
    } while (0)

/* Renders the page and puts it out as <path>index.html, below the home page. */
void page_put(struct page_maker *m, enum template_id id, const void *page, const char *path);
/* The same as a file of any name. */
void page_put_file(struct page_maker *m, enum template_id id, const void *page, const char *file);

/* Text made in the maker's arena. */
const char *page_text(struct page_maker *m, const char *format, ...) PRINTF_FORMAT(2, 3);
/* "2021年度", "FY 2021" */
const char *page_year(struct page_maker *m, const struct integer *year);
/* The whole address of a page of the language; NULL when the site does not say where it will be. */
const char *page_url(struct page_maker *m, const char *path);
/* From what is at `path` to where that begins: "../../" for departments/a/, "./" for "". */
const char *page_root(struct arena *arena, const char *path);
/* The path of the site on its host. */
const char *site_host_root(const struct site_context *site);
/* A number of things. */
struct integer page_number(size_t n);

#endif

#include "base/base.h"

#include "base/arena.h"
#include "site/department_pages.h"
#include "site/view_history.h"

void compared_page_put(struct report_maker *r)
{
    struct page_maker *m = r->m;
    struct page_compared *page = arena_zalloc(m->arena, 1, sizeof(*page));
    const struct report *earlier = r->report - 1;
    const char *path = page_text(m, "%scompare/", r->path);
    struct page_head head;

    page_head_init(m, &head, path,
                   page_text(m, "%s%s%s → %s", r->report->department_name.s,
                             theme_word(m->site->theme, WORD_space), page_year(m, &earlier->year),
                             r->title));
    report_article(r, &head);
    page_crumb(&head, r->title, r->path);
    PAGE_SET(page, m, &head);
    page->department = (struct department *)r->department;
    page->report = (struct report *)r->report;
    page->earlier = (struct report *)earlier;
    view_history_make_two(m->site->theme, r->department, r->index, m->site->catalog, m->arena,
                          &page->history.items, &page->history.count);
    page_put(m, TEMPLATE_COMPARED, page, path);
}

#include "base/base.h"

#include "history/published.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"

struct published {
    struct timeline *timeline;
    const struct revision *revisions;
    size_t count;
};

struct published *published_make(struct timeline *timeline)
{
    struct published *published = mem_zalloc(1, sizeof(*published));

    published->timeline = timeline;
    published->revisions = timeline_revisions(timeline, &published->count);
    return published;
}

void published_free(struct published *published)
{
    free(published);
}

static bool may_have(const struct revision *revision, const char *department, int64_t year)
{
    for (size_t i = 0; i < revision->report_count; i++)
        if (revision->reports[i].year == year &&
            !strcmp(revision->reports[i].department, department))
            return revision->has_content;
    return revision->has_content && revision->others;
}

/* 1 when the report is there and was read, 0 when it is not there, -1 when it cannot be read. */
static int load(struct published *published, size_t index, const char *department, int64_t year,
                struct content_department *out, struct errs *errs)
{
    struct source *source =
        timeline_source(published->timeline, &published->revisions[index], errs);
    struct strbuf path = STRBUF_INIT;
    int result = source ? 0 : -1;

    strbuf_addf(&path, "departments/%s/%lld/report.json", department, (long long)year);
    /* before there was a site.json nothing could be published */
    if (source && source_has(source, "site.json") && source_has(source, path.buf)) {
        /* what is wrong with the profiles is told when a department needs them */
        const struct revision_catalog *catalog =
            timeline_catalog(published->timeline, &published->revisions[index]);

        result = 1;
        if (content_load_department(source, &catalog->catalog, department, out, errs) ||
            out->incomplete)
            result = -1;
    }
    timeline_return_source(published->timeline, source);
    strbuf_release(&path);
    return result;
}

const struct revision *published_load(struct published *published, const char *department,
                                      int64_t year, struct content_department *out,
                                      struct errs *errs)
{
    for (size_t i = published->count; i-- > 0;) {
        struct errs own = ERRS_INIT;
        int result = 0;

        if (may_have(&published->revisions[i], department, year))
            result = load(published, i, department, year, out, &own);
        if (result < 0)
            revision_add_unreadable(&published->revisions[i], &own, errs);
        errs_release(&own);
        if (result > 0)
            return &published->revisions[i];
        if (result < 0) {
            content_release_department(out);
            memset(out, 0, sizeof(*out));
        }
    }
    return NULL;
}

bool published_is_cut(const struct published *published, const struct revision *revision)
{
    return timeline_is_cut(published->timeline) &&
           revision == &published->revisions[published->count - 1];
}

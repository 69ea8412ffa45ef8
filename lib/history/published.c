#include "base/base.h"

#include "history/published.h"

#include "base/err.h"
#include "base/strbuf.h"

static bool may_have(const struct revision *revision, const char *department, int64_t year)
{
    return revision->has_content &&
           (revision->others || revision_touched(revision, department, year));
}

/* 1 when the report is there and was read, 0 when it is not there, -1 when it cannot be read. */
static int load(struct timeline *timeline, const struct revision *revision, const char *department,
                int64_t year, struct content_department *out, struct errs *errs)
{
    struct source *source = timeline_source(timeline, revision, errs);
    struct strbuf path = STRBUF_INIT;
    int result = source ? 0 : -1;

    strbuf_addf(&path, "departments/%s/%lld/report.json", department, (long long)year);
    /* before there was a site.json nothing could be published */
    if (source && source_has(source, "site.json") && source_has(source, path.buf)) {
        /* what is wrong with the profiles is told when a department needs them */
        const struct revision_catalog *catalog = timeline_catalog(timeline, revision);

        result = 1;
        if (content_load_department(source, &catalog->catalog, department, out, errs) ||
            out->incomplete)
            result = -1;
    }
    timeline_return_source(timeline, source);
    strbuf_release(&path);
    return result;
}

const struct revision *published_load(struct timeline *timeline, const char *department,
                                      int64_t year, struct content_department *out,
                                      struct errs *errs)
{
    size_t count;
    const struct revision *revisions = timeline_revisions(timeline, &count);

    while (count-- > 0) {
        struct errs own = ERRS_INIT;
        int result = 0;

        if (may_have(&revisions[count], department, year))
            result = load(timeline, &revisions[count], department, year, out, &own);
        if (result < 0)
            revision_add_unreadable(&revisions[count], &own, errs);
        errs_release(&own);
        if (result > 0)
            return &revisions[count];
        if (result < 0)
            content_release_department(out);
    }
    return NULL;
}

bool published_is_cut(const struct timeline *timeline, const struct revision *revision)
{
    size_t count;
    const struct revision *revisions = timeline_revisions(timeline, &count);

    return timeline_is_cut(timeline) && revision == &revisions[count - 1];
}

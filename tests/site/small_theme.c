#include "base/base.h"

#include "site/small_theme.h"

#include <fcntl.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/strbuf.h"
#include "base/testing.h"

void write_below(const char *folder, const char *path, const char *text)
{
    struct strbuf file = STRBUF_INIT;
    struct errs errs = ERRS_INIT;

    strbuf_addf(&file, "%s/%s", folder, path);
    assert_int_equal(fs_write(AT_FDCWD, file.buf, text, strlen(text), &errs), 0);
    strbuf_release(&file);
}

void make_small_theme(const char *folder)
{
    static const char *const pages[] = {"home",    "departments", "department", "report",
                                        "project", "evaluation",  "data"};
    static const char *const parts[] = {"parts/table", "parts/csv", "parts/figure"};
    struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;

    for (size_t i = 0; i < ARRAY_SIZE(pages) + ARRAY_SIZE(parts); i++) {
        bool is_page = i < ARRAY_SIZE(pages);
        const char *name = is_page ? pages[i] : parts[i - ARRAY_SIZE(pages)];

        strbuf_clear(&path);
        strbuf_clear(&text);
        strbuf_addf(&path, "templates/%s.mustache", name);
        strbuf_addf(&text, is_page ? "{{<layout}}{{$main}}%s{{/main}}{{/layout}}" : "%s", name);
        write_below(folder, path.buf, text.buf);
    }
    write_below(folder, "templates/layout.mustache", "[{{$main}}{{/main}}]");
    write_below(folder, "labels/zh-CN.json",
                "{\"home\": \"Home\", \"departments\": \"Departments\", \"data\": \"Data\", "
                "\"database\": \"Database\", \"fiscal_year\": \" (year)\"}");
    strbuf_release(&path);
    strbuf_release(&text);
}

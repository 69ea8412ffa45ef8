#include "base/base.h"

#include "site/small_theme.h"

#include <fcntl.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "site/theme.h"

void write_below(const char *folder, const char *path, const char *text)
{
    struct strbuf file = STRBUF_INIT;
    struct errs errs = ERRS_INIT;

    strbuf_addf(&file, "%s/%s", folder, path);
    assert_int_equal(fs_write(AT_FDCWD, file.buf, text, strlen(text), &errs), 0);
    strbuf_release(&file);
}

void make_small_labels(const char *folder, const char *language)
{
    struct strbuf path = STRBUF_INIT, labels = STRBUF_INIT;

    for (enum theme_word word = 0; word < WORD_COUNT; word++)
        strbuf_addf(&labels, "%s\"%s\": \"the %s\"", word ? ", " : "{", theme_word_name(word),
                    theme_word_name(word));
    strbuf_addch(&labels, '}');
    strbuf_addf(&path, "labels/%s.json", language);
    write_below(folder, path.buf, labels.buf);
    strbuf_release(&path);
    strbuf_release(&labels);
}

void make_small_theme(const char *folder)
{
    struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;

    for (enum template_id id = 0; id < TEMPLATE_COUNT; id++) {
        const char *name = theme_template_name(id);
        bool is_page = !strchr(name, '/') && !strchr(name, '.');

        strbuf_clear(&path);
        strbuf_clear(&text);
        strbuf_addf(&path, "templates/%s.mustache", name);
        strbuf_addf(&text, is_page ? "{{<layout}}{{$main}}%s{{/main}}{{/layout}}" : "%s", name);
        write_below(folder, path.buf, text.buf);
    }
    write_below(folder, "templates/layout.mustache", "[{{$main}}{{/main}}]");
    make_small_labels(folder, "zh-CN");
    strbuf_release(&path);
    strbuf_release(&text);
}

struct theme *load_small_theme(struct errs *errs)
{
    char *folder = testing_folder();
    struct theme *theme;

    make_small_theme(folder);
    theme = theme_load(folder, NULL, "zh-CN", errs);
    assert_non_null(theme);
    testing_folder_remove(folder);
    free(folder);
    return theme;
}

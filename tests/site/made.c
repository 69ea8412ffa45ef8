#include "base/base.h"

#include "site/made.h"

#include <sys/stat.h>

#include "base/testing.h"
#include "model/loaded.h"

void made_begin(struct made *m)
{
    memset(m, 0, sizeof(*m));
    m->root = testing_folder();
    strbuf_init(&m->theme);
    strbuf_init(&m->site);
    strbuf_addf(&m->theme, "%s/theme", m->root);
    strbuf_addf(&m->site, "%s/site", m->root);
    assert_int_equal(mkdir(m->site.buf, 0777), 0);
    m->content = source_open_folder(m->site.buf, &m->errs);
    strbuf_adds(&m->site, "/" THEME_OWN);
    make_small_theme(m->theme.buf);
}

void made_end(struct made *m)
{
    theme_free(m->loaded);
    source_close(m->content);
    errs_release(&m->errs);
    testing_folder_remove(m->root);
    free(m->root);
    strbuf_release(&m->theme);
    strbuf_release(&m->site);
}

void made_load(struct made *m)
{
    theme_free(m->loaded);
    m->loaded = theme_load(m->theme.buf, m->content, "zh-CN", &m->errs);
}

void made_show(const struct made *m, struct strbuf *out)
{
    struct strbuf whole = STRBUF_INIT;
    size_t len = strlen(m->root);

    show_errors(&m->errs, &whole);
    for (const char *p = whole.buf; *p;)
        if (!strncmp(p, m->root, len))
            p += len + 1;
        else
            strbuf_addch(out, *p++);
    strbuf_release(&whole);
}

void made_assert_loads(struct made *m)
{
    made_load(m);
    assert_errors(&m->errs, "");
    assert_non_null(m->loaded);
}

void made_assert_warns(struct made *m, const char *expected)
{
    struct strbuf shown = STRBUF_INIT;

    made_load(m);
    made_show(m, &shown);
    assert_string_equal(shown.buf, expected);
    assert_non_null(m->loaded);
    strbuf_release(&shown);
    errs_release(&m->errs);
}

void made_assert_fails(struct made *m, const char *expected)
{
    struct strbuf shown = STRBUF_INIT;

    made_load(m);
    made_show(m, &shown);
    assert_string_equal(shown.buf, expected);
    assert_null(m->loaded);
    strbuf_release(&shown);
    errs_release(&m->errs);
}

void made_assert_renders(struct made *m, enum template_id id, const char *expected)
{
    struct arena arena = ARENA_INIT;
    struct strbuf out = STRBUF_INIT;

    assert_int_equal(theme_render(m->loaded, id,
                                  arena_zalloc(&arena, 1, theme_template_entity(id)->size),
                                  "index.html", &out, &m->errs),
                     0);
    assert_string_equal(out.buf, expected);
    strbuf_release(&out);
    arena_release(&arena);
}

void made_assert_assets(struct made *m, const char *expected)
{
    struct arena arena = ARENA_INIT;
    struct strbuf out = STRBUF_INIT;
    size_t count;
    const struct theme_asset *assets = theme_assets(m->loaded, &count);

    for (size_t i = 0; i < count; i++) {
        const char *file = source_shown(assets[i].source, assets[i].file, &arena);

        assert_int_equal(strncmp(file, m->root, strlen(m->root)), 0);
        strbuf_addf(&out, "%s = %s\n", assets[i].path, file + strlen(m->root) + 1);
    }
    assert_string_equal(out.buf, expected);
    strbuf_release(&out);
    arena_release(&arena);
}

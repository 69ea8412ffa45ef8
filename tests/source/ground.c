#include "base/base.h"

#include "source/ground.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"

int ground_set_up(void **state)
{
    struct ground *g = mem_zalloc(1, sizeof(*g));

    *state = g;
    umask(022);
    g->path = testing_folder();
    g->at = open(g->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    g->source = source_open_folder(g->path, &g->errs);
    ground_fill(g);
    alarm(getenv("MEMCHECK") ? 600 : 120); /* a test that waits for a pipe must end */
    return g->at < 0 || !g->source;
}

int ground_tear_down(void **state)
{
    struct ground *g = *state;

    alarm(0);
    content_release_department(&g->department);
    catalog_release(&g->catalog);
    source_close(g->source);
    close(g->at);
    testing_folder_remove(g->path);
    free(g->path);
    errs_release(&g->errs);
    arena_release(&g->arena);
    free(g);
    return 0;
}

void put(struct ground *g, const char *path, const char *text)
{
    assert_int_equal(fs_write(g->at, path, text, strlen(text), &g->errs), 0);
}

void put_folder(struct ground *g, const char *path)
{
    assert_int_equal(fs_make_parents(g->at, path, &g->errs), 0);
    assert_int_equal(mkdirat(g->at, path, 0777), 0);
}

void put_link(struct ground *g, const char *path, const char *target)
{
    assert_int_equal(symlinkat(target, g->at, path), 0);
}

void put_pipe(struct ground *g, const char *path)
{
    assert_int_equal(mkfifoat(g->at, path, 0666), 0);
}

void ground_fill(struct ground *g)
{
    put(g, "site.json", "{\"title\": \"决算\"}");
    put(g, "profiles/p.json",
        "{\"id\": \"p\", \"title\": \"样张\", \"from\": 2020, \"to\": 2022, \"unit\": \"元\",\n"
        " \"classification\": 2021, \"tables\": [{\"id\": \"income\", \"title\": \"收入\",\n"
        "  \"statutory\": true, \"columns\": [{\"id\": \"final\"}],\n"
        "  \"lines\": [{\"id\": \"total\", \"label\": \"合计\"}]}]}");
    put(g, "classifications/2021.json", "{\"year\": 2021}");
    put_folder(g, "departments");
}

void put_department(struct ground *g, const char *id)
{
    struct strbuf path = STRBUF_INIT;

    strbuf_addf(&path, "departments/%s/department.json", id);
    put(g, path.buf,
        "{\"names\": [{\"name\": \"局\"}], \"division\": \"110106\", \"division_name\": "
        "\"丰台区\",\n"
        " \"level\": \"county\"}");
    strbuf_clear(&path);
    strbuf_addf(&path, "departments/%s/2021/report.json", id);
    put(g, path.buf, "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"元\"}");
    strbuf_release(&path);
}

int load_catalog(struct ground *g)
{
    catalog_release(&g->catalog);
    return content_load_catalog(g->source, &g->catalog, &g->errs);
}

int list_departments(struct ground *g, struct content_departments *out)
{
    return content_list_departments(g->source, &g->arena, out, &g->errs);
}

int load_department(struct ground *g, const char *id)
{
    content_release_department(&g->department);
    return content_load_department(g->source, &g->catalog, id, &g->department, &g->errs);
}

void assert_said(struct ground *g, const char *expected)
{
    struct strbuf shown = STRBUF_INIT, named = STRBUF_INIT;
    size_t len = strlen(g->path);

    show_errors(&g->errs, &shown);
    for (const char *p = shown.buf, *at; *p; p = at) {
        at = strstr(p, g->path);
        if (!at)
            at = p + strlen(p);
        strbuf_add(&named, p, (size_t)(at - p));
        if (*at) {
            strbuf_adds(&named, "content");
            at += len;
        }
    }
    assert_string_equal(named.buf, expected);
    strbuf_release(&shown);
    strbuf_release(&named);
    errs_release(&g->errs);
}

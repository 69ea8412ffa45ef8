#include "base/base.h"

#include "import/write.h"

#include <fcntl.h>
#include <jansson.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/strbuf.h"
#include "base/testing.h"
#include "model/entities.h"
#include "model/load.h"

enum { FILE_MAX = 16 * 1024 * 1024 };

/* A source as a record, written again. */
static void rewrite(const struct entity *entity, const char *text, size_t len, struct strbuf *out)
{
    struct arena arena = ARENA_INIT;
    struct errs errs = ERRS_INIT;
    struct source_text source = {"test.json", text, len};
    void *record = arena_zalloc(&arena, 1, entity->size);

    assert_int_equal(load_record(entity, &source, &arena, record, &errs), 0);
    write_record(entity, record, NULL, out);
    errs_release(&errs);
    arena_release(&arena);
}

static json_t *parse(const char *text, size_t len)
{
    json_error_t error;
    json_t *tree = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);

    if (!tree)
        fail_msg("%s", error.text);
    json_object_del(tree, "$schema");
    return tree;
}

/* What was loaded is written, all of it and nothing else; and the same bytes each time. */
static void assert_same(const struct entity *entity, const char *path)
{
    struct strbuf text = STRBUF_INIT, once = STRBUF_INIT, again = STRBUF_INIT;
    struct errs errs = ERRS_INIT;
    json_t *before, *after;

    assert_int_equal(fs_read(AT_FDCWD, path, path, FILE_MAX, &text, &errs), 0);
    rewrite(entity, text.buf, text.len, &once);
    rewrite(entity, once.buf, once.len, &again);
    assert_string_equal(once.buf, again.buf);
    before = parse(text.buf, text.len);
    after = parse(once.buf, once.len);
    if (!json_equal(before, after))
        fail_msg("%s is not what it was", path);
    json_decref(before);
    json_decref(after);
    strbuf_release(&text);
    strbuf_release(&once);
    strbuf_release(&again);
    errs_release(&errs);
}

static void what_was_loaded_is_written(void **state)
{
    static const char fengtai[] = "content/departments/beijing/fengtai/zwfwj";
    static const char putuo[] = "content/departments/shanghai/putuo/ghzyj";
    char path[256];

    (void)state;
    for (unsigned i = 1; i <= 18; i++) {
        snprintf(path, sizeof(path), "%s/2021/projects/p%02u.json", fengtai, i);
        assert_same(&entity_project, path);
    }
    snprintf(path, sizeof(path), "%s/2021/report.json", fengtai);
    assert_same(&entity_report, path);
    snprintf(path, sizeof(path), "%s/2021/evaluations/website.json", fengtai);
    assert_same(&entity_evaluation, path);
    snprintf(path, sizeof(path), "%s/department.json", fengtai);
    assert_same(&entity_department, path);
    snprintf(path, sizeof(path), "%s/2024/report.json", putuo);
    assert_same(&entity_report, path);
}

static void lines_stand_on_a_line_each(void **state)
{
    static const char text[] =
        "{\"year\": 2021, \"profile\": \"x\", \"unit\": \"万元\", \"tables\": {\"t\": {\"lines\": ["
        "{\"id\": \"a\", \"share\": \"0.50\", \"final\": \"1.20\", \"initial_budget\": "
        "{\"na\": \"dash\"}}]}}, \"facts\": [{\"id\": \"f\", \"label\": \"虚构\", \"value\": "
        "\"3\"}]}";
    struct strbuf out = STRBUF_INIT;

    (void)state;
    rewrite(&entity_report, text, strlen(text), &out);
    assert_string_equal(out.buf, "{\n"
                                 "  \"year\": 2021,\n"
                                 "  \"profile\": \"x\",\n"
                                 "  \"unit\": \"万元\",\n"
                                 "  \"tables\": {\n"
                                 "    \"t\": {\n"
                                 "      \"lines\": [\n"
                                 "        {\"id\": \"a\", \"initial_budget\": {\"na\": \"dash\"}, "
                                 "\"final\": \"1.20\", \"share\": \"0.50\"}\n"
                                 "      ]\n"
                                 "    }\n"
                                 "  },\n"
                                 "  \"facts\": [\n"
                                 "    {\"id\": \"f\", \"label\": \"虚构\", \"value\": \"3\"}\n"
                                 "  ]\n"
                                 "}\n");
    strbuf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_loaded_is_written),
        cmocka_unit_test(lines_stand_on_a_line_each),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

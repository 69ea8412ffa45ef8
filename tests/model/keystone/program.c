/*
 * All that follows from a definitions file, for keystone_test.sh: compiled with toy.def as it is,
 * and with a line more. Nothing here names a field.
 *
 *     program RECORD.json TEMPLATE
 *
 * prints, each under a heading: what the loader says, the JSON Schema, the SQLite tables, the
 * datasets as CSV and JSON, the template's page.
 */
#include "base/base.h"

#include <fcntl.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/strbuf.h"
#include "dataset/dataset.h"
#include "dataset/sqlite_schema.h"
#include "model/dictionary.h"
#include "model/load.h"
#include "model/schema.h"
#include "site/record_schema.h"

/* clang-format off */
#define DEFINITIONS "toy.def" /* in the folder that the script names */
#include "model/declare.inc"
#include "model/define.inc"
#undef DEFINITIONS
/* clang-format on */

static void print_errors(const char *what, struct errs *errs)
{
    for (size_t i = 0; i < errs->count; i++)
        printf("%s: %s\n", what, errs->items[i].message);
    if (!errs->count)
        printf("%s: fine\n", what);
    errs_release(errs);
}

static void read_file(const char *path, struct strbuf *out)
{
    struct errs errs = ERRS_INIT;

    if (fs_read(AT_FDCWD, path, path, SIZE_MAX, out, &errs))
        abort();
}

static void print_schema(void)
{
    struct strbuf out = STRBUF_INIT;

    schema_write(&entity_toy, &out);
    printf("# schema\n%s", out.buf);
    strbuf_release(&out);
}

static void print_sql(struct data_table *tables, size_t count)
{
    const struct data_plan plan = {.tables = tables, .count = count};
    struct strbuf out = STRBUF_INIT;

    sqlite_schema_tables(&plan, &out);
    printf("# sql\n%s", out.buf);
    strbuf_release(&out);
}

static void print_rows(const struct data_table *tables, const struct toy *toy)
{
    struct strbuf out = STRBUF_INIT;

    strbuf_adds(&out, "# rows\n");
    data_csv_header(&tables[0], &out);
    data_csv_row(&tables[0], toy, &out);
    data_json_row(&tables[0], toy, &out);
    strbuf_addch(&out, '\n');
    data_csv_header(&tables[1], &out);
    for (size_t i = 0; i < toy->wheels.count; i++) {
        data_csv_row(&tables[1], &toy->wheels.items[i], &out);
        data_json_row(&tables[1], &toy->wheels.items[i], &out);
        strbuf_addch(&out, '\n');
    }
    fputs(out.buf, stdout);
    strbuf_release(&out);
}

static void print_page(const char *template, const struct toy *toy)
{
    struct mustache_set *set = mustache_set_new();
    struct mustache_program *program;
    struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;
    struct errs errs = ERRS_INIT;

    read_file(template, &text);
    mustache_set_add(set, "page", template, text.buf, text.len, MUSTACHE_HTML, &errs);
    program = mustache_compile(set, "page", &record_schemas[NAMED_IN_CHINESE], &entity_toy, NULL, &errs);
    if (program)
        mustache_render(program, toy, &out, &errs);
    printf("# page\n%s\n", out.buf);
    print_errors("template", &errs);
    mustache_program_free(program);
    mustache_set_free(set);
    strbuf_release(&text);
    strbuf_release(&out);
}

int main(int argc, char **argv)
{
    struct arena arena = ARENA_INIT;
    struct errs errs = ERRS_INIT;
    struct strbuf text = STRBUF_INIT;
    struct data_table tables[2];
    struct source_text source;
    struct toy toy;

    if (argc != 3)
        return 2;
    read_file(argv[1], &text);
    source = (struct source_text){"toy.json", text.buf, text.len};
    memset(&toy, 0, sizeof(toy));
    load_record(&entity_toy, &source, &arena, &toy, &errs);
    print_errors("loader", &errs);
    data_table_plan(&tables[0], &entity_toy, &arena);
    data_table_plan(&tables[1], &entity_toy_wheel, &arena);
    print_schema();
    print_sql(tables, ARRAY_SIZE(tables));
    print_rows(tables, &toy);
    print_page(argv[2], &toy);
    json_decref(toy.extra);
    strbuf_release(&text);
    arena_release(&arena);
    return 0;
}

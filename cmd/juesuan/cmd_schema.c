#include "base/base.h"

#include <fcntl.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/strbuf.h"
#include "command.h"
#include "model/entities.h"
#include "model/schema.h"
#include "text/suggest.h"

static const struct entity *find(const char *name)
{
    struct suggest near;

    suggest_start(&near, name, strlen(name));
    for (const struct entity *const *entity = source_entities; *entity; entity++) {
        if (!strcmp((*entity)->name, name))
            return *entity;
        suggest_offer(&near, (*entity)->name);
    }
    fprintf(stderr, "juesuan schema: there is no kind of source '%s'\n", name);
    if (near.name)
        fprintf(stderr, "  did you mean '%s'?\n", near.name);
    return NULL;
}

static int print_one(const char *name)
{
    const struct entity *entity = find(name);
    struct strbuf text = STRBUF_INIT;

    if (!entity)
        return 2;
    schema_write(entity, &text);
    fputs(text.buf, stdout);
    strbuf_release(&text);
    return 0;
}

int write_schemas(const char *folder, struct errs *errs)
{
    struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
    int result = 0;

    for (const struct entity *const *entity = source_entities; !result && *entity; entity++) {
        strbuf_clear(&path);
        strbuf_clear(&text);
        strbuf_addf(&path, "%s/%s.json", folder, (*entity)->name);
        schema_write(*entity, &text);
        if (!fs_same(AT_FDCWD, path.buf, text.buf, text.len))
            result = fs_write(AT_FDCWD, path.buf, text.buf, text.len, errs);
    }
    strbuf_release(&path);
    strbuf_release(&text);
    return result;
}

static int write_all(const char *folder)
{
    struct errs errs = ERRS_INIT;
    int status;

    write_schemas(folder, &errs);
    status = report(&errs, NULL);
    errs_release(&errs);
    return status;
}

static int run(const struct command *command, const struct arguments *arguments)
{
    const char *out = argument(command, arguments, "out");

    if (out && arguments->operand_count) {
        fprintf(stderr, "juesuan schema: '--out' writes all schemas: leave out '%s'\n",
                arguments->operands[0]);
        return 2;
    }
    if (out)
        return write_all(out);
    if (arguments->operand_count)
        return print_one(arguments->operands[0]);
    for (const struct entity *const *entity = source_entities; *entity; entity++)
        puts((*entity)->name);
    return 0;
}

extern const struct command command_schema;
const struct command command_schema = {
    .name = "schema",
    .operands = "[NAME]",
    .operands_max = 1,
    .summary = "Print the JSON Schemas of the source files.",
    .description =
        "Prints the JSON Schema (draft 2020-12) of one kind of source file: site, profile,\n"
        "classification, department, report, project or evaluation. Without a name, lists them.\n\n"
        "Editors that know the schemas complete keys and mark mistakes while you type. Sources "
        "name\n"
        "theirs with a \"$schema\" key.",
    .options =
        (const struct command_option[]){
            {"out", "DIR", "Write all schemas into a folder, a file each."},
            {0},
        },
    .examples = (const char *const[]){"juesuan schema report", "Print the schema of report.json:",
                                      "juesuan schema --out content/schemas",
                                      "Write all schemas to where the sources expect them:", NULL},
    .run = run,
};

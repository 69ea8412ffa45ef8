/*
 * Runs cases that are written in JSON: {"tests": [{"name", "data", "template", "partials",
 * "expected"}]}. Those of the project are in tests/text/mustache_cases/; those of the public
 * Mustache specification are in the folder that MUSTACHE_SPEC names, if it is there.
 */
#include "base/base.h"

#include "text/mustache.h"

#include <dirent.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"

struct run {
    unsigned number;
    unsigned failed;
};

static void add_partials(struct mustache_set *set, const json_t *partials, struct errs *errs)
{
    json_t *o = (json_t *)(uintptr_t)partials;

    for (void *i = json_object_iter(o); i; i = json_object_iter_next(o, i)) {
        const json_t *text = json_object_iter_value(i);
        const char *name = json_object_iter_key(i);

        mustache_set_add(set, name, name, json_string_value(text), json_string_length(text),
                         MUSTACHE_HTML, errs);
    }
}

static int render(const json_t *test, struct strbuf *out, struct errs *errs)
{
    const json_t *template = json_object_get(test, "template");
    struct mustache_set *set = mustache_set_new();
    struct mustache_program *program;
    int result = -1;

    add_partials(set, json_object_get(test, "partials"), errs);
    mustache_set_add(set, " main", "template", json_string_value(template),
                     json_string_length(template), MUSTACHE_HTML, errs);
    program = mustache_compile(set, " main", NULL, NULL, json_object_get(test, "constants"), errs);
    if (program)
        result = mustache_render(program, json_object_get(test, "data"), out, errs);
    mustache_program_free(program);
    mustache_set_free(set);
    return result;
}

/* A comment of TAP, which must begin with # in each line: as JSON it is one line. */
static void print_text(const char *what, const char *s, size_t len)
{
    json_t *text = json_stringn_nocheck(s, len);
    char *shown = json_dumps(text, JSON_ENCODE_ANY);

    printf("#   %-8s %s\n", what, shown ? shown : "(no text)");
    free(shown);
    json_decref(text);
}

static void run_case(struct run *run, const char *group, const json_t *test)
{
    const json_t *expected = json_object_get(test, "expected");
    struct strbuf out = STRBUF_INIT;
    struct errs errs = ERRS_INIT;
    bool good = !render(test, &out, &errs) && !errs.count &&
                out.len == json_string_length(expected) &&
                !memcmp(out.buf, json_string_value(expected), out.len);

    run->number++;
    run->failed += !good;
    printf("%sok %u - %s: %s\n", good ? "" : "not ", run->number, group,
           json_string_value(json_object_get(test, "name")));
    if (!good) {
        print_text("expected", json_string_value(expected), json_string_length(expected));
        print_text("rendered", out.buf, out.len);
        for (size_t i = 0; i < errs.count; i++)
            print_text("error", errs.items[i].message, strlen(errs.items[i].message));
    }
    strbuf_release(&out);
    errs_release(&errs);
}

static void run_file(struct run *run, const char *folder, const char *name)
{
    struct strbuf path = STRBUF_INIT, group = STRBUF_INIT;
    json_error_t error;
    json_t *file, *tests;

    strbuf_addf(&path, "%s/%s", folder, name);
    strbuf_add(&group, name, strlen(name) - strlen(".json"));
    file = json_load_file(path.buf, 0, &error);
    tests = json_object_get(file, "tests");
    if (!json_array_size(tests)) {
        printf("not ok %u - %s has no tests: %s\n", ++run->number, path.buf, error.text);
        run->failed++;
    }
    for (size_t i = 0; i < json_array_size(tests); i++)
        run_case(run, group.buf, json_array_get(tests, i));
    json_decref(file);
    strbuf_release(&path);
    strbuf_release(&group);
}

static int is_json(const struct dirent *entry)
{
    size_t len = strlen(entry->d_name);

    return len > 5 && !strcmp(entry->d_name + len - 5, ".json");
}

/* How many cases the folder holds; -1 when there is no such folder. */
static int run_folder(struct run *run, const char *folder)
{
    unsigned before = run->number;
    struct dirent **entries;
    int count = scandir(folder, &entries, is_json, alphasort);

    if (count < 0)
        return -1;
    for (int i = 0; i < count; i++) {
        run_file(run, folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return (int)(run->number - before);
}

int main(void)
{
    const char *spec = getenv("MUSTACHE_SPEC");
    struct run run = {0, 0};
    int own = run_folder(&run, "tests/text/mustache_cases");
    int public = run_folder(&run, spec ? spec : "../shared/mustache-spec");

    if (own <= 0) {
        printf("not ok %u - the project's own cases are not here\n", ++run.number);
        run.failed++;
    }
    if (public < 0)
        printf("ok %u # SKIP the public Mustache cases are not here\n", ++run.number);
    else
        printf("# %d cases of the public specification ran\n", public);
    printf("1..%u\n", run.number);
    return run.failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

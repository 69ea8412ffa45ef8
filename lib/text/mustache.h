/*
 * Mustache (the public specification: core, inheritance, dynamic names; no lambdas), compiled.
 *
 * A `struct mustache_set` holds named template sources, parsed once. mustache_compile() turns one
 * of them, with all partials and parents that it uses, into an immutable program; programs may be
 * rendered by several threads at once, each with an output of its own.
 *
 * Two kinds of data:
 *
 *  - TYPED. The caller describes its data with a `struct mustache_schema`; what a type or a field
 * is, only the schema knows. Every name is looked up at compile time against the types that are on
 * the context stack there: an unknown name, partial or block is an error with file:line:column and
 * a suggestion, and a known one is rendered by its slot, without looking at names again. A field
 * may be of kind MUSTACHE_JSON: names below it are looked up when it is rendered.
 *  - JSON. With a NULL schema the root is a jansson value and every name is looked up when it is
 *    rendered; what is missing renders as nothing, as the specification wants.
 *
 * Besides the specification:
 *  - inside a section over a list: {{@index}} (from 0), {{@number}} (from 1), {{@length}}, and
 *    {{#@first}} {{#@last}} {{^@first}} {{^@last}} for the innermost list;
 *  - constants: an object of jansson values (labels, theme settings), found below the typed data,
 * as if it were the outermost context. Names in it are resolved at compile time too, and a missing
 *    one is an error, in both kinds of program;
 *  - {{name}} escapes by the kind of output. In typed programs {{{name}}} and {{&name}} are allowed
 * for MUSTACHE_MARKUP fields only, since anything else would be a hole; {{name}} of a markup field
 * is an error as well, since it would show tags to the reader;
 *  - in typed programs a dynamic name {{>*field}} needs a field with a closed list of choices, and
 *    there must be a template for each of them.
 *
 * Guards: nesting of tags, partials and parents is bounded (MUSTACHE_DEPTH_MAX); a template that
 * includes itself without end is an error when compiled (typed) or rendered (JSON), never a crash.
 *
 * Depends on base, on text/escape.h, text/suggest.h and on jansson. Knows nothing of the domain.
 */
#ifndef TEXT_MUSTACHE_H
#define TEXT_MUSTACHE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct errs;
struct strbuf;

enum { MUSTACHE_DEPTH_MAX = 64, MUSTACHE_RENDER_DEPTH_MAX = 1000 };

/* What a template makes, which decides how {{name}} is escaped. */
enum mustache_output {
    MUSTACHE_HTML, /* HTML and XML */
    MUSTACHE_JSON_TEXT,
    MUSTACHE_PLAIN,
};

enum mustache_kind {
    MUSTACHE_TEXT,   /* a scalar: text(); true when truthy() says so */
    MUSTACHE_MARKUP, /* a scalar that already is HTML */
    MUSTACHE_FLAG,   /* only for sections: truthy() */
    MUSTACHE_OBJECT, /* object(): false when NULL */
    MUSTACHE_LIST,   /* count(), item(): false when empty */
    MUSTACHE_JSON,   /* json(): a jansson value */
};

/* One field of a type, as found at compile time. Filled in by the schema, kept in the program. */
struct mustache_slot {
    enum mustache_kind kind;
    const void *field; /* the schema's own handle of the field */
    const void
        *type; /* OBJECT: type of the object; LIST: type of an item, NULL for a list of TEXT */
    const char *const *choices; /* all values that a TEXT can have, ended by NULL; or NULL: open */
};

/*
 * How to read typed data. `type` and `object` are whatever the caller uses; the functions must be
 * safe to call from several threads.
 */
struct mustache_schema {
    /* Fills in *slot for the field of that name and returns true, or returns false. */
    bool (*find)(const void *type, const char *name, size_t len, struct mustache_slot *slot);
    /* The i-th name of the type, for suggestions; NULL after the last. */
    const char *(*name)(const void *type, size_t i);
    /* What a type is called in messages. */
    const char *(*title)(const void *type);
    /*
     * TEXT and MARKUP. Either points *s at bytes that live as long as the object, or writes them to
     * `scratch`, which comes empty, and points there. Absent is len 0.
     */
    void (*text)(const struct mustache_slot *slot, const void *object, struct strbuf *scratch,
                 const char **s, size_t *len);
    bool (*truthy)(const struct mustache_slot *slot, const void *object); /* TEXT MARKUP FLAG */
    const void *(*object)(const struct mustache_slot *slot, const void *object);
    size_t (*count)(const struct mustache_slot *slot, const void *object);
    /* For a list of TEXT (type NULL) the item is a NUL-terminated string. */
    const void *(*item)(const struct mustache_slot *slot, const void *object, size_t i);
    const json_t *(*json)(const struct mustache_slot *slot, const void *object);
};

struct mustache_set;
struct mustache_program;

struct mustache_set *mustache_set_new(void);
void mustache_set_free(struct mustache_set *set);

/*
 * Parses a template and keeps it under `name`, the name that partial tags use ("layout",
 * "parts/crumbs"). `file` is what errors call it. The text is copied. A second template of the same
 * name takes the place of the first (a site overriding its theme), unless something was compiled.
 * All syntax errors of the text are reported, not only the first.
 */
int mustache_set_add(struct mustache_set *set, const char *name, const char *file, const char *text,
                     size_t len, enum mustache_output output, struct errs *errs);

/* Whether there is a template of that name. */
bool mustache_set_has(const struct mustache_set *set, const char *name);

/*
 * Compiles the template `name`. `schema` may be NULL (JSON). `root` is the type of the data that
 * will be rendered. `constants` is a JSON object, or NULL; it must outlive the program. Returns
 * NULL after adding all errors found. The set must outlive the program; the caller frees the
 * program.
 */
struct mustache_program *mustache_compile(struct mustache_set *set, const char *name,
                                          const struct mustache_schema *schema, const void *root,
                                          const json_t *constants, struct errs *errs);
void mustache_program_free(struct mustache_program *program);

/*
 * Renders and appends. `data` is the typed root object, or the jansson value of a JSON program.
 * Only a JSON program can fail here (recursion without end).
 */
int mustache_render(const struct mustache_program *program, const void *data, struct strbuf *out,
                    struct errs *errs);

#endif

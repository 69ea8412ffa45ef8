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
 *    is, only the schema knows. Every name is looked up at compile time against the types that are
 *    on the context stack there: an unknown name, partial or block is an error with
 *    file:line:column and a suggestion, and a known one is rendered by its slot, without looking at
 *    names again. A field may be of kind MUSTACHE_JSON: names below it, and all names inside a
 *    section over it, are looked up in its value first when it is rendered.
 *  - JSON. With a NULL schema the root is a jansson value and every name is looked up when it is
 *    rendered; what is missing renders as nothing, as the specification wants.
 *
 * JSON values: false, null, "", 0 and [] are false, all others true. Numbers print the fewest
 * digits that read back as the same number; objects, lists and null print nothing.
 *
 * Besides the specification:
 *  - inside a section over a list: {{@index}} (from 0), {{@number}} (from 1), {{@length}}, and
 *    {{#@first}} {{#@last}} {{^@first}} {{^@last}} for the innermost list;
 *  - constants: an object of jansson values (labels, theme settings), found below the data as if it
 *    were the outermost context. Names in it are resolved at compile time too. A dotted name that
 *    begins in it and does not end there is an error in both kinds of program; only the items of
 *    its lists are looked up when rendered, since they need not all have the same names;
 *  - {{name}} escapes by the kind of output, and templates of different output do not include each
 *    other. In typed programs {{{name}}} and {{&name}} are allowed for MUSTACHE_MARKUP fields only,
 *    since anything else would be a hole; {{name}} of a markup field is an error as well, since it
 *    would show tags to the reader. In JSON output everything is escaped: there markup is {{name}};
 *  - in typed programs a dynamic name {{>*field}} needs a field with a closed list of choices (or a
 *    constant), and there must be a template for each of them.
 *
 * Where the specification is silent:
 *  - a section over a TEXT or MARKUP field makes it {{.}} and pushes nothing else; one over a FLAG
 *    leaves {{.}} alone;
 *  - a block given to a parent holds in that parent and in what it includes, but not inside other
 *    blocks given with it: those are texts of the template that they are written in;
 *  - a given block is taken out of the indentation of its first line that is not blank; a line that
 *    has less of it loses what it has;
 *  - names have no white space, delimiters no "=" and at most 16 bytes; a block is given once.
 *
 * Guards: nesting of tags, partials and parents is bounded (MUSTACHE_DEPTH_MAX each); a template
 * that includes itself without end is an error when it is compiled, if that can be seen there, or
 * when it is rendered (MUSTACHE_RENDER_DEPTH_MAX), never a crash.
 *
 * Errors are ERR_CONTENT. Those in a template that others include have a note for each of these,
 * from the inside out. Their ids: template-syntax, byte-order-mark, and in mustache_compile()
 * unknown-name unknown-template unknown-block not-text not-object unsafe-markup markup-escaped
 * open-name output-kind block-twice ignored-tag template-broken template-recursion template-depth.
 *
 * Depends on base, on text/escape.h, text/suggest.h, text/utf8.h and on jansson. Knows nothing of
 * the domain.
 */
#ifndef TEXT_MUSTACHE_H
#define TEXT_MUSTACHE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct errs;
struct strbuf;

enum {
    MUSTACHE_DEPTH_MAX = 64,
    MUSTACHE_RENDER_DEPTH_MAX = 1000, /* sections, templates and blocks in each other */
};

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
    /* OBJECT: type of the object; LIST: type of an item, NULL for a list of TEXT. */
    const void *type;
    /* All values that a TEXT (or an item of a list of TEXT) can have, ended by NULL; NULL: open. */
    const char *const *choices;
};

/*
 * How to read typed data. `type` and `object` are whatever the caller uses; the functions must be
 * safe to call from several threads. A type is told from another by its pointer.
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
 * Parses a template, which must be UTF-8 without a byte order mark, and keeps it under `name`, the
 * name that partial tags use
 * ("layout", "parts/crumbs"). `file` is what errors call it. The text is copied. A second template
 * of the same name takes the place of the first (a site overriding its theme), unless something was
 * compiled. All syntax errors of the text are reported, not only the first; a template that has any
 * is kept too, and is an error where it is used.
 */
int mustache_set_add(struct mustache_set *set, const char *name, const char *file, const char *text,
                     size_t len, enum mustache_output output, struct errs *errs);

/* Whether there is a template of that name. */
bool mustache_set_has(const struct mustache_set *set, const char *name);

/*
 * Compiles the template `name`. `schema` may be NULL (JSON). `root` is the type of the data that
 * will be rendered. `constants` is a JSON object, or NULL; it must outlive the program, as the set
 * and the schema must. Returns NULL after adding all errors found; the inside of a section whose
 * name is unknown is not looked at. The caller frees the program. One thread at a time for a set.
 */
struct mustache_program *mustache_compile(struct mustache_set *set, const char *name,
                                          const struct mustache_schema *schema, const void *root,
                                          const json_t *constants, struct errs *errs);
void mustache_program_free(struct mustache_program *program);

/* Whether the template of that name was compiled, alone or as a part of another one. */
bool mustache_set_is_used(const struct mustache_set *set, const char *name);
/* Whether a name in a compiled template leads to that value of the constants, or through it. */
bool mustache_set_has_reached(const struct mustache_set *set, const json_t *value);

/*
 * Renders and appends. `data` is the typed root object, or the jansson value of a JSON program.
 * Fails when templates include each other without end, or the data are nested too deeply; what was
 * appended until then is of no use.
 */
int mustache_render(const struct mustache_program *program, const void *data, struct strbuf *out,
                    struct errs *errs);

#endif

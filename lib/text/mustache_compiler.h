/*
 * The compiler of Mustache templates: what is on the context stack, where names lead to.
 * Only lib/text/mustache_code.c, mustache_compile.c, mustache_include.c, mustache_layout.c,
 * mustache_resolve.c and mustache_section.c may include this.
 *
 * A LAYOUT says what is on the context stack at a place of a template: which types, from the
 * bottom. A type that is there twice counts once, since all its names are found in the upper one;
 * JSON values that lie on each other count as one. So there are only so many layouts, and a
 * template that includes itself over nested data meets one again and becomes a call of code that
 * is there already. Layouts are unique: equal ones are the same pointer.
 *
 * A UNIT is code for a template (or a block given to a parent) under a layout. Units too are made
 * once for each combination that their code depends on.
 */
#ifndef TEXT_MUSTACHE_COMPILER_H
#define TEXT_MUSTACHE_COMPILER_H

#include "base/base.h"
#include "base/strbuf.h"
#include "text/mustache_internal.h"

enum { MUSTACHE_REPORTS_MAX = 1000 }; /* errors that one compilation shows */

enum entry_kind {
    ENTRY_TYPED,
    ENTRY_JSON,
    ENTRY_CONSTANT, /* a JSON object that is known: it takes no frame at run time */
};

struct entry {
    enum entry_kind kind;
    unsigned frame;
    const void *type;       /* TYPED */
    const json_t *constant; /* CONSTANT */
};

enum dot_kind {
    DOT_OBJECT,   /* nothing that has a text */
    DOT_ITEM,     /* an item of a list of texts: `slots` is the list */
    DOT_SLOT,     /* a text that a section is about */
    DOT_JSON,     /* topmost value of `frame` */
    DOT_CONSTANT, /* a known scalar */
};

/* What {{.}} is. */
struct dot {
    enum dot_kind kind;
    unsigned frame;
    const struct mustache_slot *slots;
    size_t slot_count;
    const json_t *constant;
};

struct layout {
    struct layout *older; /* in the list of all */
    struct entry *entries;
    size_t count;
    unsigned frames;
    struct dot dot;
    bool in_list; /* @index and its like are known */
};

/* A block that is given to a parent, with what was known where it was written. */
struct binding {
    const struct node *block;
    const struct where *where;
    const struct env *env;
};

/* All blocks given so far, outermost first; NULL: none. Unique, as layouts are. */
struct env {
    struct binding *items;
    size_t count;
};

/* A template, and how it was reached. */
struct where {
    const struct template *template;
    const struct where *from; /* NULL: the one that is compiled */
    size_t at;                /* the tag in the template of `from` */
};

struct compiler {
    struct mustache_set *set;
    struct mustache_program *program;
    const struct mustache_schema *schema;
    const json_t *constants;
    struct errs *errs;
    struct arena arena; /* for what is needed while compiling only */
    struct layout *layouts;
    struct strmap units;
    struct strmap envs;
    struct strmap reported;
    size_t problems;
    unsigned depth;  /* units that are being compiled */
    unsigned levels; /* tags that are being compiled, each in the other */
    bool dynamic;    /* templates are chosen when rendering */
};

/* The code of a unit while it grows. */
struct code {
    struct op *ops;
    size_t count;
    size_t cap;
    struct strbuf text; /* literal text that is not an operation yet */
    bool pending;       /* there is such text, or the beginning of a line */
    bool line_start;    /* it begins a line */
};

/* A unit that is being compiled. */
struct scope {
    const struct scope *outer;
    struct unit *unit;
    const struct where *where;
    const struct env *env;
    bool whole;       /* the unit is a template, not a part of one */
    bool indented;    /* lines of its text are indented when rendered */
    unsigned changes; /* sections around this place that change the data */
    struct code code;
};

/* What a unit depends on. Used as bytes, so there must be no padding. */
struct unit_key {
    const struct node *node;
    const struct layout *layout;
    const struct env *env;
    uintptr_t indented;
};

/* --- mustache_layout.c --- */

const struct layout *mustache_layout_root(struct compiler *c, const void *type);
/* The same stack with another {{.}}. */
const struct layout *mustache_layout_dot(struct compiler *c, const struct layout *layout,
                                         struct dot dot, bool in_list);
/* One more entry. NULL when there are too many; *push is how to do it at run time. */
const struct layout *mustache_layout_push(struct compiler *c, const struct layout *layout,
                                          struct entry entry, bool in_list,
                                          const struct push **push);

/* --- mustache_resolve.c --- */

/*
 * Adds an error that stands at offset `at` of the template, with notes on what includes that. NULL
 * when it was reported before (the same template may be compiled under several layouts), or when
 * there were too many.
 */
struct err *mustache_report(struct compiler *c, const struct where *where, size_t at,
                            const char *id, const char *format, ...) PRINTF_FORMAT(5, 6);
/* "did you mean ...?"; err may be NULL. */
void mustache_hint(struct err *err, const char *name);

/* @first, @last, @index, @number, @length. */
struct special {
    const char *name;
    enum op_code code;
    bool condition; /* only for sections; the others only for text */
};

/* NULL when the name is none of these. */
const struct special *mustache_special(const struct name *name);

/* Finds out where a name leads to; false after an error. */
bool mustache_resolve(struct compiler *c, const struct where *where, const struct layout *layout,
                      const struct name *name, struct ref *ref);
/* The kind of what a ref of end REF_SLOT leads to. */
const struct mustache_slot *mustache_ref_slot(const struct ref *ref);

/* --- mustache_section.c --- */

void mustache_compile_section(struct compiler *c, struct scope *scope, const struct node *node,
                              const struct layout *layout);
void mustache_compile_inverted(struct compiler *c, struct scope *scope, const struct node *node,
                               const struct layout *layout);
/* Whether @index or such is known here and fits the tag. */
bool mustache_check_special(struct compiler *c, const struct scope *scope, const struct node *node,
                            const struct layout *layout, const struct special *special);

/* --- mustache_include.c --- */

void mustache_compile_partial(struct compiler *c, struct scope *scope, const struct node *node,
                              const struct layout *layout);
void mustache_compile_parent(struct compiler *c, struct scope *scope, const struct node *node,
                             const struct layout *layout);
void mustache_compile_block(struct compiler *c, struct scope *scope, const struct node *node,
                            const struct layout *layout);

/* --- mustache_compile.c --- */

/* The unit for this key, compiled if it was not yet; it may be one that is being compiled. `tag`,
 * in the unit around it, is what asks for it. */
struct unit *mustache_compile_unit(struct compiler *c, const struct scope *outer,
                                   const struct unit_key *key, const struct where *where,
                                   const struct node *tag);
void mustache_compile_nodes(struct compiler *c, struct scope *scope, const struct node *first,
                            const struct layout *layout);

/* --- mustache_code.c --- */

/* Text of a template. line_start: `s` is where a line begins, which matters if it is indented. */
void mustache_add_text(struct compiler *c, struct scope *scope, const char *s, size_t len,
                       bool line_start);
/* Text that comes from elsewhere, hence is not indented. */
void mustache_add_value(struct compiler *c, struct scope *scope, const char *s, size_t len);
/* The pointer is good until the next operation is added. */
struct op *mustache_add_op(struct compiler *c, struct scope *scope, enum op_code code);
/* Adds an operation that skips others: those up to mustache_end_op(), which takes its number. */
size_t mustache_begin_op(struct compiler *c, struct scope *scope, enum op_code code);
void mustache_end_op(struct compiler *c, struct scope *scope, size_t number);
/* Makes all code a part of the program. */
void mustache_finish(struct compiler *c, struct scope *scope);
/* A copy that lasts as long as the program. */
struct ref *mustache_keep_ref(struct compiler *c, const struct ref *ref);
struct call *mustache_new_call(struct compiler *c, const struct scope *scope,
                               const struct node *node);

#endif

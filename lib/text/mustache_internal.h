/*
 * What the files of the Mustache engine share: the parsed template and the compiled program.
 * Only lib/text/mustache_*.c and mustache_compiler.h may include this.
 */
#ifndef TEXT_MUSTACHE_INTERNAL_H
#define TEXT_MUSTACHE_INTERNAL_H

#include "base/arena.h"
#include "base/strmap.h"
#include "text/mustache.h"

/* --- a parsed template (mustache_scan.c, mustache_parse.c) --- */

struct part {
    const char *s;
    size_t len;
};

/* A name as written in a tag. */
struct name {
    const char *s; /* ends in NUL, which does not count in len */
    size_t len;
    size_t at;                /* where it stands in the template */
    const struct part *parts; /* of a dotted name; they point into s */
    size_t count;             /* none for "." and for names of templates and blocks */
};

enum tag_kind {
    TAG_NAME,
    TAG_RAW,
    TAG_SECTION,
    TAG_INVERTED,
    TAG_END,
    TAG_PARTIAL,
    TAG_PARENT,
    TAG_BLOCK,
    TAG_COMMENT,
    TAG_DELIMITERS,
};

/* One tag, with what standalone lines and indentation mean for it. */
struct tag {
    enum tag_kind kind;
    bool dynamic;
    bool argument;     /* TAG_BLOCK: directly inside parent tags; its content is given, not taken */
    bool standalone;   /* PARTIAL, PARENT, BLOCK: what it brings in is indented */
    bool vanishes;     /* nothing of it or its indentation stays in the line */
    size_t start, end; /* in the text, delimiters included */
    size_t trim_before; /* white space that goes away with the tag */
    size_t trim_after;
    size_t name_at, name_len;
    size_t pair; /* the tag that opens or closes it; its own index when there is none */
};

struct tags {
    struct tag *items;
    size_t count;
    size_t cap;
};

enum node_kind {
    NODE_ROOT,
    NODE_TEXT,
    NODE_NAME,
    NODE_SECTION,
    NODE_INVERTED,
    NODE_PARTIAL,
    NODE_PARENT,
    NODE_BLOCK,
};

struct node {
    enum node_kind kind;
    bool raw;         /* NAME: not escaped */
    bool dynamic;     /* PARTIAL, PARENT: the name is looked up */
    bool line_start;  /* TEXT: begins a line, hence is indented where the template is */
    bool standalone;  /* PARTIAL, PARENT, BLOCK: each line of what is brought in is indented ... */
    const char *text; /* ... by this. TEXT: the text, which may be many lines, or empty */
    size_t len;
    size_t at; /* of the tag, in the template */
    struct name name;
    struct node *first; /* what is inside it */
    struct node *next;
};

struct template
{
    const char *name;
    const char *file;
    const char *text;
    size_t len;
    enum mustache_output output;
    bool broken; /* has syntax errors, which were reported: there are no nodes */
    bool used;   /* was compiled, alone or in another one */
    struct node root;
};

struct mustache_set {
    struct arena arena;
    struct strmap by_name;
    struct template **templates;
    size_t count;
    size_t cap;
    bool compiled;
    struct strmap reached; /* pointers to the values of constants that names lead to */
};

/* Finds all tags, pairs them and applies the rules of standalone lines. Adds all syntax errors. */
int mustache_scan(const struct template *t, struct tags *tags, struct errs *errs);
void mustache_tags_release(struct tags *tags);

/* Fills in t->root from t->text. */
int mustache_parse(struct template *t, struct arena *arena, struct errs *errs);

/* How many bytes of a name to show in a message: whole characters, never a page. */
int mustache_shown(size_t len, const char *s);
#define SHOWN(s, len) mustache_shown((len), (s)), (s)

/* --- a program (mustache_compile.c and others, mustache_render.c) --- */

enum {
    FRAMES_MAX = 32, /* frames on the context stack that can still be reached */
    NAME_PARTS_MAX = 64,
};

typedef void mustache_escape(struct strbuf *out, const char *s, size_t len);

enum ref_end {
    REF_NOTHING,
    REF_SLOT,     /* slots[], beginning with the object of `frame` */
    REF_CONSTANT, /* `constant` */
    REF_ITEM,     /* the item of a list of texts */
    REF_TOP,      /* the topmost JSON value of `frame` */
};

/* Where a name leads: to JSON values that hold it, from the top of the stack; else to `end`. */
struct ref {
    enum ref_end end;
    unsigned frame;
    const struct name *name;
    const unsigned char *groups; /* frames of JSON values to look into first */
    size_t group_count;
    const struct mustache_slot *slots;
    size_t slot_count;
    size_t tail; /* SLOT of kind JSON: parts of the name that are left to look up in its value */
    const json_t *constant;
};

/* How the frames change when one is pushed; frames that are hidden by it are dropped. */
struct push {
    unsigned frame; /* where the new one goes */
    bool in_place;  /* the others stay as they are */
    bool merge;     /* a JSON value that lies right on the JSON values of `below` */
    int below;      /* the frame of the JSON values next below, or -1 */
    unsigned count; /* frames kept, when not in place */
    struct {
        unsigned char from;
        unsigned char stop_from; /* differs when two runs of JSON values become one */
    } kept[FRAMES_MAX];
};

enum op_code {
    OP_TEXT,         /* s, len */
    OP_LINES,        /* s, len: each line is indented; flag: it begins with a line */
    OP_FIELD,        /* slot of the object of `frame`, escape */
    OP_VALUE,        /* ref, escape */
    OP_INDEX,        /* from 0 */
    OP_NUMBER,       /* from 1 */
    OP_LENGTH,       /* of the innermost list */
    OP_IF,           /* ref; flag: inverted; skips */
    OP_FIRST,        /* flag: inverted; skips */
    OP_LAST,         /* flag: inverted; skips */
    OP_OBJECT,       /* ref, push; skips */
    OP_LIST,         /* ref, push; skips */
    OP_TEXTS,        /* ref: a list of texts; skips */
    OP_JSON,         /* ref, push; skips */
    OP_UNLESS_FOUND, /* ref: skips when none of its JSON values holds the name */
    OP_SKIP,
    OP_CALL,    /* call */
    OP_CHOOSE,  /* call: by the value of its ref, among its choices */
    OP_DYNAMIC, /* call: by the value of its ref, among all templates */
    OP_BLOCK,   /* call: what overrides the block, skipping its default; else goes on */
};

struct unit;

struct choice {
    const char *value;
    const struct unit *unit;
};

/* Other templates, or blocks, that are rendered at a place. */
struct call {
    const struct template *template; /* where the tag stands */
    const struct node *node;
    const struct unit *unit;
    const struct ref *ref;
    const char *indent; /* added before each line; NULL: lines are as around the place */
    size_t indent_len;
    bool afresh; /* lines are not indented, however they are around the place */
    const struct choice *choices;
    size_t choice_count;
    const struct argument *arguments; /* blocks that a parent is given, in a JSON program */
    size_t argument_count;
};

struct argument {
    const struct node *block;
    const struct unit *unit;
};

struct op {
    enum op_code code;
    bool flag;
    unsigned frame;
    size_t skip; /* operations that belong to this one */
    union {
        struct {
            const char *s;
            size_t len;
        };
        struct {
            union {
                const struct mustache_slot *slot;
                const struct ref *ref;
                const struct call *call;
            };
            union {
                mustache_escape *escape;
                const struct push *push;
            };
        };
    };
};

/* Compiled nodes, called from elsewhere: a template, or a block that overrides another. */
struct unit {
    const struct op *ops;
    size_t count;
    const struct template *template;
    bool compiling;
};

struct mustache_program {
    struct arena arena;
    const struct mustache_schema *schema; /* NULL: a JSON program */
    enum mustache_output output;
    const struct unit *main;
    struct strmap units; /* all templates by name, when dynamic names of a JSON program need them */
};

/* --- JSON values (mustache_json.c) --- */

/* What the parts of a name from `from` on lead to; NULL when that is nothing. */
const json_t *mustache_json_walk(const json_t *value, const struct name *name, size_t from);
bool mustache_json_truthy(const json_t *value);
/* A scalar as text; objects, lists and null are empty. *s may point into `scratch`, which comes
 * empty. */
void mustache_json_text(const json_t *value, struct strbuf *scratch, const char **s, size_t *len);

#endif

#include "base/base.h"

#include "history/log_cache.h"

#include "base/mem.h"
#include "base/strbuf.h"

/* To be counted up whenever the same states could give other results, or are written otherwise. */
enum { FORMAT = 1 };

/* --- keys --- */

static void add_number(struct strbuf *out, uint64_t n)
{
    strbuf_add(out, &n, sizeof(n));
}

/* A string that may be NULL. */
static void add_text(struct strbuf *out, const char *s)
{
    size_t len = s ? strlen(s) + 1 : 0;

    add_number(out, len);
    if (len)
        strbuf_add(out, s, len);
}

/* Which items there are, and what they are called. */
static void add_dictionary(struct strbuf *out)
{
    for (size_t i = 0; dataset_entities[i]; i++) {
        size_t count;
        const struct field *fields = dataset_entities[i]->fields(&count);

        add_text(out, dataset_entities[i]->name);
        for (size_t j = 0; j < count; j++) {
            add_text(out, fields[j].name);
            add_text(out, field_title(&fields[j]));
            add_number(out, fields[j].flags);
            for (const struct choice *choice = fields[j].choices; choice && choice->id; choice++)
                add_text(out, choice->title);
        }
    }
}

void log_use_cache(struct timeline *timeline, const char *folder, const char *version)
{
    struct strbuf salt = STRBUF_INIT;

    if (!folder)
        return;
    add_text(&salt, version);
    add_number(&salt, FORMAT);
    add_dictionary(&salt);
    timeline_set_cache(timeline, result_cache_open(folder, salt.buf, salt.len));
    strbuf_release(&salt);
}

static void add_state(struct strbuf *out, const struct snapshot *state)
{
    static const struct object_id none = {{0}};
    const struct object_id *folder = state ? &state->folder : &none;
    const struct object_id *profiles = state ? &state->revision->profiles : &none;

    strbuf_add(out, folder->bytes, sizeof(folder->bytes));
    strbuf_add(out, profiles->bytes, sizeof(profiles->bytes));
}

static void make_key(const char *kind, const char *department, const struct snapshot *older,
                     const struct snapshot *newer, unsigned char key[SHA256_SIZE])
{
    struct strbuf text = STRBUF_INIT;

    add_text(&text, kind);
    add_text(&text, department);
    add_state(&text, older);
    add_state(&text, newer);
    sha256(text.buf, text.len, key);
    strbuf_release(&text);
}

/* --- reading --- */

/* What is read is checked, since anybody can have written to the file. */
struct reading {
    const char *at, *end;
    struct arena *arena;
    bool failed;
};

static uint64_t read_number(struct reading *r)
{
    uint64_t n = 0;

    if ((size_t)(r->end - r->at) < sizeof(n)) {
        r->failed = true;
        return 0;
    }
    memcpy(&n, r->at, sizeof(n));
    r->at += sizeof(n);
    return n;
}

static const char *read_text(struct reading *r)
{
    uint64_t len = read_number(r);
    const char *s = r->at;

    if (r->failed || !len)
        return NULL;
    if (len > (uint64_t)(r->end - r->at) || s[len - 1] || strlen(s) != len - 1) {
        r->failed = true;
        return NULL;
    }
    r->at += len;
    return arena_strndup(r->arena, s, (size_t)len - 1);
}

/* A text that must be there. */
static const char *read_some_text(struct reading *r)
{
    const char *s = read_text(r);

    r->failed |= !s;
    return s ? s : "";
}

/* What is kept of two states; `value` is what is read, and to be released. False: nothing is. */
static bool find(struct result_cache *cache, const char *kind, const char *department,
                 const struct snapshot *older, const struct snapshot *newer, struct strbuf *value,
                 struct reading *r)
{
    unsigned char key[SHA256_SIZE];

    if (!cache)
        return false;
    make_key(kind, department, older, newer, key);
    if (!result_cache_get(cache, key, value))
        return false;
    r->at = value->buf;
    r->end = value->buf + value->len;
    return true;
}

/* Releases the value. */
static void keep(struct result_cache *cache, const char *kind, const char *department,
                 const struct snapshot *older, const struct snapshot *newer, struct strbuf *value)
{
    unsigned char key[SHA256_SIZE];

    make_key(kind, department, older, newer, key);
    result_cache_put(cache, key, value->buf, value->len);
    strbuf_release(value);
}

/* --- events --- */

static void add_value(struct strbuf *out, const struct quantity *q)
{
    add_number(out, (uint64_t)q->number.units);
    add_number(out, q->number.scale);
    add_number(out, q->number.minus_zero);
    add_number(out, q->state);
    add_number(out, q->measure);
    add_text(out, q->unit);
}

static struct quantity read_value(struct reading *r)
{
    struct quantity q = {.number.units = (int64_t)read_number(r)};
    uint64_t scale = read_number(r);

    q.number.minus_zero = read_number(r) != 0;
    q.state = (uint8_t)read_number(r);
    q.measure = (uint8_t)read_number(r);
    q.unit = read_text(r);
    r->failed |=
        scale > DECIMAL_SCALE_MAX || q.state > QUANTITY_NOT_INVOLVED || q.measure > MEASURE_NUMBER;
    q.number.scale = r->failed ? 0 : (unsigned)scale;
    return q;
}

static void add_item(struct strbuf *out, const struct item *item)
{
    add_number(out, item != NULL);
    if (!item)
        return;
    add_text(out, item->address);
    add_number(out, (uint64_t)item->year);
    add_text(out, item->scope);
    add_text(out, item->table);
    add_text(out, item->line);
    add_text(out, item->column);
    add_text(out, item->scope_title);
    add_text(out, item->table_title);
    add_text(out, item->label);
    add_text(out, item->column_title);
    add_number(out, item->is_figure);
    add_value(out, &item->value);
    add_text(out, item->text);
    add_text(out, item->shown);
}

static const struct item *read_item(struct reading *r)
{
    struct item *item;

    if (!read_number(r) || r->failed)
        return NULL;
    item = arena_zalloc(r->arena, 1, sizeof(*item));
    item->address = item->key = read_some_text(r);
    item->year = (int64_t)read_number(r);
    item->scope = read_text(r);
    item->table = read_text(r);
    item->line = read_text(r);
    item->column = read_text(r);
    item->scope_title = read_text(r);
    item->table_title = read_text(r);
    item->label = read_text(r);
    item->column_title = read_text(r);
    item->is_figure = read_number(r) != 0;
    item->value = read_value(r);
    item->text = read_some_text(r);
    item->shown = read_some_text(r);
    return item;
}

static void read_whole(struct reading *r, const struct snapshot *newer, struct log *log)
{
    struct log_whole *whole;

    MEM_GROW(log->wholes, log->whole_count, log->whole_cap);
    whole = &log->wholes[log->whole_count++];
    *whole = (struct log_whole){.revision = newer->revision, .year = (int64_t)read_number(r)};
    whole->name = read_text(r);
    whole->figures = (size_t)read_number(r);
    whole->texts = (size_t)read_number(r);
}

static void read_event(struct reading *r, const char *department, const struct snapshot *newer,
                       struct log *log)
{
    struct log_event event = {.revision = newer->revision, .change.department = department};

    event.change.old = read_item(r);
    event.change.new = read_item(r);
    r->failed |= !event.change.old && !event.change.new;
    event.change.kind = !event.change.old   ? CHANGE_ADDED
                        : !event.change.new ? CHANGE_REMOVED
                                            : CHANGE_ALTERED;
    MEM_GROW(log->events, log->count, log->cap);
    log->events[log->count++] = event;
}

bool log_cache_get(struct result_cache *cache, const char *department, const struct snapshot *older,
                   const struct snapshot *newer, struct log *log)
{
    struct strbuf value = STRBUF_INIT;
    struct reading r = {.arena = &log->arena};
    size_t events = log->count, wholes = log->whole_count;

    if (!find(cache, "changes", department, older, newer, &value, &r))
        return false;
    for (uint64_t count = read_number(&r); count && !r.failed; count--)
        read_whole(&r, newer, log);
    for (uint64_t count = read_number(&r); count && !r.failed; count--)
        read_event(&r, department, newer, log);
    r.failed |= r.at != r.end;
    if (r.failed) { /* it is found out once more, and put in its place */
        log->count = events;
        log->whole_count = wholes;
    }
    strbuf_release(&value);
    return !r.failed;
}

void log_cache_put(struct result_cache *cache, const char *department, const struct snapshot *older,
                   const struct snapshot *newer, const struct log *log, size_t event, size_t whole)
{
    struct strbuf value = STRBUF_INIT;

    if (!cache)
        return;
    add_number(&value, log->whole_count - whole);
    for (; whole < log->whole_count; whole++) {
        add_number(&value, (uint64_t)log->wholes[whole].year);
        add_text(&value, log->wholes[whole].name);
        add_number(&value, log->wholes[whole].figures);
        add_number(&value, log->wholes[whole].texts);
    }
    add_number(&value, log->count - event);
    for (; event < log->count; event++) {
        add_item(&value, log->events[event].change.old);
        add_item(&value, log->events[event].change.new);
    }
    keep(cache, "changes", department, older, newer, &value);
}

/* --- states --- */

enum state_known state_cache_get(struct result_cache *cache, const char *department,
                                 const struct snapshot *state, struct errs *errs)
{
    struct strbuf value = STRBUF_INIT;
    struct arena arena = ARENA_INIT;
    struct reading r = {.arena = &arena};
    enum state_known known = STATE_UNKNOWN;
    const char *message, *file, *path;

    if (!find(cache, "state", department, NULL, state, &value, &r))
        return STATE_UNKNOWN;
    message = read_text(&r);
    file = read_text(&r);
    path = read_text(&r);
    if (!r.failed)
        known = message ? STATE_UNREADABLE : STATE_READABLE;
    if (known == STATE_UNREADABLE) {
        unsigned line = (unsigned)read_number(&r), column = (unsigned)read_number(&r);

        if (path)
            file = arena_format(&arena, "%s%s", state->revision->name, path);
        err_at(errs_add(errs, ERR_CONTENT, "unreadable-revision", "%s", message), file, line,
               column);
    }
    strbuf_release(&value);
    arena_release(&arena);
    return known;
}

void state_cache_put(struct result_cache *cache, const char *department,
                     const struct snapshot *state, const struct errs *errs)
{
    struct strbuf value = STRBUF_INIT;
    const struct err *first = errs->count ? &errs->items[0] : NULL;
    const char *file = first ? first->file : NULL, *name = state->revision->name;
    bool is_own =
        file && !strncmp(file, name, strlen(name)); /* another commit may have the state */

    if (!cache)
        return;
    add_text(&value, first ? first->message : NULL);
    add_text(&value, is_own ? NULL : file);
    add_text(&value, is_own ? file + strlen(name) : NULL);
    add_number(&value, first ? first->line : 0);
    add_number(&value, first ? first->column : 0);
    keep(cache, "state", department, NULL, state, &value);
}

#include "base/base.h"

#include "source/misnamed.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "text/suggest.h"

enum { LONG_NAME = 9 };

static void add_lower(struct strbuf *out, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        strbuf_addch(out, s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] + ('a' - 'A')) : s[i]);
}

static bool ends_in(const struct strbuf *name, const char *ending)
{
    size_t len = strlen(ending);

    return name->len > len && !strcmp(name->buf + name->len - len, ending);
}

/* In lower case, without a ".txt" that was not meant to be there. */
static void fold(struct strbuf *out, const char *name)
{
    add_lower(out, name, strlen(name));
    if (ends_in(out, ".txt"))
        strbuf_set_len(out, out->len - strlen(".txt"));
}

static bool is_copy(const char *name)
{
    return *name && name[strlen(name) - 1] == '~';
}

const char *misnamed(const char *name, const char *const *names)
{
    struct strbuf folded = STRBUF_INIT;
    struct suggest near;

    if (is_copy(name))
        return NULL;
    fold(&folded, name);
    suggest_start(&near, folded.buf, folded.len);
    for (; *names; names++)
        suggest_offer(&near, *names);
    if (near.name && near.distance > (strlen(near.name) >= LONG_NAME ? 2 : 1))
        near.name = NULL;
    strbuf_release(&folded);
    return near.name;
}

const char *misnamed_ending(const char *name, const char *ending, struct arena *arena)
{
    const char *const endings[] = {strcmp(ending, ".md") ? ending + 1 : "markdown", NULL};
    const char *dot, *result = NULL;
    struct strbuf folded = STRBUF_INIT;

    fold(&folded, name);
    dot = strrchr(folded.buf, '.');
    if (dot && dot > folded.buf && !is_copy(name)) {
        size_t stem = (size_t)(dot - folded.buf);

        if (strcmp(dot, ending) ? misnamed(dot + 1, endings) != NULL
                                : strcmp(name + stem, ending) != 0)
            result = arena_format(arena, "%.*s%s", (int)stem, name, ending);
    }
    strbuf_release(&folded);
    return result;
}

/* Whether a name begins and ends like the other one, in any case. */
static bool is_like(const char *name, const char *other)
{
    size_t stem = strcspn(other, ".");
    struct strbuf folded = STRBUF_INIT;
    bool like;

    fold(&folded, name);
    like = !strncmp(folded.buf, other, stem) && ends_in(&folded, other + stem);
    strbuf_release(&folded);
    return like;
}

const char *misnamed_in(const struct fs_list *list, const char *name)
{
    const char *const names[] = {name, NULL};

    for (size_t i = 0; i < list->count; i++)
        if (misnamed(list->entries[i].name, names))
            return list->entries[i].name;
    for (size_t i = 0; i < list->count; i++)
        if (is_like(list->entries[i].name, name))
            return list->entries[i].name;
    return NULL;
}

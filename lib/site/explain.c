#include "base/base.h"

#include "site/explain.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "model/catalog.h"
#include "model/lookup.h"

void explainer_init(struct explainer *explainer, const struct profile *profile, struct arena *arena)
{
    explainer->profile = profile;
    explainer->arena = arena;
    explainer->is_explained = arena_zalloc(arena, profile->terms.count + 1, sizeof(bool));
}

/* Names are kept apart by line feeds, so that none goes on in the next. */
static void add_name(struct strbuf *names, const char *s, size_t len)
{
    strbuf_add(names, s, len);
    strbuf_addch(names, '\n');
}

static void add_text(struct strbuf *names, const struct text *text)
{
    if (text->s)
        add_name(names, text->s, text->len);
}

static void add_title(struct strbuf *names, const char *title)
{
    add_name(names, title, strlen(title));
}

static bool is_quote(const char *s)
{
    return !strncmp(s, "“", 3) || !strncmp(s, "”", 3);
}

/* Quotes are three bytes in both texts, so what is left stands together. */
static void drop_quotes(struct strbuf *sb)
{
    size_t to = 0;

    for (size_t from = 0; from < sb->len; from++) {
        if (is_quote(sb->buf + from))
            from += 2;
        else
            sb->buf[to++] = sb->buf[from];
    }
    strbuf_set_len(sb, to);
}

/* The terms that are in the names and were not explained before. */
static void list(struct explainer *e, struct strbuf *names, struct view_explained **items,
                 size_t *count)
{
    const struct profile *profile = e->profile;
    struct strbuf word = STRBUF_INIT;

    drop_quotes(names);
    *count = 0;
    *items = arena_zalloc(e->arena, profile->terms.count + 1, sizeof(**items));
    for (size_t i = 0; i < profile->terms.count; i++) {
        const struct term *term = &profile->terms.items[i];

        strbuf_clear(&word);
        strbuf_add(&word, term->term.s, term->term.len);
        drop_quotes(&word);
        if (e->is_explained[i] || !word.len || !strstr(names->buf, word.buf))
            continue;
        e->is_explained[i] = true;
        (*items)[(*count)++] =
            (struct view_explained){.term = term->term, .definition = term->definition};
    }
    strbuf_release(&word);
}

static void add_form(struct strbuf *names, const struct profile_table *form)
{
    add_text(names, &form->title);
    if (form->codes.s)
        add_title(names, choice_find(entity_find(&entity_profile_table, "codes", 5)->choices,
                                     form->codes.s, form->codes.len)
                             ->title);
    for (size_t i = 0; i < form->columns.count; i++) {
        const struct profile_column *column = &form->columns.items[i];

        add_text(names, &column->label);
        add_title(names, field_title(column_find(column->id.s, column->id.len)));
    }
}

void explain_table(struct explainer *e, const struct profile_table *form, const struct table *table,
                   struct view_table *view)
{
    struct strbuf names = STRBUF_INIT;

    add_form(&names, form);
    for (size_t i = 0; table && i < table->lines.count; i++)
        add_text(&names, &table->lines.items[i].label);
    list(e, &names, &view->terms.items, &view->terms.count);
    strbuf_release(&names);
}

void explain_text(struct explainer *e, const char *s, size_t len, struct view_explained **items,
                  size_t *count)
{
    struct strbuf names = STRBUF_INIT;

    add_name(&names, s, len);
    list(e, &names, items, count);
    strbuf_release(&names);
}

static void add_entity(struct strbuf *names, const struct entity *entity)
{
    size_t count;
    const struct field *fields = entity->fields(&count);

    add_title(names, entity->title);
    add_title(names, entity->description);
    for (size_t i = 0; i < count; i++)
        if (fields[i].type == FIELD_QUANTITY)
            add_title(names, field_title(&fields[i]));
}

void explain_entities(struct explainer *e, const struct entity *const *entities,
                      struct view_explained **items, size_t *count)
{
    struct strbuf names = STRBUF_INIT;

    for (; *entities; entities++)
        add_entity(&names, *entities);
    list(e, &names, items, count);
    strbuf_release(&names);
}

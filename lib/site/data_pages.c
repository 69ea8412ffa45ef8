#include "base/base.h"

#include "base/arena.h"
#include "dataset/dataset.h"
#include "site/page.h"

/* --- the catalogue --- */

int site_render_data(const struct site_context *site, const struct view_files *groups, size_t count,
                     const struct site_output *output, struct errs *errs)
{
    struct arena arena = ARENA_INIT;
    struct page_maker m = {.site = site, .output = output, .arena = &arena, .errs = errs};
    struct page_data page = {0};
    struct page_head head;

    page_head_init(&m, &head, "data/", theme_word(site->theme, WORD_data));
    page_column(&head);
    PAGE_SET(&page, &m, &head);
    page.groups.items = (struct view_files *)groups;
    page.groups.count = count;
    page_put(&m, TEMPLATE_DATA, &page, "data/");
    arena_release(&arena);
    return m.result;
}

/* --- the dictionary --- */

static const char *type_of(const struct data_column *column)
{
    if (column->part == DATA_VALUE)
        return measure_name(column->field->measure);
    if (column->part == DATA_WHOLE && column->field->type == FIELD_INTEGER)
        return "integer";
    if (column->part == DATA_WHOLE && column->field->type == FIELD_FLAG)
        return "boolean";
    return "text";
}

struct text site_data_title(const struct site_context *site, const char *title,
                            const char *title_en)
{
    struct text printed = text_of(title);

    return title_en ? text_of(theme_title(site->theme, title, title_en))
                    : theme_phrase(site->theme, &printed);
}

static void list_choices(struct page_maker *m, const struct field *field,
                         struct view_data_column *out)
{
    size_t count = 0;

    while (field->choices[count].id)
        count++;
    out->choices.items = arena_zalloc(m->arena, count, sizeof(*out->choices.items));
    out->choices.count = count;
    for (size_t i = 0; i < count; i++) {
        const struct choice *choice = &field->choices[i];
        const char *title = theme_title(m->site->theme, choice->title, choice->title_en);

        out->choices.items[i].id = text_of(choice->id);
        if (strcmp(choice->id, title) != 0) /* 万元 is called so */
            out->choices.items[i].title = text_of(title);
    }
}

static void fill_column(struct page_maker *m, const struct data_column *column,
                        struct view_data_column *out)
{
    const struct field *field = column->field;

    out->name = text_of(column->name);
    out->type = text_of(type_of(column));
    out->title = text_of(theme_field_title(m->site->theme, field));
    out->title_en = text_of(field_title_en(field));
    out->description = text_of(field_description(field));
    out->key.value = (field->flags & FIELD_KEY) != 0;
    if (column->part == DATA_STATED) {
        out->title =
            text_of(page_text(m, "%s%s", out->title.s, theme_word(m->site->theme, WORD_as_stated)));
        out->description = text_of(theme_word(m->site->theme, WORD_stated_description));
    }
    if (field->type == FIELD_CHOICE)
        list_choices(m, field, out);
}

static void fill_table(struct page_maker *m, const struct data_table *table,
                       struct view_data_table *out)
{
    out->name = text_of(table->name);
    out->title = site_data_title(m->site, table->title, table->title_en);
    out->title_en = text_of(table->title_en);
    out->description = text_of(table->is_wide ? NULL : table->entity->description);
    out->wide.value = table->is_wide;
    out->columns.items = arena_zalloc(m->arena, table->count, sizeof(*out->columns.items));
    for (size_t i = 0; i < table->count; i++)
        if (table->columns[i].part != DATA_SCALE) /* in the database alone */
            fill_column(m, &table->columns[i], &out->columns.items[out->columns.count++]);
}

int site_render_dictionary(const struct site_context *site, const struct data_plan *plan,
                           const struct site_output *output, struct errs *errs)
{
    struct arena arena = ARENA_INIT;
    struct page_maker m = {.site = site, .output = output, .arena = &arena, .errs = errs};
    struct page_dictionary page = {0};
    struct page_head head;

    page_head_init(&m, &head, "data/dictionary/", theme_word(site->theme, WORD_dictionary));
    page_crumb(&head, theme_word(site->theme, WORD_data), "data/");
    page_column(&head);
    PAGE_SET(&page, &m, &head);
    page.tables.items = arena_zalloc(&arena, plan->count, sizeof(*page.tables.items));
    page.tables.count = plan->count;
    for (size_t i = 0; i < plan->count; i++)
        fill_table(&m, &plan->tables[i], &page.tables.items[i]);
    page_put(&m, TEMPLATE_DICTIONARY, &page, "data/dictionary/");
    arena_release(&arena);
    return m.result;
}

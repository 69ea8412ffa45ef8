/* What every description in dictionary.def must be like, so that all that follows from it works. */
#include "base/base.h"

#include "model/dictionary.h"

#include <fcntl.h>
#include <regex.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/strbuf.h"
#include "base/strmap.h"
#include "base/testing.h"
#include "model/catalog.h"
#include "model/entities.h"
#include "model/figures.h"
#include "source/content.h"

/* All entities, as the definitions file has them. */
/* clang-format off */
static const struct entity *const all[] = {
#define ENTITY(name, ...) &entity_##name,
#define TEXT(...)
#define CHOICE(...)
#define INTEGER(...)
#define FLAG(...)
#define QUANTITY(...)
#define QUANTITIES(...)
#define OBJECT(...)
#define LIST(...)
#define MAP(...)
#define FIGURES(...)
#define JSON(...)
#define MARKUP(...)
#define END
#include "model/dictionary.def"
#include "model/undefine.inc"
};
/* clang-format on */

static const struct field *fields_of(const struct entity *entity, size_t *count)
{
    const struct field *fields = entity->fields(count);

    if (!*count || *count > 64) /* what model/load.c can keep track of */
        fail_msg("%s has %zu fields", entity->name, *count);
    return fields;
}

/* Calls `check` for each field of each entity. */
static void each_field(void (*check)(const struct entity *entity, const struct field *field))
{
    for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
        size_t count;
        const struct field *fields = fields_of(all[i], &count);

        for (size_t j = 0; j < count; j++)
            check(all[i], &fields[j]);
    }
}

#define CHECK(condition, entity, field)                                                            \
    do {                                                                                           \
        if (!(condition))                                                                          \
            fail_msg("%s.%s: not so: %s", (entity)->name, (field)->name, #condition);              \
    } while (0)

/* --- names and titles --- */

static bool is_snake_case(const char *s)
{
    bool letter = false;

    for (size_t i = 0; s[i]; i++) {
        bool is_lower = s[i] >= 'a' && s[i] <= 'z';

        if (!is_lower && (!i || (s[i] != '_' && (s[i] < '0' || s[i] > '9'))))
            return false;
        if (s[i] == '_' && !letter) /* neither first, nor twice, nor behind a digit's end */
            return false;
        letter = s[i] != '_';
    }
    return letter;
}

static void put_once(struct strmap *map, const char *name, const char *what)
{
    bool is_new;

    strmap_put(map, name, strlen(name), &is_new);
    if (!is_new)
        fail_msg("there are two %s called '%s'", what, name);
}

static void check_name(const struct entity *entity, const struct field *field)
{
    CHECK(is_snake_case(field->name), entity, field);
}

static void names_are_snake_case(void **state)
{
    (void)state;
    assert_true(is_snake_case("a1_b"));
    assert_false(is_snake_case("A") || is_snake_case("a-b") || is_snake_case("_a") ||
                 is_snake_case("a_") || is_snake_case("a__b") || is_snake_case("1a") ||
                 is_snake_case(""));
    each_field(check_name);
    for (size_t i = 0; i < ARRAY_SIZE(all); i++)
        assert_true(is_snake_case(all[i]->name));
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        assert_true(is_snake_case(columns[i].name));
}

static void names_are_unique(void **state)
{
    struct strmap entities = STRMAP_INIT, column_names = STRMAP_INIT;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
        struct strmap names = STRMAP_INIT;
        size_t count;
        const struct field *fields = fields_of(all[i], &count);

        put_once(&entities, all[i]->name, "entities");
        for (size_t j = 0; j < count; j++)
            put_once(&names, fields[j].name, all[i]->name);
        strmap_release(&names);
    }
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        put_once(&column_names, columns[i].name, "columns");
    strmap_release(&column_names);
    strmap_release(&entities);
}

/* Something is there, without space around it. */
static bool is_said(const char *s)
{
    return s && *s && !strchr(" \n\t", *s) && !strchr(" \n\t", s[strlen(s) - 1]);
}

static bool is_chinese(const char *s)
{
    return is_said(s) && (unsigned char)s[0] >= 0xE0;
}

static bool is_english(const char *s)
{
    if (!is_said(s))
        return false;
    for (; *s; s++)
        if ((unsigned char)*s >= 0x80)
            return false;
    return true;
}

static void check_titles(const struct entity *entity, const struct field *field)
{
    CHECK(is_chinese(field_title(field)), entity, field);
    CHECK(is_english(field_title_en(field)), entity, field);
    CHECK(is_said(field_description(field)), entity, field);
    CHECK(!field->column == !!field->title, entity, field);
}

static void everything_has_titles_in_both_languages(void **state)
{
    (void)state;
    each_field(check_titles);
    for (size_t i = 0; i < ARRAY_SIZE(all); i++)
        assert_true(is_chinese(all[i]->title) && is_english(all[i]->title_en) &&
                    is_said(all[i]->description));
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        assert_true(is_chinese(columns[i].title) && is_english(columns[i].title_en) &&
                    is_said(columns[i].description));
}

static void check_choices(const struct entity *entity, const struct field *field)
{
    struct strmap ids = STRMAP_INIT;

    if (field->type != FIELD_CHOICE)
        return;
    CHECK(field->choices && field->choices[0].id, entity, field);
    for (const struct choice *choice = field->choices; choice->id; choice++) {
        put_once(&ids, choice->id, field->name);
        CHECK(is_said(choice->id) && is_said(choice->title) && is_english(choice->title_en), entity,
              field);
    }
    strmap_release(&ids);
}

static void choices_are_distinct_and_have_titles(void **state)
{
    (void)state;
    each_field(check_choices);
}

/* --- how fields lie in their structs --- */

static size_t size_of(const struct field *field)
{
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_CHOICE:
    case FIELD_MARKUP:
        return sizeof(struct text);
    case FIELD_INTEGER:
        return sizeof(struct integer);
    case FIELD_FLAG:
        return sizeof(struct flag);
    case FIELD_QUANTITY:
        return sizeof(struct quantity);
    case FIELD_OBJECT:
    case FIELD_JSON:
        return sizeof(void *);
    default:
        return sizeof(struct list);
    }
}

static void fields_fill_their_struct_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
        size_t count, end = 0;
        const struct field *fields = fields_of(all[i], &count);

        for (size_t j = 0; j < count; j++) {
            CHECK(fields[j].offset >= end && fields[j].offset < end + _Alignof(max_align_t), all[i],
                  &fields[j]);
            end = fields[j].offset + size_of(&fields[j]);
        }
        assert_true(end <= all[i]->size && all[i]->size < end + _Alignof(max_align_t));
    }
}

static void check_parts(const struct entity *entity, const struct field *field)
{
    bool has_child = field->type == FIELD_OBJECT || field->type == FIELD_LIST ||
                     field->type == FIELD_MAP || field->type == FIELD_FIGURES;

    CHECK((field->type == FIELD_TEXT) == (field->form != NULL), entity, field);
    CHECK((field->type == FIELD_CHOICE) == (field->choices != NULL), entity, field);
    CHECK((field->type == FIELD_QUANTITY) == (field->column != NULL), entity, field);
    CHECK(has_child == (field->child != NULL), entity, field);
    if (field->column) {
        CHECK(!strcmp(field->column->name, field->name), entity, field);
        CHECK(field->column->measure == field->measure, entity, field);
    }
}

static void a_field_has_what_its_type_needs(void **state)
{
    (void)state;
    each_field(check_parts);
}

/* --- flags and keys --- */

static void check_flags(const struct entity *entity, const struct field *field)
{
    unsigned flags = field->flags;

    CHECK(!(flags & ~255U), entity, field);
    CHECK(!(flags & FIELD_DERIVED) || !(flags & (FIELD_REQUIRED | FIELD_OUTSIDE)), entity, field);
    CHECK(!(flags & FIELD_KEY) || field->type == FIELD_TEXT || field->type == FIELD_INTEGER, entity,
          field);
    CHECK(!(flags & FIELD_OUTSIDE) || (flags & FIELD_KEY && field->type == FIELD_TEXT), entity,
          field);
    CHECK(!(flags & FIELD_LOOSE) || flags & FIELD_KEY, entity, field);
    CHECK(!(flags & FIELD_LABEL) || field->type == FIELD_TEXT, entity, field);
    CHECK(!(flags & FIELD_KEY) || !(flags & (FIELD_NO_DATA | FIELD_REFERENCE)), entity, field);
}

static void flags_go_together(void **state)
{
    (void)state;
    each_field(check_flags);
}

static void keys_come_first_and_a_label_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
        size_t count, labels = 0;
        const struct field *fields = fields_of(all[i], &count);

        for (size_t j = 0; j < count; j++) {
            labels += (fields[j].flags & FIELD_LABEL) != 0;
            if (fields[j].flags & FIELD_KEY)
                CHECK(!j || fields[j - 1].flags & FIELD_KEY, all[i], &fields[j]);
        }
        assert_true(labels <= 1);
        assert_true(!all[i]->address || labels == 1);
    }
}

/* A list is read one by one and its things are told apart by their keys. */
static void check_child_key(const struct entity *entity, const struct field *field)
{
    size_t count, own = 0;
    const struct field *fields;

    if (field->type != FIELD_LIST && field->type != FIELD_MAP && field->type != FIELD_FIGURES)
        return;
    fields = fields_of(field->child, &count);
    for (size_t i = 0; i < count; i++)
        own += (fields[i].flags & FIELD_KEY) != 0;
    CHECK(own > 0, entity, field);
    for (size_t i = 0; field->type == FIELD_LIST && i < count; i++)
        CHECK(!(fields[i].flags & FIELD_OUTSIDE), entity, field);
    if (field->type != FIELD_MAP)
        return;
    own = 0;
    for (size_t i = 0; i < count; i++)
        own += (fields[i].flags & FIELD_OUTSIDE) != 0;
    CHECK(own == 1, entity, field);
    CHECK(entity_map_key(field->child)->form->pattern, entity, field); /* the schema needs one */
}

static void what_is_in_lists_and_maps_has_keys(void **state)
{
    (void)state;
    each_field(check_child_key);
}

static const struct entity *find_entity(const char *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(all); i++)
        if (!strcmp(all[i]->name, name))
            return all[i];
    return NULL;
}

static void check_reference(const struct entity *entity, const struct field *field)
{
    if (field->flags & FIELD_REFERENCE)
        CHECK(find_entity(field->name), entity, field);
}

static void a_reference_is_called_like_an_entity(void **state)
{
    (void)state;
    each_field(check_reference);
}

/* In the sources, the figures of a record are keys beside its fields. */
static void columns_and_fields_do_not_meet(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
        size_t count, figures = 0;
        const struct field *fields = fields_of(all[i], &count);

        for (size_t j = 0; j < count; j++)
            figures += fields[j].type == FIELD_FIGURES;
        assert_true(figures <= 1);
        for (size_t j = 0; figures && j < count; j++)
            CHECK(!column_find(fields[j].name, strlen(fields[j].name)), all[i], &fields[j]);
    }
}

/* --- addresses --- */

static void check_address_field(const struct entity *entity, const struct address_part *part,
                                size_t *own_keys)
{
    const struct field *field = entity_find(entity, part->s, part->len);

    if (part->len == 6 && !memcmp(part->s, "column", 6) && !field)
        return; /* the quantity itself */
    if (!field || field->type != FIELD_TEXT || !field->form->pattern)
        fail_msg("%s: %.*s in the address is no text of a form", entity->name, (int)part->len,
                 part->s);
    CHECK(field->flags & FIELD_KEY, entity, field);
    (*own_keys)++;
}

static void an_address_is_made_of_the_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
        const struct entity *entity = all[i];
        const char *rest = entity->address;
        struct address_part part;
        size_t parts = 0, in_address = 0, keys = 0, count, quantities = 0;
        const struct field *fields = fields_of(entity, &count);

        if (!entity->address)
            continue;
        for (; address_part(&rest, &part); parts++)
            if (part.is_field)
                check_address_field(entity, &part, &in_address);
            else
                assert_true(form_id.accepts(part.s, part.len));
        assert_true(parts >= 3 && parts <= 8);
        for (size_t j = 0; j < count; j++) {
            quantities += fields[j].type == FIELD_QUANTITY;
            keys += fields[j].flags & FIELD_KEY && strcmp(fields[j].name, "department") &&
                    strcmp(fields[j].name, "year") && strcmp(fields[j].name, "statement");
        }
        if (keys != in_address || !quantities)
            fail_msg("%s: %zu keys, %zu of them in its address %s", entity->name, keys, in_address,
                     entity->address);
        assert_string_equal(fields[0].name, "department");
        assert_string_equal(fields[1].name, "year");
    }
}

static void an_address_is_taken_apart_part_by_part(void **state)
{
    const char *address = "a/{field}/c-1/{x}";
    struct address_part part;

    (void)state;
    assert_true(address_part(&address, &part));
    assert_true(part.len == 1 && part.s[0] == 'a' && !part.is_field);
    assert_true(address_part(&address, &part));
    assert_true(part.len == 5 && !memcmp(part.s, "field", 5) && part.is_field);
    assert_true(address_part(&address, &part));
    assert_true(part.len == 3 && !memcmp(part.s, "c-1", 3) && !part.is_field);
    assert_true(address_part(&address, &part));
    assert_true(part.len == 1 && part.s[0] == 'x' && part.is_field);
    assert_false(address_part(&address, &part));
    assert_false(address_part(&address, &part));
}

/* --- datasets --- */

static void datasets_are_listed_once_each(void **state)
{
    struct strmap names = STRMAP_INIT;
    size_t with_table = 0, listed = 0;

    (void)state;
    for (const struct entity *const *entity = dataset_entities; *entity; entity++, listed++) {
        assert_non_null((*entity)->table);
        assert_true(is_snake_case((*entity)->table));
        put_once(&names, (*entity)->table, "datasets");
    }
    for (size_t i = 0; i < ARRAY_SIZE(all); i++)
        with_table += all[i]->table != NULL;
    assert_int_equal(listed, with_table);
    strmap_release(&names);
}

/* The wide tables of the datasets are called like the tables of the profiles. */
static void no_table_of_a_shipped_profile_is_called_like_a_dataset(void **state)
{
    struct errs errs = ERRS_INIT;
    struct source *source = source_open_folder("content", &errs);
    struct catalog catalog;

    (void)state;
    assert_non_null(source);
    assert_int_equal(content_load_catalog(source, &catalog, &errs), 0);
    assert_true(catalog.profile_count >= 2);
    for (const struct entity *const *entity = dataset_entities; *entity; entity++)
        for (size_t i = 0; i < catalog.profile_count; i++)
            assert_null(profile_table(&catalog.profiles[i], (*entity)->table));
    catalog_release(&catalog);
    source_close(source);
    errs_release(&errs);
}

static void source_files_are_entities(void **state)
{
    size_t count = 0;

    (void)state;
    for (const struct entity *const *entity = source_entities; *entity; entity++, count++)
        assert_ptr_equal(find_entity((*entity)->name), *entity);
    assert_int_equal(count, 7);
}

/* --- finding --- */

static void finds_by_the_whole_name_only(void **state)
{
    (void)state;
    assert_string_equal(entity_find(&entity_fund, "label", 5)->name, "label");
    assert_string_equal(entity_find(&entity_fund, "label_of", 5)->name, "label");
    assert_null(entity_find(&entity_fund, "labe", 4));
    assert_null(entity_find(&entity_fund, "labels", 6));
    assert_null(entity_find(&entity_fund, "", 0));
    assert_ptr_equal(column_find("final", 5), &columns[COLUMN_final]);
    assert_null(column_find("fina", 4));
    assert_null(column_find("final_", 6));
    assert_null(column_find("", 0));
    assert_string_equal(
        choice_find(entity_find(&entity_report, "unit", 4)->choices, "万元", strlen("万元"))->id,
        "万元");
    assert_null(choice_find(entity_find(&entity_report, "unit", 4)->choices, "万", strlen("万")));
    assert_null(choice_find(entity_find(&entity_report, "unit", 4)->choices, "", 0));
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        assert_ptr_equal(column_find(columns[i].name, strlen(columns[i].name)), &columns[i]);
    assert_string_equal(entity_map_key(&entity_table)->name, "id");
}

static int map_key_of_fund(void *ctx)
{
    (void)ctx;
    return entity_map_key(&entity_fund) != NULL;
}

static void a_map_of_what_has_no_key_is_a_bug(void **state)
{
    (void)state;
    assert_true(testing_aborts(map_key_of_fund, NULL));
}

/* --- forms of text, against POSIX regular expressions --- */

struct form_case {
    const struct text_form *form;
    const char *good[12];
    const char *bad[25];
};

/* As long as ids and names may be. */
#define TEN "abcdefghi1"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static const struct form_case form_cases[] = {
    {&form_id,
     {"a", "z9", "cost-1", "a-", "a--b", "p07", HUNDRED},
     {"", HUNDRED "a", "A", "1a", "-a", "a_b", "a b", "a/b", "é", "一", "a\n", " a", "a.b", "aB"}},
    {&form_name,
     {"a", "basic_expenditure", "a1", "a__b", "a_", HUNDRED},
     {"", HUNDRED "a", "A", "_a", "1", "a-b", "a b", "a\n", "名"}},
    {&form_code,
     {"201", "20103", "2010301", "000"},
     {"", "1", "12", "1234", "123456", "12345678", "20a", "２０１", " 201", "201\n", "-20"}},
    {&form_line,
     {"total", "income-total", "201", "20103", "2010301", HUNDRED},
     {"", HUNDRED "a", "2", "20", "2010", "201030", "201-a", "a_b", "T", "201\n"}},
    {&form_path,
     {"a", "a/b", "beijing/fengtai/zwfwj", "a-/b9", HUNDRED "/" HUNDRED},
     {"", "a/" HUNDRED "a", HUNDRED "a/b", "/", "a/", "/a", "a//b", "a/B", "a/1", "a/b/", "a b",
      "../a"}},
    {&form_date,
     {"2021", "2021-03", "2021-03-31", "0000", "2021-12-01", "2021-10-30", "2020-02-29",
      "2000-02-29", "2021-02-28"},
     {"",           "21",         "20211",      "2021-",      "2021-1",      "2021-00",
      "2021-13",    "2021-01-",   "2021-01-0",  "2021-01-00", "2021-01-32",  "2021-01-3a",
      "2021/01",    "-021",       "2021-0a",    "2021年",     "2021-1-1",    "2019-02-30",
      "2021-02-29", "1900-02-29", "2021-04-31", "2021-11-31", "2021-01-011", "2020-02-30"}},
    {&form_division, {"110106", "000000"}, {"", "11010", "1101060", "11010a", "１１０１０６"}},
    {&form_language,
     {"zh", "zh-CN", "en", "zh-Hans-CN", "yue", "en-GB"},
     {"", "z", "ZH", "zh-", "zh_CN", "zh-中", "-zh", "zh--CN", "zh-CN-", "z1", "zhongwen", "zh CN",
      "zh-\"onload"}},
    {&form_base_url,
     {"https://example.org/", "http://a/", "https://example.org/a/b/", "http://localhost:8080/",
      "https://example.org/@b/", "https://EXAMPLE.org/%E5%86%B3/"},
     {"",
      "/",
      "example.org/",
      "https://example.org",
      "https://example.org/a",
      "ftp://a/",
      "https:///",
      "http:///a/",
      "https://",
      "http://",
      "https://a b/",
      "https://a/\"/",
      "https://a/<b>/",
      "https://决算/",
      "https://a/?b/",
      "https://a/#b/",
      " https://a/",
      "https://a/ ",
      "javascript://a/",
      "https://a//",
      "https://a/b//c/",
      "https://u:p@a/",
      "https://u@a/"}},
    {&form_site_code,
     {"1101060001", "0000000000", "bm01000001"},
     {"", "110106000", "11010600011", "bm0100001", "bm010000011", "BM01000001", "b101000001",
      "bn01000001", "11bm000001", "110106000a", "1101 60001", " 110106001", "110106001\n",
      "１１０１０６０００１", "bm"}},
};

static regex_t compile(const struct text_form *form)
{
    regex_t regex;

    assert_int_equal(regcomp(&regex, form->pattern, REG_EXTENDED | REG_NOSUB), 0);
    return regex;
}

static void agree(const struct text_form *form, const regex_t *regex, const char *s)
{
    bool accepted = form->accepts(s, strlen(s)), matched = !regexec(regex, s, 0, NULL, 0);

    if (accepted != matched)
        fail_msg("'%s': the function says %d, %s says %d", s, accepted, form->pattern, matched);
}

static void forms_by_example(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(form_cases); i++) {
        const struct form_case *c = &form_cases[i];
        regex_t regex = compile(c->form);

        for (const char *const *s = c->good; *s; s++) {
            agree(c->form, &regex, *s);
            if (!c->form->accepts(*s, strlen(*s)))
                fail_msg("'%s' is not %s", *s, c->form->wanted);
        }
        for (const char *const *s = c->bad; *s; s++) {
            agree(c->form, &regex, *s);
            if (c->form->accepts(*s, strlen(*s)))
                fail_msg("'%s' is %s", *s, c->form->wanted);
        }
        regfree(&regex);
    }
}

/* A good example with a few bytes changed, or a few bytes of what examples are made of. */
static void add_variant(struct testing_random *random, const char *const *good, struct strbuf *out)
{
    static const char alphabet[] = "aaz09-_/12-\n AZ.\x7F\xE4\xB8\x80";
    size_t count = 0, changes = testing_below(random, 4);

    while (good[count])
        count++;
    if (testing_below(random, 2))
        strbuf_adds(out, good[testing_below(random, count)]);
    while (changes--) {
        char c = alphabet[testing_below(random, sizeof(alphabet) - 1)];

        switch (testing_below(random, 3)) {
        case 0:
            strbuf_addch(out, c);
            break;
        case 1:
            if (out->len)
                out->buf[testing_below(random, out->len)] = c;
            break;
        default:
            strbuf_set_len(out, out->len ? testing_below(random, out->len) : 0);
        }
    }
}

static void forms_agree_with_their_patterns_on_random_strings(void **state)
{
    struct testing_random random = {7};
    size_t rounds = testing_rounds(20000);

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(form_cases); i++) {
        regex_t regex = compile(form_cases[i].form);
        size_t accepted = 0;

        for (size_t j = 0; j < rounds; j++) {
            struct strbuf s = STRBUF_INIT;

            add_variant(&random, form_cases[i].good, &s);
            agree(form_cases[i].form, &regex, s.buf);
            accepted += form_cases[i].form->accepts(s.buf, s.len);
            strbuf_release(&s);
        }
        assert_true(accepted > rounds / 100 && accepted < rounds);
        regfree(&regex);
    }
}

static void a_form_reads_no_further_than_told(void **state)
{
    (void)state;
    assert_true(form_id.accepts("ab!", 2));
    assert_true(form_name.accepts("a_!", 2));
    assert_true(form_code.accepts("2010", 3));
    assert_true(form_path.accepts("a/b/c/!", 5));
    assert_true(form_date.accepts("2021-1", 4));
    assert_true(form_language.accepts("zh!", 2));
    assert_true(form_plain.accepts("", 0));
    assert_null(form_plain.pattern);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_snake_case),
        cmocka_unit_test(names_are_unique),
        cmocka_unit_test(everything_has_titles_in_both_languages),
        cmocka_unit_test(choices_are_distinct_and_have_titles),
        cmocka_unit_test(fields_fill_their_struct_in_order),
        cmocka_unit_test(a_field_has_what_its_type_needs),
        cmocka_unit_test(flags_go_together),
        cmocka_unit_test(keys_come_first_and_a_label_once),
        cmocka_unit_test(what_is_in_lists_and_maps_has_keys),
        cmocka_unit_test(a_reference_is_called_like_an_entity),
        cmocka_unit_test(columns_and_fields_do_not_meet),
        cmocka_unit_test(an_address_is_made_of_the_keys),
        cmocka_unit_test(an_address_is_taken_apart_part_by_part),
        cmocka_unit_test(datasets_are_listed_once_each),
        cmocka_unit_test(no_table_of_a_shipped_profile_is_called_like_a_dataset),
        cmocka_unit_test(source_files_are_entities),
        cmocka_unit_test(finds_by_the_whole_name_only),
        cmocka_unit_test(a_map_of_what_has_no_key_is_a_bug),
        cmocka_unit_test(forms_by_example),
        cmocka_unit_test(forms_agree_with_their_patterns_on_random_strings),
        cmocka_unit_test(a_form_reads_no_further_than_told),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("dictionary", tests, NULL, NULL);
}

#include "base/base.h"

#include "import/draft.h"

#include "import/clean.h"
#include "import/subject.h"
#include "model/lookup.h"

const char *draft_key(const struct draft *d, const struct passage *cell)
{
    return cell ? clean_key(d->scratch, cell->text, strlen(cell->text)) : "";
}

/* --- names --- */

static const char *without_sum(const struct draft *d, const struct label *label)
{
    static const char *const sums[] = {"合计", "总额", "总计"};
    size_t len = strlen(label->key);

    for (size_t i = 0; i < ARRAY_SIZE(sums); i++)
        if (clean_ends(label->key, len, sums[i]) && label->length > 4)
            return arena_strndup(d->arena, label->key, len - strlen(sums[i]));
    return label->key;
}

static void add_label(struct draft *d, struct labels *list, const char *id, const char *name,
                      const char *side, bool narrative)
{
    struct label label = {.id = id, .side = side, .narrative = narrative};

    if (!name)
        return;
    label.key = clean_key(d->arena, name, strlen(name));
    label.stem = clean_stem(d->arena, label.key);
    label.topics = subject_topics(label.key);
    label.length = clean_length(label.key, strlen(label.key));
    label.stem_length = clean_length(label.stem, strlen(label.stem));
    label.bare = without_sum(d, &label);
    label.bare_length = clean_length(label.bare, strlen(label.bare));
    ARENA_GROW(d->arena, list->items, list->count, list->cap);
    list->items[list->count++] = label;
}

static const char *code_name(const struct draft *d, const struct profile_table *table,
                             const char *id)
{
    struct text code = text_of(id);
    const struct code *found = NULL;

    for (unsigned i = 0; i < 2 && !found && d->codes; i++) {
        const char *kind = table->codes.s ? table->codes.s : i ? "economic" : "functional";

        found = codes_find(d->codes, kind, &code);
    }
    return found ? found->name.s : NULL;
}

/* What a table is about, by its title. */
static const char *about_of(struct draft *d, const char *key)
{
    static const char *const ends[] = {"表", "总", "收入", "有关", "情况"};
    const char *stem = clean_stem(d->arena, key);
    size_t len = strlen(stem);

    for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
        if (clean_ends(stem, len, ends[i]))
            len -= strlen(ends[i]);
    return clean_length(stem, len) >= 4 ? arena_strndup(d->arena, stem, len) : "";
}

static void start_form(struct draft *d, struct form *form, const struct profile_table *table)
{
    form->table = table;
    form->key = clean_key(d->arena, table->title.s, table->title.len);
    form->about = about_of(d, form->key);
    form->topics = subject_topics(table->title.s);
    for (size_t i = 0; i < table->lines.count; i++) {
        const struct profile_line *line = &table->lines.items[i];

        add_label(d, &form->lines, line->id.s,
                  line->label.s ? line->label.s : code_name(d, table, line->id.s), line->side.s,
                  line->where.s != NULL);
    }
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct profile_column *column = &table->columns.items[i];
        const struct field *field = column_find(column->id.s, column->id.len);

        add_label(d, &form->columns, column->id.s,
                  column->label.s ? column->label.s
                  : field         ? field->title
                                  : NULL,
                  column->side.s, column->where.s != NULL);
    }
}

void draft_start(struct draft *d)
{
    d->codes = catalog_codes(d->catalog, d->profile->classification.value);
    d->form_count = d->profile->tables.count;
    d->forms = arena_zalloc(d->arena, d->form_count + 1, sizeof(*d->forms));
    for (size_t i = 0; i < d->form_count; i++)
        start_form(d, &d->forms[i], &d->profile->tables.items[i]);
    for (size_t i = 0; d->codes && i < d->codes->classification.functional.count; i++) {
        const struct code *code = &d->codes->classification.functional.items[i];

        add_label(d, &d->functional, code->code.s, code->name.s, NULL, false);
    }
    for (size_t i = 0; d->codes && i < d->codes->classification.economic.count; i++) {
        const struct code *code = &d->codes->classification.economic.items[i];

        add_label(d, &d->economic, code->code.s, code->name.s, NULL, false);
    }
    d->report.year = (struct integer){d->year, true, {0, 0}};
    d->report.profile = d->profile->id;
    d->report.unit = d->profile->unit;
}

/* --- looking up --- */

struct form *draft_form(const struct draft *d, const char *table)
{
    for (size_t i = 0; i < d->form_count; i++)
        if (text_is(&d->forms[i].table->id, table))
            return &d->forms[i];
    return NULL;
}

struct table *draft_table(struct draft *d, const char *id)
{
    struct table *table;

    for (size_t i = 0; i < d->report.tables.count; i++)
        if (text_is(&d->report.tables.items[i].id, id))
            return &d->report.tables.items[i];
    table = DRAFT_ADD(d->records, d->report.tables);
    table->id = text_of(arena_strdup(d->arena, id));
    return table;
}

struct line *draft_line(struct draft *d, const char *table, const char *id)
{
    struct table *own = draft_table(d, table);
    struct line *line;

    for (size_t i = 0; i < own->lines.count; i++)
        if (text_is(&own->lines.items[i].id, id))
            return &own->lines.items[i];
    line = DRAFT_ADD(d->records, own->lines);
    line->id = text_of(arena_strdup(d->arena, id));
    return line;
}

const char *draft_line_of_parts(const struct form *form, const char *stem)
{
    const char *found = NULL;
    size_t len = strlen(stem), parts = 0;

    if (clean_length(stem, len) < 4)
        return NULL;
    for (size_t i = 0; i < form->lines.count; i++) {
        const struct label *label = &form->lines.items[i];

        if (!clean_begins(label->stem, stem) || !label->stem[len])
            continue;
        parts++;
        if (!strstr(label->stem + len, "及"))
            continue;
        if (found)
            return NULL;
        found = label->id;
    }
    return parts > 2 ? found : NULL;
}

bool draft_has_column(const struct form *form, const char *column, const char *side)
{
    for (size_t i = 0; i < form->columns.count; i++) {
        const struct label *own = &form->columns.items[i];

        if (!strcmp(own->id, column) && (!own->side || !side || !strcmp(own->side, side)))
            return true;
    }
    return false;
}

const struct code *draft_code(const struct draft *d, const struct form *form, const char *code)
{
    struct text text = text_of(code);

    return d->codes && form->table->codes.s ? codes_find(d->codes, form->table->codes.s, &text)
                                            : NULL;
}

static bool has_id(const struct labels *list, const char *id)
{
    for (size_t i = 0; i < list->count; i++)
        if (!strcmp(list->items[i].id, id))
            return true;
    return false;
}

const char *draft_add_code(struct draft *d, const struct form *form, const char *code,
                           const char *name)
{
    bool is_economic = text_is(&form->table->codes, "economic");
    struct labels *names = is_economic ? &d->economic : &d->functional;
    size_t len = strlen(code);
    struct line *line;

    if (!form->table->codes.s || !*name || strspn(code, "0123456789") != len ||
        (len != 3 && len != 5 && (len != 7 || is_economic)))
        return NULL;
    line = draft_line(d, form->table->id.s, code);
    if (!line->label.s)
        line->label = text_of(arena_strdup(d->arena, name));
    if (!has_id(names, line->id.s))
        add_label(d, names, line->id.s, line->label.s, NULL, false);
    return line->id.s;
}

/* Whether it was added with a name of its own. */
static bool was_added(const struct draft *d, const struct form *form, const char *code)
{
    const struct table *table = report_table(&d->report, form->table->id.s);

    for (size_t i = 0; table && i < table->lines.count; i++)
        if (text_is(&table->lines.items[i].id, code))
            return table->lines.items[i].label.s != NULL;
    return false;
}

bool draft_has_line(const struct draft *d, const struct form *form, const char *line)
{
    return profile_table_line(form->table, line) || draft_code(d, form, line) ||
           was_added(d, form, line);
}

/* --- numbers --- */

bool draft_quantity(const struct draft *d, const struct entry *entry, bool negative,
                    const char *unit, struct quantity *out)
{
    const char *digits = entry->number.digits;
    int exponent = unit ? money_exponent(unit) : -1;
    unsigned decimals = exponent < 0 ? 6 : (unsigned)exponent + 2;

    *out = (struct quantity){.unit = unit, .state = QUANTITY_STATED};
    if (negative && *digits != '-')
        digits = arena_format(d->scratch, "-%s", digits);
    if (decimal_parse(digits, strlen(digits), &out->number) != DECIMAL_OK)
        return false;
    if (negative && !out->number.units)
        out->number.minus_zero = false;
    return out->number.scale <= decimals;
}

static bool same_value(const struct quantity *a, const struct quantity *b)
{
    struct decimal x, y;
    unsigned scale = a->number.scale > b->number.scale ? a->number.scale : b->number.scale;

    if (a->number.scale == b->number.scale)
        return a->number.units == b->number.units;
    return !decimal_rescale(a->number, scale, &x) && !decimal_rescale(b->number, scale, &y) &&
           x.units == y.units;
}

static enum draft_put put_second(struct draft *d, struct line *line, const char *column,
                                 const struct quantity *q)
{
    struct statement *second;

    for (size_t i = 0; i < line->also.count; i++)
        if (text_is(&line->also.items[i].column, column))
            return same_value(&line->also.items[i].value, q) ? PUT_SECOND : PUT_REFUSED;
    second = DRAFT_ADD(d->records, line->also);
    second->column = text_of(column);
    second->where = text_of("narrative");
    second->value = *q;
    return PUT_SECOND;
}

static enum draft_put put_quantity(struct draft *d, struct line *line, const char *column,
                                   const struct quantity *q, bool narrative)
{
    struct figure *figure;

    for (size_t i = 0; i < line->figures.count; i++) {
        figure = &line->figures.items[i];
        if (!text_is(&figure->column, column))
            continue;
        if (same_value(&figure->value, q))
            return PUT_SAME;
        return narrative ? put_second(d, line, column, q) : PUT_REFUSED;
    }
    figure = DRAFT_ADD(d->records, line->figures);
    figure->column = text_of(arena_strdup(d->arena, column));
    figure->value = *q;
    return PUT_NEW;
}

/* Whether an amount's unit is that of the table; a number that is no money has any. */
static bool fits_unit(const struct draft *d, const struct table *table, const struct field *column,
                      const char *unit)
{
    const char *own = table->unit.s ? table->unit.s : d->report.unit.s;

    if (column->measure == MEASURE_AMOUNT)
        return !unit || !strcmp(unit, own) || (!strcmp(unit, "万") && !strcmp(own, "万元"));
    return !unit || money_exponent(unit) < 0;
}

enum draft_put draft_put(struct draft *d, struct entry *entry, const char *table, const char *line,
                         const char *column, bool negative, bool narrative)
{
    const struct form *form = draft_form(d, table);
    const struct profile_line *fixed = form ? profile_table_line(form->table, line) : NULL;
    const struct field *field = column_find(column, strlen(column));
    const struct table *own;
    struct quantity q;
    enum draft_put result;

    if (!form || !field || !draft_has_line(d, form, line) ||
        !draft_has_column(form, column, fixed ? fixed->side.s : NULL))
        return PUT_REFUSED;
    own = draft_table(d, table);
    if (!fits_unit(d, own, field, entry->number.unit) ||
        !draft_quantity(d, entry, negative,
                        field->measure == MEASURE_AMOUNT
                            ? (own->unit.s ? own->unit.s : d->report.unit.s)
                            : entry->number.unit,
                        &q))
        return PUT_REFUSED;
    result = put_quantity(d, draft_line(d, table, line), column, &q, narrative);
    if (result != PUT_REFUSED)
        ledger_place(entry, result == PUT_SAME ? ENTRY_RESTATED : ENTRY_FIGURE,
                     arena_format(d->arena, "%s/%s/%s%s", table, line, column,
                                  result == PUT_SECOND ? "@narrative" : ""));
    return result;
}

/* --- facts and evaluations --- */

/* Two of one name in a document are two. */
static bool is_in_report(const struct draft *d, const struct entity *entity, const char *id)
{
    for (size_t i = 0; entity == &entity_project && i < d->report.projects.count; i++)
        if (text_is(&d->report.projects.items[i].id, id))
            return true;
    for (size_t i = 0; entity == &entity_evaluation && i < d->report.evaluations.count; i++)
        if (text_is(&d->report.evaluations.items[i].id, id))
            return true;
    return false;
}

static bool is_taken(const struct draft *d, const struct entity *entity, const char *id)
{
    for (size_t i = 0; i < d->known_count; i++)
        if (d->known[i].entity == entity && !strcmp(d->known[i].id, id))
            return true;
    return is_in_report(d, entity, id);
}

const char *draft_new_id(const struct draft *d, const struct entity *entity, const char *name,
                         const char *prefix)
{
    const char *id;

    for (size_t i = 0; name && i < d->known_count; i++)
        if (d->known[i].entity == entity && !strcmp(d->known[i].name, name) &&
            !is_in_report(d, entity, d->known[i].id))
            return d->known[i].id;
    for (unsigned number = 1;; number++) {
        id = arena_format(d->arena, "%s%02u", prefix, number);
        if (!is_taken(d, entity, id))
            return id;
    }
}

size_t draft_number_of(const struct text *id, const char *prefix)
{
    return clean_begins(id->s, prefix) ? strtoul(id->s + strlen(prefix), NULL, 10) : 0;
}

struct evaluation *draft_evaluation(struct draft *d, const char *id)
{
    struct evaluation *own;

    for (size_t i = 0; i < d->report.evaluations.count; i++)
        if (text_is(&d->report.evaluations.items[i].id, id))
            return &d->report.evaluations.items[i];
    own = DRAFT_ADD(d->records, d->report.evaluations);
    own->id = text_of(arena_strdup(d->arena, id));
    return own;
}

/* Whether a fact says the same number in the same words. */
static bool is_same_fact(const struct fact *fact, const struct entry *entry,
                         const struct quantity *q, const char *label)
{
    return same_value(&fact->value, q) && !entry->number.unit == !fact->unit.s &&
           (!fact->unit.s || !strcmp(fact->unit.s, entry->number.unit)) &&
           (strstr(label, fact->label.s) || strstr(fact->label.s, label));
}

static const char *fact_address(const struct draft *d, const char *scope, const struct fact *fact)
{
    return arena_format(d->arena, "%s%sfacts/%s/value", scope ? scope : "", scope ? "/" : "",
                        fact->id.s);
}

/* It is the same fact again; of several, the first is meant. */
static bool fact_is_stated(struct draft *d, const struct fact *facts, uint32_t owner,
                           const char *scope, struct entry *entry, const struct quantity *q,
                           const char *label)
{
    uint64_t hash = fact_hash(q->number, owner);
    const struct fact *found = NULL;

    for (uint32_t at = 0; (at = fact_index_next(&d->facts, hash, owner, at)) != 0;) {
        const struct fact *fact = &facts[d->facts.entries[at - 1].fact];

        if (is_same_fact(fact, entry, q, label))
            found = fact;
    }
    if (found)
        ledger_place(entry, ENTRY_RESTATED, fact_address(d, scope, found));
    return found != NULL;
}

bool draft_fact(struct draft *d, struct entry *entry, const char *scope, const char *label,
                const char *comparison)
{
    struct evaluation *own = NULL;
    uint32_t owner = 0;
    struct quantity q;
    struct fact *fact;
    size_t number;

    if (!draft_quantity(d, entry, false, NULL, &q) || !*label)
        return false;
    if (fact_is_stated(d, d->report.facts.items, 0, NULL, entry, &q, label))
        return true;
    if (scope && clean_begins(scope, "evaluations/")) {
        own = draft_evaluation(d, scope + strlen("evaluations/"));
        owner = (uint32_t)(own - d->report.evaluations.items) + 1;
        if (fact_is_stated(d, own->facts.items, owner, scope, entry, &q, label))
            return true;
        fact = DRAFT_ADD(d->records, own->facts);
        number = own->facts.count;
    } else {
        fact = DRAFT_ADD(d->records, d->report.facts);
        number = d->report.facts.count;
    }
    fact->id = text_of(arena_format(d->arena, "n%zu", number));
    fact->label = text_of(arena_strdup(d->arena, label));
    fact->value = q;
    fact->unit = text_of(entry->number.unit);
    fact->comparison = text_of(comparison);
    fact_index_add(&d->facts, d->records, fact_hash(q.number, owner), owner, (uint32_t)number - 1);
    ledger_place(entry, ENTRY_FACT, fact_address(d, scope, fact));
    return true;
}

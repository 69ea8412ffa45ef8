#include "base/base.h"

#include "import_out.h"

#include "base/err.h"
#include "cells.h"
#include "command.h"
#include "import/facts.h"
#include "text/json_write.h"

/* --- what a person must look at --- */

/* Where a passage is, as far as no line of a text says so: "page 3, row 2, column 5". */
static void add_place(struct strbuf *out, const struct passage *passage)
{
    const struct doc_place *place = passage->place;
    const char *between = "";

    if (place->sheet) {
        strbuf_addf(out, "sheet %s", place->sheet);
        between = ", ";
    }
    if (place->page) {
        strbuf_addf(out, "%spage %u", between, place->page);
        between = ", ";
    }
    if (!place->line && !place->page && !place->sheet) {
        strbuf_addf(out, "block %zu", passage->block + 1);
        between = ", ";
    }
    if (place->row)
        strbuf_addf(out, "%srow %u, column %u", between, place->row, place->column);
}

static void place_error(struct err *err, const struct passage *passage)
{
    struct strbuf place = STRBUF_INIT;

    if (!passage)
        return;
    err_at(err, passage->document->file, passage->place->line, 0);
    err->is_apart = true; /* another cell of the row, or the next number, is another matter */
    add_place(&place, passage);
    if (place.len)
        err_note(err, NULL, 0, 0, "%s", place.buf);
    strbuf_release(&place);
}

static void add_loose(const struct import *import, const struct entry *entry, struct errs *errs)
{
    const struct passage *passage = &import->ledger.passages[entry->passage];
    struct err *err = errs_add(errs, ERR_CONTENT, "not-placed", "%s%s was not placed: '%s'",
                               entry->number.digits, entry->number.unit ? entry->number.unit : "",
                               fact_label(&import->draft, passage->text, &entry->number));

    err->severity = SEVERITY_WARNING;
    if (entry->other)
        err_hint(err, "it is of '%s', not of the department", entry->other);
    place_error(err, passage);
}

size_t import_notices(const struct import *import, struct errs *errs)
{
    const struct ledger *ledger = &import->ledger;
    size_t count = 0;

    for (size_t i = 0; i < ledger->notice_count; i++) {
        const struct notice *notice = &ledger->notices[i];
        struct err *err = errs_add(errs, ERR_CONTENT, notice->id, "%s", notice->message);

        err->severity = notice->kind == NOTICE_KNOW ? SEVERITY_NOTE : SEVERITY_WARNING;
        count += notice->kind != NOTICE_KNOW;
        place_error(err, notice->passage);
    }
    for (size_t i = 0; i < ledger->entry_count; i++) {
        const struct entry *entry = &ledger->entries[i];

        if (entry->state != ENTRY_LOOSE || entry->number.class != NUMBER_FIGURE)
            continue;
        add_loose(import, entry, errs);
        count++;
    }
    return count;
}

/* --- for people --- */

static void put_count(struct grid *grid, size_t column, size_t n)
{
    char digits[24];

    snprintf(digits, sizeof(digits), "%zu", n);
    grid_put(grid, column, digits);
}

static void put_part(struct grid *grid, const struct import_count *part)
{
    grid_row(grid);
    grid_put(grid, 0, *part->title ? part->title : "-");
    put_count(grid, 1, part->all);
    put_count(grid, 2, part->states[ENTRY_FIGURE]);
    put_count(grid, 3, part->states[ENTRY_FACT]);
    put_count(grid, 4, part->states[ENTRY_RESTATED]);
    put_count(grid, 5, part->kept);
    put_count(grid, 6, part->loose);
}

/* "99.81": cut, so that 100.00 is all. */
static void put_percent(size_t part, size_t all)
{
    size_t hundredths = all ? part * 10000 / all : 10000;

    printf("%zu.%02zu %%", hundredths / 100, hundredths % 100);
}

void import_coverage_text(const struct import *import)
{
    static const char *const heads[] = {"part",      "figures",      "in tables and forms",
                                        "facts",     "stated again", "only in text",
                                        "not placed"};
    struct grid grid = {.right = {false, true, true, true, true, true, true}};
    struct import_count all = import->figures;
    size_t numbers = 0;

    all.title = "all";
    for (size_t i = 0; i < NUMBER_CLASSES; i++)
        numbers += import->classes[i];
    printf("%zu numbers:", numbers);
    for (size_t i = 0; i < NUMBER_CLASSES; i++)
        printf("%s %zu %s", i ? "," : "", import->classes[i],
               number_class_name((enum number_class)i));
    printf("\n%zu of %zu figures placed (", all.placed, all.all);
    put_percent(all.placed, all.all);
    printf("), %zu only in text, %zu not placed\n\n", all.kept, all.loose);
    grid_row(&grid);
    for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
        grid_put(&grid, i, heads[i]);
    for (size_t i = 0; i < import->part_count; i++)
        put_part(&grid, &import->parts[i]);
    put_part(&grid, &all);
    grid_print(&grid, stdout, 0);
}

/* Whether two passages stand in one line, or one row of a table. */
static bool is_beside(const struct passage *a, const struct passage *b)
{
    return a->document == b->document && a->block == b->block && a->place->line == b->place->line &&
           a->place->row == b->place->row;
}

static void put_row_place(const struct passage *passage)
{
    struct doc_place place = *passage->place;
    struct passage row = *passage;
    struct strbuf out = STRBUF_INIT;

    strbuf_addf(&out, "%s", passage->document->file);
    if (place.line)
        strbuf_addf(&out, ":%u", place.line);
    place.row = 0;
    row.place = &place;
    strbuf_adds(&out, ": ");
    add_place(&out, &row);
    if (passage->place->row)
        strbuf_addf(&out, "%srow %u: ", place.page || place.sheet ? ", " : "", passage->place->row);
    else if (out.buf[out.len - 1] != ' ')
        strbuf_adds(&out, ": ");
    fputs("  ", stdout);
    cells_put(stdout, out.buf);
    strbuf_release(&out);
}

void import_loose_text(const struct import *import)
{
    const struct passage *last = NULL;

    for (size_t i = 0; i < import->ledger.entry_count; i++) {
        const struct entry *entry = &import->ledger.entries[i];
        const struct passage *passage = &import->ledger.passages[entry->passage];

        if (entry->state != ENTRY_LOOSE || entry->number.class != NUMBER_FIGURE)
            continue;
        if (!last)
            fputs("\nnot placed:\n", stdout);
        if (last && is_beside(last, passage)) {
            fputs(", ", stdout);
        } else {
            if (last)
                putchar('\n');
            put_row_place(passage);
        }
        last = passage;
        printf("%s%s", entry->number.digits, entry->number.unit ? entry->number.unit : "");
    }
    if (last)
        putchar('\n');
}

/* --- for machines --- */

static void put_counts(struct json_writer *w, const struct import_count *count)
{
    put_json_number(w, "figures", count->all);
    put_json_number(w, "placed", count->placed);
    put_json_number(w, "in_tables", count->states[ENTRY_FIGURE]);
    put_json_number(w, "facts", count->states[ENTRY_FACT]);
    put_json_number(w, "restated", count->states[ENTRY_RESTATED]);
    put_json_number(w, "only_in_text", count->kept);
    put_json_number(w, "not_placed", count->loose);
}

static void put_number(struct json_writer *w, const struct import *import,
                       const struct entry *entry)
{
    static const char *const states[] = {"not-placed", "table", "fact", "restated", "text"};
    const struct passage *passage = &import->ledger.passages[entry->passage];
    const struct doc_place *place = passage->place;

    json_write_object(w);
    put_json_text(w, "number", entry->number.digits);
    put_json_text(w, "unit", entry->number.unit);
    put_json_text(w, "class", number_class_name(entry->number.class));
    put_json_text(w, "state", entry->number.class == NUMBER_FIGURE ? states[entry->state] : NULL);
    put_json_text(w, "address", entry->address);
    put_json_text(w, "file", passage->document->file);
    put_json_text(w, "sheet", place->sheet);
    put_json_position(w, "page", place->page);
    put_json_position(w, "line", place->line);
    put_json_position(w, "row", place->row);
    put_json_position(w, "column", place->column);
    json_write_object_end(w);
}

void import_coverage_json(struct json_writer *w, const struct import *import)
{
    json_write_key(w, "classes");
    json_write_object(w);
    for (size_t i = 0; i < NUMBER_CLASSES; i++)
        put_json_number(w, number_class_name((enum number_class)i), import->classes[i]);
    json_write_object_end(w);
    json_write_key(w, "coverage");
    json_write_object(w);
    put_counts(w, &import->figures);
    json_write_object_end(w);
    json_write_key(w, "parts");
    json_write_array(w);
    for (size_t i = 0; i < import->part_count; i++) {
        json_write_object(w);
        put_json_text(w, "part", import->parts[i].title);
        put_counts(w, &import->parts[i]);
        json_write_object_end(w);
    }
    json_write_array_end(w);
    json_write_key(w, "numbers");
    json_write_array(w);
    for (size_t i = 0; i < import->ledger.entry_count; i++)
        put_number(w, import, &import->ledger.entries[i]);
    json_write_array_end(w);
}

#include "base/base.h"

#include "log_out.h"

#include "base/strbuf.h"
#include "cells.h"
#include "changes_out.h"
#include "command.h"
#include "history/log_all.h"
#include "history/told.h"
#include "states.h"
#include "text/csv.h"
#include "text/json_write.h"

enum { TEXT_SHOWN = 40 }; /* cells of a text that changed */

void log_put_side(struct grid *grid, size_t column, const struct item *item)
{
    struct strbuf text = STRBUF_INIT;
    size_t len, at = 0, cells = 0;
    uint32_t c;

    if (!item)
        return;
    item_add_shown(item, &text);
    len = strcspn(text.buf, "\n");
    while (at < len && (item->is_figure || cells < TEXT_SHOWN)) {
        at += cells_next(text.buf + at, text.len - at, &c);
        cells += cells_is_wide(c) ? 2 : 1;
    }
    if (at < text.len) {
        strbuf_set_len(&text, at);
        strbuf_adds(&text, "...");
    }
    grid_put(grid, column, text.buf);
    strbuf_release(&text);
}

/* --- the commit of an event --- */

void log_put_commit(struct json_writer *w, const struct commit *commit, bool is_cut)
{
    struct strbuf time = STRBUF_INIT;
    char hex[OBJECT_HEX_SIZE];

    commit_add_time(commit, &time);
    object_id_format(&commit->id, hex);
    put_json_text(w, "commit", hex);
    put_json_text(w, "time", time.buf);
    put_json_text(w, "message", commit->summary);
    json_write_key(w, "or_before");
    json_write_bool(w, is_cut);
    strbuf_release(&time);
}

void log_commit_as_csv(struct csv_writer *w, const struct commit *commit, bool is_cut)
{
    struct strbuf time = STRBUF_INIT;
    char hex[OBJECT_HEX_SIZE];

    commit_add_time(commit, &time);
    object_id_format(&commit->id, hex);
    csv_put_string(w, hex);
    csv_put_string(w, time.buf);
    csv_put_string(w, commit->summary);
    csv_put_string(w, is_cut ? "true" : "false");
    strbuf_release(&time);
}

void log_csv_header(struct csv_writer *w)
{
    csv_put_string(w, "commit");
    csv_put_string(w, "time");
    csv_put_string(w, "message");
    csv_put_string(w, "or_before");
    change_csv_header(w);
}

/* --- all revisions --- */

/* What came as a whole is called by its address, and is of a kind of its own. */
static const char *whole_kind(const struct log_whole *whole)
{
    return whole->year ? "report" : "department";
}

static void add_whole_address(const struct log_entry *entry, struct strbuf *out)
{
    strbuf_adds(out, entry->department);
    if (entry->whole->year)
        strbuf_addf(out, "/%lld", (long long)entry->whole->year);
}

static bool entry_is_cut(const struct log_entry *entry)
{
    return entry->whole ? entry->whole->is_cut : entry->event->is_cut;
}

enum { ADDRESS, OLD, ARROW, NEW, UNIT, DIFFERENCE, PERCENT };

static void put_revision(const struct log_entry *entry)
{
    const struct commit *commit = &entry->revision->commit;
    struct strbuf line = STRBUF_INIT;
    char hex[OBJECT_HEX_SIZE];

    object_id_format(&commit->id, hex);
    strbuf_addf(&line, "%.*s  ", REVISION_SHOWN, hex);
    commit_add_day(commit, &line);
    strbuf_addf(&line, "  %s%s", commit->summary, entry_is_cut(entry) ? " (or before)" : "");
    cells_put(stdout, line.buf);
    putchar('\n');
    strbuf_release(&line);
}

static void put_whole(struct grid *grid, const char *address, const char *what, size_t figures,
                      size_t texts)
{
    struct strbuf text = STRBUF_INIT;

    grid_put(grid, ADDRESS, address);
    strbuf_addf(&text, "-> %s (figures: %zu, texts: %zu)", what, figures, texts);
    grid_put(grid, ARROW, text.buf);
    strbuf_release(&text);
}

static void put_whole_entry(struct grid *grid, const struct log_entry *entry)
{
    struct strbuf address = STRBUF_INIT;

    add_whole_address(entry, &address);
    put_whole(grid, address.buf, "added", entry->whole->figures, entry->whole->texts);
    strbuf_release(&address);
}

/* Whether two entries are of one project or evaluation in one revision. */
static bool same_scope(const struct log_entry *a, const struct log_entry *b)
{
    const struct item *one = a->event ? change_item(&a->event->change) : NULL;
    const struct item *other = b->event ? change_item(&b->event->change) : NULL;

    return one && other && one->scope && other->scope && a->revision == b->revision &&
           !strcmp(a->department, b->department) && one->year == other->year &&
           !strcmp(one->scope, other->scope);
}

/* How many entries from one on are of a project or evaluation that came or went as a whole; 0: they
 * are not. */
static size_t count_scope(const struct log_all *all, size_t from)
{
    const struct log_entry *first = &all->entries[from];
    size_t count = 0;
    bool is_whole = false;

    for (; from + count < all->count && same_scope(first, &first[count]); count++) {
        const struct change *change = &first[count].event->change;

        is_whole |= change->kind != CHANGE_ALTERED && item_is_marker(change_item(change));
    }
    return is_whole ? count : 0;
}

static void put_scope(struct grid *grid, const struct log_entry *entries, size_t count)
{
    const struct change *change = &entries[0].event->change;
    const struct item *item = change_item(change);
    struct strbuf address = STRBUF_INIT;
    size_t figures = 0;

    for (size_t i = 0; i < count; i++)
        figures += change_item(&entries[i].event->change)->is_figure;
    strbuf_addf(&address, "%s/%lld/%s", entries[0].department, (long long)item->year, item->scope);
    put_whole(grid, address.buf, change->new ? "added" : "removed", figures, count - figures);
    strbuf_release(&address);
}

static void put_change(struct grid *grid, const struct change *change)
{
    const struct item *item = change_item(change);

    grid_put(grid, ADDRESS, item->address);
    if (!item->is_figure) {
        grid_put(grid, ARROW,
                 change->kind == CHANGE_ADDED     ? "-> a new text"
                 : change->kind == CHANGE_REMOVED ? "-> removed"
                                                  : "-> another text");
        return;
    }
    log_put_side(grid, OLD, change->old);
    grid_put(grid, ARROW, change->new ? "->" : "-> removed");
    log_put_side(grid, NEW, change->new);
    if (item->value.unit)
        grid_put(grid, UNIT, item->value.unit);
    change_put_difference(grid, DIFFERENCE, change);
    change_put_percent(grid, PERCENT, change);
}

void log_all_as_text(const struct log_all *all)
{
    struct grid grid = {
        .right = {[OLD] = true, [NEW] = true, [DIFFERENCE] = true, [PERCENT] = true}};

    for (size_t i = 0, count; i < all->count; i += count ? count : 1) {
        const struct log_entry *entry = &all->entries[i], *next;

        if (!i || entry->revision != entry[-1].revision)
            put_revision(entry);
        grid_row(&grid);
        if ((count = count_scope(all, i)) > 0)
            put_scope(&grid, entry, count);
        else if (entry->whole)
            put_whole_entry(&grid, entry);
        else
            put_change(&grid, &entry->event->change);
        next = entry + (count ? count : 1);
        if (next == all->entries + all->count || entry->revision != next->revision)
            grid_print(&grid, stdout, 2);
    }
}

static void put_whole_fields(struct json_writer *w, const struct log_entry *entry)
{
    struct strbuf address = STRBUF_INIT;

    add_whole_address(entry, &address);
    put_json_text(w, "change", "added");
    put_json_text(w, "kind", whole_kind(entry->whole));
    put_json_text(w, "address", address.buf);
    put_json_text(w, "department", entry->department);
    if (entry->whole->year)
        put_json_number(w, "year", (uint64_t)entry->whole->year);
    put_json_number(w, "figures", entry->whole->figures);
    put_json_number(w, "texts", entry->whole->texts);
    strbuf_release(&address);
}

void log_all_as_json(struct json_writer *w, const struct log_all *all)
{
    json_write_key(w, "events");
    json_write_array(w);
    for (size_t i = 0; i < all->count; i++) {
        const struct log_entry *entry = &all->entries[i];

        json_write_object(w);
        log_put_commit(w, &entry->revision->commit, entry_is_cut(entry));
        if (entry->whole)
            put_whole_fields(w, entry);
        else
            change_put_fields(w, &entry->event->change);
        json_write_object_end(w);
    }
    json_write_array_end(w);
    put_json_number(w, "unread", all->unread);
}

static void put_whole_cells(struct csv_writer *w, const struct log_entry *entry)
{
    struct strbuf address = STRBUF_INIT;

    add_whole_address(entry, &address);
    change_whole_as_csv(w, whole_kind(entry->whole), address.buf, entry->department,
                        entry->whole->year);
    strbuf_release(&address);
}

void log_all_as_csv(const struct log_all *all)
{
    struct strbuf out = STRBUF_INIT;
    struct csv_writer w = {&out, false};

    log_csv_header(&w);
    csv_end_row(&w);
    for (size_t i = 0; i < all->count; i++) {
        const struct log_entry *entry = &all->entries[i];

        log_commit_as_csv(&w, &entry->revision->commit, entry_is_cut(entry));
        if (entry->whole)
            put_whole_cells(&w, entry);
        else
            change_as_csv(&w, &entry->event->change);
        csv_end_row(&w);
    }
    fwrite(out.buf, 1, out.len, stdout);
    strbuf_release(&out);
}

/*
 * The bytes of the files. Numbers are varints, a string is its length and its bytes, a list is
 * where it begins in lists/ and how long its head is (id_list.h).
 *
 * index.bin: "JSX2", and 8 bytes that are others when any file is. Units of a gram, bytes of a
 * file of lists, the newest year. Kinds, of each the name and how many texts. Files of texts, of
 * each how many texts. Files of places, of each how many places. Years, of each the year and the
 * list of its texts. Blocks of keys, of each its first key: units shared with the one before, how
 * many follow, these. Before kinds, files, years and blocks stands how many there are.
 *
 * keys/N.bin: where the lists of its part begin, then as grams.c tells.
 *
 * lists/N.bin: one row of bytes in pieces of equal length.
 *
 * texts/N.bin: of each text the length of what follows, the label, the text, how many occurrences;
 * when all of them are here 0, else how long the head of all of them is and where in lists/; how
 * many paths, these; how many occurrences, of each its age (the newest year less its year and 1; no
 * year: 0), its place (none: 0; the first is 1), the number of its path. All of them in lists/ are
 * in chunks of one year: the head has the paths as above; how many chunks, of each the age, the
 * place of the first, how many occurrences, how many bytes; these are, of each, its place less that
 * of the one before, the number of its path.
 *
 * places/N.bin: of each the path, the name, the list of its texts.
 */
#include "base/base.h"

#include "search/search_index.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/pool.h"
#include "base/sha256.h"
#include "search/fold.h"
#include "search/grams.h"
#include "search/id_list.h"
#include "search/search_store.h"
#include "search/varint.h"

enum {
    LIST_FILE = 8192,
    TEXT_FILE = 8192,
    PLACE_FILE = 8192,
    OCCURRENCES_HERE = 12,
    OCCURRENCE_CHUNK = 128,
    PART_UNITS = 1 << 18, /* how many grams are sorted together, about */
    FORMAT_UNITS = 65536,
    ID_SIZE = 8,
};

struct writer {
    struct search_index *index;
    const struct search_output *output;
    struct errs *errs;
    struct sha256_state *state; /* of all that was put */
    struct strbuf lists;        /* not yet put */
    size_t list_files;
    struct strbuf text_files, place_files, years, blocks; /* what index.bin says of them */
    size_t text_file_count, place_file_count, year_count, block_count;
    struct id_kinds kinds;
    uint16_t first_before[GRAM_UNITS];
    size_t first_before_len;
    uint32_t newest;
    uint32_t
        *path_slots; /* where a path is in the occurrences that are being written; 0: it is not */
    int result;
};

static void put(struct writer *w, const char *folder, size_t number, const struct strbuf *data)
{
    struct strbuf path = STRBUF_INIT;

    strbuf_addf(&path, "search/%s/%zu.bin", folder, number);
    sha256_add(w->state, data->buf, data->len);
    if (!w->result && w->output->put(w->output->ctx, path.buf, data->buf, data->len, w->errs))
        w->result = -1;
    strbuf_release(&path);
}

static void add_string(struct strbuf *out, const char *s, size_t len)
{
    varint_add(out, len);
    strbuf_add(out, s, len);
}

/* --- lists --- */

/* Puts what fills whole files. */
static void put_lists(struct writer *w, bool is_last)
{
    struct strbuf piece = STRBUF_INIT;
    size_t at = 0;

    while (w->lists.len - at >= LIST_FILE || (is_last && at < w->lists.len)) {
        size_t len = w->lists.len - at < LIST_FILE ? w->lists.len - at : LIST_FILE;

        strbuf_clear(&piece);
        strbuf_add(&piece, w->lists.buf + at, len);
        put(w, "lists", w->list_files++, &piece);
        at += len;
    }
    strbuf_clear(&piece);
    strbuf_add(&piece, w->lists.buf + at, w->lists.len - at);
    strbuf_clear(&w->lists);
    strbuf_addbuf(&w->lists, &piece);
    strbuf_release(&piece);
}

/* Where the next list begins. */
static size_t lists_end(const struct writer *w)
{
    return w->list_files * LIST_FILE + w->lists.len;
}

/* --- texts --- */

static uint32_t age_of(const struct writer *w, const struct stored_occurrence *occurrence)
{
    return occurrence->year ? w->newest - occurrence->year + 1 : 0;
}

/* The paths of occurrences, each once; then `path_slots` has their numbers, from 1. */
static void add_paths(struct writer *w, const struct stored_occurrence *all, size_t count,
                      struct strbuf *out)
{
    struct strbuf paths = STRBUF_INIT;
    uint32_t path_count = 0;

    for (size_t i = 0; i < count; i++) {
        const char *path = w->index->paths[all[i].path];

        if (w->path_slots[all[i].path])
            continue;
        w->path_slots[all[i].path] = ++path_count;
        add_string(&paths, path, strlen(path));
    }
    varint_add(out, path_count);
    strbuf_addbuf(out, &paths);
    strbuf_release(&paths);
}

static void forget_paths(struct writer *w, const struct stored_occurrence *all, size_t count)
{
    for (size_t i = 0; i < count; i++)
        w->path_slots[all[i].path] = 0;
}

static void add_occurrences(struct writer *w, const struct stored_occurrence *all, size_t count,
                            struct strbuf *out)
{
    add_paths(w, all, count, out);
    varint_add(out, count);
    for (size_t i = 0; i < count; i++) {
        varint_add(out, age_of(w, &all[i]));
        varint_add(out, all[i].place);
        varint_add(out, w->path_slots[all[i].path] - 1);
    }
    forget_paths(w, all, count);
}

/* Adds occurrences of one year, as many as a chunk takes, and what the head says of them; how many.
 */
static size_t add_chunk(struct writer *w, const struct stored_occurrence *all, size_t count,
                        struct strbuf *head, struct strbuf *out)
{
    size_t begin = out->len, taken = 0;
    uint32_t place = all[0].place;

    for (; taken < count && taken < OCCURRENCE_CHUNK && all[taken].year == all[0].year; taken++) {
        varint_add(out, all[taken].place - place);
        varint_add(out, w->path_slots[all[taken].path] - 1);
        place = all[taken].place;
    }
    varint_add(head, age_of(w, &all[0]));
    varint_add(head, all[0].place);
    varint_add(head, taken);
    varint_add(head, out->len - begin);
    return taken;
}

/* Puts all occurrences of a text, so that those of a year and of a place are found without the
 * others, and says where. */
static void put_occurrences(struct writer *w, const struct stored_occurrence *all, size_t count,
                            struct strbuf *record)
{
    struct strbuf head = STRBUF_INIT, chunk_heads = STRBUF_INIT, chunks = STRBUF_INIT;
    size_t chunk_count = 0;

    add_paths(w, all, count, &head);
    for (size_t i = 0; i < count; chunk_count++)
        i += add_chunk(w, all + i, count - i, &chunk_heads, &chunks);
    forget_paths(w, all, count);
    varint_add(&head, chunk_count);
    strbuf_addbuf(&head, &chunk_heads);
    varint_add(record, head.len); /* first, since it is never 0 */
    varint_add(record, lists_end(w));
    strbuf_addbuf(&w->lists, &head);
    strbuf_addbuf(&w->lists, &chunks);
    put_lists(w, false);
    strbuf_release(&head);
    strbuf_release(&chunk_heads);
    strbuf_release(&chunks);
}

static void add_text(struct writer *w, const struct stored_text *text, const char *spool,
                     const struct stored_occurrence *all, size_t count, struct strbuf *out)
{
    struct strbuf record = STRBUF_INIT;

    add_string(&record, spool + text->offset, text->label_len);
    add_string(&record, spool + text->offset + text->label_len, text->text_len);
    varint_add(&record, count);
    if (count > OCCURRENCES_HERE) {
        put_occurrences(w, all, count, &record);
        count = OCCURRENCES_HERE;
    } else {
        varint_add(&record, 0);
    }
    add_occurrences(w, all, count, &record);
    varint_add(out, record.len);
    strbuf_addbuf(out, &record);
    strbuf_release(&record);
}

/* Puts a file when it is full, and says in `sizes` how many it holds. */
static void end_file(struct writer *w, const char *folder, size_t full, struct strbuf *file,
                     size_t *held, struct strbuf *sizes, size_t *files)
{
    if (!*held || file->len < full)
        return;
    put(w, folder, (*files)++, file);
    varint_add(sizes, *held);
    strbuf_clear(file);
    *held = 0;
}

static void put_texts(struct writer *w, const char *spool)
{
    const struct search_index *index = w->index;
    struct strbuf file = STRBUF_INIT;
    size_t held = 0, at = 0;

    w->path_slots = mem_zalloc(index->path_count + 1, sizeof(*w->path_slots));
    for (size_t i = 0; i < index->text_count && !w->result; i++) {
        size_t begin = at;

        while (at < index->occurrence_count && index->occurrences[at].text == i)
            at++;
        add_text(w, &index->texts[i], spool, index->occurrences + begin, at - begin, &file);
        held++;
        end_file(w, "texts", TEXT_FILE, &file, &held, &w->text_files, &w->text_file_count);
    }
    end_file(w, "texts", 0, &file, &held, &w->text_files, &w->text_file_count);
    free(w->path_slots);
    strbuf_release(&file);
}

/* --- places and years --- */

static size_t place_of(const struct stored_occurrence *occurrence)
{
    return occurrence->place;
}

static size_t year_of(const struct stored_occurrence *occurrence)
{
    return occurrence->year;
}

/* The texts of each place, or year. */
struct grouping {
    size_t (*of)(const struct stored_occurrence *occurrence);
    size_t count;          /* groups are below */
    size_t *starts, *ends; /* of each group in `ids` */
    uint32_t *ids;
};

/* Texts stay in their order; each is once in a group. */
static void group_texts(const struct search_index *index, struct grouping *g)
{
    size_t at = 0;

    g->starts = mem_zalloc(g->count + 1, sizeof(*g->starts));
    g->ends = mem_zalloc(g->count + 1, sizeof(*g->ends));
    g->ids = mem_alloc((index->occurrence_count + 1) * sizeof(*g->ids));
    for (size_t i = 0; i < index->occurrence_count; i++)
        g->ends[g->of(&index->occurrences[i])]++;
    for (size_t i = 0; i < g->count; i++) {
        g->starts[i] = at;
        at += g->ends[i];
        g->ends[i] = g->starts[i];
    }
    for (size_t i = 0; i < index->occurrence_count; i++) {
        size_t group = g->of(&index->occurrences[i]);
        uint32_t text = index->occurrences[i].text;

        if (g->ends[group] == g->starts[group] || g->ids[g->ends[group] - 1] != text)
            g->ids[g->ends[group]++] = text;
    }
}

static void group_release(struct grouping *g)
{
    free(g->starts);
    free(g->ends);
    free(g->ids);
}

/* Puts the list of a group, and says where it is. */
static void add_group(struct writer *w, const struct grouping *g, size_t group, struct strbuf *out)
{
    size_t begin = g->starts[group];

    varint_add(out, lists_end(w));
    varint_add(out, id_list_add(&w->lists, &w->kinds, g->ids + begin, g->ends[group] - begin));
    put_lists(w, false);
}

static void put_places(struct writer *w)
{
    const struct search_index *index = w->index;
    struct grouping places = {.of = place_of, .count = index->place_count + 1};
    struct strbuf file = STRBUF_INIT;
    size_t held = 0;

    group_texts(index, &places);
    for (size_t i = 0; i < index->place_count; i++) {
        const struct stored_place *place = &index->places[i];

        add_string(&file, place->path, strlen(place->path));
        add_string(&file, place->name, strlen(place->name));
        add_group(w, &places, i + 1, &file);
        held++;
        end_file(w, "places", PLACE_FILE, &file, &held, &w->place_files, &w->place_file_count);
    }
    end_file(w, "places", 0, &file, &held, &w->place_files, &w->place_file_count);
    group_release(&places);
    strbuf_release(&file);
}

static void put_years(struct writer *w)
{
    struct grouping years = {.of = year_of, .count = (size_t)w->newest + 1};

    group_texts(w->index, &years);
    for (size_t year = 1; year < years.count; year++) {
        if (years.ends[year] == years.starts[year])
            continue;
        w->year_count++;
        varint_add(&w->years, year);
        add_group(w, &years, year, &w->years);
    }
    group_release(&years);
}

/* --- grams --- */

/* What all workers read. */
struct parts {
    struct writer *writer;
    struct gram_texts texts;
    struct part {
        uint16_t first, last;
    } * items;
    size_t count;
};

/* All texts folded into one row of units, a spool since there are many. */
static int fold_texts(const struct search_index *index, const char *spool, size_t *starts,
                      struct spool *out, struct errs *errs)
{
    struct units units = UNITS_INIT;
    int result = 0;

    for (size_t i = 0; i < index->text_count && !result; i++) {
        const struct stored_text *text = &index->texts[i];

        units.count = 0;
        fold_add(&units, spool + text->offset + text->label_len, text->text_len);
        starts[i] = spool_len(out) / sizeof(*units.items);
        result = spool_add(out, units.items, units.count * sizeof(*units.items), errs);
    }
    starts[index->text_count] = spool_len(out) / sizeof(*units.items);
    units_release(&units);
    return result;
}

/* Divides the units into ranges that begin about as many grams each. */
static void divide(struct parts *parts)
{
    size_t *counts = mem_zalloc(FORMAT_UNITS, sizeof(*counts)), cap = 0, held = 0;

    for (size_t i = 0; i < parts->texts.starts[parts->texts.count]; i++)
        counts[parts->texts.units[i]]++;
    for (unsigned unit = 1; unit < FORMAT_UNITS; unit++) {
        if (!counts[unit])
            continue;
        if (!held || held + counts[unit] > PART_UNITS) {
            MEM_GROW(parts->items, parts->count, cap);
            parts->items[parts->count++].first = (uint16_t)unit;
            held = 0;
        }
        parts->items[parts->count - 1].last = (uint16_t)unit;
        held += counts[unit];
    }
    free(counts);
}

static void *work(void *ctx, size_t item)
{
    const struct parts *parts = ctx;

    return grams_make(&parts->texts, parts->items[item].first, parts->items[item].last);
}

static void add_first_key(struct writer *w, const struct gram_block *block)
{
    size_t shared = 0;

    while (shared < block->first_len && shared < w->first_before_len &&
           block->first[shared] == w->first_before[shared])
        shared++;
    varint_add(&w->blocks, shared);
    varint_add(&w->blocks, block->first_len - shared);
    grams_add_units(&w->blocks, block->first + shared, block->first_len - shared);
    memcpy(w->first_before, block->first, sizeof(block->first));
    w->first_before_len = block->first_len;
}

static void take(void *ctx, size_t item, void *result)
{
    struct writer *w = ((const struct parts *)ctx)->writer;
    struct gram_part *part = result;
    struct strbuf block = STRBUF_INIT;
    size_t begin = 0;

    (void)item;
    for (size_t i = 0; i < part->block_count; i++) {
        strbuf_clear(&block);
        varint_add(&block, lists_end(w));
        strbuf_add(&block, part->keys.buf + begin, part->blocks[i].end - begin);
        put(w, "keys", w->block_count++, &block);
        add_first_key(w, &part->blocks[i]);
        begin = part->blocks[i].end;
    }
    strbuf_addbuf(&w->lists, &part->lists);
    put_lists(w, false);
    strbuf_release(&block);
    grams_free(part);
}

static void count_kinds(const struct search_index *index, size_t *ends)
{
    size_t at = 0;

    for (size_t kind = 0; kind < index->kind_count; kind++) {
        while (at < index->text_count && index->texts[at].kind == kind)
            at++;
        ends[kind] = at;
    }
}

static void put_grams(struct writer *w, const char *spool, unsigned threads)
{
    const struct search_index *index = w->index;
    size_t *starts = mem_zalloc(index->text_count + 1, sizeof(*starts));
    struct spool folded = {.fd = -1, .tail = STRBUF_INIT};
    struct parts parts = {w, {NULL, starts, index->text_count, w->kinds}, NULL, 0};
    struct pool_task task = {
        .threads = threads, .window = threads + 1, .ctx = &parts, .work = work, .take = take};

    if (spool_open(&folded, index->spool_path, w->errs) ||
        fold_texts(index, spool, starts, &folded, w->errs) ||
        !(parts.texts.units = (const uint16_t *)(const void *)spool_read(&folded, w->errs))) {
        w->result = -1;
    } else {
        divide(&parts);
        task.count = parts.count;
        pool_run(&task);
    }
    spool_release(&folded);
    free(parts.items);
    free(starts);
}

/* --- index.bin --- */

static void put_index(struct writer *w)
{
    const struct search_index *index = w->index;
    unsigned char id[SHA256_SIZE];
    struct strbuf out = STRBUF_INIT;

    sha256_end(w->state, id);
    w->state = NULL;
    strbuf_adds(&out, "JSX2");
    strbuf_add(&out, id, ID_SIZE);
    varint_add(&out, GRAM_UNITS);
    varint_add(&out, LIST_FILE);
    varint_add(&out, w->newest);
    varint_add(&out, index->kind_count);
    for (size_t i = 0; i < index->kind_count; i++) {
        add_string(&out, index->kinds[i].name, strlen(index->kinds[i].name));
        varint_add(&out, w->kinds.ends[i] - (i ? w->kinds.ends[i - 1] : 0));
    }
    varint_add(&out, w->text_file_count);
    strbuf_addbuf(&out, &w->text_files);
    varint_add(&out, w->place_file_count);
    strbuf_addbuf(&out, &w->place_files);
    varint_add(&out, w->year_count);
    strbuf_addbuf(&out, &w->years);
    varint_add(&out, w->block_count);
    strbuf_addbuf(&out, &w->blocks);
    if (!w->result && w->output->put(w->output->ctx, "search/index.bin", out.buf, out.len, w->errs))
        w->result = -1;
    strbuf_release(&out);
}

static void writer_init(struct writer *w)
{
    w->state = sha256_begin();
    strbuf_init(&w->lists);
    strbuf_init(&w->text_files);
    strbuf_init(&w->place_files);
    strbuf_init(&w->years);
    strbuf_init(&w->blocks);
    for (size_t i = 0; i < w->index->text_count; i++)
        if (w->index->texts[i].year > w->newest)
            w->newest = w->index->texts[i].year;
}

int search_index_finish(struct search_index *index, unsigned threads,
                        const struct search_output *output, struct errs *errs)
{
    struct writer w = {.index = index, .output = output, .errs = errs};
    size_t *kind_ends = mem_zalloc(index->kind_count + 1, sizeof(*kind_ends));
    const char *spool = spool_read(&index->spool, errs);

    search_store_order(index);
    writer_init(&w);
    count_kinds(index, kind_ends);
    w.kinds = (struct id_kinds){kind_ends, index->kind_count};
    if (spool) {
        put_texts(&w, spool);
        put_places(&w);
        put_years(&w);
        put_grams(&w, spool, threads);
        put_lists(&w, true);
        put_index(&w);
    }
    if (w.state) { /* not used up: something failed */
        unsigned char unused[SHA256_SIZE];

        sha256_end(w.state, unused);
    }
    free(kind_ends);
    strbuf_release(&w.lists);
    strbuf_release(&w.text_files);
    strbuf_release(&w.place_files);
    strbuf_release(&w.years);
    strbuf_release(&w.blocks);
    return spool ? w.result : -1;
}

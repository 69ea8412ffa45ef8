/*
 * A block of keys:   where the lists of its part begin (put before it by search_index.c), then
 *                    entries, sorted by units:
 *     entry:         a byte: units shared with the entry before, times GRAM_UNITS + 1, and how many
 *                    follow; and 0x80 when one text has it; those units; then either
 *                    that text; or
 *                    how many texts, the first, and the distance to each further one; or
 *                    0, the list's place, the length of its head with its first chunk
 * Lists are those of id_list.h.
 * All numbers are varints.
 */
#include "base/base.h"

#include "search/grams.h"

#include "base/mem.h"
#include "search/id_list.h"
#include "search/varint.h"

enum {
    /* What may stand below a beginning without a list of its own, in texts, an entry counting for
     * ENTRY_WEIGHT: so much has to be read to find them. */
    LIST_WEIGHT = 1024,
    ENTRY_WEIGHT = 4,
};

/* An occurrence: the units, the first in the highest bits. */
struct gram {
    uint64_t high, low;
    uint32_t text;
};

/* A gram, and where its texts begin. */
struct entry {
    uint64_t high, low;
    size_t texts;
};

/* A beginning that has a list: that of the entry, so many units of it. */
struct list_ref {
    size_t entry;
    unsigned depth;
    size_t place, head;
};

struct maker {
    const struct gram_texts *texts;
    struct gram_part *part;
    struct entry *entries; /* one more than there are, for where the last one's texts end */
    size_t entry_count;
    uint32_t *ids; /* the texts of all entries */
    struct list_ref *refs;
    size_t ref_count, ref_cap;
    uint64_t *bits;   /* a text each, all 0 between uses */
    uint32_t *joined; /* the texts of several entries */
    size_t joined_count;
};

static unsigned unit_at(const struct entry *entry, unsigned i)
{
    return (unsigned)((i < 4 ? entry->high >> (16 * (3 - i)) : entry->low >> (16 * (7 - i))) &
                      0xFFFF);
}

static unsigned length_of(const struct entry *entry)
{
    unsigned len = 0;

    while (len < GRAM_UNITS && unit_at(entry, len))
        len++;
    return len;
}

/* --- gathering --- */

static int compare_grams(const void *a, const void *b)
{
    const struct gram *x = a, *y = b;

    if (x->high != y->high)
        return x->high < y->high ? -1 : 1;
    if (x->low != y->low)
        return x->low < y->low ? -1 : 1;
    return (x->text > y->text) - (x->text < y->text);
}

static void read_gram(const uint16_t *units, struct gram *gram)
{
    unsigned len = 0;

    gram->high = gram->low = 0;
    while (len < GRAM_UNITS && units[len]) {
        *(len < 4 ? &gram->high : &gram->low) |= (uint64_t)units[len] << (16 * (3 - len % 4));
        len++;
    }
}

static struct gram *gather(const struct gram_texts *texts, uint16_t first, uint16_t last,
                           size_t *count)
{
    struct gram *grams = NULL;
    size_t cap = 0;

    *count = 0;
    for (size_t i = 0; i < texts->count; i++)
        for (size_t at = texts->starts[i]; at < texts->starts[i + 1]; at++) {
            if (texts->units[at] < first || texts->units[at] > last)
                continue;
            MEM_GROW(grams, *count, cap);
            read_gram(texts->units + at, &grams[*count]);
            grams[(*count)++].text = (uint32_t)i;
        }
    if (*count)
        qsort(grams, *count, sizeof(*grams), compare_grams);
    return grams;
}

/* Grams that are the same become one entry with all its texts, each once. */
static void join_grams(struct maker *m, const struct gram *grams, size_t count)
{
    size_t ids = 0;

    m->entries = mem_alloc((count + 1) * sizeof(*m->entries));
    m->ids = mem_alloc((count + 1) * sizeof(*m->ids));
    for (size_t i = 0; i < count; i++) {
        bool is_new = !i || grams[i].high != grams[i - 1].high || grams[i].low != grams[i - 1].low;

        if (is_new)
            m->entries[m->entry_count++] = (struct entry){grams[i].high, grams[i].low, ids};
        if (is_new || grams[i].text != grams[i - 1].text)
            m->ids[ids++] = grams[i].text;
    }
    m->entries[m->entry_count].texts = ids;
}

/* --- lists --- */

static int compare_ids(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static void join_by_sorting(struct maker *m, const uint32_t *ids, size_t count)
{
    memcpy(m->joined, ids, count * sizeof(*ids));
    qsort(m->joined, count, sizeof(*ids), compare_ids);
    m->joined_count = 0;
    for (size_t i = 0; i < count; i++)
        if (!m->joined_count || m->joined[i] != m->joined[m->joined_count - 1])
            m->joined[m->joined_count++] = m->joined[i];
}

static void join_by_bits(struct maker *m, const uint32_t *ids, size_t count)
{
    size_t first = SIZE_MAX, last = 0;

    for (size_t i = 0; i < count; i++) {
        size_t word = ids[i] / 64;

        m->bits[word] |= UINT64_C(1) << (ids[i] % 64);
        first = word < first ? word : first;
        last = word > last ? word : last;
    }
    m->joined_count = 0;
    for (size_t word = first; word <= last; word++) {
        for (uint64_t bits = m->bits[word]; bits; bits &= bits - 1)
            m->joined[m->joined_count++] = (uint32_t)(word * 64 + (unsigned)__builtin_ctzll(bits));
        m->bits[word] = 0;
    }
}

/* The texts of the entries from a to b, each once, in order. */
static void join_texts(struct maker *m, size_t a, size_t b)
{
    const uint32_t *ids = m->ids + m->entries[a].texts;
    size_t count = m->entries[b].texts - m->entries[a].texts;

    if (count < m->texts->count / 512)
        join_by_sorting(m, ids, count);
    else
        join_by_bits(m, ids, count);
}

/* What is known of a beginning: its list, and of how many texts; none: 0. */
struct found {
    size_t texts, place, head;
};

static struct found make_lists(struct maker *m, size_t a, size_t b, unsigned depth);

/* The lists of the beginnings that are one unit longer. The one with the most texts. */
static struct found make_longer_lists(struct maker *m, size_t a, size_t b, unsigned depth)
{
    struct found most = {0, 0, 0};
    size_t begin = a;

    for (size_t i = a; i < b; i++) {
        struct found found;

        if (i + 1 < b && unit_at(&m->entries[i], depth) == unit_at(&m->entries[i + 1], depth))
            continue;
        if (unit_at(&m->entries[begin], depth)) {
            found = make_lists(m, begin, i + 1, depth + 1);
            if (found.texts > most.texts)
                most = found;
        }
        begin = i + 1;
    }
    return most;
}

/* The entries from a to b begin with the same units, `depth` of them. When a longer beginning is in
 * as many texts, these are the same ones, and one list is enough. */
static struct found make_lists(struct maker *m, size_t a, size_t b, unsigned depth)
{
    size_t weight = m->entries[b].texts - m->entries[a].texts + ENTRY_WEIGHT * (b - a);
    struct list_ref ref = {a, depth, 0, 0};
    struct found found = {0, 0, 0};

    if (weight <= LIST_WEIGHT)
        return found;
    if (depth < GRAM_UNITS)
        found = make_longer_lists(m, a, b, depth);
    join_texts(m, a, b);
    if (found.texts == m->joined_count) {
        ref.place = found.place;
        ref.head = found.head;
    } else {
        ref.place = m->part->lists.len;
        ref.head = id_list_add(&m->part->lists, &m->texts->kinds, m->joined, m->joined_count);
    }
    MEM_GROW(m->refs, m->ref_count, m->ref_cap);
    m->refs[m->ref_count++] = ref;
    return (struct found){m->joined_count, ref.place, ref.head};
}

/* --- keys --- */

static int compare_refs(const void *a, const void *b)
{
    const struct list_ref *x = a, *y = b;

    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    return (x->depth > y->depth) - (x->depth < y->depth);
}

void grams_add_units(struct strbuf *out, const uint16_t *units, size_t count)
{
    enum { CHINESE = 0x4E00, CHINESE_END = 0xA000 };

    for (size_t i = 0; i < count; i++) {
        unsigned unit = units[i], chinese = unit - CHINESE;

        if (unit >= CHINESE && unit < CHINESE_END) {
            strbuf_addch(out, (char)(unsigned char)(0x80 + (chinese >> 8)));
            strbuf_addch(out, (char)(unsigned char)(chinese & 0xFF));
            continue;
        }
        if (unit >= 0x80) {
            strbuf_addch(out, (char)(unsigned char)0xFF);
            strbuf_addch(out, (char)(unsigned char)(unit >> 8));
        }
        strbuf_addch(out, (char)(unsigned char)(unit & 0xFF));
    }
}

struct key_writer {
    struct gram_part *part;
    uint16_t before[GRAM_UNITS];
    size_t before_len, begin; /* of the block */
};

static void end_block(struct key_writer *w)
{
    if (w->part->keys.len > w->begin)
        w->part->blocks[w->part->block_count - 1].end = w->part->keys.len;
    w->begin = w->part->keys.len;
}

static void add_key(struct key_writer *w, const struct entry *entry, unsigned len, bool is_single)
{
    struct gram_part *part = w->part;
    uint16_t units[GRAM_UNITS];
    size_t shared = 0;

    for (unsigned i = 0; i < len; i++)
        units[i] = (uint16_t)unit_at(entry, i);
    if (part->keys.len - w->begin >= GRAM_BLOCK)
        end_block(w);
    if (part->keys.len == w->begin) {
        MEM_GROW(part->blocks, part->block_count, part->block_cap);
        memcpy(part->blocks[part->block_count].first, units, len * sizeof(*units));
        part->blocks[part->block_count++].first_len = len;
        w->before_len = 0;
    }
    while (shared < len && shared < w->before_len && units[shared] == w->before[shared])
        shared++;
    strbuf_addch(&part->keys, (char)(unsigned char)((is_single ? 0x80 : 0) +
                                                    shared * (GRAM_UNITS + 1) + len - shared));
    grams_add_units(&part->keys, units + shared, len - shared);
    memcpy(w->before, units, len * sizeof(*units));
    w->before_len = len;
}

static void add_keys(struct maker *m)
{
    struct key_writer w = {m->part, {0}, 0, 0};
    struct strbuf *out = &m->part->keys;
    size_t r = 0;

    if (m->ref_count)
        qsort(m->refs, m->ref_count, sizeof(*m->refs), compare_refs);
    for (size_t i = 0; i < m->entry_count; i++) {
        const struct entry *entry = &m->entries[i];
        unsigned len = length_of(entry);
        bool is_listed = false;

        for (; r < m->ref_count && m->refs[r].entry == i; r++) {
            add_key(&w, entry, m->refs[r].depth, false);
            varint_add(out, 0);
            varint_add(out, m->refs[r].place);
            varint_add(out, m->refs[r].head);
            is_listed = m->refs[r].depth == len;
        }
        if (is_listed)
            continue;
        add_key(&w, entry, len, entry[1].texts - entry->texts == 1);
        if (entry[1].texts - entry->texts > 1)
            varint_add(out, entry[1].texts - entry->texts);
        id_list_add_chunk(out, m->ids + entry->texts, entry[1].texts - entry->texts);
    }
    end_block(&w);
}

struct gram_part *grams_make(const struct gram_texts *texts, uint16_t first, uint16_t last)
{
    struct maker m = {.texts = texts, .part = mem_zalloc(1, sizeof(*m.part))};
    size_t count;
    struct gram *grams = gather(texts, first, last, &count);

    strbuf_init(&m.part->lists);
    strbuf_init(&m.part->keys);
    join_grams(&m, grams, count);
    free(grams);
    m.bits = mem_zalloc(texts->count / 64 + 1, sizeof(*m.bits));
    m.joined = mem_alloc((count + 1) * sizeof(*m.joined));
    if (m.entry_count)
        make_longer_lists(&m, 0, m.entry_count, 0);
    add_keys(&m);
    free(m.entries);
    free(m.ids);
    free(m.refs);
    free(m.bits);
    free(m.joined);
    return m.part;
}

void grams_free(struct gram_part *part)
{
    if (!part)
        return;
    strbuf_release(&part->lists);
    strbuf_release(&part->keys);
    free(part->blocks);
    free(part);
}

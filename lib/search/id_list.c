#include "base/base.h"

#include "search/id_list.h"

#include "search/varint.h"

void id_list_add_chunk(struct strbuf *out, const uint32_t *ids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        varint_add(out, i ? ids[i] - ids[i - 1] : ids[0]);
}

static void add_kinds(struct strbuf *out, const struct id_kinds *kinds, const uint32_t *ids,
                      size_t count)
{
    size_t at = 0;

    for (size_t kind = 0; kind < kinds->count; kind++) {
        size_t begin = at;

        while (at < count && ids[at] < kinds->ends[kind])
            at++;
        varint_add(out, at - begin);
    }
}

size_t id_list_add(struct strbuf *out, const struct id_kinds *kinds, const uint32_t *ids,
                   size_t count)
{
    struct strbuf chunks = STRBUF_INIT;
    size_t begin = out->len, chunk_count = (count + ID_CHUNK - 1) / ID_CHUNK, first_end = 0, head;
    uint32_t before = 0;

    varint_add(out, count);
    add_kinds(out, kinds, ids, count);
    varint_add(out, chunk_count);
    for (size_t i = 0; i < count; i += ID_CHUNK) {
        size_t chunk = chunks.len;

        id_list_add_chunk(&chunks, ids + i, count - i < ID_CHUNK ? count - i : ID_CHUNK);
        if (!i)
            first_end = chunks.len;
        if (chunk_count > 1) {
            varint_add(out, ids[i] - before);
            varint_add(out, chunks.len - chunk);
            before = ids[i];
        }
    }
    head = out->len - begin + first_end;
    strbuf_addbuf(out, &chunks);
    strbuf_release(&chunks);
    return head;
}

#include "base/base.h"

#include "import/read_pdf_text.h"

#include "base/mem.h"
#include "base/strbuf.h"

/* --- lines --- */

static int middle(const struct pdf_word *word)
{
    return word->box.y0 + (word->box.y1 - word->box.y0) / 2;
}

static int from_above(const void *a, const void *b)
{
    const struct pdf_word *x = *(struct pdf_word *const *)a, *y = *(struct pdf_word *const *)b;

    if (middle(x) != middle(y))
        return middle(x) < middle(y) ? -1 : 1;
    return x->box.x0 < y->box.x0 ? -1 : x->box.x0 > y->box.x0;
}

static int from_left(const void *a, const void *b)
{
    const struct pdf_word *x = *(struct pdf_word *const *)a, *y = *(struct pdf_word *const *)b;

    if (x->box.x0 != y->box.x0)
        return x->box.x0 < y->box.x0 ? -1 : 1;
    return from_above(a, b);
}

static void end_line(struct pdf_line *line)
{
    qsort(line->words, line->count, sizeof(struct pdf_word *), from_left);
    line->box = line->words[0]->box;
    for (size_t i = 0; i < line->count; i++) {
        const struct pdf_word *word = line->words[i];

        line->em = word->em > line->em ? word->em : line->em;
        line->box.x1 = word->box.x1 > line->box.x1 ? word->box.x1 : line->box.x1;
        line->box.y0 = word->box.y0 < line->box.y0 ? word->box.y0 : line->box.y0;
        line->box.y1 = word->box.y1 > line->box.y1 ? word->box.y1 : line->box.y1;
    }
}

void pdf_make_lines(struct pdf_word **words, size_t count, unsigned page, struct pdf_lines *out)
{
    struct pdf_line *line = NULL;

    *out = (struct pdf_lines){.words = words};
    if (count)
        qsort(words, count, sizeof(struct pdf_word *), from_above);
    for (size_t i = 0; i < count; i++) {
        const struct pdf_word *first = line ? line->words[0] : NULL;

        if (!first || middle(words[i]) - middle(first) > (first->box.y1 - first->box.y0) / 2) {
            if (line)
                end_line(line);
            MEM_GROW(out->items, out->count, out->cap);
            line = &out->items[out->count++];
            *line = (struct pdf_line){.words = &words[i], .page = page};
        }
        line->count++;
    }
    if (line)
        end_line(line);
}

void pdf_release_lines(struct pdf_lines *lines)
{
    free(lines->items);
    free(lines->words);
    *lines = (struct pdf_lines){.count = 0};
}

/* --- texts --- */

static bool is_letter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

void pdf_add_line(const struct pdf_line *line, size_t from, size_t until, struct strbuf *out)
{
    for (size_t i = from; i < until; i++) {
        const struct pdf_word *word = line->words[i], *last = i > from ? line->words[i - 1] : NULL;
        int gap = last ? word->box.x0 - last->box.x1 : 0;
        int em = last && last->em > word->em ? last->em : word->em;
        bool letters =
            last && out->len && is_letter(out->buf[out->len - 1]) && is_letter(*word->text);

        if (last && (gap * 10 > em * 4 || (letters && gap * 10 > em)))
            strbuf_addch(out, ' ');
        strbuf_adds(out, word->text);
    }
}

void pdf_join_line(const struct pdf_line *line, struct strbuf *out)
{
    if (out->len && is_letter(out->buf[out->len - 1]) && is_letter(*line->words[0]->text) &&
        ((out->buf[out->len - 1] | 0x20) >= 'a' && (*line->words[0]->text | 0x20) >= 'a'))
        strbuf_addch(out, ' ');
    pdf_add_line(line, 0, line->count, out);
}

int pdf_first_width(const struct pdf_line *line)
{
    const struct pdf_word *word = line->words[0];

    return (*word->text & 0x80) ? word->em : word->box.x1 - word->box.x0;
}

#include "base/base.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "import/doc_build.h"
#include "import/read_pdf_page.h"
#include "import/read_xml.h"
#include "text/utf8.h"

enum { LENGTH_MAX = 100000 * PDF_POINT };

int pdf_length(const char *s, const char **end)
{
    bool is_negative = false;
    long value = 0;
    int decimals = 0;

    for (; *s == ' ' || *s == ','; s++)
        ;
    if (*s == '-') {
        is_negative = true;
        s++;
    }
    for (; *s >= '0' && *s <= '9'; s++)
        value = value < LENGTH_MAX ? value * 10 + (*s - '0') : value;
    if (*s == '.')
        s++;
    else
        decimals = -1;
    for (; decimals >= 0 && *s >= '0' && *s <= '9'; s++, decimals++)
        if (decimals < 3)
            value = value < LENGTH_MAX ? value * 10 + (*s - '0') : value;
    for (decimals = decimals < 0 ? 0 : decimals; decimals < 3; decimals++)
        value *= 10;
    if (value > LENGTH_MAX)
        value = LENGTH_MAX;
    if (end)
        *end = s;
    return (int)(is_negative ? -value : value);
}

static int length(const struct xml *x, const char *name)
{
    const char *s = xml_attribute(x, name);

    return s ? pdf_length(s, NULL) : 0;
}

/* Half a character of Chinese for those that are narrow. */
static int em_of(const struct pdf_box *box, const char *text)
{
    size_t len = strlen(text);
    int halves = 0, height = box->y1 - box->y0, em;

    for (size_t at = 0; at < len;) {
        uint32_t c;

        at += utf8_decode(text + at, len - at, &c);
        halves += c < 0x2000 ? 1 : 2;
    }
    em = halves ? (box->x1 - box->x0) * 2 / halves : height;
    return em > height || em < height / 2 ? height : em;
}

/* A word that is printed twice, to look bold. */
static bool is_again(const struct pdf_page *page, const struct pdf_word *word)
{
    const struct pdf_word *last = page->word_count ? &page->words[page->word_count - 1] : NULL;

    return last && !strcmp(last->text, word->text) &&
           abs(last->box.x0 - word->box.x0) < PDF_POINT &&
           abs(last->box.y0 - word->box.y0) < PDF_POINT;
}

static void add_word(struct pdf *pdf, struct pdf_page *page, struct xml *x, struct strbuf *text)
{
    struct pdf_word word = {
        .box = {length(x, "xMin"), length(x, "yMin"), length(x, "xMax"), length(x, "yMax")}};

    strbuf_clear(text);
    xml_add_text(x, text);
    word.text = doc_text(pdf->reading, text->buf, text->len);
    word.em = em_of(&word.box, word.text);
    if (!*word.text || word.box.x1 < word.box.x0 || word.box.y1 <= word.box.y0 ||
        is_again(page, &word))
        return;
    MEM_GROW(page->words, page->word_count, page->word_cap);
    page->words[page->word_count++] = word;
}

static void read_words(struct pdf *pdf, struct pdf_page *page, struct xml *x, struct strbuf *text)
{
    struct xml_level level = xml_enter(x);

    while (xml_next(x, &level)) {
        if (xml_is(x, "word"))
            add_word(pdf, page, x, text);
        else
            read_words(pdf, page, x, text);
    }
}

/* The characters that XML cannot have, and that pdftotext writes all the same. */
static void clean(char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        size_t good = utf8_check(text + at, len - at);

        for (size_t end = at + good; at < end; at++)
            if ((unsigned char)text[at] < ' ' && !strchr("\t\r\n", text[at]))
                text[at] = ' ';
        if (at < len)
            text[at++] = '?';
    }
}

static const char *find_tag(const char *text, size_t len, const char *rest)
{
    const char *p = memchr(text, '<', len), *end = text + len;

    while (p && ((size_t)(end - p) <= strlen(rest) || strncmp(p + 1, rest, strlen(rest)) != 0))
        p = memchr(p + 1, '<', (size_t)(end - p) - 1);
    return p;
}

int pdf_read_words(struct pdf *pdf, char *text, size_t len)
{
    const char *start = find_tag(text, len, "doc>"), *end = find_tag(text, len, "/doc>");
    struct strbuf word = STRBUF_INIT;
    struct xml_level level;
    struct xml x;

    /* what comes before has a document type, and texts that anybody may have written */
    if (!start || !end || end < start)
        return 0;
    end += 1 + strlen("/doc>");
    clean(text + (start - text), (size_t)(end - start));
    xml_open(&x, pdf->reading, "a page", start, (size_t)(end - start));
    level = xml_enter(&x);
    while (xml_next(&x, &level)) {
        struct pdf_page *page;

        if (!xml_is(&x, "page"))
            continue;
        MEM_GROW(pdf->pages, pdf->count, pdf->cap);
        page = &pdf->pages[pdf->count++];
        *page = (struct pdf_page){.number = (unsigned)pdf->count,
                                  .width = length(&x, "width"),
                                  .height = length(&x, "height")};
        read_words(pdf, page, &x, &word);
    }
    strbuf_release(&word);
    return xml_close(&x);
}

void pdf_release(struct pdf *pdf)
{
    for (size_t i = 0; i < pdf->count; i++) {
        free(pdf->pages[i].words);
        free(pdf->pages[i].rules);
    }
    free(pdf->pages);
    pdf->pages = NULL;
    pdf->count = 0;
}

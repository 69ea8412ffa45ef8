#include "base/base.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "site/search_texts.h"

/* A longer section is divided where one of its lines ends. */
enum { PIECE_MAX = 3000 };

/* --- from HTML to text --- */

static bool is_tag(const char *tag, size_t len, const char *name)
{
    return strlen(name) == len && !memcmp(tag, name, len);
}

/* Elements that go on in the same line. */
static bool is_inline(const char *tag, size_t len)
{
    static const char *const names[] = {"data", "a", "em",  "strong", "code", "span",
                                        "b",    "i", "sup", "sub",    "img"};

    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        if (is_tag(tag, len, names[i]))
            return true;
    return false;
}

/* The character that a reference stands for, those that escape_html() writes; 0 when it is none. */
static char read_reference(const char *s, size_t len, size_t *used)
{
    static const struct {
        const char *name;
        char c;
    } references[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};

    for (size_t i = 0; i < ARRAY_SIZE(references); i++) {
        *used = strlen(references[i].name);
        if (*used <= len && !memcmp(s, references[i].name, *used))
            return references[i].c;
    }
    return 0;
}

/* Ends a line, unless it is empty. */
static void end_line(struct strbuf *out)
{
    while (out->len && out->buf[out->len - 1] == ' ')
        strbuf_set_len(out, out->len - 1);
    if (out->len && out->buf[out->len - 1] != '\n')
        strbuf_addch(out, '\n');
}

static void add_space(struct strbuf *out)
{
    if (out->len && out->buf[out->len - 1] != ' ' && out->buf[out->len - 1] != '\n')
        strbuf_addch(out, ' ');
}

/* What a tag is in text; the offset behind it. A table of the report that is put into the text
 * (details) is left out: its lines are found in the tables. */
static size_t read_tag(const char *html, size_t len, size_t at, struct strbuf *out)
{
    static const char details_end[] = "/details";
    const char *end = memchr(html + at, '>', len - at), *tag = html + at + 1, *after;
    size_t name = 0;

    if (!end)
        return len;
    tag += *tag == '/';
    while ((tag[name] >= 'a' && tag[name] <= 'z') || (tag[name] >= '1' && tag[name] <= '6'))
        name++;
    if (is_tag(tag, name, "td") || is_tag(tag, name, "th"))
        add_space(out);
    else if (!is_inline(tag, name))
        end_line(out);
    if (is_tag(tag, name, "details") && html[at + 1] != '/') {
        after = memmem(end, len - (size_t)(end - html), details_end, sizeof(details_end) - 1);
        end = after ? memchr(after, '>', len - (size_t)(after - html)) : NULL;
        return end ? (size_t)(end - html) + 1 : len;
    }
    return (size_t)(end - html) + 1;
}

/* Appends the text of HTML as we write it, in lines. */
static void add_text(struct strbuf *out, const char *html, size_t len)
{
    size_t i = 0;

    while (i < len) {
        size_t used = 1;
        char c = html[i];

        if (c == '<') {
            i = read_tag(html, len, i, out);
            continue;
        }
        if (c == '&' && !(c = read_reference(html + i, len - i, &used))) {
            c = '&';
            used = 1;
        }
        if (c == ' ' || c == '\n' || c == '\t')
            add_space(out);
        else
            strbuf_addch(out, c);
        i += used;
    }
    end_line(out);
}

/* --- sections --- */

static void add_pieces(struct search_chunk *chunk, const struct search_place *place,
                       const char *heading, const char *path, const struct strbuf *text)
{
    size_t begin = 0;

    while (begin < text->len) {
        size_t end = begin;

        do {
            const char *line_end = memchr(text->buf + end, '\n', text->len - end);

            if (end > begin && (size_t)(line_end - text->buf) - begin > PIECE_MAX)
                break;
            end = (size_t)(line_end - text->buf) + 1;
        } while (end < text->len);
        search_chunk_add(chunk, &(struct search_text){.kind = place->kind,
                                                      .label = heading,
                                                      .text = text->buf + begin,
                                                      .len = end - begin - 1,
                                                      .year = place->year,
                                                      .path = path});
        begin = end;
    }
}

/* Where the tag of a heading begins, which has this id, from an offset on. */
static size_t find_heading(const struct text *html, size_t from, const char *id,
                           struct arena *arena)
{
    const char *attribute = arena_format(arena, " id=\"%s\"", id);
    const char *found = memmem(html->s + from, html->len - from, attribute, strlen(attribute));

    while (found && found > html->s + from && *found != '<')
        found--;
    return found ? (size_t)(found - html->s) : html->len;
}

void search_texts_html(struct search_chunk *chunk, const struct search_place *place,
                       const struct view_text *view, struct arena *arena)
{
    const struct text *html = &view->html;
    const char *heading = place->label ? place->label : view->title.s;
    const char *path = arena_format(arena, "%s%s", place->path, place->anchor);
    struct strbuf text = STRBUF_INIT;
    size_t begin = 0;

    if (view->title.s) {
        strbuf_adds(&text, view->title.s);
        end_line(&text);
    }
    for (size_t i = 0; i <= view->headings.count; i++) {
        const char *id = i < view->headings.count ? view->headings.items[i].id.s : NULL;
        size_t end = id ? find_heading(html, begin, id, arena) : html->len;

        add_text(&text, html->s + begin, end - begin);
        add_pieces(chunk, place, heading, path, &text);
        strbuf_clear(&text);
        begin = end;
        if (id) {
            heading = view->headings.items[i].text.s;
            path = arena_format(arena, "%s#%s", place->path, id);
        }
    }
    strbuf_release(&text);
}

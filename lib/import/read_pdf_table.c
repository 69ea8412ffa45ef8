#include "base/base.h"

#include "import/read_pdf_table.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "import/doc_build.h"
#include "import/read_pdf_cut.h"

enum {
    PADDING = 11 * PDF_POINT, /* within a cell, on both sides together, as Word has it */
    SAME = 4 * PDF_POINT,     /* so near, lines on two pages are the same */
    STREAM_ROWS_MIN = 3,
    COLUMNS_MAX = 40,
};

void pdf_table_release(struct pdf_table *table)
{
    free(table->cells);
    free(table->xs);
    *table = (struct pdf_table){.count = 0};
}

static struct pdf_table_cell *add_cell(struct pdf_table *t, unsigned row, unsigned column,
                                       const char *text)
{
    struct pdf_table_cell *cell;

    MEM_GROW(t->cells, t->count, t->cap);
    cell = &t->cells[t->count++];
    *cell = (struct pdf_table_cell){row, column, 1, 1, t->first_page, text, 0, 0};
    return cell;
}

static size_t row_begin(const struct pdf_table *t, unsigned row)
{
    size_t low = 0, high = t->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (t->cells[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* --- cells within lines --- */

/* Whether a line went on in the next because the cell was too narrow for one more character. */
static bool is_wrapped(const struct pdf_line *line, const struct pdf_line *next, int width)
{
    return line->box.x1 - line->box.x0 + pdf_first_width(next) + PADDING > width;
}

static void take_lines(struct doc_reading *r, const struct pdf_lines *lines, int width,
                       struct pdf_table_cell *cell)
{
    struct strbuf text = STRBUF_INIT;

    cell->first = lines->count ? pdf_first_width(&lines->items[0]) : 0;
    for (size_t i = 0; i < lines->count; i++) {
        cell->room = width - PADDING - (lines->items[i].box.x1 - lines->items[i].box.x0);
        if (i && !is_wrapped(&lines->items[i - 1], &lines->items[i], width))
            strbuf_addch(&text, '\n');
        pdf_join_line(&lines->items[i], &text);
    }
    cell->text = doc_text(r, text.buf, text.len);
    strbuf_release(&text);
}

/* The words whose middles are in it. */
static void take_words(struct doc_reading *r, const struct pdf_page *page, struct pdf_word **words,
                       size_t count, int width, struct pdf_table_cell *cell)
{
    struct pdf_word **own = mem_zalloc(count + 1, sizeof(struct pdf_word *));
    struct pdf_lines lines;

    memcpy(own, words, count * sizeof(struct pdf_word *));
    pdf_make_lines(own, count, page->number, &lines);
    take_lines(r, &lines, width, cell);
    pdf_release_lines(&lines);
}

/* The words of a grid, by the cells that they are in. */
struct placed {
    struct pdf_word *word;
    unsigned cell;
};

static int by_cell(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;

    if (x->cell != y->cell)
        return x->cell < y->cell ? -1 : 1;
    return x->word < y->word ? -1 : x->word > y->word;
}

static size_t place_words(const struct pdf_page *page, const struct pdf_grid *grid,
                          struct placed *placed)
{
    size_t count = 0;

    for (size_t i = 0; i < page->word_count; i++) {
        struct pdf_word *w = &page->words[i];
        const struct pdf_cell *cell =
            w->is_taken ? NULL
                        : pdf_cell_at(grid, w->box.x0 + (w->box.x1 - w->box.x0) / 2,
                                      w->box.y0 + (w->box.y1 - w->box.y0) / 2);

        if (!cell)
            continue;
        w->is_taken = true;
        placed[count++] = (struct placed){w, (unsigned)(cell - grid->cells)};
    }
    if (count)
        qsort(placed, count, sizeof(*placed), by_cell);
    return count;
}

void pdf_table_of_grid(struct doc_reading *r, const struct pdf_page *page,
                       const struct pdf_grid *grid, struct pdf_table *out)
{
    struct placed *placed = mem_zalloc(page->word_count + 1, sizeof(*placed));
    struct pdf_word **words = mem_zalloc(page->word_count + 1, sizeof(struct pdf_word *));
    size_t count = place_words(page, grid, placed), at = 0;

    *out = (struct pdf_table){.rows = grid->rows,
                              .columns = grid->columns,
                              .first_page = page->number,
                              .last_page = page->number};
    out->xs = mem_zalloc(grid->columns + 1, sizeof(*out->xs));
    memcpy(out->xs, grid->xs, (grid->columns + 1) * sizeof(*out->xs));
    for (unsigned i = 0; i < grid->count; i++) {
        const struct pdf_cell *c = &grid->cells[i];
        struct pdf_table_cell *cell;
        size_t own = 0;

        for (; at < count && placed[at].cell == i; at++)
            words[own++] = placed[at].word;
        cell = add_cell(out, c->row, c->column, "");
        take_words(r, page, words, own, c->box.x1 - c->box.x0, cell);
        cell->row_span = c->row_span;
        cell->column_span = c->column_span;
    }
    free(words);
    free(placed);
}

/* --- tables without lines --- */

/* Where the next piece of a line begins: after a gap that is no space. */
static size_t end_of_piece(const struct pdf_line *line, size_t from)
{
    size_t i = from + 1;

    while (i < line->count && line->words[i]->box.x0 - line->words[i - 1]->box.x1 < line->em * 2)
        i++;
    return i;
}

static bool has_pieces(const struct pdf_line *line)
{
    return end_of_piece(line, 0) < line->count;
}

struct columns {
    int x0[COLUMNS_MAX], x1[COLUMNS_MAX];
    unsigned count;
};

/* Makes room for a piece: what it overlaps becomes one column with it. */
static void add_column(struct columns *c, int x0, int x1)
{
    unsigned at = 0, until;

    while (at < c->count && c->x1[at] < x0)
        at++;
    for (until = at; until < c->count && c->x0[until] <= x1; until++) {
        x0 = c->x0[until] < x0 ? c->x0[until] : x0;
        x1 = c->x1[until] > x1 ? c->x1[until] : x1;
    }
    if (until == at && c->count == COLUMNS_MAX)
        return;
    memmove(&c->x0[at + 1], &c->x0[until], (c->count - until) * sizeof(*c->x0));
    memmove(&c->x1[at + 1], &c->x1[until], (c->count - until) * sizeof(*c->x1));
    c->count = c->count - (until - at) + 1;
    c->x0[at] = x0;
    c->x1[at] = x1;
}

static unsigned column_of(const struct columns *c, int x)
{
    unsigned i = 0;

    while (i + 1 < c->count && c->x0[i + 1] <= x)
        i++;
    return i;
}

/* Whether a line in one piece stands below the names of the row: it goes on with one, or names
 * something that has no figures. */
static bool is_name(const struct pdf_line *row, const struct pdf_line *last,
                    const struct pdf_line *line)
{
    return line->box.x1 < row->words[end_of_piece(row, 0)]->box.x0 &&
           line->box.x0 > row->box.x0 - 2 * line->em &&
           line->box.y0 - last->box.y1 < line->em * 3 / 2;
}

/* How many lines from `from` on are rows, or names between rows. */
static size_t count_lines(const struct pdf_lines *lines, size_t from, size_t until)
{
    const struct pdf_line *row = NULL;
    size_t i = from, rows = 0;

    for (; i < until; i++) {
        const struct pdf_line *line = &lines->items[i];

        if (has_pieces(line)) {
            row = line;
            rows++;
        } else if (!row || i + 1 == until || !has_pieces(&lines->items[i + 1]) ||
                   !is_name(row, &lines->items[i - 1], line)) {
            break;
        }
    }
    return rows < STREAM_ROWS_MIN ? 0 : i - from;
}

static void add_pieces(struct doc_reading *r, struct pdf_table *t, const struct columns *columns,
                       const struct pdf_line *line)
{
    for (size_t a = 0, b; a < line->count; a = b) {
        struct strbuf text = STRBUF_INIT;

        b = end_of_piece(line, a);
        pdf_add_line(line, a, b, &text);
        add_cell(t, t->rows, column_of(columns, line->words[a]->box.x0),
                 doc_text(r, text.buf, text.len));
        strbuf_release(&text);
    }
    t->rows++;
}

/* Goes on with the name of the last row, if that was as long as there is place. */
static bool join_name(struct doc_reading *r, struct pdf_table *t, const struct columns *columns,
                      const struct pdf_line *last, const struct pdf_line *line)
{
    size_t first = row_begin(t, t->rows - 1);
    int end = last->words[end_of_piece(last, 0) - 1]->box.x1;
    struct strbuf text = STRBUF_INIT;

    if (t->cells[first].column != 0 || end + line->em * 6 / 5 < columns->x1[0])
        return false;
    strbuf_adds(&text, t->cells[first].text);
    pdf_join_line(line, &text);
    t->cells[first].text = doc_text(r, text.buf, text.len);
    strbuf_release(&text);
    return true;
}

size_t pdf_table_of_lines(struct doc_reading *r, const struct pdf_lines *lines, size_t from,
                          size_t until, struct pdf_table *out)
{
    size_t count = count_lines(lines, from, until);
    struct columns columns = {.count = 0};

    for (size_t i = from; i < from + count; i++) {
        const struct pdf_line *line = &lines->items[i];

        for (size_t a = 0, b; a < line->count; a = b) {
            b = end_of_piece(line, a);
            add_column(&columns, line->words[a]->box.x0, line->words[b - 1]->box.x1);
        }
    }
    if (columns.count < 2)
        return 0;
    *out = (struct pdf_table){.columns = columns.count,
                              .first_page = lines->items[from].page,
                              .last_page = lines->items[from].page};
    for (size_t i = from; i < from + count; i++) {
        const struct pdf_line *line = &lines->items[i];

        if (has_pieces(line) || !join_name(r, out, &columns, line - 1, line))
            add_pieces(r, out, &columns, line);
    }
    return count;
}

/* --- tables over several pages --- */

/* The columns of `more` among those of the table, by their lines. */
static unsigned *map_columns(const struct pdf_table *table, const struct pdf_table *more)
{
    unsigned *map = mem_zalloc(more->columns + 1, sizeof(*map));

    for (unsigned i = 0, at = 0; i <= more->columns; i++) {
        while (at < table->columns && table->xs[at] < more->xs[i] - SAME)
            at++;
        if (abs(table->xs[at] - more->xs[i]) > SAME) {
            free(map);
            return NULL;
        }
        map[i] = at;
    }
    if (map[0] != 0 || map[more->columns] != table->columns) {
        free(map);
        return NULL;
    }
    return map;
}

/* Whether a row of one is the same as that row of the other, and has a text. */
static bool same_row(const struct pdf_table *a, const struct pdf_table *b, unsigned row)
{
    size_t i = row_begin(a, row), j = row_begin(b, row);
    bool has_text = false;

    for (; i < a->count && a->cells[i].row == row; i++, j++) {
        if (j >= b->count || b->cells[j].row != row ||
            strcmp(a->cells[i].text, b->cells[j].text) != 0)
            return false;
        has_text = has_text || *a->cells[i].text;
    }
    return has_text && (j >= b->count || b->cells[j].row != row);
}

bool pdf_table_goes_on(const struct pdf_table *table, const struct pdf_table *more)
{
    unsigned *map = NULL;

    if (table->count && table->xs && more->xs && more->first_page == table->last_page + 1)
        map = map_columns(table, more);
    free(map);
    return map != NULL;
}

bool pdf_table_continue(struct doc_reading *r, struct pdf_table *table,
                        const struct pdf_table *more)
{
    unsigned *map, repeated = 0, cut = table->rows;

    if (!table->xs || !more->xs || more->first_page != table->last_page + 1)
        return false;
    map = map_columns(table, more);
    if (!map)
        return false;
    while (repeated < more->rows && repeated < table->rows && same_row(table, more, repeated))
        repeated++;
    for (size_t i = 0; i < more->count; i++) {
        struct pdf_table_cell cell = more->cells[i];

        if (cell.row < repeated)
            continue;
        cell.row += table->rows - repeated;
        cell.column_span = map[cell.column + cell.column_span] - map[cell.column];
        cell.column = map[cell.column];
        MEM_GROW(table->cells, table->count, table->cap);
        table->cells[table->count++] = cell;
    }
    table->rows += more->rows - repeated;
    table->last_page = more->last_page;
    free(map);
    if (repeated < more->rows)
        pdf_join_cut_row(r, table, cut);
    return true;
}

int pdf_table_end(struct doc_reading *r, struct pdf_table *table)
{
    struct doc_place place = {.page = table->first_page};
    struct doc_table_build build;
    struct doc_table *made;
    int result;

    doc_table_begin(&build, r);
    for (size_t i = 0; i < table->count; i++) {
        const struct pdf_table_cell *c = &table->cells[i];

        doc_table_put(&build, c->row, c->column, c->text, c->row_span, c->column_span)->place.page =
            c->page;
    }
    result = doc_table_end(&build, &made);
    if (!result)
        doc_add_table(r, made, place);
    pdf_table_release(table);
    return result;
}

#include "base/base.h"

#include "base/mem.h"
#include "import/read_pdf_grid.h"
#include "import/read_pdf_text.h"

/* --- rows that no lines part --- */

enum { CUTS_MAX = 200, WORK_MAX = 50000000 };

/* The lines of text of one cell. */
static void lines_of(struct pdf_page *page, const struct pdf_cell *cell, struct pdf_lines *out)
{
    struct pdf_word **words = mem_zalloc(page->word_count + 1, sizeof(struct pdf_word *));
    size_t count = 0;

    for (size_t i = 0; i < page->word_count; i++) {
        struct pdf_word *w = &page->words[i];
        int x = w->box.x0 + (w->box.x1 - w->box.x0) / 2,
            y = w->box.y0 + (w->box.y1 - w->box.y0) / 2;

        if (!w->is_taken && x > cell->box.x0 && x < cell->box.x1 && y > cell->box.y0 &&
            y < cell->box.y1)
            words[count++] = w;
    }
    pdf_make_lines(words, count, page->number, out);
}

static bool is_figure(const struct pdf_line *line)
{
    const char *s = line->words[0]->text;

    return line->count == 1 && *s && strspn(s, "-0123456789.,%") == strlen(s);
}

static bool are_figures(const struct pdf_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        if (!is_figure(&lines->items[i]))
            return false;
    return lines->count > 1 && lines->count <= CUTS_MAX;
}

/* Whether two cells have lines at the same heights. */
static bool are_level(const struct pdf_lines *a, const struct pdf_lines *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (abs(a->items[i].box.y1 - b->items[i].box.y1) > a->items[i].em / 2)
            return false;
    return true;
}

/* Where to cut between the lines of the figures. */
static unsigned find_cuts(const struct pdf_lines *figures, int cuts[CUTS_MAX])
{
    unsigned count = 0;

    for (size_t i = 1; i < figures->count; i++) {
        int above = figures->items[i - 1].box.y1, below = figures->items[i].box.y0;

        cuts[count++] = above + (below - above) / 2;
    }
    return count;
}

/* Cells of one row that have several figures each, beside what is on the same heights, are rows of
 * their own. How many cuts there are to be made; 0: none. */
static unsigned cuts_of_row(struct pdf_page *page, const struct pdf_grid *g, unsigned row,
                            int cuts[CUTS_MAX])
{
    struct pdf_lines *lines = mem_zalloc(g->columns, sizeof(*lines));
    unsigned cells = 0, result = 0;
    bool is_plain = true;

    for (unsigned column = 0; column < g->columns && is_plain;) {
        const struct pdf_cell *cell = &g->cells[g->at[row * g->columns + column]];

        is_plain = cell->row_span == 1;
        lines_of(page, cell, &lines[cells++]);
        column = cell->column + cell->column_span;
    }
    for (unsigned i = 0; i < cells && is_plain && !result; i++)
        for (unsigned j = 0; j < cells && are_figures(&lines[i]) && !result; j++)
            if (i != j && are_level(&lines[i], &lines[j]))
                result = find_cuts(&lines[i], cuts);
    for (unsigned i = 0; i < cells; i++)
        pdf_release_lines(&lines[i]);
    free(lines);
    return result;
}

/* --- cutting --- */

/* The grid with one row cut into several: each of its cells becomes as many. */
static void cut_row(struct pdf_grid *g, unsigned row, const int *cuts, unsigned count)
{
    unsigned rows = g->rows + count, made = 0;
    struct pdf_cell *cells = mem_zalloc(g->count + (size_t)g->columns * count, sizeof(*cells));

    g->ys = mem_realloc(g->ys, rows + 1, sizeof(*g->ys));
    memmove(&g->ys[row + 1 + count], &g->ys[row + 1], (g->rows - row) * sizeof(*g->ys));
    memcpy(&g->ys[row + 1], cuts, count * sizeof(*cuts));
    for (unsigned i = 0; i < g->count; i++) {
        struct pdf_cell cell = g->cells[i];

        for (unsigned part = 0; part <= (cell.row == row ? count : 0); part++) {
            struct pdf_cell *piece = &cells[made++];

            *piece = cell;
            piece->row = cell.row + (cell.row > row ? count : part);
            if (cell.row == row) {
                piece->box.y0 = g->ys[row + part];
                piece->box.y1 = g->ys[row + part + 1];
            }
        }
    }
    free(g->cells);
    g->cells = cells;
    g->count = made;
    g->rows = rows;
}

static int by_place(const void *a, const void *b)
{
    const struct pdf_cell *x = a, *y = b;

    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

static void number_cells(struct pdf_grid *g)
{
    g->at = mem_realloc(g->at, (size_t)g->rows * g->columns, sizeof(*g->at));
    qsort(g->cells, g->count, sizeof(*g->cells), by_place);
    for (unsigned i = 0; i < g->count; i++) {
        const struct pdf_cell *c = &g->cells[i];

        for (unsigned r = c->row; r < c->row + c->row_span; r++)
            for (unsigned k = c->column; k < c->column + c->column_span; k++)
                g->at[(size_t)r * g->columns + k] = i;
    }
}

void pdf_split_rows(struct pdf_page *page, struct pdf_grid *grid)
{
    int cuts[CUTS_MAX];

    if ((size_t)grid->count * page->word_count > WORK_MAX)
        return; /* so many cells have lines between them */
    /* from below, so that the rows above keep their numbers */
    for (unsigned row = grid->rows; row-- > 0;) {
        unsigned count = cuts_of_row(page, grid, row, cuts);

        if (count) {
            cut_row(grid, row, cuts, count);
            number_cells(grid);
        }
    }
}

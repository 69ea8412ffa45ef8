#include "base/base.h"

#include "import/read_pdf_grid.h"

#include "base/mem.h"

enum {
    NEAR = 3 * PDF_POINT, /* so near, lines touch, or are one */
    RULES_MAX = 3000,     /* more are a picture */
    PLACES_MAX = 500000,
};

/* The lines of one table. */
struct part {
    const struct pdf_rule **rules;
    size_t count;
};

/* --- lines that belong together --- */

static size_t root_of(size_t *parents, size_t i)
{
    while (parents[i] != i) {
        parents[i] = parents[parents[i]];
        i = parents[i];
    }
    return i;
}

static bool touch(const struct pdf_box *a, const struct pdf_box *b)
{
    return a->x0 - NEAR <= b->x1 && b->x0 - NEAR <= a->x1 && a->y0 - NEAR <= b->y1 &&
           b->y0 - NEAR <= a->y1;
}

static size_t *find_roots(const struct pdf_page *page)
{
    size_t *parents = mem_zalloc(page->rule_count + 1, sizeof(*parents));

    for (size_t i = 0; i < page->rule_count; i++)
        parents[i] = i;
    for (size_t i = 0; i < page->rule_count; i++)
        for (size_t j = 0; j < i; j++)
            if (touch(&page->rules[i].box, &page->rules[j].box))
                parents[root_of(parents, i)] = root_of(parents, j);
    for (size_t i = 0; i < page->rule_count; i++)
        parents[i] = root_of(parents, i);
    return parents;
}

/* --- rows and columns --- */

static int by_number(const void *a, const void *b)
{
    const int *x = a, *y = b;

    return *x < *y ? -1 : *x > *y;
}

/* Sorts; those that are near each other become one. */
static unsigned distinct(int *values, unsigned count)
{
    unsigned kept = 0;

    qsort(values, count, sizeof(*values), by_number);
    for (unsigned i = 0; i < count; i++)
        if (!kept || values[i] - values[kept - 1] > NEAR)
            values[kept++] = values[i];
    return kept;
}

static struct pdf_box box_around(const struct part *part)
{
    struct pdf_box box = part->rules[0]->box;

    for (size_t i = 1; i < part->count; i++) {
        const struct pdf_box *b = &part->rules[i]->box;

        box.x0 = b->x0 < box.x0 ? b->x0 : box.x0;
        box.y0 = b->y0 < box.y0 ? b->y0 : box.y0;
        box.x1 = b->x1 > box.x1 ? b->x1 : box.x1;
        box.y1 = b->y1 > box.y1 ? b->y1 : box.y1;
    }
    return box;
}

static void find_lines(const struct part *part, struct pdf_grid *grid)
{
    unsigned columns = 2, rows = 2;

    grid->box = box_around(part);
    grid->xs = mem_zalloc(part->count + 2, sizeof(*grid->xs));
    grid->ys = mem_zalloc(part->count + 2, sizeof(*grid->ys));
    grid->xs[0] = grid->box.x0;
    grid->xs[1] = grid->box.x1;
    grid->ys[0] = grid->box.y0;
    grid->ys[1] = grid->box.y1;
    for (size_t i = 0; i < part->count; i++) {
        if (part->rules[i]->is_vertical)
            grid->xs[columns++] = part->rules[i]->box.x0;
        else
            grid->ys[rows++] = part->rules[i]->box.y0;
    }
    grid->columns = distinct(grid->xs, columns) - 1;
    grid->rows = distinct(grid->ys, rows) - 1;
}

static unsigned nearest(const int *values, unsigned count, int value)
{
    unsigned best = 0;

    for (unsigned i = 1; i < count; i++)
        if (abs(values[i] - value) < abs(values[best] - value))
            best = i;
    return best;
}

/* --- cells --- */

/* By place, whether a line is drawn to its right, and below it. */
struct edges {
    bool *right, *below;
};

static void mark_edges(const struct part *part, const struct pdf_grid *g, struct edges *edges)
{
    for (size_t i = 0; i < part->count; i++) {
        const struct pdf_box *b = &part->rules[i]->box;

        if (part->rules[i]->is_vertical) {
            unsigned line = nearest(g->xs, g->columns + 1, b->x0);

            for (unsigned row = 0; line && row < g->rows; row++) {
                int middle = g->ys[row] + (g->ys[row + 1] - g->ys[row]) / 2;

                if (b->y0 <= middle && middle <= b->y1)
                    edges->right[row * g->columns + line - 1] = true;
            }
        } else {
            unsigned line = nearest(g->ys, g->rows + 1, b->y0);

            for (unsigned column = 0; line && column < g->columns; column++) {
                int middle = g->xs[column] + (g->xs[column + 1] - g->xs[column]) / 2;

                if (b->x0 <= middle && middle <= b->x1)
                    edges->below[(line - 1) * g->columns + column] = true;
            }
        }
    }
}

/* How far the cell at a place goes to the right, then down: as long as there is no line across. */
static void take_cell(struct pdf_grid *g, const struct edges *edges, unsigned row, unsigned column)
{
    struct pdf_cell *cell = &g->cells[g->count];
    unsigned width = 1, height = 1;
    bool goes_on = true;

    while (column + width < g->columns && !edges->right[row * g->columns + column + width - 1] &&
           g->at[row * g->columns + column + width] == UINT_MAX)
        width++;
    while (goes_on && row + height < g->rows) {
        for (unsigned i = 0; i < width; i++)
            if (edges->below[(row + height - 1) * g->columns + column + i] ||
                g->at[(row + height) * g->columns + column + i] != UINT_MAX)
                goes_on = false;
        for (unsigned i = 0; goes_on && i + 1 < width; i++)
            if (edges->right[(row + height) * g->columns + column + i])
                goes_on = false;
        height += goes_on;
    }
    for (unsigned r = row; r < row + height; r++)
        for (unsigned c = column; c < column + width; c++)
            g->at[r * g->columns + c] = g->count;
    *cell =
        (struct pdf_cell){{g->xs[column], g->ys[row], g->xs[column + width], g->ys[row + height]},
                          row,
                          column,
                          height,
                          width};
    g->count++;
}

static void find_cells(const struct part *part, struct pdf_grid *g)
{
    size_t places = (size_t)g->rows * g->columns;
    struct edges edges = {mem_zalloc(places, 1), mem_zalloc(places, 1)};

    g->cells = mem_zalloc(places, sizeof(*g->cells));
    g->at = mem_zalloc(places, sizeof(*g->at));
    for (size_t i = 0; i < places; i++)
        g->at[i] = UINT_MAX;
    mark_edges(part, g, &edges);
    for (unsigned row = 0; row < g->rows; row++)
        for (unsigned column = 0; column < g->columns; column++)
            if (g->at[row * g->columns + column] == UINT_MAX)
                take_cell(g, &edges, row, column);
    free(edges.right);
    free(edges.below);
}

static void release_grid(struct pdf_grid *g)
{
    free(g->xs);
    free(g->ys);
    free(g->cells);
    free(g->at);
}

/* A frame, a list of frames, or lines across alone, are no table. */
static void take_part(const struct part *part, struct pdf_grids *out)
{
    struct pdf_grid grid = {.count = 0};
    bool has_vertical = false;

    for (size_t i = 0; i < part->count; i++)
        has_vertical = has_vertical || part->rules[i]->is_vertical;
    if (!has_vertical || part->count < 3)
        return;
    find_lines(part, &grid);
    if (grid.rows && grid.columns && (size_t)grid.rows * grid.columns <= PLACES_MAX)
        find_cells(part, &grid);
    if (grid.count < 2 || grid.columns < 2) {
        release_grid(&grid);
        return;
    }
    MEM_GROW(out->items, out->count, out->cap);
    out->items[out->count++] = grid;
}

static int from_above(const void *a, const void *b)
{
    const struct pdf_grid *x = a, *y = b;

    if (x->box.y0 != y->box.y0)
        return x->box.y0 < y->box.y0 ? -1 : 1;
    return x->box.x0 < y->box.x0 ? -1 : x->box.x0 > y->box.x0;
}

void pdf_find_grids(const struct pdf_page *page, struct pdf_grids *out)
{
    size_t *roots;
    struct part part;

    *out = (struct pdf_grids){.count = 0};
    if (!page->rule_count || page->rule_count > RULES_MAX)
        return;
    roots = find_roots(page);
    part.rules = mem_zalloc(page->rule_count, sizeof(*part.rules));
    for (size_t i = 0; i < page->rule_count; i++) {
        if (roots[i] != i)
            continue;
        part.count = 0;
        for (size_t j = 0; j < page->rule_count; j++)
            if (roots[j] == i)
                part.rules[part.count++] = &page->rules[j];
        take_part(&part, out);
    }
    free(part.rules);
    free(roots);
    if (out->count)
        qsort(out->items, out->count, sizeof(*out->items), from_above);
}

void pdf_release_grids(struct pdf_grids *grids)
{
    for (size_t i = 0; i < grids->count; i++)
        release_grid(&grids->items[i]);
    free(grids->items);
    *grids = (struct pdf_grids){.count = 0};
}

const struct pdf_cell *pdf_cell_at(const struct pdf_grid *g, int x, int y)
{
    unsigned row = 0, column = 0;

    if (x < g->box.x0 || x > g->box.x1 || y < g->box.y0 || y > g->box.y1)
        return NULL;
    while (column + 1 < g->columns && x > g->xs[column + 1])
        column++;
    while (row + 1 < g->rows && y > g->ys[row + 1])
        row++;
    return &g->cells[g->at[row * g->columns + column]];
}

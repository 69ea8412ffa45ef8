/*
 * cells: text on a terminal, whose characters take one cell or two, and columns of it. Private to
 * cmd/juesuan.
 *
 * Nothing is shown that a terminal would obey.
 */
#ifndef CELLS_H
#define CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* The next character of a text, fit to be shown; how many bytes it takes. */
size_t cells_next(const char *s, size_t len, uint32_t *c);
/* Whether it takes two cells (East Asian Width W and F, roughly). */
bool cells_is_wide(uint32_t c);
void cells_put(FILE *to, const char *s);
size_t cells_width(const char *s);

enum { GRID_COLUMNS = 10 };

/* Rows whose columns stand below each other. All zero is an empty one. */
struct grid {
    bool right[GRID_COLUMNS]; /* which columns are aligned at their right */
    char **cells;
    size_t count; /* of cells; a row has GRID_COLUMNS of them */
    size_t cap;
};

/* A cell of the row that was begun last; those that are not put are empty. */
void grid_row(struct grid *grid);
void grid_put(struct grid *grid, size_t column, const char *text);
/* Prints the rows, `indent` cells from the left, and forgets them. Columns without text take no
 * room. */
void grid_print(struct grid *grid, FILE *to, size_t indent);

#endif

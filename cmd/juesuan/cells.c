#include "base/base.h"

#include "cells.h"

#include "base/mem.h"
#include "text/utf8.h"

bool cells_is_wide(uint32_t c)
{
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
           (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x20000 && c <= 0x3FFFD);
}

size_t cells_next(const char *s, size_t len, uint32_t *c)
{
    size_t bytes = utf8_decode(s, len, c);

    if (bytes == 1 && *c >= 0x80) /* not UTF-8 */
        *c = '?';
    else if (*c < 0x20 || (*c >= 0x7F && *c < 0xA0))
        *c = ' ';
    else if ((*c >= 0x2028 && *c <= 0x202E) || (*c >= 0x2066 && *c <= 0x2069))
        *c = '?'; /* it would break the line or turn the direction of writing */
    return bytes;
}

void cells_put(FILE *to, const char *s)
{
    size_t len = strlen(s), bytes;

    for (uint32_t c; len; s += bytes, len -= bytes) {
        bytes = cells_next(s, len, &c);
        if (c < 0x80) /* what it is, or what is shown in its place */
            fputc((int)c, to);
        else
            fwrite(s, 1, bytes, to);
    }
}

size_t cells_width(const char *s)
{
    size_t len = strlen(s), bytes, width = 0;

    for (uint32_t c; len; s += bytes, len -= bytes) {
        bytes = cells_next(s, len, &c);
        width += cells_is_wide(c) ? 2 : 1;
    }
    return width;
}

/* --- columns --- */

void grid_row(struct grid *grid)
{
    for (size_t i = 0; i < GRID_COLUMNS; i++) {
        MEM_GROW(grid->cells, grid->count, grid->cap);
        grid->cells[grid->count++] = NULL;
    }
}

void grid_put(struct grid *grid, size_t column, const char *text)
{
    char **cell = &grid->cells[grid->count - GRID_COLUMNS + column];

    free(*cell);
    *cell = mem_strdup(text);
}

static void pad(FILE *to, size_t cells)
{
    while (cells--)
        fputc(' ', to);
}

/* Blanks are put before a cell, so that none stand at the end of a line. */
static void print_row(const struct grid *grid, size_t row, const size_t *widths, size_t indent,
                      FILE *to)
{
    size_t blanks = indent;

    for (size_t column = 0; column < GRID_COLUMNS; column++) {
        const char *cell = grid->cells[row + column];
        size_t width = cell ? cells_width(cell) : 0;

        if (!widths[column])
            continue;
        if (!width) {
            blanks += widths[column] + 2;
            continue;
        }
        pad(to, blanks + (grid->right[column] ? widths[column] - width : 0));
        cells_put(to, cell);
        blanks = 2 + (grid->right[column] ? 0 : widths[column] - width);
    }
    fputc('\n', to);
}

void grid_print(struct grid *grid, FILE *to, size_t indent)
{
    size_t widths[GRID_COLUMNS] = {0};

    for (size_t i = 0; i < grid->count; i++) {
        size_t width = grid->cells[i] ? cells_width(grid->cells[i]) : 0;

        if (width > widths[i % GRID_COLUMNS])
            widths[i % GRID_COLUMNS] = width;
    }
    for (size_t row = 0; row < grid->count; row += GRID_COLUMNS)
        print_row(grid, row, widths, indent, to);
    for (size_t i = 0; i < grid->count; i++)
        free(grid->cells[i]);
    free(grid->cells);
    grid->cells = NULL;
    grid->count = grid->cap = 0;
}

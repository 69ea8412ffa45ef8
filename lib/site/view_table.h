/*
 * view_table: a report's table as it stands on a page -- sides, column heads, rows in printed
 * order.
 */
#ifndef SITE_VIEW_TABLE_H
#define SITE_VIEW_TABLE_H

#include "site/views.h"

struct arena;
struct theme;

/*
 * The view of a table that the profile has, with printed names in the language of the theme; NULL:
 * as they are printed. `table` may be NULL: the report says nothing of it.
 * What the view points to lives in the arena or in the records.
 */
void view_table_make(const struct theme *theme, const struct profile_table *form,
                     const struct table *table, const char *unit, struct arena *arena,
                     struct view_table *out);

/* Sets id, code, label, level and total of a row from a line that the table has. */
void view_row_name(const struct theme *theme, const struct profile_table *form,
                   const struct line *line, struct view_row *row);

#endif

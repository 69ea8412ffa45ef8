#include "base/base.h"

#include "check/codes.h"

#include "base/mem.h"
#include "model/lookup.h"

bool codes_is_class(const struct line *line)
{
    return line_id_is_code(line->id.s) && line->id.len == 3;
}

static bool is_above(const struct line *above, const struct line *line)
{
    return line_id_is_code(above->id.s) && above->id.len < line->id.len &&
           !memcmp(above->id.s, line->id.s, above->id.len);
}

static size_t parent_of(const struct table *table, const struct line *line, size_t total)
{
    size_t best = table->lines.count;

    for (size_t i = 0; i < table->lines.count; i++)
        if (is_above(&table->lines.items[i], line) &&
            (best == table->lines.count ||
             table->lines.items[best].id.len < table->lines.items[i].id.len))
            best = i;
    return best == table->lines.count ? total : best;
}

size_t *codes_parents(const struct table *table)
{
    size_t count = table->lines.count, total = count;
    size_t *parents = mem_zalloc(count, sizeof(*parents));

    for (size_t i = 0; i < count; i++)
        if (text_is(&table->lines.items[i].id, "total"))
            total = i;
    for (size_t i = 0; i < count; i++)
        parents[i] = line_id_is_code(table->lines.items[i].id.s)
                         ? parent_of(table, &table->lines.items[i], total)
                         : count;
    return parents;
}

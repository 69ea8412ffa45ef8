#include "base/base.h"

#include "check/codes.h"

#include "base/mem.h"

bool codes_is_code(const struct line *line)
{
    return line->id.s && line->id.s[0] >= '0' && line->id.s[0] <= '9';
}

bool codes_is_class(const struct line *line)
{
    return codes_is_code(line) && line->id.len == 3;
}

static bool is_above(const struct line *above, const struct line *line)
{
    return codes_is_code(above) && above->id.len < line->id.len &&
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
        parents[i] = codes_is_code(&table->lines.items[i])
                         ? parent_of(table, &table->lines.items[i], total)
                         : count;
    return parents;
}

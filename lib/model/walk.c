#include "base/base.h"

#include "model/walk.h"

#include "model/dictionary.h"

/* The definitions do not nest without end, since their structs hold lists of other structs. */
void record_walk(const struct entity *entity, const void *record,
                 bool (*visit)(void *ctx, const struct entity *entity, const void *record),
                 void *ctx)
{
    size_t count;
    const struct field *fields;

    if (!visit(ctx, entity, record))
        return;
    fields = entity->fields(&count);
    for (size_t i = 0; i < count; i++) {
        const struct field *field = &fields[i];

        if (field->type == FIELD_LIST || field->type == FIELD_MAP || field->type == FIELD_FIGURES) {
            struct list list = field_list(field, record);

            for (size_t j = 0; j < list.count; j++)
                record_walk(field->child, (const char *)list.items + j * field->child->size, visit,
                            ctx);
        } else if (field->type == FIELD_OBJECT && field_object(field, record)) {
            record_walk(field->child, field_object(field, record), visit, ctx);
        }
    }
}

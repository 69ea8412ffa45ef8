/*
 * load: from JSON text to records, driven by the data dictionary.
 *
 * One pass over the text, no tree in between. Everything that can be said by looking at one file
 * and the dictionary is checked here: what keys there may be and must be, what each value looks
 * like, that the things of a list differ in their keys. Any object may have the keys $schema and
 * $comment as well, whose values are strings that nothing reads. What needs other files (profiles,
 * codes, the report around a project) is checked by model/bind.h.
 *
 * All problems of a file are reported, not only the first, unless the text is no JSON at all: then
 * reading ends there. Depends on base, text/json_read.h, text/suggest.h.
 */
#ifndef MODEL_LOAD_H
#define MODEL_LOAD_H

#include <stddef.h>

#include "model/dictionary.h"
#include "model/source_text.h"

struct arena;
struct errs;
struct list_spans;
struct load_like;

/*
 * Fills in `record`, a zeroed struct of the entity. Texts and lists come from the arena; FIELD_JSON
 * values are jansson references that the caller gives up with json_decref(). -1 when there was an
 * error; the record then holds what could be read.
 */
int load_record(const struct entity *entity, const struct source_text *source, struct arena *arena,
                void *record, struct errs *errs);

/*
 * The same with the help of another version of it that was loaded without an error, of the same
 * entity (model/load_like.h; NULL: there is none). Sets where the lines of this one are, as is
 * needed for a next version; they live in the arena. Errors may have wrong places.
 */
int load_record_like(const struct entity *entity, const struct source_text *source,
                     const struct load_like *like, struct arena *arena, void *record,
                     const struct list_spans **spans, struct errs *errs);

#endif

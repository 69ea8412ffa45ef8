/*
 * schema: JSON Schemas (draft 2020-12) of the source files, from the data dictionary, so that
 * editors can complete and check what people write.
 */
#ifndef MODEL_SCHEMA_H
#define MODEL_SCHEMA_H

struct entity;
struct strbuf;

/* Appends the schema of a kind of source file, one of source_entities. */
void schema_write(const struct entity *entity, struct strbuf *out);

#endif

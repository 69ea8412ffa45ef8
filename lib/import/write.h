/*
 * write: a record as the JSON that load_record() reads, by the data dictionary.
 *
 * What is absent is left out, what is derived too. Fields come in the order of the dictionary, a
 * line's figures in that of the columns. Lines, funds, indicators, criteria and facts stand on one
 * line each. The same record gives the same bytes.
 *
 * Depends on base, text/json_write.h, the entities.
 */
#ifndef IMPORT_WRITE_H
#define IMPORT_WRITE_H

struct entity;
struct strbuf;

/* Appends it, with a line feed. `schema` is the path of its JSON Schema, or NULL. */
void write_record(const struct entity *entity, const void *record, const char *schema,
                  struct strbuf *out);

#endif

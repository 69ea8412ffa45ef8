/*
 * json_tree: a jansson value out of a json_read reader, for what is small and free of form: theme
 * settings, labels. The strictness, the limits and the places of errors are those of the reader.
 *
 * A number that is no integer of 64 bits becomes a string, so that it stays as it was written.
 */
#ifndef TEXT_JSON_TREE_H
#define TEXT_JSON_TREE_H

#include <jansson.h>

struct json_reader;

/* The value whose first event was just read, a new reference; NULL when the text is broken there.
 */
json_t *json_tree(struct json_reader *r);

#endif

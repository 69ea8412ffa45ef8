#include "base/base.h"

#include "text/json_tree.h"

#include "base/decimal.h"
#include "base/mem.h"
#include "text/json_read.h"

static json_t *read_object(struct json_reader *r)
{
    json_t *object = json_object();

    while (json_next(r) == JSON_READ_KEY) {
        char *key = mem_strndup(r->text, r->text_len);
        size_t len = r->text_len;
        json_t *value = NULL;

        if (json_next(r) != JSON_READ_FAILED)
            value = json_tree(r);
        if (value)
            json_object_setn_new_nocheck(object, key, len, value);
        free(key);
        if (!value)
            break;
    }
    if (r->event == JSON_READ_OBJECT_END)
        return object;
    json_decref(object);
    return NULL;
}

static json_t *read_array(struct json_reader *r)
{
    json_t *array = json_array();

    while (json_next(r) != JSON_READ_ARRAY_END) {
        json_t *value = json_tree(r);

        if (!value) {
            json_decref(array);
            return NULL;
        }
        json_array_append_new(array, value);
    }
    return array;
}

static json_t *number(const char *s, size_t len)
{
    struct decimal d;

    if (decimal_parse(s, len, &d) == DECIMAL_OK && !d.scale && !d.minus_zero)
        return json_integer(d.units);
    return json_stringn_nocheck(s, len);
}

/* Recursion is as deep as the text, which the reader's limit bounds. */
json_t *json_tree(struct json_reader *r)
{
    switch (r->event) {
    case JSON_READ_OBJECT:
        return read_object(r);
    case JSON_READ_ARRAY:
        return read_array(r);
    case JSON_READ_NUMBER:
        return number(r->text, r->text_len);
    case JSON_READ_STRING:
        return json_stringn_nocheck(r->text, r->text_len);
    case JSON_READ_TRUE:
        return json_true();
    case JSON_READ_FALSE:
        return json_false();
    case JSON_READ_NULL:
        return json_null();
    default:
        return NULL;
    }
}

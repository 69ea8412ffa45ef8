#include "base/base.h"

#include "text/mustache_internal.h"

#include "base/strbuf.h"

const json_t *mustache_json_walk(const json_t *value, const struct name *name, size_t from)
{
    for (size_t i = from; value && i < name->count; i++)
        value = json_object_getn(value, name->parts[i].s, name->parts[i].len);
    return value;
}

/* The shortest digits that read back as the same number: 1.21, not 1.2099999999999999645. */
static void add_real(struct strbuf *out, const json_t *value)
{
    char digits[64];

    for (size_t precision = 15;; precision++) {
        size_t len = json_dumpb(value, digits, sizeof(digits),
                                JSON_ENCODE_ANY | JSON_REAL_PRECISION(precision));
        json_t *again = json_loadb(digits, len, JSON_DECODE_ANY, NULL);
        bool same = again && json_equal(again, value);

        json_decref(again);
        if (same || precision == 17) {
            strbuf_add(out, digits, len);
            return;
        }
    }
}

void mustache_json_text(const json_t *value, struct strbuf *scratch, const char **s, size_t *len)
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        *s = json_string_value(value);
        *len = json_string_length(value);
        return;
    case JSON_INTEGER:
        strbuf_add_int(scratch, json_integer_value(value));
        break;
    case JSON_REAL:
        add_real(scratch, value);
        break;
    case JSON_TRUE:
        strbuf_adds(scratch, "true");
        break;
    case JSON_FALSE:
        strbuf_adds(scratch, "false");
        break;
    case JSON_NULL:
    case JSON_OBJECT:
    case JSON_ARRAY:
        break;
    }
    *s = scratch->buf;
    *len = scratch->len;
}

/* A number is zero when no digit before its exponent is another. */
static bool real_is_zero(const json_t *value)
{
    struct strbuf digits = STRBUF_INIT;
    size_t mantissa;
    bool zero;

    add_real(&digits, value);
    mantissa = strcspn(digits.buf, "eE");
    zero = strcspn(digits.buf, "123456789") >= mantissa;
    strbuf_release(&digits);
    return zero;
}

bool mustache_json_truthy(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        return json_string_length(value) > 0;
    case JSON_INTEGER:
        return json_integer_value(value) != 0;
    case JSON_REAL:
        return !real_is_zero(value);
    case JSON_ARRAY:
        return json_array_size(value) > 0;
    case JSON_OBJECT:
    case JSON_TRUE:
        return true;
    case JSON_FALSE:
    case JSON_NULL:
        break;
    }
    return false;
}

#include "base/base.h"

#include "model/load_hint.h"

#include "base/decimal.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "text/suggest.h"

/* What was meant: a name, or the title of one. The title as it stands is told before a near name,
 * and that before a near title. */
struct meant {
    struct suggest names, titles;
    const char *name_of_title; /* of the nearest title */
};

static void start(struct meant *meant, const char *s, size_t len)
{
    suggest_start(&meant->names, s, len);
    suggest_start(&meant->titles, s, len);
    meant->name_of_title = NULL;
}

static void offer(struct meant *meant, const char *name, const char *title)
{
    const char *before = meant->titles.name;

    suggest_offer(&meant->names, name);
    if (!title || !strcmp(title, name))
        return;
    suggest_offer(&meant->titles, title);
    if (meant->titles.name != before)
        meant->name_of_title = name;
}

/* Whether there was something to be said. */
static bool tell(const struct meant *meant, struct err *err)
{
    if (meant->name_of_title && (!meant->titles.distance || !meant->names.name))
        err_hint(err, "write '%s' for %s", meant->name_of_title, meant->titles.name);
    else if (meant->names.name)
        err_hint(err, "did you mean '%s'?", meant->names.name);
    else
        return false;
    return true;
}

void load_hint_key(struct err *err, const struct field *fields, size_t count, bool with_columns,
                   const char *const *others, const char *s, size_t len)
{
    struct meant meant;

    start(&meant, s, len);
    for (size_t i = 0; i < count; i++)
        if (field_in_source(&fields[i]))
            offer(&meant, fields[i].name, field_title(&fields[i]));
    for (size_t i = 0; with_columns && i < COLUMN_COUNT; i++)
        offer(&meant, columns[i].name, columns[i].title);
    for (; *others; others++)
        offer(&meant, *others, NULL);
    tell(&meant, err);
}

void load_hint_choice(struct err *err, const struct choice *choices, const char *s, size_t len)
{
    struct strbuf known = STRBUF_INIT;
    struct meant meant;

    start(&meant, s, len);
    for (const struct choice *choice = choices; choice->id; choice++) {
        offer(&meant, choice->id, choice->title);
        strbuf_addf(&known, "%s%s", known.len ? ", " : "", choice->id);
        if (strcmp(choice->id, choice->title) != 0)
            strbuf_addf(&known, " (%s)", choice->title);
    }
    if (!tell(&meant, err))
        err_hint(err, "known: %s", known.buf);
    strbuf_release(&known);
}

/* The same in lower case, with the sign that joins its parts. */
static void join(const char *s, size_t len, char joiner, struct strbuf *out)
{
    for (size_t i = 0; i < len; i++)
        if (s[i] >= 'A' && s[i] <= 'Z')
            strbuf_addch(out, (char)(s[i] + ('a' - 'A')));
        else
            strbuf_addch(out, strchr("-_ .", s[i]) ? joiner : s[i]);
}

static bool is_title(const char *title, const char *s, size_t len)
{
    return strlen(title) == len && !memcmp(title, s, len);
}

void load_hint_form(struct err *err, const struct text_form *form, const char *s, size_t len)
{
    struct strbuf joined = STRBUF_INIT;

    if (form == &form_date && len == 10 && form->accepts(s, 7)) {
        err_hint(err, "there is no such day in the calendar");
        return;
    }
    for (size_t i = 0; form == &form_name && i < COLUMN_COUNT; i++)
        if (is_title(columns[i].title, s, len))
            err_hint(err, "write '%s' for %s", columns[i].name, columns[i].title);
    if (form->max && len <= form->max)
        join(s, len, form == &form_name ? '_' : '-', &joined);
    if (joined.len && form->accepts(joined.buf, joined.len))
        err_hint(err, "did you mean '%s'?", joined.buf);
    strbuf_release(&joined);
}

void load_hint_exponent(struct err *err, const char *quote, const char *s, size_t len)
{
    struct strbuf plain = STRBUF_INIT;
    struct decimal d;

    if (decimal_parse_json(s, len, &d) == DECIMAL_OK) {
        decimal_format(d, &plain);
        err_hint(err, "write the number as the document prints it: %s%s%s", quote, plain.buf,
                 quote);
    } else {
        err_hint(err, "write all digits, as the document prints them");
    }
    strbuf_release(&plain);
}

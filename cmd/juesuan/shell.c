#include "base/base.h"

#include "base/strbuf.h"
#include "command.h"

/* In quotes only when the shell would not take it as it is. */
static void add_word(struct strbuf *out, const char *s)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-./,:@%+=";
    bool quoted = !*s;

    for (const char *p = s; *p; p++)
        quoted |= (unsigned char)*p < 0x80 && !strchr(plain, *p);
    if (!quoted) {
        strbuf_adds(out, s);
        return;
    }
    strbuf_addch(out, '\'');
    for (; *s; s++)
        if (*s == '\'')
            strbuf_adds(out, "'\\''");
        else
            strbuf_addch(out, *s);
    strbuf_addch(out, '\'');
}

void add_shell_option(struct strbuf *out, const char *name, const char *value)
{
    /* what begins with dashes is a value only behind '=' */
    strbuf_addf(out, " --%s%s", name, *value == '-' ? "=" : " ");
    add_word(out, value);
}

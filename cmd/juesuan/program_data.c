#include "base/base.h"

#include "base/strbuf.h"
#include "command.h"

bool has_sign(const char *folder, const char *sign)
{
    struct strbuf path = STRBUF_INIT;
    bool found;

    strbuf_addf(&path, "%s/%s", folder, sign);
    found = !access(path.buf, F_OK);
    strbuf_release(&path);
    return found;
}

/* The folder that the program lies in, with a slash behind it; nothing when that is not known. */
static void add_own_folder(struct strbuf *out)
{
    char self[4096];
    ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);

    while (len > 0 && self[len - 1] != '/')
        len--;
    if (len > 0)
        strbuf_add(out, self, (size_t)len);
}

char *program_data(const char *source, const char *installed, const char *sign)
{
    /* a program in build/ or, with other instrumentation, in a folder of it; one in bin/ */
    const struct {
        const char *up, *name;
    } places[] = {{"../", source}, {"../share/juesuan/", installed}, {"../../", source}};
    struct strbuf path = STRBUF_INIT;
    size_t own;
    char *found = NULL;

    add_own_folder(&path);
    own = path.len;
    for (size_t i = 0; own && !found && i < ARRAY_SIZE(places); i++) {
        strbuf_set_len(&path, own);
        strbuf_addf(&path, "%s%s", places[i].up, places[i].name);
        if (has_sign(path.buf, sign))
            found = realpath(path.buf, NULL);
    }
    strbuf_release(&path);
    return found;
}

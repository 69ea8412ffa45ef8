#include "base/base.h"

#include "publish/apart.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "site/theme.h"

/* Whether the folder `inner` is `outer` or lies in it. Neither needs to exist. */
static bool is_inside(const char *inner, const char *outer)
{
    size_t len = strlen(outer);

    return !strncmp(inner, outer, len) && (!inner[len] || inner[len] == '/');
}

/* The real path of a folder whose last parts may not exist yet; to be freed. */
static char *real_path(const char *path)
{
    char *copy = mem_strdup(path), *real, *slash;
    struct strbuf rest = STRBUF_INIT, all = STRBUF_INIT;

    while (!(real = realpath(*copy ? copy : "/", NULL))) {
        slash = strrchr(copy, '/');
        strbuf_clear(&all);
        strbuf_addf(&all, "/%s%s", slash ? slash + 1 : copy, rest.buf);
        strbuf_clear(&rest);
        strbuf_addbuf(&rest, &all);
        if (!slash) {
            real = realpath(".", NULL);
            break;
        }
        *slash = '\0';
    }
    strbuf_clear(&all);
    strbuf_addf(&all, "%s%s", real && strcmp(real, "/") ? real : "", rest.buf);
    free(real);
    free(copy);
    strbuf_release(&rest);
    return strbuf_detach(&all, NULL);
}

int apart_check(const char *out, const char *folder, const char *what, struct errs *errs)
{
    char *inside = real_path(folder), *site = real_path(out);
    int result = 0;

    if (is_inside(site, inside) || is_inside(inside, site)) {
        err_hint(errs_add(errs, ERR_USAGE, "folders-overlap",
                          "the output folder %s and the %s %s lie within each other", out, what,
                          folder),
                 "choose an output folder elsewhere with --out DIR");
        result = -1;
    }
    free(inside);
    free(site);
    return result;
}

int apart_check_theme(const char *out, const struct theme *theme, struct errs *errs)
{
    int result = 0;

    for (size_t i = 0; theme_folder(theme, i); i++)
        result |= apart_check(out, theme_folder(theme, i), "theme", errs);
    return result;
}

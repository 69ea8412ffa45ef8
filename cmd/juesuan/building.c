#include "base/base.h"

#include "base/err.h"
#include "base/mem.h"
#include "command.h"
#include "model/dictionary.h"

char *find_theme(const char *named, struct errs *errs)
{
    char *theme = named ? NULL : program_data("themes/default", "themes/default", "templates");

    if (!theme && !named)
        err_hint(errs_add(errs, ERR_USAGE, "missing-theme",
                          "the theme that comes with the program was not found"),
                 "name a theme's folder with --theme DIR");
    else if (!theme && !has_sign(named, "templates"))
        err_hint(errs_add(errs, ERR_SYSTEM, "no-theme",
                          "%s is no theme: it has no folder templates/", named),
                 "name a theme's folder with --theme DIR, or leave --theme out");
    else if (!theme)
        theme = mem_strdup(named);
    return theme;
}

void show_build(void *ctx, enum build_stage stage, size_t done, size_t all)
{
    if (stage == BUILD_DEPARTMENTS)
        progress_show(ctx, "%zu of %zu departments", done, all);
    else
        progress_show(ctx, "writing the site");
}

int check_base_url(const struct command *command, const char *url)
{
    if (!url || form_base_url.accepts(url, strlen(url)))
        return 0;
    fprintf(stderr, "juesuan %s: --base-url must be %s, not '%s'\n", command->name,
            form_base_url.wanted, url);
    return -1;
}

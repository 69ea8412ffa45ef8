/*
 * made: a theme that a test makes, and what a site has of its own beside it, in a folder that goes
 * away.
 *
 *     struct made m;
 *     made_begin(&m);
 *     write_below(m.site.buf, "templates/home.mustache", "own");
 *     made_assert_loads(&m);
 *     made_assert_renders(&m, TEMPLATE_HOME, "own");
 *     made_end(&m);
 *
 * Depends on base, site/small_theme.h and site/theme.h.
 */
#ifndef TESTS_SITE_MADE_H
#define TESTS_SITE_MADE_H

#include "base/err.h"
#include "base/strbuf.h"
#include "site/small_theme.h"
#include "site/theme.h"
#include "source/source.h"

struct made {
    char *root;
    struct strbuf theme, site; /* their folders */
    struct source *content;    /* which holds that of the site */
    struct theme *loaded;
    struct errs errs;
};

/* A small theme; nothing of the site's own yet. */
void made_begin(struct made *m);
void made_end(struct made *m);

/* Loads it in place of what was loaded before: NULL when it has errors. */
void made_load(struct made *m);
/* The errors so far, files being named relative to the root: theme/..., site/theme/... */
void made_show(const struct made *m, struct strbuf *out);

/*
 * Each loads. In `expected` files are named as by made_show(). Afterwards there are no errors.
 */
void made_assert_loads(struct made *m); /* without a word */
void made_assert_warns(struct made *m, const char *expected);
void made_assert_fails(struct made *m, const char *expected);

/* What a template makes of a record about which nothing is known. */
void made_assert_renders(struct made *m, enum template_id id, const char *expected);
/* Which files of the theme are published: "path = file" a line. */
void made_assert_assets(struct made *m, const char *expected);

#endif

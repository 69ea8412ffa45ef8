/*
 * sample_site: a folder to build small sites in, by lib/publish/output alone.
 */
#ifndef TESTS_PUBLISH_SAMPLE_SITE_H
#define TESTS_PUBLISH_SAMPLE_SITE_H

#include "base/err.h"
#include "publish/output.h"

struct sample_file {
    const char *path;
    const char *text;
};

/* Two versions of a site; the second changes, adds, removes, and turns a file into a folder and a
 * folder into a file. Ended by a NULL path. */
extern const struct sample_file sample_old[], sample_new[];

struct sample_ground {
    char *path; /* a folder that holds the site and nothing else */
    char *site; /* path/site, which does not exist yet */
    struct errs errs;
    struct output_summary summary; /* of the last commit */
};

/* For cmocka. */
int sample_set_up(void **state);
int sample_tear_down(void **state);

/* Opens the output on the site, puts all files. NULL when either fails. */
struct output *sample_put(struct sample_ground *g, const struct sample_file *files);
/* The same, and commits. */
int sample_build(struct sample_ground *g, const struct sample_file *files);

/* The site as it must be after a build of the files alone, described by tree_describe(). To be
 * freed. */
char *sample_expected(const struct sample_file *files);

/* The site holds the files and nothing else, and nothing was left beside it. */
void sample_assert(struct sample_ground *g, const struct sample_file *files);

/* Whether the site is as sample_expected() described it, and there is nothing left of a build. */
bool sample_is(struct sample_ground *g, const char *expected);

/* Opens the output and does nothing else; what there is then is what the build before left. */
void sample_recover(struct sample_ground *g);

/* There is one error of that id; it is then forgotten. */
void sample_assert_error(struct sample_ground *g, const char *id, int code);

#endif

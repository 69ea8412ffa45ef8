/*
 * apart: whether the folder that is written to and one that is read have nothing to do with each
 * other. Depends on base and site.
 */
#ifndef PUBLISH_APART_H
#define PUBLISH_APART_H

struct errs;
struct theme;

/* -1 after adding an error when one of them lies in the other; the one that is read is called
 * `what`. The output folder need not exist. */
int apart_check(const char *out, const char *folder, const char *what, struct errs *errs);

/* The same for each of the folders that a theme was loaded of. */
int apart_check_theme(const char *out, const struct theme *theme, struct errs *errs);

#endif

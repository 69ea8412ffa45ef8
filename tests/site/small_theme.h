/*
 * small_theme: themes that tests make, in folders that go away, so that no test depends on how the
 * default theme looks.
 */
#ifndef TESTS_SITE_SMALL_THEME_H
#define TESTS_SITE_SMALL_THEME_H

struct errs;
struct theme;

/* Writes a file below a folder, over what was there. */
void write_below(const char *folder, const char *path, const char *text);

/*
 * A whole theme: each template prints its own name, pages through the template "layout", which puts
 * [ ] around; the words that C code needs are "the home", "the departments" ...
 */
void make_small_theme(const char *folder);
/* The labels of such a theme alone, in a language. */
void make_small_labels(const char *folder, const char *language);

/* Such a theme, loaded in Chinese. The caller frees it. */
struct theme *load_small_theme(struct errs *errs);

#endif

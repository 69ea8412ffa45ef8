/*
 * clean: texts of documents as recognisers compare them.
 *
 * Documents write the same thing in many ways: full-width digits and signs, thin and ideographic
 * spaces, quotes, brackets, a number before a heading. None of that means anything.
 *
 * Depends on base, text/utf8.h.
 */
#ifndef IMPORT_CLEAN_H
#define IMPORT_CLEAN_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/*
 * The same text with the digits, letters and signs of numbers in ASCII, every kind of space as a
 * blank, and without what takes no place. A comma of a number that groups three digits is ',' too,
 * and so is a narrow space.
 */
const char *clean_text(struct arena *arena, const char *s);

/* What is left of a text for comparing: letters, digits and Chinese characters alone, without the
 * number of a heading or item before them, and without a leading 其中, 加, 减. */
const char *clean_key(struct arena *arena, const char *s, size_t len);

/* The key without the words that names of one thing have or lack at will: 支出, 经费, 费用, 费,
 * 维护, 决算, 数, 的, 情况, 说明, 金额, 款. May be "". */
const char *clean_stem(struct arena *arena, const char *key);

/* Whether a key says nothing by itself about what a number is of: words such as 本年, 决算数, 为,
 * numbers. */
bool clean_is_filler(const char *key);

/* A cleaned text without white space, so that the words of a heading that was broken or spaced out
 * are found in it. */
const char *clean_squeeze(struct arena *arena, const char *s, size_t len);

/* The length of what numbers a heading or an item at the beginning of a cleaned text: "一、",
 * "（一）", "1.", "1、", "(1)", "①", "第一部分", with blanks around it; 0: nothing does. `level`
 * (may be NULL): 1 第一部分, 2 一、, 3 （一）, 4 1., 5 （1）, 6 ①. */
size_t clean_numbering(const char *s, unsigned *level);

/* "2021年", "2021 年": a year, which a number before a full stop does not reach into. */
bool clean_is_year(const char *s);

/* Whether a text has any of the words, a list ended by NULL. */
bool clean_has_any(const char *s, const char *const *words);
bool clean_begins(const char *s, const char *prefix);
bool clean_ends(const char *s, size_t len, const char *suffix);

/* How many characters. */
size_t clean_length(const char *s, size_t len);

/* A text without the blanks at its ends. */
const char *clean_trim(struct arena *arena, const char *s, size_t len);

/* The text as one line: line feeds and the blanks about them gone between Chinese characters, a
 * blank elsewhere. */
const char *clean_line(struct arena *arena, const char *s);

#endif

/*
 * What went wrong, and where.
 *
 * A function that can fail returns 0 or -1 (or a pointer or NULL) and takes a `struct errs *`, to
 * which it adds one or more errors before it says -1. Many problems can be collected in one run:
 * the errors of a file come in the order of the file, and those of several files are joined with
 * errs_move() in an order that does not depend on threads. The library never prints; the command
 * line does.
 *
 * An error has a code, which decides the exit status; an id, which tests and users can name
 * ("unknown-key"); a message; and, where known, the place: file, line, column (both from 1, columns
 * counted in characters), the text of that line, a hint what to do, and notes that tell how the
 * error was come upon ("included from ...").
 *
 * Depends on base/strbuf.h, base/strmap.h and base/mem.h.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/base.h"

/* The values are the exit statuses of the command. */
enum err_code {
    ERR_CONTENT = 1,  /* what somebody wrote is at fault: sources, templates */
    ERR_USAGE = 2,    /* how the program was called */
    ERR_SYSTEM = 3,   /* file system, database, git */
    ERR_INTERNAL = 4, /* a bug of ours */
};

enum err_severity {
    SEVERITY_ERROR,
    SEVERITY_WARNING, /* does not stop a build, except under --strict */
    SEVERITY_NOTE,    /* something to know */
    SEVERITY_COUNT,
};

/* Another place that has to do with an error. */
struct err_note {
    char *message; /* what comes before the place */
    char *file;    /* NULL: no place */
    unsigned line;
    unsigned column;
};

struct err {
    enum err_code code;
    enum err_severity severity;
    char *id;
    char *message;
    char *file; /* NULL when the error has no place */
    unsigned line;
    unsigned column;
    char *excerpt;           /* the line at fault, or a window of it; or NULL */
    unsigned excerpt_column; /* where the column is within the excerpt, from 1; 0 without */
    char *hint;              /* what to do; or NULL */
    struct err_note *notes;
    size_t note_count;
    size_t note_cap;
    size_t repeats; /* how often the same was come upon again: see errs_group() ... */
    size_t group;   /* ... which numbers the files, from 1 */
    bool is_apart;  /* it is told by itself, whatever else is found in its place */
};

struct errs {
    struct err *items;
    size_t count;
    size_t cap;
    size_t dropped; /* errors beyond ERRS_MAX, which are counted but not kept */
    size_t dropped_of[SEVERITY_COUNT];
    int dropped_status; /* the highest code of those, as errs_status() counts it */
    size_t settled;     /* how many at the end are known to be errors */
};

/*
 * A file of a million mistakes is understood after the first thousands. When there are more, a
 * warning or note gives way before an error does, and the newest error before the others.
 */
enum { ERRS_MAX = 10000 };

/* clang-format off */
#define ERRS_INIT { NULL, 0, 0, 0, { 0, 0, 0 }, 0, 0 }
/* clang-format on */

void errs_release(struct errs *errs);

/*
 * Adds an error and returns it, for the functions below to complete. The pointer is good until the
 * next error is added. Never NULL.
 */
struct err *errs_add(struct errs *errs, enum err_code code, const char *id, const char *format, ...)
    PRINTF_FORMAT(4, 5);
/* An ERR_SYSTEM error whose message ends in what errno says, with a hint for the common ones. */
struct err *errs_add_errno(struct errs *errs, int saved_errno, const char *format, ...)
    PRINTF_FORMAT(3, 4);

/* line and column 0: the file as a whole. */
void err_at(struct err *err, const char *file, unsigned line, unsigned column);
/*
 * The place is byte `offset` of the text that `file` holds: sets line, column and excerpt.
 * `offset` may be `len`.
 */
void err_at_offset(struct err *err, const char *file, const char *text, size_t len, size_t offset);
/* Where byte `offset` of a text is: its line, and its column in characters. */
void err_place(const char *text, size_t len, size_t offset, unsigned *line, unsigned *column);
void err_hint(struct err *err, const char *format, ...) PRINTF_FORMAT(2, 3);
/* Adds a note; `file` may be NULL, for one without a place. */
void err_note(struct err *err, const char *file, unsigned line, unsigned column, const char *format,
              ...) PRINTF_FORMAT(5, 6);

/* How many of these there are, with those that were dropped; how many are errors. */
size_t errs_of(const struct errs *errs, enum err_severity severity);
size_t errs_count(const struct errs *errs);
/* The exit status that these errors ask for: the highest code, 0 when there are only warnings and
 * notes. */
int errs_status(const struct errs *errs);
/* Moves all errors of `from` behind those of `to`; `from` is empty afterwards. */
void errs_move(struct errs *to, struct errs *from);
/* By file, line and column; errors without a place first. Stable. */
void errs_sort(struct errs *errs);
/*
 * Brings together what stands in one file, by line and column; the files stay in the order in which
 * they come first, since what comes first is often the cause of the rest. Errors without a place
 * come before all. Two errors of the same place and id become one when notes tell how they were
 * come upon, as a mistake in a template that many pages use: the first stays and counts the others.
 * Those that are apart stay.
 */
void errs_group(struct errs *errs);

#endif

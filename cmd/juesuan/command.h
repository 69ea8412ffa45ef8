/*
 * command: what the program can be told to do. One table (commands.c) is the source of the help
 * texts, the manual page and the parsing; each command has a file cmd_NAME.c.
 *
 * Private to cmd/juesuan.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "publish/build.h"

struct json_writer;
struct strbuf;

/* One option: --name VALUE, --name=VALUE, or a mere --name when it takes no value. A name of one
 * letter stands behind one dash: -m VALUE. */
struct command_option {
    const char *name;  /* without the dashes */
    const char *value; /* what the value is called in the help: "DIR"; NULL: no value */
    const char *help;  /* one sentence */
};

enum { OPTIONS_MAX = 16, OPERANDS_MAX = 64 };

/* A parsed command line. values[i] belongs to options[i]: NULL when not given, "" when it has no
 * value. */
struct arguments {
    const char *values[OPTIONS_MAX];
    const char *operands[OPERANDS_MAX];
    size_t operand_count;
};

struct command {
    const char *name;
    const char *operands; /* how they are shown: "[NAME]", or "" */
    size_t operands_max;
    const char *summary;                  /* one line */
    const char *description;              /* paragraphs, divided by empty lines */
    const struct command_option *options; /* ended by a NULL name */
    const char *const *examples;          /* command line, what it does, ...; ended by NULL */
    /* Returns the exit status. */
    int (*run)(const struct command *command, const struct arguments *arguments);
};

/* What stands before the name of an option. */
const char *option_dashes(const struct command_option *option);

/* All commands, in the order of the help; ended by a NULL name. */
extern const struct command *const commands[];

const struct command *command_find(const char *name);

/*
 * Parses what follows the command's name. On a mistake, says so on standard error and returns -1.
 * --help is known to every command: then *help is true.
 */
int arguments_parse(const struct command *command, int argc, char **argv, struct arguments *out,
                    bool *help);

/* The value of an option by its name, which must be one of the command's. */
const char *argument(const struct command *command, const struct arguments *arguments,
                     const char *name);

/* The number that an option gives, `fallback` without it. Says so and returns -1 when it is none
 * from `min` to `max`. */
int argument_number(const struct command *command, const struct arguments *arguments,
                    const char *name, size_t min, size_t max, size_t fallback, size_t *number);

/* Help of one command, of the program, and the manual page (mdoc) of it all, on standard output. */
void help_command(const struct command *command);
void help_program(void);
void help_manual(void);

/* Writes the schemas of all sources into a folder, a file each (cmd_schema.c). */
int write_schemas(const char *folder, struct errs *errs);

/* --- messages (report.c, report_json.c) --- */

/* How errors and warnings are shown. */
struct report_options {
    bool json;
    size_t max; /* at most so many errors, as many warnings, as many notes */
};

/* For the list of options of a command that reads sources. */
/* clang-format off */
#define REVISION_OPTION \
    {"rev", "REV", "Read them as of this commit, tag or branch, from the git repository."}
/* `before` says for what. */
#define THEME_OPTION(before) \
    {"theme", "DIR", before "The theme: its folder, or the name of one that came along."}
/* clang-format on */

/* For the list of options of a command that reports errors in sources. */
/* clang-format off */
#define REPORT_OPTIONS \
    {"format", "FORMAT", "How to tell what came of it: text, or json for machines."}, \
    {"max-errors", "N", "Show N of each kind at most (20; in JSON all); 0 shows all."}
/* clang-format on */

/* "error", "warning" or "note". */
const char *severity_name(enum err_severity severity);

/* Takes these options from the command line. -1 after saying what is wrong with them. */
int report_options(const struct command *command, const struct arguments *arguments,
                   struct report_options *out);

/* The same for a command that knows other formats, ended by NULL; the first is that without the
 * option. Returns which one is wanted. */
int report_format(const struct command *command, const struct arguments *arguments,
                  const char *const *formats, struct report_options *out);

/* Shows errors and warnings on standard error and returns the exit status that they ask for.
 * `options` may be NULL, for a command that has none. */
int report(struct errs *errs, const struct report_options *options);

struct report_counts {
    size_t all[SEVERITY_COUNT]; /* with those that were not kept */
    size_t hidden[SEVERITY_COUNT];
    size_t files; /* that have any; more when `cut` */
    bool cut;     /* there were more than are kept */
};

/* Calls `each` for those that are to be shown, file by file. Groups the errors. */
struct report_counts report_each(struct errs *errs, const struct report_options *options,
                                 void (*each)(const struct err *err, void *ctx), void *ctx);

/*
 * The same for machines, with the exit status of the command, as one JSON document on standard
 * output. `result` writes the keys and values that tell what the command did, in an object of the
 * key, or beside the others when that is NULL.
 */
void report_as_json(const struct command *command, struct errs *errs,
                    const struct report_options *options, int status, const char *key,
                    void (*result)(struct json_writer *w, const void *ctx), const void *ctx);
/* A key with a text (NULL becomes null) or a number, for `result`. */
void put_json_text(struct json_writer *w, const char *key, const char *s);
void put_json_number(struct json_writer *w, const char *key, uint64_t n);
/* A line or column, which begin with 1; 0 becomes null. */
void put_json_position(struct json_writer *w, const char *key, unsigned n);

/* --- what came with the program (program_data.c) --- */

/*
 * The path of a folder of the program's data: `source` in the source tree that the program was made
 * in, `installed` below share/juesuan. It is known by having `sign` in it. To be freed; NULL when
 * it is in neither place.
 */
char *program_data(const char *source, const char *installed, const char *sign);

/* Whether there is a folder with that file or folder in it. */
bool has_sign(const char *folder, const char *sign);

/* --- command lines to be copied (shell.c) --- */

/* Appends " --name value" as a shell takes it. */
void add_shell_option(struct strbuf *out, const char *name, const char *value);

/* --- being stopped (stop.c) --- */

/* From now on SIGINT, SIGTERM and SIGHUP only take note; a second one ends the program. */
void stop_catch(void);
/* Whether one has come. */
bool stop_wanted(void);
/* Ends the program as that signal would have, when one has come. */
void stop_now(void);

/* --- progress (progress.c) --- */

/* Whether standard error is a terminal that can do more than print. */
bool is_terminal(void);
/* Milliseconds since some point. */
int64_t milliseconds(void);

/* A line on the terminal that tells how far a long command has come, first after a second. */
struct progress {
    bool wanted;
    bool shown;
    int64_t next; /* when it is shown again */
};

void progress_start(struct progress *progress, bool wanted);
void progress_show(struct progress *progress, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Takes the line away. Before anything else is printed. */
void progress_clear(struct progress *progress);

/* --- building (building.c) --- */

enum { JOBS_MAX = 256 };

/* The theme to be used: a folder, or one of those that came with the program by its name, the
 * default one when none is named. -1 after adding an error. To be freed in any case. */
int find_theme(const char *named, struct theme_place *theme, struct errs *errs);
void free_theme(struct theme_place *theme);
/* The content, the address and the threads of a build, and how to report it. -1 after telling what
 * is wrong on the command line. */
/* The folder where the user keeps what can be worked out again, as the XDG Base Directory
 * Specification has it; NULL: there is none, or --no-cache is given. To be freed. */
char *find_cache(const struct command *command, const struct arguments *arguments);

int take_build_options(const struct command *command, const struct arguments *arguments,
                       struct build_options *options, struct report_options *how);
/* A build shows how far it is, and can be stopped. */
void watch_build(struct build_options *options, struct progress *progress,
                 const struct report_options *how);
/* Ends that. The exit status: 0 when all was good. */
int end_build(struct progress *progress, bool good, const struct errs *errs);

#endif

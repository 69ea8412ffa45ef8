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

struct errs;

/* One option: --name VALUE, --name=VALUE, or a mere --name when it takes no value. */
struct command_option {
    const char *name;  /* without the dashes */
    const char *value; /* what the value is called in the help: "DIR"; NULL: no value */
    const char *help;  /* one sentence */
};

enum { OPTIONS_MAX = 12, OPERANDS_MAX = 64 };

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

/* Help of one command, of the program, and the manual page (mdoc) of it all, on standard output. */
void help_command(const struct command *command);
void help_program(void);
void help_manual(void);

/* Shows errors and warnings on standard error and returns the exit status that they ask for. */
int report(const struct errs *errs);

#endif

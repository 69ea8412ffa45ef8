#include "base/base.h"

#include "command.h"

static int run(const struct command *command, const struct arguments *arguments)
{
    (void)command;
    (void)arguments;
    puts("juesuan " JUESUAN_VERSION);
    return 0;
}

extern const struct command command_version;
const struct command command_version = {
    .name = "version",
    .operands = "",
    .summary = "Print the version.",
    .description = "Prints the name and version of the program.",
    .options = (const struct command_option[]){{0}},
    .examples = (const char *const[]){"juesuan version", "Print the version:", NULL},
    .run = run,
};

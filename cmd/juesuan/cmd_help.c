#include "base/base.h"

#include "command.h"
#include "text/suggest.h"

static int run(const struct command *command, const struct arguments *arguments)
{
    const struct command *about;
    struct suggest near;

    if (argument(command, arguments, "man")) {
        help_manual();
        return 0;
    }
    if (!arguments->operand_count) {
        help_program();
        return 0;
    }
    about = command_find(arguments->operands[0]);
    if (about) {
        help_command(about);
        return 0;
    }
    fprintf(stderr, "juesuan help: there is no command '%s'\n", arguments->operands[0]);
    suggest_start(&near, arguments->operands[0], strlen(arguments->operands[0]));
    for (const struct command *const *known = commands; *known; known++)
        suggest_offer(&near, (*known)->name);
    if (near.name)
        fprintf(stderr, "  did you mean '%s'?\n", near.name);
    else
        fprintf(stderr, "  'juesuan help' lists the commands\n");
    return 2;
}

extern const struct command command_help;
const struct command command_help = {
    .name = "help",
    .operands = "[COMMAND]",
    .operands_max = 1,
    .summary = "Explain the program or one of its commands.",
    .description = "Without a command, lists the commands. With one, explains it and its options.",
    .options =
        (const struct command_option[]){
            {"man", NULL, "Print the manual page juesuan(1), in mdoc."},
            {0},
        },
    .examples = (const char *const[]){"juesuan help build", "Explain a command:", NULL},
    .run = run,
};

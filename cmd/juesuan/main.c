#include "base/base.h"

#include "command.h"
#include "text/suggest.h"

static int unknown_command(const char *name)
{
    struct suggest near;

    suggest_start(&near, name, strlen(name));
    for (const struct command *const *command = commands; *command; command++)
        suggest_offer(&near, (*command)->name);
    fprintf(stderr, "juesuan: there is no command '%s'\n", name);
    if (near.name)
        fprintf(stderr, "  did you mean '%s'?\n", near.name);
    else
        fprintf(stderr, "  'juesuan help' lists the commands\n");
    return 2;
}

/* Output that could not be written must not look like success. */
static int finish(int status)
{
    if (fflush(stdout) || ferror(stdout)) {
        fprintf(stderr, "juesuan: cannot write to standard output\n");
        return status ? status : 3;
    }
    return status;
}

int main(int argc, char **argv)
{
    const struct command *command;
    struct arguments arguments;
    const char *name = argc > 1 ? argv[1] : "help";
    bool help;

    if (!strcmp(name, "--help") || !strcmp(name, "-h"))
        name = "help";
    else if (!strcmp(name, "--version"))
        name = "version";
    command = command_find(name);
    if (!command)
        return unknown_command(name);
    if (arguments_parse(command, argc > 2 ? argc - 2 : 0, argv + 2, &arguments, &help))
        return 2;
    if (help) {
        help_command(command);
        return finish(0);
    }
    return finish(command->run(command, &arguments));
}

#include "base/base.h"

#include "command.h"

extern const struct command command_init, command_import, command_check, command_build,
    command_publish, command_verify, command_diff, command_log, command_schema, command_help,
    command_version;

const struct command *const commands[] = {
    &command_init,    &command_import, &command_check,   &command_build,
    &command_publish, &command_verify, &command_diff,    &command_log,
    &command_schema,  &command_help,   &command_version, NULL,
};

const struct command *command_find(const char *name)
{
    for (const struct command *const *command = commands; *command; command++)
        if (!strcmp((*command)->name, name))
            return *command;
    return NULL;
}

#include "base/base.h"

#include "base/decimal.h"
#include "base/strbuf.h"
#include "command.h"
#include "text/suggest.h"

const char *option_dashes(const struct command_option *option)
{
    return option->name[1] ? "--" : "-";
}

static size_t option_index(const struct command *command, const char *name, size_t len)
{
    size_t i = 0;

    while (command->options[i].name &&
           (strncmp(command->options[i].name, name, len) || command->options[i].name[len]))
        i++;
    return i;
}

static int unknown_option(const struct command *command, const char *name, size_t len)
{
    struct suggest near;

    suggest_start(&near, name, len);
    for (size_t i = 0; command->options[i].name; i++)
        if (command->options[i].name[1])
            suggest_offer(&near, command->options[i].name);
    suggest_offer(&near, "help");
    fprintf(stderr, "juesuan %s: unknown option '--%.*s'\n", command->name, (int)len, name);
    if (near.name)
        fprintf(stderr, "  did you mean '--%s'?\n", near.name);
    else
        fprintf(stderr, "  'juesuan %s --help' lists the options\n", command->name);
    return -1;
}

/* One --name[=VALUE] or -m; may take the next argument, too. */
static int parse_option(const struct command *command, char **argv, int argc, int *at,
                        struct arguments *out)
{
    const char *dashes = argv[*at][1] == '-' ? "--" : "-";
    const char *name = argv[*at] + strlen(dashes), *equals = strchr(name, '=');
    size_t len = equals ? (size_t)(equals - name) : strlen(name);
    size_t i = option_index(command, name, len);
    const struct command_option *option = &command->options[i];

    if (!option->name || strcmp(dashes, option_dashes(option)) != 0)
        return unknown_option(command, name, len);
    if (!option->value) {
        if (equals) {
            fprintf(stderr, "juesuan %s: '--%s' takes no value\n", command->name, option->name);
            return -1;
        }
        out->values[i] = "";
        return 0;
    }
    /* what looks like an option is not taken for a value, unless it stands behind '=' */
    if (equals)
        out->values[i] = equals + 1;
    else if (*at + 1 < argc && strncmp(argv[*at + 1], "--", 2))
        out->values[i] = argv[++*at];
    if (!out->values[i] || !*out->values[i]) {
        fprintf(stderr, "juesuan %s: '%s%s' needs a value: %s%s %s\n", command->name, dashes,
                option->name, dashes, option->name, option->value);
        return -1;
    }
    return 0;
}

/* Whether it is an option of one letter that the command knows. */
static bool is_letter(const struct command *command, const char *arg)
{
    return arg[0] == '-' && arg[1] && !arg[2] &&
           command->options[option_index(command, arg + 1, 1)].name;
}

/* What to write instead of an operand that the command does not take. */
static void hint_operand(const struct command *command, const char *arg)
{
    struct strbuf content = STRBUF_INIT;
    bool has_content = command->options[option_index(command, "content", strlen("content"))].name;

    if (has_content && has_sign(arg, "site.json")) {
        add_shell_option(&content, "content", arg);
        fprintf(stderr, "  name the folder of the sources: juesuan %s%s\n", command->name,
                content.buf);
        strbuf_release(&content);
        return;
    }
    fprintf(stderr, "  usage: juesuan %s%s%s\n", command->name, *command->operands ? " " : "",
            command->operands);
}

int arguments_parse(const struct command *command, int argc, char **argv, struct arguments *out,
                    bool *help)
{
    bool only_operands = false;

    memset(out, 0, sizeof(*out));
    *help = false;
    for (int at = 0; at < argc; at++) {
        const char *arg = argv[at];

        if (!only_operands && !strcmp(arg, "--")) {
            only_operands = true;
        } else if (!only_operands && (!strcmp(arg, "--help") || !strcmp(arg, "-h"))) {
            *help = true;
            return 0;
        } else if (!only_operands && (!strncmp(arg, "--", 2) || is_letter(command, arg))) {
            if (parse_option(command, argv, argc, &at, out))
                return -1;
        } else if (!only_operands && arg[0] == '-' && arg[1]) {
            fprintf(stderr, "juesuan %s: options are written in full: '%s' is unknown\n",
                    command->name, arg);
            fprintf(stderr, "  'juesuan %s --help' lists them\n", command->name);
            return -1;
        } else if (out->operand_count == command->operands_max) {
            fprintf(stderr, "juesuan %s: unexpected '%s'\n", command->name, arg);
            hint_operand(command, arg);
            return -1;
        } else {
            out->operands[out->operand_count++] = arg;
        }
    }
    return 0;
}

const char *argument(const struct command *command, const struct arguments *arguments,
                     const char *name)
{
    return arguments->values[option_index(command, name, strlen(name))];
}

int argument_number(const struct command *command, const struct arguments *arguments,
                    const char *name, size_t min, size_t max, size_t fallback, size_t *number)
{
    const char *text = argument(command, arguments, name);
    struct decimal d;

    *number = fallback;
    if (!text)
        return 0;
    if (decimal_parse(text, strlen(text), &d) != DECIMAL_OK || d.scale || d.units < (int64_t)min ||
        d.units > (int64_t)max) {
        fprintf(stderr, "juesuan %s: --%s must be a number from %zu to %zu, not '%s'\n",
                command->name, name, min, max, text);
        return -1;
    }
    *number = (size_t)d.units;
    return 0;
}

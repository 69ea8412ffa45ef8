#include "base/base.h"

#include "command.h"

/* --- for the terminal --- */

static void print_options(const struct command *command)
{
    for (size_t i = 0; command->options[i].name; i++) {
        const struct command_option *option = &command->options[i];
        int width = printf("  --%s%s%s", option->name, option->value ? " " : "",
                           option->value ? option->value : "");

        printf("%*s%s\n", width < 24 ? 24 - width : 1, "", option->help);
    }
    printf("  --help%*s%s\n", 16, "", "Show this help.");
}

void help_command(const struct command *command)
{
    printf("usage: juesuan %s [OPTION]...%s%s\n\n%s\n\n%s\n\noptions:\n", command->name,
           *command->operands ? " " : "", command->operands, command->summary,
           command->description);
    print_options(command);
    if (command->examples[0])
        printf("\nexamples:\n");
    for (size_t i = 0; command->examples[i]; i += 2)
        printf("  %s\n      %s\n", command->examples[i], command->examples[i + 1]);
}

void help_program(void)
{
    printf("usage: juesuan COMMAND [OPTION]...\n\n"
           "Turns the sources of government departments' final accounts into a website and open "
           "data.\n\ncommands:\n");
    for (const struct command *const *command = commands; *command; command++)
        printf("  %-10s%s\n", (*command)->name, (*command)->summary);
    printf("\n'juesuan help COMMAND' tells more.\n");
}

/* --- for man(1) --- */

/* Text in mdoc: a dot or quote at the start of a line is no request, backslashes and double quotes
 * are plain, and a new sentence begins a new line. */
static void put_roff(const char *s)
{
    bool fresh = true; /* at the start of a line */

    for (char before = 0; *s; before = *s++) {
        if (fresh && (*s == '.' || *s == '\''))
            fputs("\\&", stdout);
        fresh = *s == '\n' || (*s == ' ' && before == '.');
        if (*s == '\\')
            fputs("\\e", stdout);
        else if (*s == '-')
            fputs("\\-", stdout);
        else if (*s == '"')
            fputs("\\(dq", stdout);
        else
            putchar(fresh ? '\n' : *s);
    }
}

/* Paragraphs divided by empty lines. */
static void put_paragraphs(const char *text)
{
    const char *end;

    while ((end = strstr(text, "\n\n"))) {
        char *paragraph = strndupa(text, (size_t)(end - text));

        put_roff(paragraph);
        puts("\n.Pp");
        text = end + 2;
    }
    put_roff(text);
    putchar('\n');
}

static void put_command(const struct command *command)
{
    printf(".Ss %s\n", command->name);
    printf(".Nm Cm %s\n.Op Ar option ...\n", command->name);
    if (*command->operands == '[')
        printf(".Op Ar %.*s\n", (int)strlen(command->operands) - 2, command->operands + 1);
    else if (*command->operands)
        printf(".Ar %s\n", command->operands);
    puts(".Pp");
    put_paragraphs(command->description);
    if (command->options[0].name)
        puts(".Bl -tag -width Ds");
    for (size_t i = 0; command->options[i].name; i++) {
        const struct command_option *option = &command->options[i];

        printf(".It Fl Fl %s%s%s\n", option->name, option->value ? " Ar " : "",
               option->value ? option->value : "");
        put_roff(option->help);
        putchar('\n');
    }
    if (command->options[0].name)
        puts(".El");
}

static void put_examples(void)
{
    puts(".Sh EXAMPLES");
    for (const struct command *const *command = commands; *command; command++)
        for (size_t i = 0; (*command)->examples[i]; i += 2) {
            put_roff((*command)->examples[i + 1]);
            printf("\n.Dl ");
            put_roff((*command)->examples[i]);
            putchar('\n');
        }
}

void help_manual(void)
{
    puts(".Dd November 23, 2026\n.Dt JUESUAN 1\n.Os\n.Sh NAME\n.Nm juesuan\n"
         ".Nd final accounts of government departments as a website and open data\n"
         ".Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Ar option ...\n.Sh DESCRIPTION\n"
         "The commands are as follows.\nEach of them knows\n.Fl Fl help ,\ntoo.");
    for (const struct command *const *command = commands; *command; command++)
        put_command(*command);
    puts(".Sh EXIT STATUS\n.Bl -tag -width Ds -compact\n"
         ".It 0\nAll is well.\n"
         ".It 1\nThe content is at fault: what somebody wrote in a source or a template.\n"
         ".It 2\nThe program was called in a wrong way.\n"
         ".It 3\nThe file system or the database failed.\n"
         ".It 4\nThe program is at fault; please report it.\n.El");
    put_examples();
}

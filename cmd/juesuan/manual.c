#include "base/base.h"

#include "base/strbuf.h"
#include "command.h"
#include "text/escape.h"

/* --- for the terminal --- */

static void print_options(const struct command *command)
{
    for (size_t i = 0; command->options[i].name; i++) {
        const struct command_option *option = &command->options[i];
        int width = printf("  %s%s%s%s", option_dashes(option), option->name,
                           option->value ? " " : "", option->value ? option->value : "");

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

static void put_text(const char *s, size_t len)
{
    struct strbuf out = STRBUF_INIT;

    escape_roff(&out, s, len);
    fputs(out.buf, stdout);
    strbuf_release(&out);
}

/* A new sentence begins a new line. */
static void put_sentences(const char *s)
{
    for (const char *end; (end = strstr(s, ". ")); s = end + 2) {
        put_text(s, (size_t)(end + 1 - s));
        putchar('\n');
    }
    put_text(s, strlen(s));
}

/* Paragraphs divided by empty lines. */
static void put_paragraphs(const char *text)
{
    const char *end;

    while ((end = strstr(text, "\n\n"))) {
        char *paragraph = strndupa(text, (size_t)(end - text));

        put_sentences(paragraph);
        puts("\n.Pp");
        text = end + 2;
    }
    put_sentences(text);
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

        printf(".It %s%s%s%s\n", option->name[1] ? "Fl Fl " : "Fl ", option->name,
               option->value ? " Ar " : "", option->value ? option->value : "");
        put_sentences(option->help);
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
            put_sentences((*command)->examples[i + 1]);
            printf("\n.Dl ");
            put_text((*command)->examples[i], strlen((*command)->examples[i]));
            putchar('\n');
        }
}

void help_manual(void)
{
    puts(".Dd " JUESUAN_DATE "\n.Dt JUESUAN 1\n.Os\n.Sh NAME\n.Nm juesuan\n"
         ".Nd final accounts of government departments as a website and open data\n"
         ".Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Ar option ...\n.Sh DESCRIPTION\n"
         "The commands are as follows.\nEach of them knows\n.Fl Fl help ,\ntoo.");
    for (const struct command *const *command = commands; *command; command++)
        put_command(*command);
    puts(".Sh EXIT STATUS\n.Bl -tag -width Ds -compact\n"
         ".It 0\nAll is well.\n"
         ".It 1\nThe content is at fault: what somebody wrote in a source or a template.\n"
         ".It 2\nThe program was called in a wrong way.\n"
         ".It 3\nThe file system, the database or git failed.\n"
         ".It 4\nThe program is at fault; please report it.\n.El");
    put_examples();
    puts(".Sh SEE ALSO\n.Xr juesuan-content 5 ,\n.Xr juesuan-profile 5 ,\n"
         ".Xr juesuan-theme 5 ,\n.Xr juesuan-rules 7");
}

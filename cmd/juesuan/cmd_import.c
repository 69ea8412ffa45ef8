#include "base/base.h"

#include "base/fs.h"
#include "command.h"
#include "import/import.h"
#include "source/source.h"
#include <fcntl.h>

static int run(const struct command *command, const struct arguments *arguments)
{
    const char *into = argument(command, arguments, "into");
    struct import_options o = {.paths = arguments->operands, .path_count = arguments->operand_count,
       .department = argument(command, arguments, "department"), .profile = argument(command, arguments, "profile"),
       .limits = &doc_limits_default };
    struct errs errs = ERRS_INIT;
    struct import im;
    size_t year;
    int status;
    if (argument_number(command, arguments, "year", 1900, 2100, 0, &year)) return 2;
    o.year = (int64_t)year;
    if (!into) into = "content";
    struct source *s = source_open_folder(into, &errs);
    o.source = s;
    if (!s) return report(&errs, NULL);
    if (!import_documents(&o, &im, &errs)) {
        for (size_t i = 0; i < im.file_count; i++) {
            struct strbuf p = STRBUF_INIT;
            strbuf_addf(&p, "%s/%s", into, im.files[i].path);
            fs_write(AT_FDCWD, p.buf, im.files[i].text, im.files[i].len, &errs);
            strbuf_release(&p);
        }
        printf("%zu figures: placed %zu (figures %zu, facts %zu, restated %zu), kept %zu, loose %zu\n", im.figures.all, im.figures.placed, im.figures.states[ENTRY_FIGURE], im.figures.states[ENTRY_FACT], im.figures.states[ENTRY_RESTATED], im.figures.kept, im.figures.loose);
        for (size_t i = 0; i < im.part_count; i++)
            printf("  %s: %zu placed %zu f %zu fact %zu re %zu kept %zu loose %zu\n", im.parts[i].title, im.parts[i].all, im.parts[i].placed, im.parts[i].states[ENTRY_FIGURE], im.parts[i].states[ENTRY_FACT], im.parts[i].states[ENTRY_RESTATED], im.parts[i].kept, im.parts[i].loose);
        for (int i = 0; i < NUMBER_CLASSES; i++) printf("%s %zu\n", number_class_name(i), im.classes[i]);
        for (size_t i = 0; i < im.ledger.notice_count; i++) {
            struct notice *n = &im.ledger.notices[i];
            printf("N %s: %s", n->id, n->message);
            if (n->passage) printf(" [line %u p%u r%u c%u] %s", n->passage->place->line, n->passage->place->page, n->passage->place->row, n->passage->place->column, n->passage->text);
            printf("\n");
        }
        if (getenv("DUMP")) for (size_t i = 0; i < im.ledger.entry_count; i++) {
            struct entry *e = &im.ledger.entries[i];
            printf("E %d %s %s %s %s\n", e->state, number_class_name(e->number.class), e->number.digits, e->number.unit ? e->number.unit : "", e->address ? e->address : "");
        }
    }
    status = report(&errs, NULL);
    import_release(&im); source_close(s); errs_release(&errs);
    return status;
}
extern const struct command command_import;
const struct command command_import = {
    .name = "import",
    .operands = "FILE...",
    .operands_max = OPERANDS_MAX,
    .summary = "Make sources of documents.",
    .description = "x",
    .options = (const struct command_option[]){{"department", "ID", "d"}, {"year", "YYYY", "y"}, {"profile", "ID", "p"}, {"into", "DIR", "i"}, {0}},
    .examples = (const char *const[]){NULL},
    .run = run,
};

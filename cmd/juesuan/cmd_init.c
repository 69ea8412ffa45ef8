#include "base/base.h"

#include <errno.h>
#include <fcntl.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "command.h"

enum { FILE_MAX = 1024 * 1024 };

struct file {
    const char *path; /* below the folder */
    const char *text;
    size_t len;
};

/* The site that is made: all files are read before the first is written. */
struct new_site {
    char *folder;   /* as the user named it, without slashes at its end */
    size_t existed; /* how much of that there was */
    struct arena arena;
    struct file *files;
    size_t count;
    size_t cap;
    struct errs errs;
};

static const char *join(struct new_site *site, const char *folder, const char *name)
{
    struct strbuf path = STRBUF_INIT;
    const char *kept;

    strbuf_addf(&path, "%s%s%s", folder, *folder ? "/" : "", name);
    kept = arena_strndup(&site->arena, path.buf, path.len);
    strbuf_release(&path);
    return kept;
}

static int read_file(struct new_site *site, const char *from, const char *path)
{
    struct strbuf text = STRBUF_INIT;
    const char *shown = join(site, from, path);
    int result = fs_read(AT_FDCWD, shown, shown, FILE_MAX, &text, &site->errs);

    if (!result) {
        MEM_GROW(site->files, site->count, site->cap);
        site->files[site->count++] =
            (struct file){path, arena_strndup(&site->arena, text.buf, text.len), text.len};
    }
    strbuf_release(&text);
    return result;
}

/* Reads all that is in `below` of the folder that came with the program. */
static int read_files(struct new_site *site, const char *from, const char *below)
{
    const char *folder = *below ? join(site, from, below) : from;
    struct fs_list list;
    int result = fs_list(AT_FDCWD, folder, folder, &site->arena, &list, &site->errs);

    for (size_t i = 0; !result && i < list.count; i++) {
        const char *path = join(site, below, list.entries[i].name);

        if (list.entries[i].name[0] == '.')
            continue;
        result = list.entries[i].kind == FS_FOLDER ? read_files(site, from, path)
                                                   : read_file(site, from, path);
    }
    return result;
}

static int read_all(struct new_site *site)
{
    char *from = program_data("cmd/juesuan/init", "init", "site.json");
    int result = -1;

    if (from)
        result = read_files(site, from, "");
    else
        err_hint(errs_add(&site->errs, ERR_SYSTEM, "missing-data",
                          "the files of the new site, which come with the program, were not found"),
                 "install the program with 'make install', so that share/juesuan is beside it");
    free(from);
    return result;
}

/* The folder must be new, or have nothing in it but hidden files, such as .git. */
static int check_folder(struct new_site *site)
{
    struct fs_list list;

    site->existed = fs_existing(site->folder);
    if (!site->folder[site->existed]) {
        if (fs_list(AT_FDCWD, join(site, site->folder, "."), site->folder, &site->arena, &list,
                    &site->errs))
            return -1;
        for (size_t i = 0; i < list.count; i++)
            if (list.entries[i].name[0] != '.') {
                err_hint(errs_add(&site->errs, ERR_SYSTEM, "folder-not-empty",
                                  "the folder %s is not empty: there is '%s' in it", site->folder,
                                  list.entries[i].name),
                         "name a folder that is empty or does not exist yet");
                return -1;
            }
    }
    return 0;
}

/* Takes away what was written. Nothing else but hidden files was there. */
static void undo(struct new_site *site)
{
    struct errs ignored = ERRS_INIT;

    for (size_t i = 0; i < site->count; i++) {
        size_t top = strcspn(site->files[i].path, "/");
        const char *name = arena_strndup(&site->arena, site->files[i].path, top);

        fs_remove_tree(AT_FDCWD, join(site, site->folder, name), &ignored);
    }
    fs_remove_tree(AT_FDCWD, join(site, site->folder, "schemas"), &ignored);
    fs_remove_parents(join(site, site->folder, "."), site->existed);
    errs_release(&ignored);
}

static int write_all(struct new_site *site)
{
    int result = 0;

    for (size_t i = 0; !result && i < site->count; i++) {
        const struct file *file = &site->files[i];

        result = fs_write(AT_FDCWD, join(site, site->folder, file->path), file->text, file->len,
                          &site->errs);
    }
    if (!result)
        result = write_schemas(join(site, site->folder, "schemas"), &site->errs);
    if (result)
        undo(site);
    return result;
}

/* --- what to do next --- */

/* A folder beside the new one, for the site that is built from it. */
static char *output_beside(const char *folder)
{
    const char *slash = strrchr(folder, '/'), *name = slash ? slash + 1 : folder;
    bool named = strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
    char *real = named ? NULL : realpath(folder, NULL);
    struct strbuf path = STRBUF_INIT;

    strbuf_addf(&path, "%s-public", real ? real : folder);
    free(real);
    return strbuf_detach(&path, NULL);
}

static void tell_next(const struct new_site *site)
{
    struct strbuf command = STRBUF_INIT;
    char *out = output_beside(site->folder);

    add_shell_option(&command, "content", site->folder);
    add_shell_option(&command, "out", out);
    printf("%s holds the sources of a small site. All that is in it is invented (虚构).\n"
           "To build it:\n\n  juesuan build%s\n\n"
           "Then put your own in its place: %s/README.md says what the files are.\n",
           site->folder, command.buf, site->folder);
    strbuf_release(&command);
    free(out);
}

/* A line break in the name would be one in all messages and in the commands to be copied. */
static bool has_control(const char *s)
{
    while (*s && (unsigned char)*s >= ' ' && *s != 0x7F)
        s++;
    return *s;
}

static int run(const struct command *command, const struct arguments *arguments)
{
    struct new_site site = {0};
    size_t len;
    int status;

    if (!arguments->operand_count || !*arguments->operands[0]) {
        fprintf(stderr, "juesuan %s: name the folder to be made: juesuan %s %s\n", command->name,
                command->name, command->operands);
        return ERR_USAGE;
    }
    if (has_control(arguments->operands[0])) {
        fprintf(stderr,
                "juesuan %s: the name of the folder has a line break or another control character "
                "in it\n",
                command->name);
        return ERR_USAGE;
    }
    len = strlen(arguments->operands[0]);
    while (len > 1 && arguments->operands[0][len - 1] == '/')
        len--;
    site.folder = mem_strndup(arguments->operands[0], len);
    if (!check_folder(&site) && !read_all(&site) && !write_all(&site))
        tell_next(&site);
    status = report(&site.errs, NULL);
    errs_release(&site.errs);
    arena_release(&site.arena);
    free(site.files);
    free(site.folder);
    return status;
}

extern const struct command command_init;
const struct command command_init = {
    .name = "init",
    .operands = "DIR",
    .operands_max = 1,
    .summary = "Make a small site to start from.",
    .description =
        "Makes a folder with the sources of a small site: one department with two years, a form,\n"
        "an evaluation, a profile, classification codes, a page, and the JSON Schemas for your\n"
        "editor. All of it is invented and says so. The files are commented and build as they "
        "are.\n\n"
        "The folder must not exist yet, or be empty; hidden files, such as those of git, may be in "
        "it.",
    .options = (const struct command_option[]){{0}},
    .examples = (const char *const[]){"juesuan init accounts",
                                      "Make the sources of a small site in accounts/:", NULL},
    .run = run,
};

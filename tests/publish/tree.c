#include "base/base.h"

#include "publish/tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/testing.h"

#define MUST(condition)                                                                            \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            perror(#condition);                                                                    \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

char *tree_path(const char *root, const char *path)
{
    struct strbuf sb = STRBUF_INIT;

    strbuf_addf(&sb, "%s/%s", root, path);
    return strbuf_detach(&sb, NULL);
}

char *tree_read(const char *root, const char *path, size_t *len)
{
    char *full = tree_path(root, path), *data;
    int fd = open(full, O_RDONLY | O_CLOEXEC);
    struct stat st;

    MUST(fd >= 0 && !fstat(fd, &st));
    data = mem_zalloc((size_t)st.st_size + 1, 1);
    MUST(read(fd, data, (size_t)st.st_size) == st.st_size);
    if (len)
        *len = (size_t)st.st_size;
    close(fd);
    free(full);
    return data;
}

static void describe(const char *root, const char *below, enum tree_detail detail,
                     struct strbuf *out);

static void describe_one(const char *root, const char *path, enum tree_detail detail,
                         struct strbuf *out)
{
    char *full = tree_path(root, path), *data, target[256];
    struct stat st;
    size_t len;
    ssize_t link_len;

    MUST(!lstat(full, &st));
    strbuf_addf(out, "%s", path);
    if (detail == TREE_IDENTITY && !S_ISDIR(st.st_mode))
        strbuf_addf(out, " %llu %lld.%09ld %lld.%09ld", (unsigned long long)st.st_ino,
                    (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec, (long long)st.st_ctim.tv_sec,
                    st.st_ctim.tv_nsec);
    if (S_ISREG(st.st_mode)) {
        data = tree_read(root, path, &len);
        strbuf_adds(out, " = ");
        strbuf_add(out, data, len);
        strbuf_addch(out, '\n');
        free(data);
    } else if (S_ISDIR(st.st_mode)) {
        strbuf_adds(out, "/\n");
        describe(root, path, detail, out);
    } else if (S_ISLNK(st.st_mode)) {
        link_len = readlink(full, target, sizeof(target));
        MUST(link_len > 0);
        strbuf_addf(out, " -> %.*s\n", (int)link_len, target);
    } else {
        strbuf_adds(out, " ?\n");
    }
    free(full);
}

static void describe(const char *root, const char *below, enum tree_detail detail,
                     struct strbuf *out)
{
    char *full = tree_path(root, below);
    struct dirent **entries = NULL;
    int count = scandir(full, &entries, NULL, alphasort);

    MUST(count >= 0);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;

        if (strcmp(name, ".") && strcmp(name, "..")) {
            char *path = *below ? tree_path(below, name) : mem_strdup(name);

            describe_one(root, path, detail, out);
            free(path);
        }
        free(entries[i]);
    }
    free(entries);
    free(full);
}

char *tree_describe(const char *root, enum tree_detail detail)
{
    struct strbuf out = STRBUF_INIT;

    if (!access(root, F_OK))
        describe(root, "", detail, &out);
    return strbuf_detach(&out, NULL);
}

/* With mkdir -p. `root` exists. */
static void make_folders(const char *root, const char *path, bool all)
{
    char *full = tree_path(root, path);

    for (char *p = full + strlen(root) + 1; (p = strchr(p, '/')); p++) {
        *p = '\0';
        mkdir(full, 0777);
        *p = '/';
    }
    if (all)
        MUST(!mkdir(full, 0777));
    free(full);
}

void tree_make_folder(const char *root, const char *path)
{
    make_folders(root, path, true);
}

void tree_write(const char *root, const char *path, const char *text)
{
    char *full = tree_path(root, path);
    size_t len = strlen(text);
    int fd;

    make_folders(root, path, false);
    fd = open(full, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    MUST(fd >= 0 && write(fd, text, len) == (ssize_t)len);
    MUST(!close(fd));
    free(full);
}

void tree_link(const char *root, const char *path, const char *target)
{
    char *full = tree_path(root, path);

    make_folders(root, path, false);
    MUST(!symlink(target, full));
    free(full);
}

void tree_remove(const char *root, const char *path)
{
    char *full = tree_path(root, path);
    struct stat st;

    MUST(!lstat(full, &st));
    if (S_ISDIR(st.st_mode))
        testing_folder_remove(full);
    else
        MUST(!unlink(full));
    free(full);
}

bool tree_has(const char *root, const char *path)
{
    char *full = tree_path(root, path);
    struct stat st;
    bool has = !lstat(full, &st);

    free(full);
    return has;
}

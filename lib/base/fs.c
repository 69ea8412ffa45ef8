#include "base/base.h"

#include "base/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"

static ssize_t read_some(int fd, void *data, size_t len)
{
    ssize_t got;

    do
        got = read(fd, data, len);
    while (got < 0 && errno == EINTR);
    return got;
}

void fs_add_too_large(const char *shown, size_t limit, struct errs *errs)
{
    const size_t mebibyte = (size_t)1024 * 1024;
    struct err *err = errs_add(
        errs, ERR_CONTENT, "file-too-large", "the file is larger than the %zu %s that are read",
        limit < mebibyte ? limit : limit / mebibyte, limit < mebibyte ? "bytes" : "MB");

    err_at(err, shown, 0, 0);
    err_hint(err, "is it the right file?");
}

static int read_open(int fd, const char *shown, size_t limit, struct strbuf *out, struct errs *errs)
{
    struct stat st;
    size_t start = out->len;

    if (fstat(fd, &st)) {
        errs_add_errno(errs, errno, "cannot read %s", shown);
        return -1;
    }
    if (!S_ISREG(st.st_mode)) {
        fs_add_no_file(shown, errs);
        return -1;
    }
    if ((uintmax_t)st.st_size > limit)
        goto too_large;
    strbuf_grow(out, (size_t)st.st_size + 1);
    for (;;) {
        ssize_t got = read_some(fd, out->buf + out->len, out->cap - out->len - 1);

        if (got < 0) {
            errs_add_errno(errs, errno, "cannot read %s", shown);
            return -1;
        }
        strbuf_set_len(out, out->len + (size_t)got);
        if (!got)
            return 0;
        if (out->len - start > limit) /* it grew meanwhile */
            goto too_large;
        strbuf_grow(out, 1);
    }

too_large:
    fs_add_too_large(shown, limit, errs);
    return -1;
}

void fs_add_no_file(const char *shown, struct errs *errs)
{
    err_at(errs_add(errs, ERR_CONTENT, "not-a-file", "this is not a regular file"), shown, 0, 0);
}

void fs_add_link(const char *shown, struct errs *errs)
{
    struct err *err = errs_add(errs, ERR_CONTENT, "symbolic-link",
                               "this is a symbolic link, and links are not followed");

    err_at(err, shown, 0, 0);
    err_hint(err, "put a copy of what it leads to in its place");
}

int fs_read(int at, const char *path, const char *shown, size_t limit, struct strbuf *out,
            struct errs *errs)
{
    /* not blocking: a named pipe in the place of a file must not stop us for ever */
    int fd = openat(at, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    int result;

    if (fd < 0) {
        if (errno == ELOOP)
            fs_add_link(shown, errs);
        else
            errs_add_errno(errs, errno, "cannot read %s", shown);
        return -1;
    }
    result = read_open(fd, shown, limit, out, errs);
    close(fd);
    return result;
}

static enum fs_kind kind_of(int at, const struct dirent *entry)
{
    struct stat st;

    switch (entry->d_type) {
    case DT_REG:
        return FS_FILE;
    case DT_DIR:
        return FS_FOLDER;
    case DT_LNK:
        return FS_LINK;
    case DT_UNKNOWN: /* a file system that does not say */
        if (!fstatat(at, entry->d_name, &st, AT_SYMLINK_NOFOLLOW))
            return S_ISREG(st.st_mode)   ? FS_FILE
                   : S_ISDIR(st.st_mode) ? FS_FOLDER
                   : S_ISLNK(st.st_mode) ? FS_LINK
                                         : FS_OTHER;
        return FS_OTHER;
    default:
        return FS_OTHER;
    }
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct fs_entry *)a)->name, ((const struct fs_entry *)b)->name);
}

void fs_list_keep(struct fs_list *out, struct fs_entry *entries, size_t count, struct arena *arena)
{
    if (count)
        qsort(entries, count, sizeof(*entries), compare_names);
    out->count = count;
    out->entries = arena_alloc(arena, count * sizeof(*entries));
    if (count)
        memcpy(out->entries, entries, count * sizeof(*entries));
    free(entries);
}

static DIR *open_folder(int at, const char *path)
{
    int fd = openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);

    if (fd >= 0 && !dir)
        close(fd);
    return dir;
}

/* Leaves errno as it is when it is none. */
static bool is_link(int at, const char *path)
{
    int saved = errno;
    struct stat st;
    bool link = !fstatat(at, path, &st, AT_SYMLINK_NOFOLLOW) && S_ISLNK(st.st_mode);

    errno = saved;
    return link;
}

int fs_list(int at, const char *path, const char *shown, struct arena *arena, struct fs_list *out,
            struct errs *errs)
{
    DIR *dir = open_folder(at, path);
    struct fs_list list = {NULL, 0};
    size_t cap = 0;
    struct dirent *entry;
    int result = 0;

    if (!dir) {
        if (errno == ENOTDIR && is_link(at, path))
            fs_add_link(shown, errs);
        else
            errs_add_errno(errs, errno, "cannot open the folder %s", shown);
        return -1;
    }
    for (errno = 0; (entry = readdir(dir)); errno = 0) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        MEM_GROW(list.entries, list.count, cap);
        list.entries[list.count].name = arena_strdup(arena, entry->d_name);
        list.entries[list.count].kind = kind_of(dirfd(dir), entry);
        list.count++;
    }
    if (errno) {
        errs_add_errno(errs, errno, "cannot read the folder %s", shown);
        result = -1;
        list.count = 0;
    }
    fs_list_keep(out, list.entries, list.count, arena);
    closedir(dir);
    return result;
}

bool fs_is_dropping(const char *name)
{
    static const char *const names[] = {
        "Thumbs.db", "ehthumbs.db", "desktop.ini",  "Icon\r",
        "__MACOSX",  "@eaDir",      "$RECYCLE.BIN", "System Volume Information"};

    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        if (!strcasecmp(name, names[i]))
            return true;
    return !strncmp(name, "~$", 2);
}

/* 0 when the folder was made or was there; what it is called may also be a link to one. */
static int make_folder(int at, const char *path)
{
    struct stat st;

    if (!mkdirat(at, path, 0777))
        return 0;
    if (errno != EEXIST)
        return -1;
    if (!fstatat(at, path, &st, 0) && S_ISDIR(st.st_mode))
        return 0;
    errno = EEXIST;
    return -1;
}

int fs_make_parents(int at, const char *path, struct errs *errs)
{
    char *copy = mem_strdup(path), *last = strrchr(copy, '/');
    int result = 0;

    if (last && last > copy) { /* mostly there is only the last one to be made */
        *last = '\0';
        if (!make_folder(at, copy))
            goto out;
        if (errno != ENOENT && errno != ENOTDIR && errno != EEXIST) {
            errs_add_errno(errs, errno, "cannot make the folder %s", copy);
            result = -1;
            goto out;
        }
        *last = '/';
    }
    for (char *slash = strchr(copy + (*copy == '/'), '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (make_folder(at, copy)) {
            errs_add_errno(errs, errno, "cannot make the folder %s", copy);
            result = -1;
            break;
        }
        *slash = '/';
    }
out:
    free(copy);
    return result;
}

size_t fs_existing(const char *path)
{
    char *copy = mem_strdup(path), *slash;
    size_t len = strlen(path);

    while (access(copy, F_OK)) {
        slash = strrchr(copy, '/');
        len = slash ? (size_t)(slash - copy) : 0;
        copy[len] = '\0';
        if (!len)
            break;
    }
    free(copy);
    return len;
}

void fs_remove_parents(const char *path, size_t existed)
{
    char *copy = mem_strdup(path), *slash;

    while ((slash = strrchr(copy, '/')) && (size_t)(slash - copy) > existed) {
        *slash = '\0';
        if (rmdir(copy))
            break;
    }
    free(copy);
}

int fs_write_fd(int fd, const void *data, size_t len)
{
    const char *at = data;

    while (len) {
        ssize_t done = write(fd, at, len);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return -1;
        at += done;
        len -= (size_t)done;
    }
    return 0;
}

static int open_for_writing(int at, const char *path, struct errs *errs)
{
    const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW;
    int fd = openat(at, path, flags, 0666);

    if (fd < 0 && errno == ENOENT) {
        if (fs_make_parents(at, path, errs))
            return -1;
        fd = openat(at, path, flags, 0666);
    }
    if (fd < 0)
        errs_add_errno(errs, errno, "cannot write %s", path);
    return fd;
}

static int write_file(int at, const char *path, const void *data, size_t len, bool sync,
                      struct errs *errs)
{
    int fd = open_for_writing(at, path, errs);
    int failed;

    if (fd < 0)
        return -1;
    failed = fs_write_fd(fd, data, len) || (sync && fsync(fd)) ? errno : 0;
    if (close(fd) && !failed)
        failed = errno;
    if (failed) {
        errs_add_errno(errs, failed, "cannot write %s", path);
        return -1;
    }
    return 0;
}

int fs_write(int at, const char *path, const void *data, size_t len, struct errs *errs)
{
    return write_file(at, path, data, len, false, errs);
}

int fs_write_synced(int at, const char *path, const void *data, size_t len, struct errs *errs)
{
    return write_file(at, path, data, len, true, errs);
}

int fs_write_atomic(int at, const char *path, const void *data, size_t len, struct errs *errs)
{
    struct strbuf beside = STRBUF_INIT;
    int result = -1;

    strbuf_addf(&beside, "%s.new", path);
    if (!write_file(at, beside.buf, data, len, true, errs)) {
        if (renameat(at, beside.buf, at, path))
            errs_add_errno(errs, errno, "cannot replace %s", path);
        else
            result = 0;
    }
    if (result)
        unlinkat(at, beside.buf, 0);
    strbuf_release(&beside);
    return result;
}

bool fs_same(int at, const char *path, const void *data, size_t len)
{
    int fd = openat(at, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    const char *rest = data;
    char piece[64 * 1024];
    struct stat st;
    bool same = false;

    if (fd < 0)
        return false;
    if (!fstat(fd, &st) && S_ISREG(st.st_mode) && (uintmax_t)st.st_size == len) {
        same = true;
        while (same && len) {
            ssize_t got = read_some(fd, piece, sizeof(piece));

            same = got > 0 && (size_t)got <= len && !memcmp(piece, rest, (size_t)got);
            if (same) {
                rest += got;
                len -= (size_t)got;
            }
        }
    }
    close(fd);
    return same;
}

static int remove_folder(int parent, const char *name)
{
    DIR *dir = open_folder(parent, name);
    struct dirent *entry;
    int result = 0;
    bool again;

    if (!dir)
        return -1;
    do { /* a folder that changes under readdir() may hide entries: look until none is left */
        again = false;
        rewinddir(dir);
        while (!result && (entry = readdir(dir))) {
            if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
                continue;
            again = true;
            if (unlinkat(dirfd(dir), entry->d_name, 0))
                result = errno == EISDIR ? remove_folder(dirfd(dir), entry->d_name) : -1;
        }
    } while (again && !result);
    closedir(dir);
    return result ? result : unlinkat(parent, name, AT_REMOVEDIR);
}

int fs_remove_tree(int at, const char *path, struct errs *errs)
{
    if (!unlinkat(at, path, 0) || errno == ENOENT)
        return 0;
    if (errno == EISDIR && !remove_folder(at, path))
        return 0;
    errs_add_errno(errs, errno, "cannot remove %s", path);
    return -1;
}

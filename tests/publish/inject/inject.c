/*
 * inject: a library to be preloaded, which lets one call that changes the disk fail, or kills the
 * program in front of it.
 *
 *     INJECT_DO    what happens: ENOSPC, EIO, EACCES, KILL; or COUNT for nothing
 *     INJECT_AT    to which of the calls, from 1
 *     INJECT_ONLY  of which calls: "rename mkdir ..."; without it, of all
 *     INJECT_FULL  set: not only to that call, but to all that follow and need room
 *     INJECT_LOG   a file for the number of calls, when the program ends
 *
 * Calls that are counted: open (of a file to be written), write, truncate, close and fsync of such
 * a file, mkdir, rename, remove, syncfs. What goes to standard output and error does not count, nor
 * does the close of a database: SQLite passes over it when that fails, and the sync of the whole
 * site, which comes later, is what tells.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum { FDS = 4096 };

static atomic_long calls;
static atomic_bool written[FDS]; /* descriptors that were opened for writing */
static atomic_bool database[FDS]; /* of these, those of SQLite */

static bool is_counted(const char *name)
{
    const char *only = getenv("INJECT_ONLY");

    return !only || strstr(only, name);
}

/* What happens to this call: 0, or the errno that it fails with. */
static int happens(const char *name, bool needs_room)
{
    const char *what = getenv("INJECT_DO"), *at = getenv("INJECT_AT");
    long number;

    if (!what || !is_counted(name))
        return 0;
    number = atomic_fetch_add(&calls, 1) + 1;
    if (!at || !strcmp(what, "COUNT") || number < strtol(at, NULL, 10))
        return 0;
    if (number > strtol(at, NULL, 10) && !(needs_room && getenv("INJECT_FULL")))
        return 0;
    if (!strcmp(what, "KILL"))
        syscall(SYS_kill, (pid_t)syscall(SYS_getpid), SIGKILL);
    return !strcmp(what, "ENOSPC") ? ENOSPC : !strcmp(what, "EACCES") ? EACCES : EIO;
}

__attribute__((destructor)) static void log_calls(void)
{
    const char *path = getenv("INJECT_LOG");
    char text[32];
    long fd;

    if (!path)
        return;
    fd = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    syscall(SYS_write, fd, text, snprintf(text, sizeof(text), "%ld\n", atomic_load(&calls)));
    syscall(SYS_close, fd);
}

static bool is_written(int fd)
{
    return fd >= 0 && fd < FDS && written[fd];
}

#define FAIL_IF(name, needs_room)                                                                  \
    do {                                                                                           \
        int failure = happens(name, needs_room);                                                   \
                                                                                                   \
        if (failure) {                                                                             \
            errno = failure;                                                                       \
            return -1;                                                                             \
        }                                                                                          \
    } while (0)

static int open_it(int at, const char *path, int flags, mode_t mode)
{
    bool writes = (flags & O_ACCMODE) != O_RDONLY;
    int fd;

    if (writes)
        FAIL_IF("open", flags & O_CREAT);
    fd = (int)syscall(SYS_openat, at, path, flags, mode);
    if (fd >= 0 && fd < FDS) {
        written[fd] = writes;
        database[fd] = strlen(path) > 7 && !strcmp(path + strlen(path) - 7, ".sqlite");
    }
    return fd;
}

static mode_t mode_of(int flags, va_list args)
{
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
}

#define DEFINE_OPEN(name)                                                                          \
    int name(const char *path, int flags, ...)                                                     \
    {                                                                                              \
        va_list args;                                                                              \
        mode_t mode;                                                                               \
                                                                                                   \
        va_start(args, flags);                                                                     \
        mode = mode_of(flags, args);                                                               \
        va_end(args);                                                                              \
        return open_it(AT_FDCWD, path, flags, mode);                                               \
    }
#define DEFINE_OPENAT(name)                                                                        \
    int name(int at, const char *path, int flags, ...)                                             \
    {                                                                                              \
        va_list args;                                                                              \
        mode_t mode;                                                                               \
                                                                                                   \
        va_start(args, flags);                                                                     \
        mode = mode_of(flags, args);                                                               \
        va_end(args);                                                                              \
        return open_it(at, path, flags, mode);                                                     \
    }

DEFINE_OPEN(open)
DEFINE_OPEN(open64)
DEFINE_OPEN(__open_2)
DEFINE_OPEN(__open64_2)
DEFINE_OPENAT(openat)
DEFINE_OPENAT(openat64)
DEFINE_OPENAT(__openat_2)
DEFINE_OPENAT(__openat64_2)

ssize_t write(int fd, const void *data, size_t len)
{
    if (is_written(fd))
        FAIL_IF("write", true);
    return syscall(SYS_write, fd, data, len);
}

ssize_t pwrite64(int fd, const void *data, size_t len, off64_t at)
{
    if (is_written(fd))
        FAIL_IF("write", true);
    return syscall(SYS_pwrite64, fd, data, len, at);
}

ssize_t pwrite(int fd, const void *data, size_t len, off_t at)
{
    return pwrite64(fd, data, len, at);
}

int ftruncate64(int fd, off64_t len)
{
    FAIL_IF("truncate", true);
    return (int)syscall(SYS_ftruncate, fd, len);
}

int ftruncate(int fd, off_t len)
{
    return ftruncate64(fd, len);
}

/* Closed all the same, as the kernel does it. */
int close(int fd)
{
    int failure = is_written(fd) && !database[fd] ? happens("close", true) : 0;
    int result;

    if (fd >= 0 && fd < FDS)
        written[fd] = false;
    result = (int)syscall(SYS_close, fd);
    if (failure) {
        errno = failure;
        return -1;
    }
    return result;
}

int fsync(int fd)
{
    FAIL_IF("fsync", true);
    return (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    FAIL_IF("fsync", true);
    return (int)syscall(SYS_fdatasync, fd);
}

int syncfs(int fd)
{
    FAIL_IF("syncfs", true);
    return (int)syscall(SYS_syncfs, fd);
}

int rename(const char *from, const char *to)
{
    FAIL_IF("rename", false);
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int renameat(int from_at, const char *from, int to_at, const char *to)
{
    FAIL_IF("rename", false);
    return (int)syscall(SYS_renameat2, from_at, from, to_at, to, 0);
}

int mkdir(const char *path, mode_t mode)
{
    FAIL_IF("mkdir", true);
    return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

int mkdirat(int at, const char *path, mode_t mode)
{
    FAIL_IF("mkdir", true);
    return (int)syscall(SYS_mkdirat, at, path, mode);
}

int unlink(const char *path)
{
    FAIL_IF("remove", false);
    return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

int unlinkat(int at, const char *path, int flags)
{
    FAIL_IF("remove", false);
    return (int)syscall(SYS_unlinkat, at, path, flags);
}

int rmdir(const char *path)
{
    FAIL_IF("remove", false);
    return (int)syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR);
}

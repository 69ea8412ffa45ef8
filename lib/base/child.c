#include "base/base.h"

#include "base/child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/fs.h"

enum { EXTRA_FD = 3, NOT_FOUND = 127 };

struct files {
    int input, extra, out, err;
};

static int file_of(const void *data, size_t len)
{
    int fd = memfd_create("juesuan", MFD_CLOEXEC);

    if (fd >= 0 && len && (fs_write_fd(fd, data, len) || lseek(fd, 0, SEEK_SET))) {
        close(fd);
        return -1;
    }
    return fd;
}

static void take_answer(int fd, size_t most, struct strbuf *out)
{
    off_t size = lseek(fd, 0, SEEK_END);
    ssize_t got;

    if (size <= 0 || (size_t)size > most)
        return;
    strbuf_grow(out, (size_t)size);
    got = pread(fd, out->buf, (size_t)size, 0);
    if (got > 0)
        strbuf_set_len(out, (size_t)got);
}

/* errno, or 0. */
static int spawn(struct child *child, const struct files *files, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    int reason = posix_spawn_file_actions_init(&actions);

    if (reason)
        return reason;
    /* EXTRA_FD is the last to be set, since it may be the number of one of the others */
    if (!(reason = posix_spawn_file_actions_adddup2(&actions, files->input, STDIN_FILENO)) &&
        !(reason = posix_spawn_file_actions_adddup2(&actions, files->out, STDOUT_FILENO)) &&
        !(reason = posix_spawn_file_actions_adddup2(&actions, files->err, STDERR_FILENO)) &&
        !(reason = posix_spawn_file_actions_adddup2(&actions, files->extra, EXTRA_FD)))
        reason =
            posix_spawnp(pid, child->args[0], &actions, NULL, (char *const *)child->args, environ);
    posix_spawn_file_actions_destroy(&actions);
    return reason;
}

static void limit(pid_t pid, __rlimit_resource_t what, size_t most)
{
    const struct rlimit limit = {.rlim_cur = most, .rlim_max = most};

    if (most)
        prlimit(pid, what, &limit, NULL);
}

/* Waits until the time is over, and then ends it. */
static void keep_time(struct child *child, pid_t pid)
{
    int fd = child->seconds ? pidfd_open(pid, 0) : -1, ready;
    struct pollfd watched = {.fd = fd, .events = POLLIN};

    if (fd < 0)
        return;
    do
        ready = poll(&watched, 1, (int)child->seconds * 1000);
    while (ready < 0 && errno == EINTR);
    if (!ready) {
        child->is_too_late = true;
        kill(pid, SIGKILL);
    }
    close(fd);
}

static int run(struct child *child, const struct files *files)
{
    pid_t pid, ended;
    int reason = spawn(child, files, &pid), status;

    if (reason)
        return reason;
    limit(pid, RLIMIT_AS, child->memory);
    limit(pid, RLIMIT_FSIZE, child->output);
    keep_time(child, pid);
    do
        ended = waitpid(pid, &status, 0);
    while (ended < 0 && errno == EINTR);
    child->status = ended == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    take_answer(files->out, child->output, &child->out);
    take_answer(files->err, child->output, &child->err);
    return 0;
}

static void close_files(const struct files *files)
{
    const int fds[] = {files->input, files->extra, files->out, files->err};

    for (size_t i = 0; i < ARRAY_SIZE(fds); i++)
        if (fds[i] >= 0)
            close(fds[i]);
}

int child_run(struct child *child)
{
    struct files files = {.input = file_of(child->input, child->input_len),
                          .extra = file_of(child->extra, child->extra_len),
                          .out = file_of(NULL, 0),
                          .err = file_of(NULL, 0)};
    int reason = 0;

    strbuf_init(&child->out);
    strbuf_init(&child->err);
    child->is_too_late = false;
    if (files.input < 0 || files.extra < 0 || files.out < 0 || files.err < 0)
        reason = errno;
    else
        reason = run(child, &files);
    close_files(&files);
    if (!reason && child->status == NOT_FOUND) /* where posix_spawn cannot tell */
        reason = ENOENT;
    return reason;
}

void child_release(struct child *child)
{
    strbuf_release(&child->out);
    strbuf_release(&child->err);
}

const char *child_last_words(struct child *child)
{
    struct strbuf *said = child->err.len ? &child->err : &child->out;
    char *newline;

    while (said->len && said->buf[said->len - 1] <= ' ')
        strbuf_set_len(said, said->len - 1);
    newline = strrchr(said->buf, '\n');
    return newline ? newline + 1 : *said->buf ? said->buf : "it does not say why";
}

#include "base/base.h"

#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/fs.h"

enum { EXTRA_FD = 3, NOT_RUN = 126, NOT_FOUND = 127 };

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

static void limit(__rlimit_resource_t what, size_t most)
{
    const struct rlimit limits = {.rlim_cur = most, .rlim_max = most};

    if (most)
        setrlimit(what, &limits);
}

/* A file that has that number already would be closed when the program begins. */
static int put_at(int fd, int number)
{
    return (fd == number ? fcntl(fd, F_SETFD, 0) : dup2(fd, number)) < 0 ? -1 : 0;
}

/* In the child, where only what a signal handler may do is allowed. The limits are set before the
 * program begins, which posix_spawn() cannot do. */
_Noreturn static void become(const struct child *child, const struct files *files)
{
    limit(RLIMIT_AS, child->memory);
    limit(RLIMIT_FSIZE, child->output);
    /* EXTRA_FD is the last to be set, since it may be the number of one of the others */
    if (!put_at(files->input, STDIN_FILENO) && !put_at(files->out, STDOUT_FILENO) &&
        !put_at(files->err, STDERR_FILENO) && !put_at(files->extra, EXTRA_FD))
        execvp(child->args[0], (char *const *)child->args);
    _exit(errno == ENOENT ? NOT_FOUND : NOT_RUN);
}

/* Waits until the program has ended, which closes the other end of `alive`; or until the time is
 * over, and then ends it. */
static void keep_time(struct child *child, pid_t pid, int alive)
{
    struct pollfd watched = {.fd = alive, .events = POLLIN};
    int ready;

    do
        ready = poll(&watched, 1, (int)child->seconds * 1000);
    while (ready < 0 && errno == EINTR);
    if (!ready) {
        child->is_too_late = true;
        kill(pid, SIGKILL);
    }
}

static int run(struct child *child, const struct files *files)
{
    pid_t pid, ended;
    int status, alive[2];

    if (pipe2(alive, O_CLOEXEC))
        return errno;
    pid = fork();
    if (!pid) {
        fcntl(alive[1], F_SETFD, 0);
        become(child, files);
    }
    close(alive[1]);
    if (pid > 0 && child->seconds)
        keep_time(child, pid, alive[0]);
    close(alive[0]);
    if (pid < 0)
        return EAGAIN;
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
    if (!reason && (child->status == NOT_FOUND || child->status == NOT_RUN))
        reason = child->status == NOT_FOUND ? ENOENT : EACCES;
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

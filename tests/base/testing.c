#include "base/base.h"

#include "base/testing.h"

#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/mem.h"
#include "base/strbuf.h"

uint64_t testing_random(struct testing_random *random)
{
    uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

size_t testing_below(struct testing_random *random, size_t n)
{
    return testing_random(random) % n;
}

size_t testing_rounds(size_t n)
{
    if (!getenv("MEMCHECK"))
        return n;
    return n < 100 ? 1 : n / 100;
}

/* By the table of RFC 3629, section 3. */
static void add_character(struct strbuf *out, unsigned c)
{
    if (c < 0x80) {
        strbuf_addch(out, (char)c);
        return;
    }
    if (c < 0x800) {
        strbuf_addch(out, (char)(0xC0 + c / 64));
    } else {
        if (c < 0x10000) {
            strbuf_addch(out, (char)(0xE0 + c / 4096));
        } else {
            strbuf_addch(out, (char)(0xF0 + c / 262144));
            strbuf_addch(out, (char)(0x80 + c / 4096 % 64));
        }
        strbuf_addch(out, (char)(0x80 + c / 64 % 64));
    }
    strbuf_addch(out, (char)(0x80 + c % 64));
}

void testing_add_text(struct testing_random *random, struct strbuf *out, size_t characters)
{
    static const unsigned from[] = {1, 0x20, 0x20, 0x80, 0x4E00, 0x4E00, 0x800, 0xE000, 0x10000};
    static const unsigned to[] = {0x1F,   0x7F,   0x7F,   0x7FF,   0x9FFF,
                                  0x9FFF, 0xD7FF, 0xFFFF, 0x10FFFF};

    while (characters--) {
        size_t kind = testing_below(random, ARRAY_SIZE(from));

        add_character(out, from[kind] + (unsigned)testing_below(random, to[kind] - from[kind] + 1));
    }
}

void testing_skip(const char *reason)
{
    printf("# skipped: %s\n", reason);
}

char *testing_folder(void)
{
    char *path = mem_strdup("/tmp/juesuan-test-XXXXXX");

    if (!mkdtemp(path)) {
        perror(path);
        abort();
    }
    return path;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
    (void)st;
    (void)type;
    (void)where;
    return remove(path);
}

void testing_folder_remove(const char *path)
{
    if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS))
        perror(path);
}

int testing_in_child(int (*body)(void *ctx), void *ctx)
{
    int status;
    pid_t child;

    fflush(NULL);
    child = fork();
    if (child < 0)
        abort();
    if (!child) {
        int null = open("/dev/null", O_WRONLY);

        signal(SIGABRT, SIG_DFL);
        if (null < 0 || dup2(null, STDERR_FILENO) < 0)
            _exit(126);
        _exit(body(ctx));
    }
    if (waitpid(child, &status, 0) != child)
        abort();
    return status;
}

bool testing_aborts(int (*body)(void *ctx), void *ctx)
{
    int status = testing_in_child(body, ctx);

    return WIFSIGNALED(status) ? WTERMSIG(status) == SIGABRT : WEXITSTATUS(status) == 1;
}

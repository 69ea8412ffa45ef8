#include "base/base.h"

#include "search/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>

#include "base/err.h"
#include "base/fs.h"

enum { SPOOL_BUFFER = 1 << 18 };

int spool_open(struct spool *spool, const char *path, struct errs *errs)
{
    spool->shown = path;
    spool->fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (spool->fd < 0) {
        errs_add_errno(errs, errno, "cannot write %s", path);
        return -1;
    }
    if (unlink(path)) {
        errs_add_errno(errs, errno, "cannot remove %s", path);
        close(spool->fd);
        spool->fd = -1;
        return -1;
    }
    return 0;
}

static int write_tail(struct spool *spool, struct errs *errs)
{
    if (fs_write_fd(spool->fd, spool->tail.buf, spool->tail.len)) {
        errs_add_errno(errs, errno, "cannot write %s", spool->shown);
        return -1;
    }
    spool->written += spool->tail.len;
    strbuf_clear(&spool->tail);
    return 0;
}

int spool_add(struct spool *spool, const void *data, size_t len, struct errs *errs)
{
    strbuf_add(&spool->tail, data, len);
    return spool->tail.len < SPOOL_BUFFER ? 0 : write_tail(spool, errs);
}

/* The file stays as long as it is mapped. What could not be written may be told only now. */
static int close_file(struct spool *spool, struct errs *errs)
{
    int fd = spool->fd;

    spool->fd = -1;
    if (!close(fd))
        return 0;
    errs_add_errno(errs, errno, "cannot write %s", spool->shown);
    return -1;
}

const char *spool_read(struct spool *spool, struct errs *errs)
{
    void *map;

    if (write_tail(spool, errs))
        return NULL;
    if (!spool->written)
        return close_file(spool, errs) ? NULL : "";
    map = mmap(NULL, spool->written, PROT_READ, MAP_SHARED, spool->fd, 0);
    if (map == MAP_FAILED) {
        errs_add_errno(errs, errno, "cannot read %s", spool->shown);
        return NULL;
    }
    spool->map = map;
    spool->map_len = spool->written;
    return close_file(spool, errs) ? NULL : spool->map;
}

void spool_release(struct spool *spool)
{
    if (spool->map)
        munmap(spool->map, spool->map_len);
    if (spool->fd >= 0)
        close(spool->fd);
    strbuf_release(&spool->tail);
    *spool = (struct spool)SPOOL_INIT;
}

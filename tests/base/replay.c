#include "base/base.h"

#include "base/replay.h"

#include <fcntl.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/strbuf.h"
#include "base/testing.h"

void replay(const char *folder, int (*target)(const uint8_t *data, size_t size))
{
    struct arena arena = ARENA_INIT;
    struct errs errs = ERRS_INIT;
    struct fs_list list = {NULL, 0};

    assert_int_equal(fs_list(AT_FDCWD, folder, folder, &arena, &list, &errs), 0);
    assert_true(list.count > 0);
    for (size_t i = 0; i < list.count; i++) {
        struct strbuf path = STRBUF_INIT, bytes = STRBUF_INIT;

        strbuf_addf(&path, "%s/%s", folder, list.entries[i].name);
        assert_int_equal(fs_read(AT_FDCWD, path.buf, path.buf, SIZE_MAX, &bytes, &errs), 0);
        for (size_t len = 0; len <= bytes.len; len++) { /* and every beginning of it */
            if (len < bytes.len && bytes.len > 2000)
                continue;
            target((const uint8_t *)bytes.buf, len);
        }
        strbuf_release(&path);
        strbuf_release(&bytes);
    }
    arena_release(&arena);
    errs_release(&errs);
}

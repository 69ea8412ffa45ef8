#include "base/base.h"

#include "publish/scratch.h"

#include <errno.h>
#include <fcntl.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/strbuf.h"

char *scratch_make(struct errs *errs)
{
    const char *folder = getenv("TMPDIR");
    struct strbuf path = STRBUF_INIT;

    strbuf_addf(&path, "%s/juesuan-site-XXXXXX", folder && *folder ? folder : "/tmp");
    if (mkdtemp(path.buf))
        return strbuf_detach(&path, NULL);
    errs_add_errno(errs, errno, "cannot make a folder in %s", folder && *folder ? folder : "/tmp");
    strbuf_release(&path);
    return NULL;
}

void scratch_remove(char *folder)
{
    struct errs ignored = ERRS_INIT;

    if (folder)
        fs_remove_tree(AT_FDCWD, folder, &ignored);
    errs_release(&ignored);
    free(folder);
}

#include "base/base.h"

#include "publish/place.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "publish/manifest.h"

enum found {
    FOUND_NOTHING,
    FOUND_FILE,     /* at the end of the path; or anything else that is no folder */
    FOUND_FOLDER,   /* at the end of the path */
    FOUND_ON_WAY,   /* what is no folder, and should be one */
    FOUND_NO_ENTRY, /* another mount, or a folder that cannot be looked into */
};

/* Asks about a path and says whether it leads to something. Mounts are told apart by their ids,
 * since one may show another folder of the same file system. */
static bool ask(int root, const char *path, struct statx *stx)
{
    return !statx(root, path, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH, STATX_TYPE | STATX_MNT_ID, stx);
}

static bool is_same_mount(const struct statx *a, const struct statx *b)
{
    return a->stx_dev_major == b->stx_dev_major && a->stx_dev_minor == b->stx_dev_minor &&
           a->stx_mnt_id == b->stx_mnt_id;
}

/* Whether a part of a path is a folder of the site's mount; if not, *found says what it is. */
static bool is_folder(int root, const char *path, const struct statx *site, enum found *found)
{
    struct statx stx;

    if (!ask(root, path, &stx)) {
        *found = errno == ENOENT ? FOUND_NOTHING : FOUND_NO_ENTRY;
        return false;
    }
    if (!S_ISDIR(stx.stx_mode)) {
        *found = FOUND_ON_WAY;
        return false;
    }
    *found = is_same_mount(&stx, site) ? FOUND_FOLDER : FOUND_NO_ENTRY;
    return *found == FOUND_FOLDER;
}

/* Goes down a path as far as there are folders. *len is how far that was. */
static enum found look(int root, const char *path, size_t *len)
{
    char *copy = mem_strdup(path), *slash = copy;
    enum found found = FOUND_NO_ENTRY;
    struct statx site;
    bool deeper = ask(root, "", &site);

    while (deeper) {
        slash = strchr(slash + 1, '/');
        if (slash)
            *slash = '\0';
        deeper = is_folder(root, copy, &site, &found) && slash;
        if (deeper)
            *slash = '/';
    }
    *len = strlen(copy);
    if (found == FOUND_ON_WAY && !path[*len])
        found = FOUND_FILE;
    free(copy);
    return found;
}

/* Whether a folder holds nothing but files of ours, and some. */
static bool is_all_ours(int root, const struct manifest_paths *ours, const char *folder)
{
    struct errs ignored = ERRS_INIT;
    struct arena arena = ARENA_INIT;
    struct strbuf path = STRBUF_INIT;
    struct fs_list list = {0};
    bool all = !fs_list(root, folder, folder, &arena, &list, &ignored) && list.count;

    for (size_t i = 0; all && i < list.count; i++) {
        strbuf_clear(&path);
        strbuf_addf(&path, "%s/%s", folder, list.entries[i].name);
        all = list.entries[i].kind == FS_FOLDER ? is_all_ours(root, ours, path.buf)
                                                : manifest_has(ours, path.buf);
    }
    strbuf_release(&path);
    arena_release(&arena);
    errs_release(&ignored);
    return all;
}

bool place_is_free(int root, const struct manifest_paths *ours, const char *path, size_t *blocked)
{
    enum found found = look(root, path, blocked);
    char *part;
    bool result;

    if (found == FOUND_NOTHING || found == FOUND_NO_ENTRY)
        return found == FOUND_NOTHING;
    if (found == FOUND_FOLDER)
        return is_all_ours(root, ours, path);
    part = mem_strndup(path, *blocked);
    result = manifest_has(ours, part);
    free(part);
    return result;
}

bool place_is_removable(int root, const char *path)
{
    size_t ignored;
    enum found found = look(root, path, &ignored);

    return found == FOUND_NOTHING || found == FOUND_FILE;
}

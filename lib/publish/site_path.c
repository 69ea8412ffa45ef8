#include "base/base.h"

#include "publish/site_path.h"

#include "text/utf8.h"

static bool is_good_part(const char *part, size_t len)
{
    return len && !(len <= 2 && !memcmp(part, "..", len));
}

bool site_path_is_good(const char *path, size_t len)
{
    size_t start = 0;

    if (len > SITE_PATH_MAX || utf8_check(path, len) != len)
        return false;
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)path[i] < 0x20 || path[i] == 0x7F)
            return false;
        if (path[i] == '/') {
            if (!is_good_part(path + start, i - start))
                return false;
            start = i + 1;
        }
    }
    return is_good_part(path + start, len - start);
}

#include "base/base.h"

#include "import/read_ole.h"

enum { ENTRY = 128, NAME_LEN_AT = 64, HEADER = 512 };

/* The directory is a list of entries of 128 bytes, wherever its sectors are; each begins with a
 * name in UTF-16 and how many bytes that takes. Names like these come nowhere else in that shape.
 */
static bool has_entry(const char *data, size_t len, const char *name)
{
    size_t chars = strlen(name), bytes = (chars + 1) * 2;

    for (size_t at = HEADER; at + ENTRY <= len; at += ENTRY) {
        const char *entry = data + at;
        size_t i = 0;

        if ((unsigned char)entry[NAME_LEN_AT] != bytes || entry[NAME_LEN_AT + 1])
            continue;
        while (i < chars && entry[2 * i] == name[i] && !entry[2 * i + 1])
            i++;
        if (i == chars)
            return true;
    }
    return false;
}

enum ole_kind ole_kind(const char *data, size_t len)
{
    if (len < HEADER || memcmp(data, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) != 0)
        return OLE_NONE;
    if (has_entry(data, len, "EncryptedPackage"))
        return OLE_ENCRYPTED;
    if (has_entry(data, len, "WordDocument"))
        return OLE_WORD;
    if (has_entry(data, len, "Workbook") || has_entry(data, len, "Book"))
        return OLE_WORKBOOK;
    return OLE_OTHER;
}

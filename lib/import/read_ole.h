/*
 * read_ole: compound files, which is what Office wrote before 2007 and what it puts documents with
 * a password into. Only the names in them are looked at here, to tell which they are. Depends on
 * base.
 */
#ifndef IMPORT_READ_OLE_H
#define IMPORT_READ_OLE_H

#include <stdbool.h>
#include <stddef.h>

enum ole_kind { OLE_NONE, OLE_OTHER, OLE_WORKBOOK, OLE_WORD, OLE_ENCRYPTED };

/* OLE_NONE: it is no compound file. */
enum ole_kind ole_kind(const char *data, size_t len);

#endif

/*
 * stage: what an import would make of the content, in a folder of its own, before anything is
 * written: so that it can be loaded, checked and compared with what is there.
 *
 * Depends on base, source/source.h, import/import.h.
 */
#ifndef IMPORT_STAGE_H
#define IMPORT_STAGE_H

#include "import/import.h"

/* Fills the folder with what departments share, what the content has of the department, and over
 * that what was imported. */
int stage_fill(const struct import *import, const struct import_options *options,
               const char *folder, struct errs *errs);

enum stage_state { STAGE_NEW, STAGE_SAME, STAGE_DIFFERENT };

/* How a file of the import is to what the content folder `into` has. */
enum stage_state stage_compare(const char *into, const struct import_file *file);

/*
 * Writes the files that are new or different into the content folder, each of them atomically.
 * What a different one replaces is kept in .replaced/ beside the report, where nothing looks.
 */
int stage_store(const struct import *import, const struct import_options *options, const char *into,
                struct errs *errs);

#endif

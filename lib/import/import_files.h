/*
 * import_files: the files that a draft becomes.
 *
 * Depends on base, import/import.h, import/write.h, import/import_text.h.
 */
#ifndef IMPORT_IMPORT_FILES_H
#define IMPORT_IMPORT_FILES_H

struct import;
struct import_options;

/* Completes the report (its title, the tables that it lacks) and makes report.json, narrative.md,
 * projects/, evaluations/, and department.json if the content has none. */
void import_make_files(struct import *import, const struct import_options *options);

#endif

/*
 * import_out: how what came of an import is told. Private to cmd/juesuan.
 */
#ifndef IMPORT_OUT_H
#define IMPORT_OUT_H

#include "import/import.h"

struct json_writer;

/* What a person must look at, as warnings with their places: numbers that were not placed, and
 * what recognisers were unsure of. What is only to be known becomes notes. Returns how many
 * warnings there are. */
size_t import_notices(const struct import *import, struct errs *errs);

/* For people, on standard output: the numbers by class, and the figures by part. */
void import_coverage_text(const struct import *import);
/* All figures that were not placed, by their places: the warnings may be cut. */
void import_loose_text(const struct import *import);
/* For machines: the same as keys and values. */
void import_coverage_json(struct json_writer *w, const struct import *import);

#endif

/*
 * The structs of views.def: what templates see beyond the records of the sources.
 */
#ifndef SITE_VIEWS_H
#define SITE_VIEWS_H

#include "model/entities.h"

/* clang-format off */
#define DEFINITIONS "site/views.def"
#include "model/declare.inc"
#undef DEFINITIONS
/* clang-format on */

#endif

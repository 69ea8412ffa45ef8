/* toy: the structs and descriptions of toy.def. Made in toy.c. Depends on model/dictionary.h. */
#ifndef TESTS_MODEL_TOY_H
#define TESTS_MODEL_TOY_H

#include "model/dictionary.h"

/* clang-format off */
#define DEFINITIONS "model/toy.def"
#include "model/declare.inc"
#undef DEFINITIONS
/* clang-format on */

#endif

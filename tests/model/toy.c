#include "base/base.h"

#include "model/toy.h"

#define DEFINITIONS "model/toy.def"
#include "model/define.inc"
#undef DEFINITIONS

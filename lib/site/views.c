#include "base/base.h"

#include "site/views.h"

#define DEFINITIONS "site/views.def"
#include "model/define.inc"
#undef DEFINITIONS

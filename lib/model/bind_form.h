/*
 * bind_form: what must hold within a profile, whatever codes and columns there are: its years, the
 * names of its tables, the levels and sides of its lines. Part of model/bind.h.
 */
#ifndef MODEL_BIND_FORM_H
#define MODEL_BIND_FORM_H

#include "model/bind.h"

void bind_form(struct bind *b, const struct profile *profile, const struct source_text *source);

#endif

/*
 * record_schema: the data dictionary as the names that templates may use.
 *
 * A type is a struct entity, an object its record. Every field is a name. Besides:
 *   a quantity `final`     {{final}} as people read it (4,180.76, ——), {{final_stated}} as written,
 *                          {{final_value}} for machines, {{final_unit}}; true unless it is absent;
 *                          {{#final_negative}} when it is below zero; {{#final_findings}} is the
 *                          list of what the checks found about it
 *   a choice `level`       {{level}} its id, {{level_title}} its title
 *   a unit `unit`          {{unit}} as written, {{unit_title}} what the language calls it; of a
 *                          quantity {{final_unit_title}}
 *   a text `name`          {{#name_foreign}} where it is Chinese on a page that is not
 *   a flag                 for sections
 * A text is true when it is not empty, an integer when it is there, be it 0. The scores of a
 * criterion's experts are in `expert_scores`; `experts` is no name.
 */
#ifndef SITE_RECORD_SCHEMA_H
#define SITE_RECORD_SCHEMA_H

#include "text/mustache.h"

/* The dictionary has its titles in two languages: pages that are not in Chinese take the English.
 */
enum naming { NAMED_IN_CHINESE, NAMED_IN_ENGLISH };

/* Which titles the pages of a language ("zh-CN", "en") take. */
enum naming naming_of(const char *language);

extern const struct mustache_schema record_schemas[]; /* by enum naming */

#endif

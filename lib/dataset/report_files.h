/*
 * report_files: the data of one report in two files -- report.csv, all its figures in long form,
 * and report.json, all of it, nested as in the sources, with labels and values.
 *
 * In report.json a quantity is {"value": 41807600, "stated": "4180.76", "unit": "万元"} (an
 * amount's value is in 元), or {"na": "dash"}; what is absent has no key.
 */
#ifndef DATASET_REPORT_FILES_H
#define DATASET_REPORT_FILES_H

#include "dataset/dataset.h"

struct strbuf;

void report_csv(const struct data_plan *plan, const struct report *report, struct strbuf *out);
void report_json(const struct report *report, struct strbuf *out);

#endif

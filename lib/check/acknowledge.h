/*
 * acknowledge: which findings the publisher knows of. Private to lib/check.
 *
 * An acknowledgement of the report names a rule and the address, below the report, of the first
 * figure of a finding. One that matches nothing is a finding itself.
 */
#ifndef CHECK_ACKNOWLEDGE_H
#define CHECK_ACKNOWLEDGE_H

struct checking;

void check_acknowledge(struct checking *c);

#endif

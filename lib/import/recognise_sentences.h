#ifndef X
#define X
struct draft; void recognise_sentences(struct draft *d);
#endif

/*
 * doc_flow: where a reader's paragraphs and tables go: to the document, or into the cell that is
 * being read.
 *
 * A table within a cell becomes one of its own. If the table around it is only there to lay out the
 * page, that is dissolved: what its cells have becomes paragraphs and tables, in their order.
 * Depends on import/doc_build.h.
 */
#ifndef IMPORT_DOC_FLOW_H
#define IMPORT_DOC_FLOW_H

#include "base/strbuf.h"
#include "import/doc_build.h"

/* A table that stands in a cell. */
struct doc_inner {
    struct doc_table *table;
    size_t offset; /* how much of the cell's text is before it */
    size_t cell;   /* the number of the cell */
    struct doc_place place;
};

struct doc_inners {
    struct doc_inner *items;
    size_t count, cap;
};

struct doc_flow {
    struct doc_reading *reading;
    bool is_cell;
    struct strbuf text;       /* of the cell so far */
    struct doc_inners inners; /* of the cell so far */
};

void doc_flow_begin(struct doc_flow *flow, struct doc_reading *r, bool is_cell);
void doc_flow_release(struct doc_flow *flow);

/* A paragraph, or with a level a heading. */
void doc_flow_text(struct doc_flow *flow, unsigned level, const char *text, size_t len,
                   struct doc_place place);

/* A table that is being read, in a flow. */
struct doc_flow_table {
    struct doc_table_build build;
    struct doc_inners inners;
};

/* The text of a cell, of which the flow has been read; its tables are now those of the table's next
 * cell. */
const char *doc_flow_cell(struct doc_flow_table *t, struct doc_flow *cell);
void doc_flow_begin_table(struct doc_flow_table *t, struct doc_reading *r);
void doc_flow_drop_table(struct doc_flow_table *t);
/*
 * Ends the table and adds it to the flow. `is_layout`: one that has tables in it is always there
 * for the layout; else it is when no row of it has text in two cells. -1 after adding an error.
 */
int doc_flow_end_table(struct doc_flow *flow, struct doc_flow_table *t, struct doc_place place,
                       bool is_layout);

#endif

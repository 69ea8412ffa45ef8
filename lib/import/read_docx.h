/*
 * read_docx: a document of Word (ECMA-376, strict or transitional).
 *
 * Read are paragraphs as they would be printed: text that was deleted with changes tracked is left
 * out and what was inserted is there; numbers of lists stand before their items as Word shows them,
 * bullets do not; hidden text is left out, with a warning. Headings are what has an outline level,
 * by itself or by its style. Text boxes come before the paragraph that they are bound to, notes at
 * the end of the document. Headers, footers, comments and macros are passed over.
 *
 * Depends on import/read_office.h and import/doc_flow.h.
 */
#ifndef IMPORT_READ_DOCX_H
#define IMPORT_READ_DOCX_H

struct office;

int read_docx(const struct office *office);

#endif

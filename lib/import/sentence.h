/*
 * sentence: what the reading of a report's sentences knows at each of them, which line its words
 * mean, and where its numbers are put.
 *
 * Parts of recognise_sentences.c, which says in what order they are read. Depends on base,
 * import/draft.h, import/subject.h, import/cue.h, import/lead.h.
 */
#ifndef IMPORT_SENTENCE_H
#define IMPORT_SENTENCE_H

#include "import/cue.h"
#include "import/subject.h"

struct reader {
    struct draft *draft;
    struct passage *passage;
    unsigned topics;
    struct subject_codes codes;
    struct subject current;   /* of the paragraph; table NULL: none */
    enum cue_base base;       /* what was compared with last */
    struct subject inherited; /* of the item that a paragraph stands below */
    const char *last_table;   /* of the section, so that its sum is taken once */
    size_t section;
    bool listed; /* the sentence before named parts of something: whose change follows is open */
};

/* What headings are about, from the inmost that says something. */
unsigned sentence_topics(const struct draft *draft, size_t section);

/* What words are about becomes current, if it is anything. Tells of names of codes that there are
 * not. */
bool sentence_subject(struct reader *reader, const char *words, const char *unit, size_t offset);

/* The line that is current, made if there is none. */
struct line *sentence_line(struct reader *reader);

/* What the words say of the change against the base becomes that of the line, once. */
void sentence_direction(struct reader *reader, enum cue_direction direction);

/* Puts a number into the line that is current, where the profile has a place for what it is.
 * `subject`: the words that lead to it. Tells of contradictions. */
void sentence_put(struct reader *reader, struct entry *entry, struct cue cue, const char *subject);

/* Tells of a year in the words that is not the report's, when the number was put. */
void sentence_check_year(struct reader *reader, const struct entry *entry, const char *subject,
                         struct cue cue);

#endif

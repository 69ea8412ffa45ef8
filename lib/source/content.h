/*
 * content: the content folder as records -- its settings, its departments, each with all its years.
 *
 *     site.json  profiles/<id>.json  classifications/<year>.json  pages/<id>.md
 *     departments/<id>/department.json
 *     departments/<id>/<year>/report.json, narrative.md, projects/<id>.json,
 *                             evaluations/<id>.json and <id>.md
 *
 * An id may have several parts (beijing/fengtai/zwfwj): each folder below departments/ that has a
 * department.json is a department, and departments may nest. Names that begin with a dot, what
 * systems leave behind (fs_is_dropping()), schemas/, theme/ and README.md are passed over; other
 * files that have no meaning here are warned about, since a file that is not read is a figure that
 * is not published. So it is an error when a name is nearly one that has a meaning, when there are
 * years without a department.json, when there is no department at all; and so are symbolic links.
 *
 * Errors come in the order of files and lines.
 *
 * Depends on base, text, model.
 */
#ifndef SOURCE_CONTENT_H
#define SOURCE_CONTENT_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/catalog.h"
#include "source/source.h"

/* Reads and binds site.json, profiles and classifications. The catalog is released by the caller,
 * also after an error. */
int content_load_catalog(const struct source *source, struct catalog *catalog, struct errs *errs);

/* Whether there is a department of that id. */
bool content_has_department(const struct source *source, const char *id);

struct content_departments {
    const char **ids; /* sorted, in the arena */
    size_t count;
};

/* Which departments there are; none at all is an error. */
int content_list_departments(const struct source *source, struct arena *arena,
                             struct content_departments *out, struct errs *errs);

/* A file as it was read. */
struct content_file {
    const char *path; /* relative to the content folder */
    struct source_text source;
    const struct list_spans *spans; /* of a report.json: see model/load_like.h */
};

/* The ordinary pages of pages/, in the order of their names. */
struct content_pages {
    struct arena arena;
    struct content_file *files; /* pages/<id>.md */
    size_t count;
};

/* The caller releases them, also after an error. */
int content_load_pages(const struct source *source, struct content_pages *out, struct errs *errs);
void content_release_pages(struct content_pages *pages);

/* One department with everything below it. All of it lives in its arena. */
struct content_department {
    struct arena arena;
    struct department department;
    struct content_file *files; /* all that were read, Markdown too */
    size_t file_count;
    bool incomplete; /* it needs a profile that has errors, and so cannot be shown */
};

/* Reads and binds one department, all its years. The caller releases it, also after an error. */
int content_load_department(const struct source *source, const struct catalog *catalog,
                            const char *id, struct content_department *out, struct errs *errs);
/*
 * The same with the help of another state of the department that was loaded without an error, by
 * the same catalog or one that has the same (NULL: there is none). Lines of tables may then be
 * those of that other state, which must stay as long, or leave its arena to this one. When there
 * are errors or warnings, it has to be loaded without help, since their places may be wrong.
 */
int content_load_department_like(const struct source *source, const struct catalog *catalog,
                                 const char *id, const struct content_department *like,
                                 struct content_department *out, struct errs *errs);
void content_release_department(struct content_department *department);

/* The file of that path ("departments/<id>/<year>/narrative.md"), or NULL. */
const struct source_text *content_file(const struct content_department *department,
                                       const char *path);

#endif

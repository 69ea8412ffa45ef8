/*
 * organisation: names of organisations in texts, and whether one is the department.
 *
 * A name is a run of characters that ends like one of an office, a school, a centre and so on, and
 * has behind it what only stands behind the name of whoever spends: a year, 收入, 决算, the end of
 * a title. 下属单位, 所属事业单位 and the like are one, too, unless they are named along with the
 * department (及所属单位).
 *
 * The department's are the names that the content and its documents give it, however short or long:
 * 北京市丰台区政务服务管理局, 丰台区政务服务局, 政务服务管理局; and 本部门, 我局 and the like.
 * Those of another region are not. Where nobody says what the department is called, only 下属单位
 * is another.
 *
 * Depends on base, import/draft.h, import/clean.h.
 */
#ifndef IMPORT_ORGANISATION_H
#define IMPORT_ORGANISATION_H

#include "import/draft.h"

struct mention {
    const char *name; /* in the scratch arena of the draft; NULL: the department */
    size_t start, end;
    bool own_level; /* 本级, 机关: the department without its units */
};

/* The first mention from `from` on in a text without blanks. `is_title`: it may end the text, or
 * its clause. False: none. */
bool organisation_next(const struct draft *draft, const char *text, size_t from, bool is_title,
                       struct mention *out);

/* What stands behind "部门：", "编制单位：" and the like, as a mention; false: no name. */
bool organisation_value(const struct draft *draft, const char *value, struct mention *out);

/* The words behind the name of the department that they begin with (and 及所属单位); else all. */
const char *organisation_skip(const struct draft *draft, const char *words);

/* Whether words end with a name of the department, or with its part from the last region on. */
bool organisation_is_named(const struct draft *draft, const char *words);

/* Whether a name is the department's; that of an upper region, which documents slip in, may be. */
bool organisation_is_own(const struct draft *draft, const char *name);

#endif

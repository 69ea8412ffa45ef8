#include "base/base.h"

#include "states.h"

#include "base/err.h"
#include "base/mem.h"
#include "history/revisions.h"

static bool has_form(const char *s, const char *form)
{
    for (; *form; s++, form++)
        if (*form == '0' ? *s < '0' || *s > '9' : *s != *form)
            return false;
    return !*s;
}

bool is_fiscal_year(const char *s)
{
    return has_form(s, "0000") && *s != '0';
}

bool is_day(const char *s)
{
    return has_form(s, "0000-00-00");
}

int find_revision(struct repository *repository, const char *name, struct object_id *commit,
                  struct errs *errs)
{
    struct object_id head;

    if (!is_day(name))
        return repository_find(repository, name, commit, errs);
    if (repository_find(repository, "HEAD", &head, errs))
        return -1;
    return revisions_find_day(repository, &head, name, commit, errs);
}

char *operand_id(const char *content, const char *operand)
{
    static const char departments[] = "departments/";
    size_t len = strlen(content);

    if (!strncmp(operand, content, len) && operand[len] == '/')
        operand += len + 1;
    if (!strncmp(operand, departments, strlen(departments)))
        operand += strlen(departments);
    len = strlen(operand);
    while (len && operand[len - 1] == '/')
        len--;
    return mem_strndup(operand, len);
}

int state_open(struct state *state, struct repository *repository, const char *content,
               const char *name, struct errs *errs)
{
    char hex[OBJECT_HEX_SIZE];

    *state = (struct state){.name = name};
    if (!name) {
        state->source = source_open_folder(content, errs);
        return state->source ? 0 : -1;
    }
    if (find_revision(repository, name, &state->commit, errs))
        return -1;
    if (is_day(name)) { /* errors name files as git does */
        object_id_format(&state->commit, hex);
        hex[REVISION_SHOWN] = '\0';
        name = hex;
    }
    state->source = repository_source(repository, &state->commit, name, errs);
    if (!state->source ||
        repository_content_tree(repository, &state->commit, name, &state->tree, errs) < 0)
        return -1;
    state->is_revision = true;
    return 0;
}

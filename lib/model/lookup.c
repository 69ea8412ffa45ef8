#include "base/base.h"

#include "model/lookup.h"

bool line_id_is_code(const char *id)
{
    return id && *id >= '0' && *id <= '9';
}

bool line_id_is_total(const char *id)
{
    static const char total[] = "total";
    size_t len = id ? strlen(id) : 0, end = sizeof(total) - 1;

    return len >= end && !strcmp(id + len - end, total) && (len == end || id[len - end - 1] == '-');
}

const struct report *department_report(const struct department *department, int64_t year)
{
    for (size_t i = 0; department && i < department->reports.count; i++)
        if (department->reports.items[i].year.value == year)
            return &department->reports.items[i];
    return NULL;
}

const struct table *report_table(const struct report *report, const char *table)
{
    for (size_t i = 0; report && i < report->tables.count; i++)
        if (text_is(&report->tables.items[i].id, table))
            return &report->tables.items[i];
    return NULL;
}

const struct line *table_line(const struct table *table, const char *line)
{
    for (size_t i = 0; table && i < table->lines.count; i++)
        if (text_is(&table->lines.items[i].id, line))
            return &table->lines.items[i];
    return NULL;
}

const struct quantity *line_quantity(const struct line *line, const char *column)
{
    for (size_t i = 0; line && i < line->figures.count; i++) {
        const struct figure *figure = &line->figures.items[i];

        if (text_is(&figure->column, column) && !figure->statement.s)
            return &figure->value;
    }
    return NULL;
}

void line_quantities(const struct line *line, const struct quantity *out[COLUMN_COUNT])
{
    memset(out, 0, COLUMN_COUNT * sizeof(*out));
    for (size_t i = 0; i < line->figures.count; i++) {
        const struct figure *figure = &line->figures.items[i];

        if (!figure->statement.s)
            out[column_find(figure->column.s, figure->column.len) - columns] = &figure->value;
    }
}

const struct fund *find_fund(const struct fund *funds, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (text_is(&funds[i].id, id))
            return &funds[i];
    return NULL;
}

const struct project *report_project(const struct report *report, const char *id)
{
    for (size_t i = 0; report && i < report->projects.count; i++)
        if (text_is(&report->projects.items[i].id, id))
            return &report->projects.items[i];
    return NULL;
}

const char *report_scope_name(const struct report *report, const char *scope)
{
    static const char projects[] = "projects/", evaluations[] = "evaluations/";
    const struct project *project;

    if (!scope)
        return NULL;
    if (!strncmp(scope, projects, strlen(projects))) {
        project = report_project(report, scope + strlen(projects));
        return project ? project->name.s : NULL;
    }
    if (strncmp(scope, evaluations, strlen(evaluations)) != 0)
        return NULL;
    for (size_t i = 0; i < report->evaluations.count; i++)
        if (text_is(&report->evaluations.items[i].id, scope + strlen(evaluations)))
            return report->evaluations.items[i].name.s;
    return NULL;
}

const struct project *project_before(const struct report *before, const struct project *project)
{
    const struct project *named = NULL;

    if (!project || project->continues.s)
        return project ? report_project(before, project->continues.s) : NULL;
    for (size_t i = 0; before && project->name.s && i < before->projects.count; i++) {
        const struct project *other = &before->projects.items[i];

        if (!text_is(&other->name, project->name.s))
            continue;
        if (project->id.s && text_is(&other->id, project->id.s))
            return other;
        named = named ? named : other;
    }
    return named;
}

const struct indicator *project_indicator(const struct project *project, const char *id)
{
    for (size_t i = 0; i < project->indicators.count; i++)
        if (text_is(&project->indicators.items[i].id, id))
            return &project->indicators.items[i];
    return NULL;
}

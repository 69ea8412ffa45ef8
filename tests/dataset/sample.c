#include "base/base.h"

#include "dataset/sample.h"

#include "base/strbuf.h"
#include "base/testing.h"

static const char codes_text[] = "{'year': 2021,"
                                 " 'functional': [{'code': '201', 'name': '一般公共服务支出'}],"
                                 " 'economic': [{'code': '301', 'name': '工资福利支出'}]}";

static const char *const profile_texts[] = {
    "{'id': 'one', 'title': '一', 'unit': '万元', 'classification': 2021, 'tables': ["
    "  {'id': 'summary', 'title': '总表', 'statutory': true, 'codes': 'functional', 'columns': ["
    "     {'id': 'share'}, {'id': 'final', 'label': '决算数'}, {'id': 'count', 'unit': '个'}],"
    "   'lines': [{'id': 'total', 'label': '合计'}]},"
    "  {'id': 'order', 'title': '次序', 'statutory': false, 'columns': [{'id': 'final'}],"
    "   'lines': [{'id': 'total', 'label': '合计'}]},"
    "  {'id': 'bare', 'title': '空表', 'statutory': true, 'columns': [{'id': 'final'}]}],"
    " 'funds': [{'id': 'total', 'label': '总额'}]}",
    "{'id': 'two', 'title': '二', 'unit': '元', 'classification': 2021, 'tables': ["
    "  {'id': 'summary', 'title': '另一总表', 'statutory': true,"
    "   'columns': [{'id': 'final'}, {'id': 'prior'}],"
    "   'lines': [{'id': 'total', 'label': '总计'}]},"
    "  {'id': 'select', 'title': '数', 'statutory': false,"
    "   'columns': [{'id': 'value', 'unit': '人'}, {'id': 'from'}, {'id': 'to'}],"
    "   'lines': [{'id': 'total', 'label': '合计'}]}]}",
};

/* No mistakes so far. */
static void check_errors(struct sample *s)
{
    if (s->errs.count)
        fail_msg("%s: %s", s->errs.items[0].id, s->errs.items[0].message);
}

static struct source_text load(struct sample *s, const struct entity *entity, const char *text,
                               void *record)
{
    char *json = arena_strdup(&s->arena, text);
    struct source_text source = {"text.json", json, strlen(json)};

    for (char *c = json; *c; c++)
        if (*c == '\'')
            *c = '"';
    load_record(entity, &source, &s->arena, record, &s->errs);
    check_errors(s);
    return source;
}

void sample_init(struct sample *s)
{
    struct catalog *catalog = &s->catalog;

    memset(s, 0, sizeof(*s));
    catalog_init(catalog);
    catalog->codes = arena_zalloc(&s->arena, 1, sizeof(*catalog->codes));
    catalog->codes_count = 1;
    load(s, &entity_classification, codes_text, &catalog->codes[0].classification);
    catalog_index_codes(&catalog->codes[0]);
    catalog->profiles =
        arena_zalloc(&s->arena, ARRAY_SIZE(profile_texts), sizeof(*catalog->profiles));
    s->bind = (struct bind){.catalog = catalog, .arena = &s->arena, .errs = &s->errs};
    for (size_t i = 0; i < ARRAY_SIZE(profile_texts); i++) {
        struct profile *profile = &catalog->profiles[catalog->profile_count++];
        struct source_text source = load(s, &entity_profile, profile_texts[i], profile);

        bind_profile(&s->bind, profile, &source);
    }
    check_errors(s);
    data_plan_init(&s->plan, catalog, &s->arena);
}

void sample_release(struct sample *s)
{
    catalog_release(&s->catalog);
    errs_release(&s->errs);
    arena_release(&s->arena);
}

struct department *sample_department(struct sample *s, const char *id, const char *text)
{
    struct department *department = arena_zalloc(&s->arena, 1, sizeof(*department));
    struct source_text source = load(s, &entity_department, text, department);

    s->bind.department = text_of(arena_strdup(&s->arena, id));
    bind_department(&s->bind, department, &source);
    check_errors(s);
    return department;
}

struct department *sample_bare_department(struct sample *s, const char *id)
{
    return sample_department(s, id,
                             "{'names': [{'name': '名'}], 'division': '110106',"
                             " 'division_name': '区', 'level': 'county'}");
}

/* A zeroed item behind those of a list. */
static void *add_item(struct sample *s, const struct entity *entity, void *items, size_t count)
{
    char *all = arena_zalloc(&s->arena, count + 1, entity->size);

    if (count)
        memcpy(all, items, count * entity->size);
    return all;
}

struct report *sample_report(struct sample *s, struct department *department, int year,
                             const char *text)
{
    size_t count = department->reports.count++;
    struct source_text source;
    struct report *report;

    department->reports.items = add_item(s, &entity_report, department->reports.items, count);
    report = &department->reports.items[count];
    source = load(s, &entity_report, text, report);
    s->bind.department = department->id;
    s->bind.year = (struct integer){year, true, {0, 0}};
    bind_report(&s->bind, report, &source);
    report->department_name = department->name;
    check_errors(s);
    return report;
}

void sample_project(struct sample *s, struct report *report, const char *text)
{
    size_t count = report->projects.count++;
    struct source_text source;

    report->projects.items = add_item(s, &entity_project, report->projects.items, count);
    source = load(s, &entity_project, text, &report->projects.items[count]);
    bind_project(&s->bind, &report->projects.items[count], &source);
    check_errors(s);
}

void sample_evaluation(struct sample *s, struct report *report, const char *text)
{
    size_t count = report->evaluations.count++;
    struct source_text source;

    report->evaluations.items = add_item(s, &entity_evaluation, report->evaluations.items, count);
    source = load(s, &entity_evaluation, text, &report->evaluations.items[count]);
    bind_evaluation(&s->bind, &report->evaluations.items[count], &source);
    check_errors(s);
}

struct department *sample_everything(struct sample *s)
{
    struct department *d = sample_department(
        s, "a/b",
        "{'names': [{'name': '=新名', 'short_name': '新', 'from': '2022'}, {'name': '旧,名'}],"
        " 'division': '110106', 'division_name': '某区', 'level': 'county',"
        " 'units': [{'id': 'u', 'name': '单位', 'kind': 'institution', 'note': '@注'}]}");
    struct report *report = sample_report(
        s, d, 2021,
        "{'year': 2021, 'profile': 'one', 'unit': '万元', 'source_title': '-题', 'tables': {\n"
        "  'summary': {'lines': [\n"
        "    {'id': 'total', 'final': '4180.76', 'share': {'na': 'dash'}, 'count': 0,\n"
        "     'note': '+1', 'also': [{'column': 'final', 'where': 'narrative', 'value': "
        "'-0.00'}]},\n"
        "    {'id': '201', 'share': '99.20', 'final': {'na': 'not-involved'}}]},\n"
        "  'order': {'unit': '元', 'lines': [{'id': 'total', 'final': '-0.90'}]},\n"
        "  'bare': {'status': 'empty-with-statement', 'statement': '无数据。'}},\n"
        " 'facts': [{'id': 'f', 'label': '数', 'value': '5', 'unit': '个'},\n"
        "           {'id': 'g', 'label': '率', 'from': '69.14', 'to': '83.46', 'unit': '%'}]}");

    sample_project(s, report,
                   "{'id': 'p1', 'name': '项目', 'unit': '元', 'funds': ["
                   "   {'id': 'total', 'executed': '1.5', 'weight': {'na': 'dash'}}],"
                   " 'indicators': [{'id': 'i', 'name': '指标', 'score': '9', 'facts': ["
                   "     {'id': 'f', 'label': '目标', 'value': '90', 'role': 'target'}]},"
                   "   {'id': 'none', 'na': 'not-involved'}],"
                   " 'facts': [{'id': 'h', 'label': '人数', 'value': '1'}]}");
    sample_evaluation(s, report,
                      "{'id': 'e', 'kind': 'project', 'name': '评价', 'score': '83.72',"
                      " 'funds': [{'id': 'x', 'label': '自有', 'full_budget': '0.000001'}],"
                      " 'criteria': [{'id': 'c', 'name': '决策', 'weight': '10',"
                      "   'experts': ['9', {'na': 'dash'}, 8.50], 'mean': '8.75'}],"
                      " 'facts': [{'id': 'f', 'label': '份', 'value': '68'}]}");
    sample_report(s, d, 2022,
                  "{'year': 2022, 'profile': 'two', 'unit': '元', 'tables': {"
                  "  'summary': {'lines': [{'id': 'total', 'prior': '70.00', 'final': '0'}]},"
                  "  'select': {'lines': [{'id': 'total', 'value': '1', 'to': '2.50'}]}}}");
    return d;
}

const struct data_table *sample_table(const struct sample *s, const char *name)
{
    for (size_t i = 0; i < s->plan.count; i++)
        if (!strcmp(s->plan.tables[i].name, name))
            return &s->plan.tables[i];
    fail_msg("there is no table %s", name);
    return NULL;
}

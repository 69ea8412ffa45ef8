#include "base/base.h"

#include "model/world.h"

#include "base/strbuf.h"
#include "base/testing.h"

static const char profile_text[] =
    "{\"id\": \"p\", \"title\": \"样张\", \"from\": 2020, \"to\": 2022, \"unit\": \"万元\",\n"
    " \"classification\": 2021, \"tables\": [\n"
    " {\"id\": \"summary\", \"title\": \"总表\", \"statutory\": true,\n"
    "  \"sides\": [{\"id\": \"income\", \"title\": \"收入\"}, {\"id\": \"uses\", \"title\": "
    "\"支出\"}],\n"
    "  \"columns\": [{\"id\": \"final\", \"label\": \"决算数\", \"side\": \"income\"},\n"
    "              {\"id\": \"final\", \"label\": \"合计\", \"side\": \"uses\"},\n"
    "              {\"id\": \"share\"}, {\"id\": \"general_public\", \"side\": \"uses\"}],\n"
    "  \"lines\": [{\"id\": \"total\", \"label\": \"总计\", \"side\": \"income\"},\n"
    "            {\"id\": \"uses-total\", \"label\": \"支出总计\", \"side\": \"uses\"},\n"
    "            {\"id\": \"201\", \"side\": \"uses\"}, {\"id\": \"none\", \"label\": "
    "\"无方\",\n"
    "             \"where\": \"narrative\"}]},\n"
    " {\"id\": \"spending\", \"title\": \"支出表\", \"statutory\": true, \"codes\": "
    "\"functional\",\n"
    "  \"columns\": [{\"id\": \"final\", \"label\": \"本年支出\"}, {\"id\": \"prior_rate\"}],\n"
    "  \"lines\": [{\"id\": \"total\", \"label\": \"合计\"}]},\n"
    " {\"id\": \"basics\", \"title\": \"基本支出表\", \"statutory\": true, \"codes\": "
    "\"economic\",\n"
    "  \"columns\": [{\"id\": \"final\"}]},\n"
    " {\"id\": \"things\", \"title\": \"数量\", \"statutory\": false,\n"
    "  \"columns\": [{\"id\": \"count\", \"unit\": \"个\"}, {\"id\": \"actual\"}, {\"id\": "
    "\"score\"},\n"
    "              {\"id\": \"value\", \"unit\": \"项\"}, {\"id\": \"amount\"}, {\"id\": "
    "\"completion\"}],\n"
    "  \"lines\": [{\"id\": \"vehicles\", \"label\": \"车辆\", \"unit\": \"辆\"},\n"
    "            {\"id\": \"people\", \"label\": \"人员\"}]}],\n"
    " \"funds\": [{\"id\": \"total\", \"label\": \"年度资金总额\"}],\n"
    " \"grades\": [{\"label\": \"优\", \"from\": \"90\", \"to\": \"100\"}]}";

static const char codes_text[] =
    "{\"year\": 2021,\n"
    " \"functional\": [{\"code\": \"201\", \"name\": \"一般公共服务支出\"},\n"
    "                {\"code\": \"20103\", \"name\": \"政府办公厅（室）及相关机构事务\"}],\n"
    " \"economic\": [{\"code\": \"301\", \"name\": \"工资福利支出\"},\n"
    "              {\"code\": \"201\", \"name\": \"另一个二〇一\"}]}";

void world_init(struct world *w)
{
    struct bind *b = &w->bind;

    memset(w, 0, sizeof(*w));
    catalog_init(&w->catalog);
    *b = (struct bind){.catalog = &w->catalog,
                       .arena = &w->l.arena,
                       .errs = &w->l.errs,
                       .department = text_of("town/office"),
                       .year = {2021, true, {0, 0}}};
    w->catalog.codes = arena_zalloc(&w->catalog.arena, 1, sizeof(*w->catalog.codes));
    w->catalog.codes_count = 1;
    w->catalog.codes->classification =
        *(const struct classification *)load_text(&w->l, &entity_classification, codes_text);
    catalog_index_codes(w->catalog.codes);
    w->catalog.profiles = load_text(&w->l, &entity_profile, profile_text);
    w->catalog.profile_count = 1;
    bind_profile(b, w->catalog.profiles, &w->l.source);
    assert_errors(&w->l.errs, "");
}

void world_release(struct world *w)
{
    catalog_release(&w->catalog);
    loaded_release(&w->l);
}

struct report *world_report(struct world *w, const char *text)
{
    struct report *report = load_text(&w->l, &entity_report, text);

    bind_report(&w->bind, report, &w->l.source);
    return report;
}

struct project *world_project(struct world *w, const char *text)
{
    struct project *project = load_text(&w->l, &entity_project, text);

    bind_project(&w->bind, project, &w->l.source);
    return project;
}

struct evaluation *world_evaluation(struct world *w, const char *text)
{
    struct evaluation *evaluation = load_text(&w->l, &entity_evaluation, text);

    bind_evaluation(&w->bind, evaluation, &w->l.source);
    return evaluation;
}

struct department *world_department(struct world *w, const char *text)
{
    struct department *department = load_text(&w->l, &entity_department, text);

    bind_department(&w->bind, department, &w->l.source);
    return department;
}

struct profile *world_profile(struct world *w, const char *text)
{
    struct profile *profile = load_text(&w->l, &entity_profile, text);

    bind_profile(&w->bind, profile, &w->l.source);
    return profile;
}

struct report *world_lines(struct world *w, const char *table, const char *lines)
{
    struct strbuf text = STRBUF_INIT;
    struct report *report;

    strbuf_addf(&text,
                "{\"year\": 2021, \"profile\": \"p\", \"unit\": \"万元\", \"tables\": {\n"
                "\"%s\": {\"lines\": [\n%s\n]}}}",
                table, lines);
    report = world_report(w, text.buf);
    strbuf_release(&text);
    return report;
}

#include "base/base.h"

#include "import/organisation.h"

#include "base/testing.h"

/* A draft that knows the names, a list ended by NULL. */
static void start(struct draft *d, struct arena *arena, const char *const *names)
{
    *d = (struct draft){.arena = arena, .scratch = arena};
    for (; *names; names++) {
        ARENA_GROW(arena, d->names, d->name_count, d->name_cap);
        d->names[d->name_count++] = *names;
    }
}

static const char *const service[] = {"北京市丰台区政务服务管理局", "区政务服务局", NULL};

static void assert_own(const char *const *names, const char *name, bool own)
{
    struct arena arena = ARENA_INIT;
    struct draft d;

    start(&d, &arena, names);
    if (organisation_is_own(&d, name) != own)
        fail_msg("%s: %d", name, !own);
    arena_release(&arena);
}

static void a_department_goes_by_many_names(void **state)
{
    static const char *const reform[] = {"虚构省虚构市发展和改革委员会", NULL};
    static const char *const town[] = {"虚构市虚构镇人民政府", NULL};
    static const char *const street[] = {"虚构市虚构区虚构街道办事处", NULL};

    (void)state;
    assert_own(service, "北京市丰台区政务服务管理局", true);
    assert_own(service, "丰台区政务服务局", true);
    assert_own(service, "政务服务管理局", true);
    assert_own(service, "按照要求丰台区政务服务管理局", true);
    assert_own(service, "丰台区政务服务运行保障中心", false);
    assert_own(service, "北京市丰台区政务服务管理局运行保障中心", false);
    assert_own(service, "北京市海淀区政务服务管理局", false);
    assert_own(service, "丰台区财政局", false);
    assert_own(reform, "虚构市发展改革委", true);
    assert_own(reform, "市发改委", true);
    assert_own(reform, "虚构市住房和城乡建设委员会", false);
    assert_own(town, "虚构镇政府", true);
    assert_own(town, "虚构镇财政所", false);
    assert_own(town, "乙镇人民政府", false);
    assert_own(street, "虚构街道", true);
}

/* `name` NULL: the department; "": no mention at all. */
static void assert_next(const char *text, bool is_title, const char *name, bool own_level)
{
    struct arena arena = ARENA_INIT;
    struct mention mention = {0};
    struct draft d;
    bool any;

    start(&d, &arena, service);
    any = organisation_next(&d, text, 0, is_title, &mention);
    if (any != (!name || *name) ||
        (any && (mention.own_level != own_level || (!mention.name) != (!name) ||
                 (name && strcmp(mention.name, name) != 0))))
        fail_msg("%s: %s", text, any ? (mention.name ? mention.name : "own") : "nothing");
    arena_release(&arena);
}

static void whoever_spends_is_mentioned(void **state)
{
    (void)state;
    assert_next("虚构中心支出决算表", true, "虚构中心", false);
    assert_next("丰台区政务服务局支出决算表", true, NULL, false);
    assert_next("丰台区政务服务局（本级）支出决算表", true, NULL, true);
    assert_next("虚构区图书馆2021年收入100万元", false, "虚构区图书馆", false);
    assert_next("虚构区图书馆 2021 年收入100万元", false, "虚构区图书馆", false);
    assert_next("其中：虚构区图书馆8.00万元", false, "虚构区图书馆", false);
    assert_next("下属单位2021年支出100万元", false, "下属单位", false);
    assert_next("我局2021年收入100万元", false, NULL, false);
    assert_next("局本级收入100万元", false, NULL, true);
}

static void what_only_sounds_like_one_is_none(void **state)
{
    (void)state;
    assert_next("社会保障和就业支出（类）100万元", false, "", false);
    assert_next("对附属单位补助支出50万元，附属单位上缴收入10万元", false, "", false);
    assert_next("机关及所属单位“三公”经费10万元", false, "", false);
    assert_next("下属单位12个", false, "", false);
    assert_next("政务服务中心大厅建设项目100万元", false, "", false);
    assert_next("培训中心、会议中心等场所", false, "", false);
    assert_next("收入支出决算总表", true, "", false);
    assert_next("财政拨款收入支出决算总体情况", true, "", false);
    assert_next("部门决算单位构成", true, "", false);
}

static void words_go_on_behind_the_department(void **state)
{
    struct arena arena = ARENA_INIT;
    struct draft d;

    (void)state;
    start(&d, &arena, service);
    assert_string_equal(organisation_skip(&d, "丰台区政务服务局及所属单位公务接待费"),
                        "公务接待费");
    assert_string_equal(organisation_skip(&d, "我局（含所属单位）公务接待费"), "公务接待费");
    assert_string_equal(organisation_skip(&d, "公务接待费"), "公务接待费");
    assert_string_equal(organisation_skip(&d, "虚构中心公务接待费"), "虚构中心公务接待费");
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_department_goes_by_many_names),
        cmocka_unit_test(whoever_spends_is_mentioned),
        cmocka_unit_test(what_only_sounds_like_one_is_none),
        cmocka_unit_test(words_go_on_behind_the_department),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

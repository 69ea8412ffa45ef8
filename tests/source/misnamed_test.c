/* Which names of files are so near to those that are read that they are errors. */
#include "base/base.h"

#include "source/misnamed.h"

#include "base/arena.h"
#include "base/testing.h"

static const char *const of_year[] = {"report.json", "narrative.md", "projects", "evaluations",
                                      NULL};

static void assert_meant(const char *const *names, const char *name, const char *expected)
{
    const char *meant = misnamed(name, names);

    if (expected ? !meant || strcmp(meant, expected) != 0 : meant != NULL)
        fail_msg("'%s': %s", name, meant ? meant : "nothing");
}

static void typing_errors_are_near(void **state)
{
    static const char *const of_root[] = {"pages", "theme", "profiles", NULL};

    (void)state;
    assert_meant(of_year, "project", "projects");
    assert_meant(of_year, "Projects", "projects");
    assert_meant(of_year, "porjects", "projects");
    assert_meant(of_year, "evaluation", "evaluations");
    assert_meant(of_year, "evalation", "evaluations");
    assert_meant(of_year, "narative.md", "narrative.md");
    assert_meant(of_year, "Narrative.MD.txt", "narrative.md");
    assert_meant(of_year, "report.json", "report.json");
    assert_meant(of_root, "page", "pages");
    assert_meant(of_root, "Themes", "theme");
}

static void other_names_are_not(void **state)
{
    static const char *const of_root[] = {"pages", "theme", "profiles", NULL};

    (void)state;
    assert_meant(of_year, "report.json~", NULL); /* a copy that an editor made */
    assert_meant(of_year, "report.json.bak", NULL);
    assert_meant(of_year, "report-old.json", NULL);
    assert_meant(of_year, "report.pdf", NULL);
    assert_meant(of_year, "narrative.docx", NULL);
    assert_meant(of_year, "objects", NULL);
    assert_meant(of_year, "p", NULL);
    assert_meant(of_year, "~", NULL);
    assert_meant(of_root, "images", NULL);
    assert_meant(of_root, "README.md", NULL);
    assert_meant(of_root, "文件", NULL);
}

static void assert_ending(const char *name, const char *ending, const char *expected)
{
    struct arena arena = ARENA_INIT;
    const char *meant = misnamed_ending(name, ending, &arena);

    if (expected ? !meant || strcmp(meant, expected) != 0 : meant != NULL)
        fail_msg("'%s': %s", name, meant ? meant : "nothing");
    arena_release(&arena);
}

static void endings_are_near(void **state)
{
    (void)state;
    assert_ending("p01.JSON", ".json", "p01.json");
    assert_ending("p01.Json.Txt", ".json", "p01.json");
    assert_ending("项目.jsn", ".json", "项目.json");
    assert_ending("p01.jsonc", ".json", "p01.json");
    assert_ending("about.MD", ".md", "about.md");
    assert_ending("about.md.txt", ".md", "about.md");
    assert_ending("About.markdown", ".md", "About.md");
    assert_ending("p01.json", ".json", NULL); /* it has it */
    assert_ending("p01.md", ".json", NULL);
    assert_ending("p01.txt", ".json", NULL);
    assert_ending("p01.json~", ".json", NULL);
    assert_ending("json", ".json", NULL);
    assert_ending(".JSON", ".json", NULL);
    assert_ending("about.me", ".md", NULL);
    assert_ending("", ".md", NULL);
}

static void assert_in(const char *const *names, size_t count, const char *expected)
{
    struct fs_entry entries[8];
    struct fs_list list = {entries, count};
    const char *found;

    for (size_t i = 0; i < count; i++)
        entries[i] = (struct fs_entry){names[i], FS_FILE};
    found = misnamed_in(&list, "report.json");
    if (expected)
        assert_string_equal(found, expected);
    else
        assert_null(found);
}

static void the_nearest_of_a_folder_is_found(void **state)
{
    (void)state;
    assert_in((const char *const[]){"a", "report (1).json", "reprot.json"}, 3, "reprot.json");
    assert_in((const char *const[]){"a", "Report 副本.JSON", "z"}, 3, "Report 副本.JSON");
    assert_in((const char *const[]){"report", "report.pdf", "my-report.json"}, 3, NULL);
    assert_in(NULL, 0, NULL);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(typing_errors_are_near),
        cmocka_unit_test(other_names_are_not),
        cmocka_unit_test(endings_are_near),
        cmocka_unit_test(the_nearest_of_a_folder_is_found),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("misnamed", tests, NULL, NULL);
}

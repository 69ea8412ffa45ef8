#include "base/base.h"

#include "check/texts.h"

#include "base/arena.h"

/* What is left of a template that was not filled in, or of a word processor. */
static const char *const leftovers[] = {
    "XX",   "ＸＸ",     "××",     "PAGEREF", "HYPERLINK", "MERGEFORMAT",
    "_Toc", "错误！未", "待补充", "待填写",  "（请填",    "TODO",
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* XX stands for something, but XXL and MAXX do not. */
static bool is_word(const struct check_text *text, size_t at, const char *leftover)
{
    size_t len = strlen(leftover), end = at + len;

    if (!is_letter(leftover[len - 1]))
        return true;
    while (end < text->len && text->s[end] == leftover[len - 1])
        end++;
    return (!at || !is_letter(text->s[at - 1])) && (end == text->len || !is_letter(text->s[end]));
}

static void tell(struct checking *c, const struct check_text *text, size_t at, const char *leftover)
{
    struct finding *finding = check_find(c, RULE_PLACEHOLDER, NULL);

    check_cite_word(c, finding, text, at, leftover);
    finding->stated = text_of(leftover);
    check_message(c, finding, "文字里留有“%s”，看来没有填好或没有删去", leftover);
}

void check_placeholders(struct checking *c, const struct check_text *text)
{
    for (size_t i = 0; i < ARRAY_SIZE(leftovers); i++) {
        const char *found = memmem(text->s, text->len, leftovers[i], strlen(leftovers[i]));

        if (found && is_word(text, (size_t)(found - text->s), leftovers[i])) {
            tell(c, text, (size_t)(found - text->s), leftovers[i]);
            return; /* one is enough to look at the text */
        }
    }
}

#include "base/base.h"

#include "model/equation.h"

#include "base/arena.h"
#include "base/err.h"
#include "model/catalog.h"
#include "model/lookup.h"
#include "text/known.h"

enum { PARTS_MAX = 3 };

struct making {
    const struct profile *profile;
    const struct balance *balance;
    const struct source_text *source;
    struct arena *arena;
    struct errs *errs;
    struct equation *out;
};

PRINTF_FORMAT(4, 5)
static struct err *refuse(struct making *m, const struct text *at, const char *id,
                          const char *format, ...)
{
    va_list args;
    const char *message;

    va_start(args, format);
    message = arena_vformat(m->arena, format, args);
    va_end(args);
    return source_error(m->errs, m->source, at->at, id, "%s", message);
}

static int refuse_syntax(struct making *m, const char *problem, const char *word)
{
    err_hint(refuse(m, &m->balance->equation, "equation-syntax", "%s%s%s%s", problem,
                    word ? " '" : "", word ? word : "", word ? "'" : ""),
             "write it like \"total = goods + works - returned\", with blanks around each sign");
    return -1;
}

/* --- figures --- */

static int find_table(struct making *m, const char *table, const struct text *at,
                      const struct profile_table **out)
{
    struct known known;

    *out = profile_table(m->profile, table);
    if (*out)
        return 0;
    known = known_start(table, strlen(table));
    for (size_t i = 0; i < m->profile->tables.count; i++)
        known_offer(&known, m->profile->tables.items[i].id.s);
    known_hint(&known, refuse(m, at, "unknown-table", "the profile has no table '%s'", table));
    return -1;
}

static int check_line(struct making *m, const struct profile_table *table, const char *line)
{
    struct known known;

    if (profile_table_line(table, line) || (line_id_is_code(line) && table->codes.s))
        return 0;
    known = known_start(line, strlen(line));
    for (size_t i = 0; i < table->lines.count; i++)
        known_offer(&known, table->lines.items[i].id.s);
    known_hint(&known, refuse(m, &m->balance->equation, "unknown-line",
                              "the table '%s' has no line '%s'", table->id.s, line));
    return -1;
}

static int check_column(struct making *m, const struct profile_table *table, const char *column,
                        const struct text *at)
{
    struct known known;

    if (profile_table_column(table, column, NULL))
        return 0;
    known = known_start(column, strlen(column));
    /* one that both sides have is there twice */
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct profile_column *offered = &table->columns.items[i];

        if (offered->id.s && profile_table_column(table, offered->id.s, NULL) == offered)
            known_offer(&known, offered->id.s);
    }
    known_hint(&known, refuse(m, at, "unknown-column", "the table '%s' has no column '%s'",
                              table->id.s, column));
    return -1;
}

/* Gives the parts of a figure their places. What is not written is what is at hand, or what the
 * balance says. */
static int place_parts(struct making *m, char *const *parts, size_t count, const char *word,
                       struct operand *o, const char **table)
{
    const struct balance *balance = m->balance;
    bool each_line = m->out->each == EACH_LINE || m->out->each == EACH_CLASS;

    *table = count > 1 ? parts[0] : balance->table.s;
    if (!*table) {
        err_hint(refuse(m, &balance->equation, "equation-syntax",
                        "it is not said which table '%s' is in", word),
                 "give the balance a \"table\", or write table/%s", word);
        return -1;
    }
    if (count == 3) {
        o->line = parts[1];
        o->column = parts[2];
    } else if (each_line) {
        o->column = parts[count - 1];
    } else {
        o->line = parts[count - 1];
        if (m->out->each == EACH_ONCE)
            o->column = balance->column.s ? balance->column.s : "final";
    }
    if (o->line && !strcmp(o->line, "classes")) {
        o->line = NULL;
        o->is_classes = true;
    }
    return 0;
}

static int make_operand(struct making *m, char *word, struct operand *o)
{
    static const char prior[] = "prior:";
    const char *written = arena_strdup(m->arena, word);
    char *parts[PARTS_MAX];
    size_t count = 0;
    const char *table;

    if (!strncmp(word, prior, sizeof(prior) - 1)) {
        o->is_prior = true;
        word += sizeof(prior) - 1;
    }
    for (char *slash = word; slash; word = slash) {
        slash = strchr(word, '/');
        if (slash)
            *slash++ = '\0';
        if (count == PARTS_MAX || !*word)
            return refuse_syntax(m, "this is no figure:", written);
        parts[count++] = word;
    }
    if (place_parts(m, parts, count, written, o, &table) ||
        find_table(m, table, &m->balance->equation, &o->table))
        return -1;
    if (o->line && check_line(m, o->table, o->line))
        return -1;
    return o->column ? check_column(m, o->table, o->column, &m->balance->equation) : 0;
}

/* --- sums --- */

/* The next word, ended by a NUL in place; NULL after the last. */
static char *next_word(char **rest)
{
    char *word = *rest + strspn(*rest, " ");

    if (!*word)
        return NULL;
    *rest = word + strcspn(word, " ");
    if (**rest)
        *(*rest)++ = '\0';
    return word;
}

static bool is_sign(const char *word)
{
    return !strcmp(word, "+") || !strcmp(word, "-") || !strcmp(word, "=") || !strcmp(word, "<=");
}

static struct equation_side *add_side(struct making *m, bool is_at_most, size_t most)
{
    struct equation_side *side = &m->out->sides[m->out->count++];

    side->operands = arena_zalloc(m->arena, most, sizeof(*side->operands));
    side->is_at_most = is_at_most;
    return side;
}

static int make_sides(struct making *m, char *text)
{
    /* there are no more of them than words */
    size_t most = strlen(text) / 2 + 1;
    struct equation_side *side;
    bool wants_figure = true, is_minus = false;

    m->out->sides = arena_zalloc(m->arena, most, sizeof(*m->out->sides));
    side = add_side(m, false, most);
    for (char *word; (word = next_word(&text)) != NULL; wants_figure = !wants_figure) {
        if (wants_figure != !is_sign(word))
            return refuse_syntax(
                m, wants_figure ? "a figure must stand before" : "a sign must stand before", word);
        if (wants_figure) {
            side->operands[side->count].is_minus = is_minus;
            if (make_operand(m, word, &side->operands[side->count++]))
                return -1;
            continue;
        }
        is_minus = word[0] == '-';
        if (word[0] == '=' || word[0] == '<')
            side = add_side(m, word[0] == '<', most);
    }
    if (wants_figure)
        return refuse_syntax(m, "a figure is missing at the end", NULL);
    if (m->out->count < 2)
        return refuse_syntax(m, "there is no '=' in it", NULL);
    return 0;
}

/* --- a balance --- */

static enum equation_each each_of(const struct balance *balance)
{
    if (text_is(&balance->each, "line"))
        return EACH_LINE;
    if (text_is(&balance->each, "column"))
        return EACH_COLUMN;
    return text_is(&balance->each, "class") ? EACH_CLASS : EACH_ONCE;
}

/* What a balance says beside its equation. */
static int check_balance(struct making *m)
{
    const struct balance *balance = m->balance;
    const struct profile_table *table = NULL;

    if (balance->table.s && find_table(m, balance->table.s, &balance->table, &table))
        return -1;
    if (table && balance->column.s && check_column(m, table, balance->column.s, &balance->column))
        return -1;
    if (balance->codes.value == (balance->equation.s != NULL)) {
        err_hint(refuse(m, &balance->id, "balance-kind",
                        "the balance '%s' must have either an \"equation\" or \"codes\": true",
                        balance->id.s),
                 "an equation compares sums; \"codes\" sums up the codes of one table");
        return -1;
    }
    if (balance->codes.value && (!table || !table->codes.s)) {
        err_hint(refuse(m, &balance->id, "balance-kind",
                        "the balance '%s' sums up codes, but names no table that has them",
                        balance->id.s),
                 "give it the \"table\" of a table with \"codes\"");
        return -1;
    }
    return 0;
}

int equation_make(const struct profile *profile, const struct balance *balance,
                  const struct source_text *source, struct arena *arena, struct equation *out,
                  struct errs *errs)
{
    struct errs unheard = ERRS_INIT;
    struct making m = {profile, balance, source, arena, errs ? errs : &unheard, out};
    int result;

    memset(out, 0, sizeof(*out));
    out->each = each_of(balance);
    result = check_balance(&m);
    if (!result && balance->equation.s)
        result = make_sides(&m, arena_strndup(arena, balance->equation.s, balance->equation.len));
    errs_release(&unheard);
    return result;
}

int equation_whole(const struct profile *profile, const struct profile_table *table,
                   const struct text *of, const struct source_text *source, struct arena *arena,
                   struct operand *out, struct errs *errs)
{
    /* as the only figure of an equation */
    struct balance balance = {.table = table->id, .equation = *of};
    struct errs unheard = ERRS_INIT;
    struct equation equation = {.each = EACH_ONCE};
    struct making m = {profile, &balance, source, arena, errs ? errs : &unheard, &equation};
    int result;

    memset(out, 0, sizeof(*out));
    result = make_operand(&m, arena_strndup(arena, of->s, of->len), out);
    errs_release(&unheard);
    return result;
}

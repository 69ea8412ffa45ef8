/*
 * Prints what fold makes of each line of standard input: its units in hexadecimal. For
 * reading_test.sh, which has the same of JavaScript.
 */
#include "base/base.h"

#include "search/fold.h"

int main(void)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;

    while ((len = getline(&line, &cap, stdin)) > 0) {
        struct units units = UNITS_INIT;

        fold_add(&units, line, (size_t)len);
        for (size_t i = 0; i < units.count; i++)
            printf("%x ", units.items[i]);
        printf("\n");
        units_release(&units);
    }
    free(line);
    return 0;
}

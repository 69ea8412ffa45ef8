#include "base/base.h"

#include <signal.h>

#include "command.h"

/* The only thing that a handler may touch. */
static volatile sig_atomic_t came;

static void take_note(int number)
{
    came = number;
}

void stop_catch(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = take_note, .sa_flags = SA_RESTART | (int)SA_RESETHAND};

    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        struct sigaction before;

        /* what was to be ignored, as by nohup, still is */
        if (!sigaction(numbers[i], NULL, &before) && before.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    }
}

bool stop_wanted(void)
{
    return came != 0;
}

void stop_now(void)
{
    if (!came)
        return;
    fflush(stdout); /* what is told would be lost */
    signal(came, SIG_DFL);
    raise(came);
}

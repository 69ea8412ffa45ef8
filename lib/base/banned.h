/*
 * Functions that nobody here may call, with what to use instead. Calling one does not compile.
 * Comes in through base/base.h, after the system's own declarations.
 */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#define BANNED(name) sorry_##name##_is_a_banned_function

/* No bounds, or bounds that do not terminate the string: use base/strbuf.h. */
#undef strcpy
#define strcpy(d, s) BANNED(strcpy)
#undef strcat
#define strcat(d, s) BANNED(strcat)
#undef strncpy
#define strncpy(d, s, n) BANNED(strncpy)
#undef strncat
#define strncat(d, s, n) BANNED(strncat)
#undef sprintf
#define sprintf(...) BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) BANNED(vsprintf)
#undef gets
#define gets(s) BANNED(gets)

/* State shared between threads, or the local time zone: the output must not depend on either. */
#undef strtok
#define strtok(s, d) BANNED(strtok)
#undef localtime
#define localtime(t) BANNED(localtime)
#undef localtime_r
#define localtime_r(t, r) BANNED(localtime_r)
#undef gmtime
#define gmtime(t) BANNED(gmtime)
#undef ctime
#define ctime(t) BANNED(ctime)
#undef asctime
#define asctime(t) BANNED(asctime)
#undef mktime
#define mktime(t) BANNED(mktime)
#undef setlocale
#define setlocale(c, l) BANNED(setlocale)

/* Numbers without an error, or binary floating point: use base/decimal.h. */
#undef atoi
#define atoi(s) BANNED(atoi)
#undef atol
#define atol(s) BANNED(atol)
#undef atoll
#define atoll(s) BANNED(atoll)
#undef atof
#define atof(s) BANNED(atof)
#undef strtod
#define strtod(s, e) BANNED(strtod)
#undef strtof
#define strtof(s, e) BANNED(strtof)
#undef sscanf
#define sscanf(...) BANNED(sscanf)

/* A shell between us and a program; names that others can guess. */
#undef system
#define system(c) BANNED(system)
#undef popen
#define popen(c, m) BANNED(popen)
#undef tmpnam
#define tmpnam(s) BANNED(tmpnam)
#undef mktemp
#define mktemp(s) BANNED(mktemp)
#undef alloca
#define alloca(n) BANNED(alloca)

/* Memory comes from base/mem.h, which is the one place that runs out of it. */
#ifndef BASE_MEM_IMPLEMENTATION
#undef malloc
#define malloc(n) BANNED(malloc)
#undef calloc
#define calloc(n, s) BANNED(calloc)
#undef realloc
#define realloc(p, n) BANNED(realloc)
#undef strdup
#define strdup(s) BANNED(strdup)
#undef strndup
#define strndup(s, n) BANNED(strndup)
#endif

#endif

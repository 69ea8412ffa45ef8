#include "base/base.h"

#include "dataset/sqlite_store.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "dataset/sqlite_schema.h"

struct data_store {
    const struct data_plan *plan;
    char *path;
    sqlite3 *db;
    sqlite3_stmt **inserts; /* one for each table of the plan; NULL for wide ones */
    uint64_t rows;
    struct strbuf stated; /* what the quantities of a row state; they stay in place meanwhile */
};

enum { STATED_MAX = 64 }; /* bytes of one */

/* The file is thrown away when anything fails, so nothing protects a half-written one. */
static const char settings[] = "PRAGMA page_size = 8192;"
                               "PRAGMA journal_mode = OFF;"
                               "PRAGMA synchronous = OFF;"
                               "PRAGMA locking_mode = EXCLUSIVE;"
                               "PRAGMA cache_size = -4096;"
                               "PRAGMA encoding = 'UTF-8';"
                               "BEGIN;";

static int fail(struct data_store *store, struct errs *errs)
{
    errs_add(errs, ERR_SYSTEM, "sqlite", "cannot write the database: %s",
             store->db ? sqlite3_errmsg(store->db) : "out of memory");
    return -1;
}

static int run(struct data_store *store, const char *sql, struct errs *errs)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : fail(store, errs);
}

static int prepare_inserts(struct data_store *store, struct errs *errs)
{
    struct strbuf sql = STRBUF_INIT;
    int result = 0;

    store->inserts = mem_zalloc(store->plan->count, sizeof(sqlite3_stmt *));
    for (size_t i = 0; !result && i < store->plan->count; i++) {
        if (store->plan->tables[i].is_wide)
            continue;
        strbuf_clear(&sql);
        sqlite_schema_insert(&store->plan->tables[i], &sql);
        if (sqlite3_prepare_v3(store->db, sql.buf, (int)sql.len, SQLITE_PREPARE_PERSISTENT,
                               &store->inserts[i], NULL) != SQLITE_OK)
            result = fail(store, errs);
    }
    strbuf_release(&sql);
    return result;
}

struct data_store *data_store_create(const char *path, const struct data_plan *plan,
                                     struct errs *errs)
{
    struct data_store *store = mem_zalloc(1, sizeof(*store));
    struct strbuf sql = STRBUF_INIT;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    int result = -1;

    store->plan = plan;
    store->path = mem_strdup(path);
    strbuf_init(&store->stated);
    /* nobody asks how much memory SQLite uses, and counting it takes a sixth of the time; refused,
     * and of no harm, when SQLite is in use already */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (sqlite3_open_v2(path, &store->db, flags, NULL) != SQLITE_OK) {
        fail(store, errs);
        goto out;
    }
    sqlite_schema_tables(plan, &sql);
    if (run(store, settings, errs) || run(store, sql.buf, errs) || prepare_inserts(store, errs))
        goto out;
    result = 0;
out:
    strbuf_release(&sql);
    if (result) {
        data_store_free(store);
        return NULL;
    }
    return store;
}

/* --- rows --- */

struct adding {
    struct data_store *store;
    struct errs *errs;
    int result;
};

static void bind_whole(sqlite3_stmt *stmt, int at, const struct field *field, const void *record)
{
    if (field->type == FIELD_INTEGER) {
        const struct integer *integer = field_at(field, record);

        if (integer->present)
            sqlite3_bind_int64(stmt, at, integer->value);
        else
            sqlite3_bind_null(stmt, at);
    } else if (field->type == FIELD_FLAG) {
        const struct flag *flag = field_at(field, record);

        if (flag->present)
            sqlite3_bind_int(stmt, at, flag->value);
        else
            sqlite3_bind_null(stmt, at);
    } else {
        const struct text *text = field_text(field, record);

        if (text->s || data_is_empty_key(field))
            sqlite3_bind_text(stmt, at, text->s ? text->s : "", (int)text->len, SQLITE_STATIC);
        else
            sqlite3_bind_null(stmt, at);
    }
}

static void bind_quantity(sqlite3_stmt *stmt, int at, enum data_part part, const struct quantity *q,
                          struct strbuf *stated)
{
    size_t from = stated->len;
    int64_t units;

    if (part == DATA_STATED) {
        quantity_add_stated(q, stated);
        if (stated->len > from)
            sqlite3_bind_text(stmt, at, stated->buf + from, (int)(stated->len - from),
                              SQLITE_STATIC);
        else
            sqlite3_bind_null(stmt, at);
    } else if (q->state != QUANTITY_STATED || quantity_units(q, &units)) {
        sqlite3_bind_null(stmt, at);
    } else {
        sqlite3_bind_int64(stmt, at, part == DATA_VALUE ? units : (int64_t)q->number.scale);
    }
}

static int insert(struct data_store *store, sqlite3_stmt *stmt, const struct data_table *table,
                  const void *record, struct errs *errs)
{
    int status;

    strbuf_clear(&store->stated);
    strbuf_grow(&store->stated, table->count * STATED_MAX);
    for (size_t i = 0; i < table->count; i++) {
        const struct data_column *column = &table->columns[i];

        if (column->part == DATA_WHOLE)
            bind_whole(stmt, (int)i + 1, column->field, record);
        else
            bind_quantity(stmt, (int)i + 1, column->part, field_at(column->field, record),
                          &store->stated);
    }
    status = sqlite3_step(stmt);
    if (sqlite3_reset(stmt) != SQLITE_OK || status != SQLITE_DONE)
        return fail(store, errs);
    store->rows++;
    return 0;
}

static bool add_record(void *ctx, const struct entity *entity, const void *record)
{
    struct adding *adding = ctx;
    struct data_store *store = adding->store;

    for (size_t i = 0; entity->table && !adding->result && i < store->plan->count; i++)
        if (store->plan->tables[i].entity == entity && store->inserts[i]) {
            adding->result =
                insert(store, store->inserts[i], &store->plan->tables[i], record, adding->errs);
            break;
        }
    return !adding->result;
}

int data_store_add(struct data_store *store, const struct department *department, struct errs *errs)
{
    struct adding adding = {store, errs, 0};

    data_walk(department, add_record, &adding);
    return adding.result;
}

/*
 * SQLite notes its own version in the file (bytes 96 to 99 of the header); nothing reads that, but
 * the bytes of the file should not depend on it. 3.31 is the first that knows generated columns.
 */
static int forget_version(struct data_store *store, struct errs *errs)
{
    static const unsigned char version[4] = {0x00, 0x2E, 0x3F, 0xD8}; /* 3031000 */
    int fd = open(store->path, O_WRONLY | O_CLOEXEC);
    bool good = fd >= 0 && pwrite(fd, version, sizeof(version), 96) == sizeof(version);

    if (fd >= 0 && close(fd))
        good = false;
    if (!good)
        errs_add_errno(errs, errno, "cannot write the database");
    return good ? 0 : -1;
}

int data_store_finish(struct data_store *store, struct errs *errs)
{
    struct strbuf sql = STRBUF_INIT;
    int result;

    for (size_t i = 0; i < store->plan->count; i++) {
        sqlite3_finalize(store->inserts[i]);
        store->inserts[i] = NULL;
    }
    sqlite_schema_views(store->plan, &sql);
    strbuf_adds(&sql, "COMMIT;");
    result = run(store, sql.buf, errs);
    strbuf_release(&sql);
    if (!result && sqlite3_close(store->db) != SQLITE_OK)
        result = fail(store, errs);
    else if (!result)
        store->db = NULL;
    return result ? result : forget_version(store, errs);
}

uint64_t data_store_rows(const struct data_store *store)
{
    return store->rows;
}

void data_store_free(struct data_store *store)
{
    if (!store)
        return;
    for (size_t i = 0; store->inserts && i < store->plan->count; i++)
        sqlite3_finalize(store->inserts[i]);
    free(store->inserts);
    free(store->path);
    strbuf_release(&store->stated);
    sqlite3_close(store->db);
    free(store);
}

/*
 * The floor: the least that any program must do to make the same output. Reads a built site into
 * memory, then measures two things alone: writing the same files, and inserting the same rows into
 * a SQLite file of the same schema with the same settings.
 *
 *     floor SITE DIR
 *
 * DIR is made and should be on the file system of the build that is compared with. Prints one JSON
 * object, in microseconds: the files with one thread, with two, the database, and the files in one
 * thread while another makes the database.
 */
#include "base/base.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/strbuf.h"

#define DATABASE "data/juesuan.sqlite"

struct file {
    const char *path;
    char *data;
    size_t len;
};

struct row {
    sqlite3_value **values;
};

struct table {
    const char *insert;
    int columns;
    struct row *rows;
    size_t count, cap;
};

struct site {
    struct arena arena;
    struct file *files;
    size_t file_count, file_cap;
    const char **folders;
    size_t folder_count, folder_cap;
    struct table *tables;
    size_t table_count, table_cap;
    struct strbuf tables_sql, rest_sql; /* CREATE TABLE, and what comes after the rows */
    const char *out;
};

static void die(const char *what)
{
    fprintf(stderr, "floor: %s\n", what);
    _Exit(3);
}

static int64_t now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static const char *join(struct site *s, const char *a, const char *b)
{
    struct strbuf path = STRBUF_INIT;
    const char *kept;

    strbuf_addf(&path, "%s%s%s", a, *a ? "/" : "", b);
    kept = arena_strndup(&s->arena, path.buf, path.len);
    strbuf_release(&path);
    return kept;
}

/* --- reading --- */

static void read_files(struct site *s, const char *root, const char *below)
{
    struct errs errs = ERRS_INIT;
    struct fs_list list;

    if (fs_list(AT_FDCWD, join(s, root, below), root, &s->arena, &list, &errs))
        die("cannot read the site");
    for (size_t i = 0; i < list.count; i++) {
        const char *path = join(s, below, list.entries[i].name);
        struct strbuf text = STRBUF_INIT;

        if (list.entries[i].kind == FS_FOLDER) {
            MEM_GROW(s->folders, s->folder_count, s->folder_cap);
            s->folders[s->folder_count++] = path;
            read_files(s, root, path);
        } else if (strcmp(path, DATABASE)) {
            if (fs_read(AT_FDCWD, join(s, root, path), path, SIZE_MAX / 2, &text, &errs))
                die("cannot read a file of the site");
            MEM_GROW(s->files, s->file_count, s->file_cap);
            s->files[s->file_count].path = path;
            s->files[s->file_count].len = text.len;
            s->files[s->file_count++].data = strbuf_detach(&text, NULL);
        }
    }
}

static void read_rows(struct site *s, sqlite3 *db, const char *name)
{
    struct strbuf select = STRBUF_INIT, insert = STRBUF_INIT;
    struct table *table;
    sqlite3_stmt *stmt;

    MEM_GROW(s->tables, s->table_count, s->table_cap);
    table = &s->tables[s->table_count++];
    memset(table, 0, sizeof(*table));
    /* generated columns are not inserted; pragma table_info leaves them out */
    strbuf_addf(&select, "SELECT group_concat('\"' || name || '\"') FROM pragma_table_info('%s')",
                name);
    if (sqlite3_prepare_v2(db, select.buf, -1, &stmt, NULL) || sqlite3_step(stmt) != SQLITE_ROW)
        die("cannot read the schema");
    strbuf_clear(&select);
    strbuf_addf(&select, "SELECT %s FROM \"%s\"", sqlite3_column_text(stmt, 0), name);
    strbuf_addf(&insert, "INSERT INTO \"%s\" (%s) VALUES (", name, sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    if (sqlite3_prepare_v2(db, select.buf, -1, &stmt, NULL))
        die("cannot read a table");
    table->columns = sqlite3_column_count(stmt);
    for (int i = 0; i < table->columns; i++)
        strbuf_adds(&insert, i ? ", ?" : "?");
    strbuf_adds(&insert, ")");
    table->insert = arena_strdup(&s->arena, insert.buf);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        sqlite3_value **values =
            arena_alloc(&s->arena, (size_t)table->columns * sizeof(sqlite3_value *));

        for (int i = 0; i < table->columns; i++)
            values[i] = sqlite3_value_dup(sqlite3_column_value(stmt, i));
        MEM_GROW(table->rows, table->count, table->cap);
        table->rows[table->count++].values = values;
    }
    sqlite3_finalize(stmt);
    strbuf_release(&select);
    strbuf_release(&insert);
}

static void read_database(struct site *s, const char *root)
{
    sqlite3_stmt *stmt;
    sqlite3 *db;

    if (sqlite3_open_v2(join(s, root, DATABASE), &db, SQLITE_OPEN_READONLY, NULL) ||
        sqlite3_prepare_v2(db, "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL",
                           -1, &stmt, NULL))
        die("cannot read the database");
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        bool is_table = !strcmp((const char *)sqlite3_column_text(stmt, 0), "table");

        strbuf_addf(is_table ? &s->tables_sql : &s->rest_sql, "%s;\n",
                    sqlite3_column_text(stmt, 2));
        if (is_table)
            read_rows(s, db, (const char *)sqlite3_column_text(stmt, 1));
    }
    sqlite3_finalize(stmt);
    sqlite3_close(db);
}

/* --- measuring --- */

static void remove_out(struct site *s)
{
    struct errs errs = ERRS_INIT;

    if (fs_remove_tree(AT_FDCWD, s->out, &errs))
        die("cannot remove the folder");
}

static void make_folders(struct site *s)
{
    mkdir(s->out, 0777);
    for (size_t i = 0; i < s->folder_count; i++)
        mkdir(join(s, s->out, s->folders[i]), 0777);
}

struct share {
    struct site *site;
    int folder;
    size_t from, to;
};

static void *write_files(void *arg)
{
    struct share *share = arg;

    for (size_t i = share->from; i < share->to; i++) {
        const struct file *file = &share->site->files[i];
        int fd = openat(share->folder, file->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

        if (fd < 0 || write(fd, file->data, file->len) != (ssize_t)file->len || close(fd))
            die("cannot write a file");
    }
    return NULL;
}

static int64_t measure_files(struct site *s, size_t threads)
{
    struct share shares[2];
    pthread_t ids[2];
    int64_t start;

    remove_out(s);
    start = now();
    make_folders(s);
    for (size_t i = 0; i < threads; i++) {
        shares[i] = (struct share){s, open(s->out, O_RDONLY | O_DIRECTORY),
                                   s->file_count * i / threads, s->file_count * (i + 1) / threads};
        if (pthread_create(&ids[i], NULL, write_files, &shares[i]))
            die("cannot start a thread");
    }
    for (size_t i = 0; i < threads; i++) {
        pthread_join(ids[i], NULL);
        close(shares[i].folder);
    }
    return now() - start;
}

/* The settings of lib/dataset/sqlite_store.c. */
static const char settings[] = "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF;"
                               "PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
                               "PRAGMA cache_size = -4096; BEGIN;";

static void *write_database(void *arg)
{
    struct site *s = arg;
    sqlite3_stmt *stmt;
    sqlite3 *db;

    if (sqlite3_open_v2(join(s, s->out, DATABASE), &db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) ||
        sqlite3_exec(db, settings, 0, 0, 0) || sqlite3_exec(db, s->tables_sql.buf, 0, 0, 0))
        die("cannot make the database");
    for (size_t i = 0; i < s->table_count; i++) {
        const struct table *table = &s->tables[i];

        if (sqlite3_prepare_v2(db, table->insert, -1, &stmt, NULL))
            die("cannot prepare an insert");
        for (size_t j = 0; j < table->count; j++) {
            for (int k = 0; k < table->columns; k++)
                sqlite3_bind_value(stmt, k + 1, table->rows[j].values[k]);
            if (sqlite3_step(stmt) != SQLITE_DONE)
                die("cannot insert");
            sqlite3_reset(stmt);
        }
        sqlite3_finalize(stmt);
    }
    if (sqlite3_exec(db, s->rest_sql.buf, 0, 0, 0) || sqlite3_exec(db, "COMMIT", 0, 0, 0))
        die("cannot finish the database");
    sqlite3_close(db);
    return NULL;
}

static int64_t measure_database(struct site *s)
{
    int64_t start;

    remove_out(s);
    mkdir(s->out, 0777);
    mkdir(join(s, s->out, "data"), 0777);
    start = now();
    write_database(s);
    return now() - start;
}

static int64_t measure_together(struct site *s)
{
    struct share share;
    pthread_t id;
    int64_t start;

    remove_out(s);
    start = now();
    make_folders(s);
    share = (struct share){s, open(s->out, O_RDONLY | O_DIRECTORY), 0, s->file_count};
    if (pthread_create(&id, NULL, write_files, &share))
        die("cannot start a thread");
    write_database(s);
    pthread_join(id, NULL);
    close(share.folder);
    return now() - start;
}

int main(int argc, char **argv)
{
    struct site s = {.tables_sql = STRBUF_INIT, .rest_sql = STRBUF_INIT};

    if (argc != 3) {
        fprintf(stderr, "usage: floor SITE DIR\n");
        return 2;
    }
    s.out = argv[2];
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* as in lib/dataset/sqlite_store.c */
    read_files(&s, argv[1], "");
    read_database(&s, argv[1]);
    printf("{\"files1\": %lld, ", (long long)measure_files(&s, 1));
    printf("\"files2\": %lld, ", (long long)measure_files(&s, 2));
    printf("\"database\": %lld, ", (long long)measure_database(&s));
    printf("\"together\": %lld}\n", (long long)measure_together(&s));
    remove_out(&s);
    return 0;
}

#include "base/base.h"

#include "dataset/data_files.h"

#include <errno.h>
#include <fcntl.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/strmap.h"

enum {
    FLUSH_AT = 1024 * 1024, /* bytes that wait, in all files together */
    ALL_YEARS = -1,         /* in the place of a year */
    NO_YEAR = -2,           /* of a row that has none, in a table whose rows may have one */
};

/* --- chunks --- */

/* Rows of one table and year. */
struct piece {
    const struct data_table *table;
    int64_t year; /* or NO_YEAR; ALL_YEARS: the table has none */
    uint64_t rows;
    struct strbuf csv;
    struct strbuf json; /* joined by ",\n" */
};

struct data_chunk {
    const struct data_plan *plan;
    struct piece *pieces;
    size_t count;
    size_t cap;
};

static int64_t year_of(const struct data_table *table, const void *record)
{
    const struct integer *year = table->year ? field_at(table->year, record) : NULL;

    if (!year)
        return ALL_YEARS;
    return year->present ? year->value : NO_YEAR;
}

/* The piece that a row belongs to. Rows of a table and year come together, so it is among the last.
 */
static struct piece *piece_for(struct data_chunk *chunk, const struct data_table *table,
                               int64_t year)
{
    struct piece *piece;

    for (size_t i = chunk->count; i-- > 0;)
        if (chunk->pieces[i].table == table && chunk->pieces[i].year == year)
            return &chunk->pieces[i];
    MEM_GROW(chunk->pieces, chunk->count, chunk->cap);
    piece = &chunk->pieces[chunk->count++];
    *piece = (struct piece){.table = table, .year = year, .csv = STRBUF_INIT, .json = STRBUF_INIT};
    return piece;
}

static void add_row(struct data_chunk *chunk, const struct data_table *table, const void *record)
{
    struct piece *piece = piece_for(chunk, table, year_of(table, record));

    data_csv_row(table, record, &piece->csv);
    if (!table->is_wide) {
        if (piece->json.len)
            strbuf_add(&piece->json, ",\n", 2);
        data_json_row(table, record, &piece->json);
    }
    piece->rows++;
}

static bool add_record(void *ctx, const struct entity *entity, const void *record)
{
    struct data_chunk *chunk = ctx;
    const struct data_plan *plan = chunk->plan;

    for (size_t i = 0; entity->table && i < plan->count; i++) {
        const struct data_table *table = &plan->tables[i];

        if (table->entity == entity &&
            (!table->is_wide || text_is(&((const struct line *)record)->table, table->name)))
            add_row(chunk, table, record);
    }
    return true;
}

struct data_chunk *data_chunk_make(const struct data_plan *plan,
                                   const struct department *department)
{
    struct data_chunk *chunk = mem_zalloc(1, sizeof(*chunk));

    chunk->plan = plan;
    data_walk(department, add_record, chunk);
    return chunk;
}

void data_chunk_free(struct data_chunk *chunk)
{
    if (!chunk)
        return;
    for (size_t i = 0; i < chunk->count; i++) {
        strbuf_release(&chunk->pieces[i].csv);
        strbuf_release(&chunk->pieces[i].json);
    }
    free(chunk->pieces);
    free(chunk);
}

/* --- files --- */

struct file {
    struct data_file info;
    char *staged; /* where it is written */
    bool is_json;
    struct strbuf waiting;
};

struct data_files {
    const struct data_plan *plan;
    char *(*stage)(void *ctx, const char *path, struct errs *errs);
    void *ctx;
    struct arena arena;
    struct strmap by_path; /* -> struct file */
    struct file **files;
    size_t count;
    size_t cap;
    size_t waiting; /* bytes */
    struct data_file *list;
};

struct data_files *data_files_new(const struct data_plan *plan,
                                  char *(*stage)(void *ctx, const char *path, struct errs *errs),
                                  void *ctx)
{
    struct data_files *files = mem_zalloc(1, sizeof(*files));

    files->plan = plan;
    files->stage = stage;
    files->ctx = ctx;
    return files;
}

static int flush(struct data_files *files, struct file *file, struct errs *errs)
{
    int fd = open(file->staged, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    int failed = fd < 0 || fs_write_fd(fd, file->waiting.buf, file->waiting.len) ? errno : 0;

    if (fd >= 0 && close(fd) && !failed)
        failed = errno;
    if (failed) {
        errs_add_errno(errs, failed, "cannot write %s", file->info.path);
        return -1;
    }
    files->waiting -= file->waiting.len;
    strbuf_release(&file->waiting);
    return 0;
}

static int flush_all(struct data_files *files, struct errs *errs)
{
    for (size_t i = 0; i < files->count; i++)
        if (files->files[i]->waiting.len && flush(files, files->files[i], errs))
            return -1;
    return 0;
}

/* The file of a table: of a year, or whole. Made when it is first asked for. */
static struct file *file_for(struct data_files *files, const struct data_table *table, int64_t year,
                             bool is_json, struct errs *errs)
{
    struct strbuf path = STRBUF_INIT;
    struct file *file = NULL;
    const char *kept;
    bool is_new;
    void **slot;

    strbuf_adds(&path, "data/");
    if (year != ALL_YEARS)
        strbuf_addf(&path, "%lld/", (long long)year);
    strbuf_addf(&path, "%s.%s", table->name, is_json ? "json" : "csv");
    file = strmap_get(&files->by_path, path.buf, path.len);
    if (file)
        goto out;
    kept = arena_strndup(&files->arena, path.buf, path.len);
    file = arena_zalloc(&files->arena, 1, sizeof(*file));
    file->staged = files->stage(files->ctx, kept, errs);
    if (!file->staged) {
        file = NULL;
        goto out;
    }
    file->info = (struct data_file){kept, table->title, table->title_en, 0};
    file->is_json = is_json;
    strbuf_init(&file->waiting);
    if (is_json)
        strbuf_adds(&file->waiting, "[\n");
    else
        data_csv_header(table, &file->waiting);
    files->waiting += file->waiting.len;
    slot = strmap_put(&files->by_path, kept, path.len, &is_new);
    *slot = file;
    MEM_GROW(files->files, files->count, files->cap);
    files->files[files->count++] = file;
out:
    strbuf_release(&path);
    return file;
}

static int append(struct data_files *files, const struct piece *piece, int64_t year, bool is_json,
                  struct errs *errs)
{
    struct file *file = file_for(files, piece->table, year, is_json, errs);
    const struct strbuf *rows = is_json ? &piece->json : &piece->csv;
    size_t before;

    if (!file)
        return -1;
    before = file->waiting.len;
    if (is_json && file->info.rows)
        strbuf_add(&file->waiting, ",\n", 2);
    strbuf_addbuf(&file->waiting, rows);
    file->info.rows += piece->rows;
    files->waiting += file->waiting.len - before;
    return 0;
}

int data_files_add(struct data_files *files, const struct data_chunk *chunk, struct errs *errs)
{
    for (size_t i = 0; i < chunk->count; i++) {
        const struct piece *piece = &chunk->pieces[i];
        bool has_json = !piece->table->is_wide;

        if (append(files, piece, ALL_YEARS, false, errs))
            return -1;
        if (piece->year == NO_YEAR)
            continue;
        if (!piece->table->year) {
            if (has_json && append(files, piece, ALL_YEARS, true, errs))
                return -1;
        } else if (append(files, piece, piece->year, false, errs) ||
                   (has_json && append(files, piece, piece->year, true, errs))) {
            return -1;
        }
    }
    return files->waiting > FLUSH_AT ? flush_all(files, errs) : 0;
}

static int compare_files(const void *a, const void *b)
{
    return strcmp(((const struct data_file *)a)->path, ((const struct data_file *)b)->path);
}

int data_files_finish(struct data_files *files, struct errs *errs)
{
    /* a table without any row has its files, too */
    for (size_t i = 0; i < files->plan->count; i++) {
        const struct data_table *table = &files->plan->tables[i];

        if (!file_for(files, table, ALL_YEARS, false, errs) ||
            (!table->year && !table->is_wide && !file_for(files, table, ALL_YEARS, true, errs)))
            return -1;
    }
    for (size_t i = 0; i < files->count; i++)
        if (files->files[i]->is_json) {
            strbuf_adds(&files->files[i]->waiting, files->files[i]->info.rows ? "\n]\n" : "]\n");
            files->waiting += files->files[i]->info.rows ? 3 : 2;
        }
    if (flush_all(files, errs))
        return -1;
    files->list = arena_alloc(&files->arena, files->count * sizeof(*files->list));
    for (size_t i = 0; i < files->count; i++)
        files->list[i] = files->files[i]->info;
    if (files->count)
        qsort(files->list, files->count, sizeof(*files->list), compare_files);
    return 0;
}

const struct data_file *data_files_list(const struct data_files *files, size_t *count)
{
    *count = files->count;
    return files->list;
}

void data_files_free(struct data_files *files)
{
    if (!files)
        return;
    for (size_t i = 0; i < files->count; i++) {
        strbuf_release(&files->files[i]->waiting);
        free(files->files[i]->staged);
    }
    free(files->files);
    strmap_release(&files->by_path);
    arena_release(&files->arena);
    free(files);
}

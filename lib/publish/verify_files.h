/*
 * verify_files: whether the files of a folder are those of its manifest, and whether two sites are
 * the same by their manifests. Each file that is not is an error of its own. Depends on base,
 * publish/manifest.h.
 */
#ifndef PUBLISH_VERIFY_FILES_H
#define PUBLISH_VERIFY_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct errs;

struct verified_files {
    bool has_manifest; /* that could be read; otherwise the rest says nothing */
    size_t files;      /* of the manifest */
    uint64_t bytes;
    size_t missing, altered, unknown;
};

/* Every file of the manifest is there, with these bytes, and no other, but for .git and what builds
 * work with. -1 after adding errors. */
int verify_files(const char *folder, struct verified_files *out, struct errs *errs);

/* Whether the manifest of a site lists what the manifest of the other does, which was built of the
 * sources. -1 after adding errors. */
int verify_same(const char *folder, const char *built, struct errs *errs);

#endif

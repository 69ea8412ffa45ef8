#include "base/base.h"

#include "base/sha256.h"

#include "base/mem.h"
#include "base/testing.h"

static void assert_digest(const void *data, size_t len, const char *expected)
{
    char hex[SHA256_HEX_SIZE + 1];

    memset(hex, '!', sizeof(hex));
    sha256_hex(data, len, hex);
    assert_string_equal(hex, expected);
    assert_int_equal(hex[SHA256_HEX_SIZE], '!'); /* and not a byte more */
}

/* The examples of FIPS 180-4 (NIST, "Examples with intermediate values") and of FIPS 180-2. */
static void gives_the_digests_of_the_standard(void **state)
{
    char *million = mem_alloc(1000000);

    (void)state;
    assert_digest("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_digest(NULL, 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_digest("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56,
                  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    assert_digest("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnop"
                  "jklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                  112, "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    memset(million, 'a', 1000000);
    assert_digest(million, 1000000,
                  "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
}

/* NIST's additional vectors: single bytes, zeros on both sides of the padding's limits. */
static void gives_the_digests_of_nists_further_vectors(void **state)
{
    static const char zeros[1000];

    (void)state;
    assert_digest("\xbd", 1, "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b");
    assert_digest("\xc9\x8c\x8e\x55", 4,
                  "7abc22c0ae5af26ce93dbb94433a0e0b2e119d014f8e7f65bd56c61ccccd9504");
    assert_digest(zeros, 55, "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7");
    assert_digest(zeros, 56, "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb");
    assert_digest(zeros, 57, "65a16cb7861335d5ace3c60718b5052e44660726da4cd13bb745381b235a1785");
    assert_digest(zeros, 64, "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b");
    assert_digest(zeros, 1000, "541b3e9daa09b20bf85fa273e5cbd3e80185aa4ec298e765db87742b70138a53");
}

/* NIST's example in pieces of every length, with empty ones between. */
static void pieces_give_the_digest_of_the_whole(void **state)
{
    static const char text[] =
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnop"
        "jklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";
    const size_t len = sizeof(text) - 1;

    (void)state;
    for (size_t piece = 1; piece <= len; piece++) {
        struct sha256_state *s = sha256_begin();
        unsigned char whole[SHA256_SIZE], pieces[SHA256_SIZE];
        char hex[SHA256_HEX_SIZE];

        for (size_t at = 0; at < len; at += piece) {
            sha256_add(s, text + at, at + piece < len ? piece : len - at);
            sha256_add(s, text, 0);
        }
        sha256_end(s, pieces);
        sha256(text, len, whole);
        assert_memory_equal(pieces, whole, sizeof(whole));
        sha256_format(pieces, hex);
        assert_string_equal(hex,
                            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    }
}

static void two_digests_may_be_under_way_at_once(void **state)
{
    struct sha256_state *a = sha256_begin(), *b = sha256_begin();
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX_SIZE];

    (void)state;
    sha256_add(a, "a", 1);
    sha256_add(b, "x", 1);
    sha256_add(a, "bc", 2);
    sha256_end(b, digest);
    sha256_end(a, digest);
    sha256_format(digest, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    b = sha256_begin(); /* of nothing at all */
    sha256_end(b, digest);
    sha256_format(digest, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_digests_of_the_standard),
        cmocka_unit_test(gives_the_digests_of_nists_further_vectors),
        cmocka_unit_test(pieces_give_the_digest_of_the_whole),
        cmocka_unit_test(two_digests_may_be_under_way_at_once),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("sha256", tests, NULL, NULL);
}

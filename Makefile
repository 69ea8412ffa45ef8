# juesuan: see README.md for what the targets are for.
#
#   make site            install what is missing, compile, build content/ into public/
#   make test            install what the tests need, run them       (SANITIZE=address,undefined)
#   make                 compile build/juesuan and make its manual pages, nothing else
#   make install         PREFIX=/usr/local DESTDIR=
#   make test-full       the slow tests too
#   make memcheck        the tests under valgrind
#   make story           STORY=build/story: a repository with a history, to try diff, log, publish, verify on
#   make bench           how fast it is, beside hugo and the least that any program must do; the search beside Pagefind
#   make lint            clang-tidy, headers alone, folder order, banned functions, the manual pages
#   make format          clang-format; make format-check only looks
#
# There are no lists of files here: what is in a folder is compiled.

SHELL := /bin/sh
.SHELLFLAGS := -ec
.DELETE_ON_ERROR:
.SUFFIXES:

PREFIX ?= /usr/local
CC ?= cc
ifeq ($(origin CC),default)
CC := cc
endif
O ?= 2

# Builds with other instrumentation live beside the plain one.
comma := ,
B := build$(if $(SANITIZE),/sanitize-$(subst $(comma),-,$(SANITIZE)))

PACKAGES := libcmark jansson sqlite3 libcrypto libgit2 zlib libarchive libxml-2.0 freexl
BUILD_DEBS := gcc libc6-dev make pkg-config libcmark-dev libjansson-dev libsqlite3-dev libssl-dev libgit2-dev zlib1g-dev \
              libarchive-dev libxml2-dev libfreexl-dev
TEST_DEBS := $(BUILD_DEBS) git openssh-client perl python3 python3-jsonschema python3-paramiko sqlite3 \
             libcmocka-dev cmark mandoc poppler-utils nodejs chromium
LINT_DEBS := clang clang-tidy clang-format mandoc valgrind
FULL_DEBS := fonts-noto-cjk

# What comes from npm: Playwright, the Nu HTML checker, axe-core, Lighthouse, daff, which tells what a tabular diff
# is, and Pagefind, which the search is measured beside. Each is in a folder of its own, for npm removes what it was not asked for.
NPM := build/npm
PLAYWRIGHT := $(NPM)/playwright/node_modules/playwright-core/index.mjs
VNU := $(NPM)/vnu/node_modules/vnu-jar/build/dist/vnu.jar
AXE := $(NPM)/axe/node_modules/axe-core/axe.min.js
LIGHTHOUSE := $(NPM)/lighthouse/node_modules/lighthouse/core/index.js
DAFF := $(NPM)/daff/node_modules/daff/bin/daff.js
PAGEFIND := $(NPM)/pagefind/node_modules/pagefind/package.json

# One shell command that installs those of the packages that are missing.
need = missing=; for p in $(1); do \
         [ "$$(dpkg-query -W -f='$${db:Status-Status}' $$p 2>/dev/null)" = installed ] || missing="$$missing $$p"; \
       done; \
       if [ -n "$$missing" ]; then \
         echo "installing:$$missing"; \
         sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
         $$sudo apt-get update -qq; \
         $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
       fi

# Evaluated when something is compiled, not when make starts: the packages may be installed by then.
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags $$(PACKAGES)))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := $$(shell pkg-config --libs $$(PACKAGES)))$(PKG_LIBS)

# Commands are shown shortened; V=1 shows them in full.
Q := $(if $(V),,@)
say = $(if $(V),,@echo '  $(1)')

VERSION := 0.1.0
DATE := November 23, 2026
CPPFLAGS += -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -Ilib
STRICT := -std=c17 -Wall -Wextra -Wpedantic -Werror -Wshadow -Wstrict-prototypes \
          -Wmissing-prototypes -Wvla -Wwrite-strings -Wconversion -Wno-sign-conversion
HARDEN := -fstack-protector-strong -fPIE $(if $(SANITIZE),,-D_FORTIFY_SOURCE=2)
SAN := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer)
CFLAGS += -g -O$(O)
ALL_CFLAGS = $(STRICT) $(HARDEN) $(SAN) $(CFLAGS) $(CPPFLAGS) $(PKG_CFLAGS)
ALL_LDFLAGS = -pie -Wl,-z,relro,-z,now $(SAN) -pthread $(LDFLAGS)

lib_sources := $(sort $(wildcard lib/*/*.c))
cmd_sources := $(sort $(wildcard cmd/*/*.c))
test_sources := $(sort $(wildcard tests/*/*_test.c))
fuzz_sources := $(sort $(wildcard tests/*/*_fuzz.c))
# Programs that tests run.
bench_sources := $(sort $(wildcard tests/bench/*.c tests/*/print_*.c))
test_helpers := $(sort $(filter-out $(test_sources) $(fuzz_sources) $(bench_sources),$(wildcard tests/*/*.c)))
test_scripts := $(sort $(wildcard tests/*/*_test.sh tests/*/*_test.py))
# Those in a browser need node, and can do without valgrind.
browser_tests := $(sort $(wildcard tests/*/*_test.mjs))
headers := $(sort $(wildcard lib/*/*.h cmd/*/*.h))

lib_objects := $(lib_sources:%.c=$(B)/%.o)
programs := $(sort $(patsubst cmd/%/,$(B)/%,$(dir $(cmd_sources))))
helper_objects := $(test_helpers:%.c=$(B)/%.o)
test_programs := $(test_sources:%.c=$(B)/%)
bench_programs := $(bench_sources:%.c=$(B)/%)
manuals_made := $(patsubst cmd/juesuan/%.in,$(B)/%,$(sort $(wildcard cmd/juesuan/*.[57].in)))
manuals := $(B)/juesuan.1 $(manuals_made)

.PHONY: all site test test-full memcheck lint format format-check install clean deps deps-test deps-lint deps-full

all: $(programs) $(manuals)

# Packages first, then make again, so that pkg-config sees them.
site: deps
	@$(MAKE) --no-print-directory all
	@$(B)/juesuan build

deps:
	@$(call need,$(BUILD_DEBS))

# Where npm does not reach its registry, the tests in a browser are skipped, and all others are run.
deps-test:
	@$(call need,$(TEST_DEBS))
	@[ -e $(PLAYWRIGHT) ] || $(MAKE) --no-print-directory $(PLAYWRIGHT) || \
	    echo 'no tests in a browser: npm could not install Playwright'

deps-lint: deps-test
	@$(call need,$(LINT_DEBS))

# Each folder of cmd/ is a program.
$(foreach p,$(programs),$(eval $(p): $(patsubst %.c,$(B)/%.o,$(filter cmd/$(notdir $(p))/%,$(cmd_sources)))))
$(programs): $(B)/libjuesuan.a
	$(call say,LINK $@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) $(B)/libjuesuan.a $(PKG_LIBS)

$(B)/libjuesuan.a: $(lib_objects)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC $<)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/tests/%.o: CPPFLAGS += -Itests

# The version and its date, which the manual pages bear, are the only settings compiled in.
SETTINGS := -DJUESUAN_VERSION='"$(VERSION)"' -DJUESUAN_DATE='"$(DATE)"'
$(B)/cmd/%.o: CPPFLAGS += $(SETTINGS)

$(B)/juesuan.1: $(B)/juesuan
	$(Q)$< help --man >$@

$(manuals_made): $(B)/%: cmd/juesuan/%.in $(B)/manpage
	$(Q)$(B)/manpage $< >$@

$(test_programs): $(B)/%: $(B)/%.o $(helper_objects) $(B)/libjuesuan.a
	$(call say,LINK $@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $< $(helper_objects) $(B)/libjuesuan.a $(PKG_LIBS) -lcmocka

.SECONDARY: $(test_sources:%.c=$(B)/%.o)

-include $(wildcard $(B)/*/*/*.d)

# --- tests ---

# Every test speaks TAP. Programs are run as they are; scripts find the program in $JUESUAN.
TEST_ENV = PYTHONDONTWRITEBYTECODE=1 JUESUAN="$(abspath $(B)/juesuan)" BUILD="$(abspath $(B))" CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C.UTF-8 \
           PLAYWRIGHT="$(abspath $(PLAYWRIGHT))"
PROVE = prove --timer --jobs 2 --exec ''

test: deps-test
	@$(MAKE) --no-print-directory check

.PHONY: check check-full
check: all $(test_programs) $(bench_programs)
	@command -v node >/dev/null || echo 'no tests in a browser: there is no node, make deps-test installs it'
	@$(TEST_ENV) $(PROVE) $(test_programs) $(test_scripts) $$(command -v node >/dev/null && echo '$(browser_tests)')

# Versions are fixed, so that tests find today what they found before.
$(PLAYWRIGHT): package := playwright-core@1.61.1
$(VNU): package := vnu-jar@26.9.27
$(AXE): package := axe-core@4.14.1
$(LIGHTHOUSE): package := lighthouse@12.8.2
$(DAFF): package := daff@1.4.2
$(PAGEFIND): package := pagefind@1.6.0
$(PLAYWRIGHT) $(VNU) $(AXE) $(LIGHTHOUSE) $(DAFF) $(PAGEFIND):
	@command -v npm >/dev/null || { $(call need,nodejs npm); }
	npm install --prefix $(NPM)/$(word 3,$(subst /, ,$@)) --no-save --no-audit --no-fund $(package)
	@touch $@

deps-full: deps-lint $(VNU) $(AXE) $(LIGHTHOUSE) $(DAFF)
	@command -v java >/dev/null || { $(call need,default-jre-headless); }
	@$(call need,$(FULL_DEBS))

test-full: deps-full
	@$(MAKE) --no-print-directory check lint format-check memcheck
	@FULL=1 VNU="$(abspath $(VNU))" AXE="$(abspath $(AXE))" DAFF="$(abspath $(DAFF))" $(MAKE) --no-print-directory check
	@$(TEST_ENV) FULL=1 LIGHTHOUSE="$(abspath $(LIGHTHOUSE))" $(PROVE) tests/site/lighthouse_test.mjs # alone, for it measures time

# The same tests under valgrind: programs directly, scripts through a juesuan that runs under it.
VALGRIND = valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite,indirect --child-silent-after-fork=yes
memcheck: deps-lint
	@$(MAKE) --no-print-directory all $(test_programs) $(bench_programs)
	@mkdir -p $(B)/memcheck
	@printf '#!/bin/sh\nexec %s --suppressions="%s" "%s" "$$@"\n' '$(VALGRIND)' '$(abspath tests/publish/libgit2.supp)' \
	    '$(abspath $(B)/juesuan)' >$(B)/memcheck/juesuan
	@chmod +x $(B)/memcheck/juesuan
	@$(TEST_ENV) MEMCHECK=1 $(PROVE) --exec '$(VALGRIND)' $(test_programs)
	@$(TEST_ENV) MEMCHECK=1 JUESUAN="$(abspath $(B)/memcheck/juesuan)" $(PROVE) $(test_scripts)

# --- speed ---

# juesuan without its search is juesuan with other functions in their place.
$(B)/tests/bench/unsearched: $(patsubst %.c,$(B)/%.o,$(filter cmd/juesuan/%,$(cmd_sources)))
$(B)/tests/bench/unsearched: LDFLAGS += -Wl,--wrap=search_chunk_new,--wrap=search_index_add

$(bench_programs): $(B)/%: $(B)/%.o $(B)/libjuesuan.a
	$(call say,LINK $@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) $(B)/libjuesuan.a $(PKG_LIBS)

.PHONY: bench
bench: deps-test
	@$(call need,hugo)
	@[ -e $(PAGEFIND) ] || $(MAKE) --no-print-directory $(PAGEFIND) || \
	    echo 'nothing to measure the search beside: npm could not install Pagefind'
	@$(MAKE) --no-print-directory all $(bench_programs)
	@$(TEST_ENV) python3 tests/bench/bench.py $(BENCH)
	@$(TEST_ENV) python3 tests/bench/history.py $(HISTORY)
	@$(TEST_ENV) PAGEFIND="$(abspath $(PAGEFIND))" python3 tests/bench/search.py $(SEARCH)

# --- a history to try ---

STORY ?= $(B)/story
.PHONY: story
story: all
	@$(call need,git python3)
	@$(TEST_ENV) sh tests/story/story.sh '$(STORY)'

# --- lint ---

tidy_targets := $(lib_sources:%=tidy/%) $(cmd_sources:%=tidy/%)
.PHONY: $(tidy_targets) lint-run
$(tidy_targets): tidy/%:
	$(call say,TIDY $*)
	$(Q)clang-tidy --quiet $* -- -std=c17 $(CPPFLAGS) $(SETTINGS) $(PKG_CFLAGS) 2>/dev/null

lint: deps-lint
	@$(MAKE) --no-print-directory lint-run

lint-run: all $(tidy_targets)
	@$(TEST_ENV) $(PROVE) $(wildcard tests/lint/*_test.sh)
	mandoc -T lint -W warning $(manuals)

formatted := $(lib_sources) $(cmd_sources) $(headers) $(test_sources) $(test_helpers) $(fuzz_sources) $(bench_sources) $(wildcard tests/*/*.h)

format:
	clang-format -i $(formatted)

format-check:
	@clang-format --dry-run --Werror $(formatted)

# --- installing ---

install: all
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/share/man/man1' '$(DESTDIR)$(PREFIX)/share/man/man5' \
	    '$(DESTDIR)$(PREFIX)/share/man/man7'
	install -m 755 $(B)/juesuan '$(DESTDIR)$(PREFIX)/bin/juesuan'
	install -m 644 $(filter %.1,$(manuals)) '$(DESTDIR)$(PREFIX)/share/man/man1'
	install -m 644 $(filter %.5,$(manuals)) '$(DESTDIR)$(PREFIX)/share/man/man5'
	install -m 644 $(filter %.7,$(manuals)) '$(DESTDIR)$(PREFIX)/share/man/man7'
	cd themes && find . -type f -exec install -D -m 644 '{}' '$(DESTDIR)$(PREFIX)/share/juesuan/themes/{}' ';'
	cd cmd/juesuan && find init -type f -exec install -D -m 644 '{}' '$(DESTDIR)$(PREFIX)/share/juesuan/{}' ';'

clean:
	rm -rf build

# Everything generated goes under build/. `make help` lists the targets.

VERSION = 0.1.0
PREFIX ?= /usr/local
DESTDIR ?=
VARIANT ?= release
FUZZ_SECONDS ?= 10

ifeq ($(origin CC),default)
CC = gcc
endif

# + before a recipe that runs tests keeps --output-sync from holding its lines back.
# Parallel from the start; one goal at a time, since `clean all` side by side would race.
ifeq ($(MAKELEVEL)$(filter-out 0 1,$(words $(MAKECMDGOALS))),0)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 2) --output-sync=target --no-print-directory
endif

# ---- compiling -----------------------------------------------------------------------------------

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
       -Wwrite-strings -Wundef -Wvla -Wformat=2 $(if $(filter true,$(CI)),-Werror)

SANITIZE      = -O1 -g1 -fno-omit-frame-pointer -fno-sanitize-recover=all
FLAGS_debug   = -O0 -g
FLAGS_release = -O2 -DNDEBUG
FLAGS_deb     = $(FLAGS_release)
FLAGS_san     = $(SANITIZE) -fsanitize=address,undefined,float-cast-overflow
FLAGS_fuzz    = $(SANITIZE) -fsanitize=fuzzer-no-link,address,undefined
FLAGS_cover   = -O0 -g --coverage
FLAGS_analyze = -O0 -fanalyzer -Wno-analyzer-use-of-uninitialized-value $(FLAGS_analyze_$(@F))
# gcc 12 cannot know that diag_fail never returns true, nor that a block hung into the arena is kept;
# -Wmaybe-uninitialized and `make check-san` watch over both.
FLAGS_analyze_arena.o = -Wno-analyzer-malloc-leak
FLAGS_analyze_csvscan.o = -Wno-analyzer-malloc-leak

# Asked once, and only when something is compiled: pkg-config is not there before `make deps` ran.
# libpq is loaded when a database is asked for.
PKG = libxml-2.0 zlib libcjson fontconfig freetype2 xlsxwriter libzip libmd libxxhash
PKG_CFLAGS = $(eval PKG_CFLAGS := $(call pkg,--cflags,$(PKG) libpq))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $(call pkg,--libs,$(PKG)) -ldl)$(PKG_LIBS)
pkg = $(if $(shell pkg-config --exists $(2) 2>/dev/null && echo yes),$(shell pkg-config $(1) $(2) \
      | sed 's/-I/-isystem /g'),$(error $(2) not found; `make deps` installs what is needed))

# gcc brings its own OpenMP; the fuzzers' compiler would need another package, and one thread does.
OPENMP = $(if $(filter fuzz,$(VARIANT)),-Wno-unknown-pragmas,-fopenmp)

# No fused multiply-add and no build path: equal input gives equal bytes, on any machine.
COMPILE = $(CC) -std=c11 -D_POSIX_C_SOURCE=200809L -DHAILONG_VERSION='"$(VERSION)"' -Isrc \
          $(WARN) $(OPENMP) -fPIC -fvisibility=hidden -ffp-contract=off -ffile-prefix-map=$(CURDIR)=. $(FLAGS_$(VARIANT)) \
          $(PKG_CFLAGS) $(CPPFLAGS) $(CFLAGS)
LINK = $(CC) $(OPENMP) $(FLAGS_$(VARIANT)) $(CFLAGS) $(LDFLAGS)
LIBS = -lcsv -lreadstat -lgsl -lgslcblas -lutf8proc -lmd $(PKG_LIBS) -lm

# One short line per file; V=1 shows the commands.
say = $(if $(V),,@echo '  $(1)';)

B     = build/$(VARIANT)
BIN   = $(B)/hailong
LIB   = $(B)/hailong.a
QUICK = $(B)/png_quick.so
LATE  = $(if $(filter release deb,$(VARIANT)),$(B)/documents.so)
WORDS = $(B)/locale/vi/LC_MESSAGES/hailong.mo
SRC   = $(sort $(wildcard src/*/*.c))
MAIN  = $(B)/src/cmd/main.o
OBJ   = $(SRC:%.c=$(B)/%.o)
UNIT  = $(sort $(wildcard tests/*.c))
TESTS = $(UNIT:%.c=$(B)/%)

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all objects pot po-update deps demo gallery valgrind deb-check check check-now check-san cover-units lint lint-now format cover cover-now fuzz \
        fuzz-now bench bench-quick install uninstall deb deb-now dist clean help FORCE

all: $(BIN) $(QUICK) $(WORDS) $(if $(filter release,$(VARIANT)),build/hailong) ## build the program, build/hailong (the default)

build/hailong: $(BIN) $(WORDS)
	@ln -sf release/hailong $@

# With late/load.o before them, the modules in documents.so are not taken from the archive, nor are their libraries needed.
# Locks of OpenMP are shared with it.
LATE_FLAGS = -Wl,-rpath,'$$ORIGIN:$$ORIGIN/../lib/hailong' -Wl,--export-dynamic-symbol='.gomp_critical_user_*'
$(BIN): $(MAIN) $(LATE:%/documents.so=%/late/load.o) $(LIB) | $(LATE)
	$(call say,link  $@)$(LINK) $(if $(LATE),$(LATE_FLAGS)) -Wl,--as-needed -o $@ $^ $(LIBS)

# Loaded when a document is read or written: see late/documents.h.
$(B)/documents.so: $(B)/late/documents.o $(LIB)
	$(call say,link  $@)$(LINK) -shared -Wl,--as-needed -Wl,-z,defs -o $@ $^ $(LIBS)

# Loaded into gnuplot, which knows no sanitizer.
$(QUICK): preload/png_quick.c $(B)/compile.stamp
	@mkdir -p $(@D)
	$(call say,link  $@)$(CC) -std=c11 -O2 -fPIC -shared $(WARN) $(CPPFLAGS) $(filter-out -fsanitize%,$(CFLAGS) $(LDFLAGS)) -o $@ $< -ldl

# What the program says, in Vietnamese; found beside it.
$(WORDS): po/vi.po
	@mkdir -p $(@D)
	$(call say,words $<)msgfmt --check -o $@ $<

# Everything but main, so that a test or a fuzzer takes what it uses.
$(LIB): $(filter-out $(MAIN),$(OBJ)) $(B)/members.stamp
	@rm -f $@
	@$(AR) rcs $@ $(filter %.o,$^)

objects: $(OBJ)

# Only the command line knows where it will be installed.
$(B)/src/cmd/%.o: PLACE = -DHAILONG_SHARE_PREFIX='"$(PREFIX)/share/hailong"'
$(filter $(B)/src/cmd/%,$(OBJ)): $(B)/place.stamp

$(B)/%.o: %.c $(B)/compile.stamp
	@mkdir -p $(@D)
	$(call say,cc    $<)$(COMPILE) $(PLACE) -MMD -MP -c -o $@ $<

# Criterion's macros do not survive -Wconversion. Tests find their data from the root of the checkout; what they test
# is optimised, they are not, which takes less than half the time.
TEST_COMPILE = $(patsubst -O2,-O0,$(filter-out -Wconversion -Wwrite-strings,$(COMPILE))) -DHAILONG_SOURCE_DIR='"$(CURDIR)"' -DHAILONG_CATALOGUE='"$(CURDIR)/$(WORDS)"'
$(B)/tests/%.o: tests/%.c $(B)/compile.stamp
	@mkdir -p $(@D)
	$(call say,cc    $<)$(TEST_COMPILE) -MMD -MP -c -o $@ $<

$(B)/tests/messages: $(WORDS)

# What is timed, or counted against, is.
$(B)/tests/bench/%.o: tests/bench/%.c $(B)/compile.stamp
	@mkdir -p $(@D)
	$(call say,cc    $<)$(COMPILE) -MMD -MP -c -o $@ $<

$(TESTS): %: %.o $(LIB)
	$(call say,link  $@)$(LINK) -o $@ $(filter %.o %.a,$^) -lcriterion $(LIBS)

# A stamp is rewritten only when its words change, and then rebuilds what was built with the old ones.
$(B)/compile.stamp: export WORDS = $(COMPILE)
$(B)/place.stamp: export WORDS = $(PREFIX)
$(B)/members.stamp: export WORDS = $(OBJ)
$(B)/%.stamp: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' "$$WORDS" | cmp -s - $@ || printf '%s\n' "$$WORDS" >$@

-include $(OBJ:.o=.d) $(TESTS:=.d) $(wildcard $(B)/late/*.d $(B)/tests/fuzz/*.d)

pot: ## po/hailong.pot, the template of translations, from the sources
	@tools/pot.sh >build/hailong.pot && mv build/hailong.pot po/hailong.pot

po-update: pot ## bring what is new in the sources into po/vi.po, and list what is to translate
	@msgmerge --quiet --update --no-fuzzy-matching --no-wrap --add-location=file --backup=none po/vi.po po/hailong.pot
	@msgattrib --no-obsolete --no-wrap -o po/vi.po po/vi.po
	@msgattrib --untranslated --no-wrap po/vi.po
	@msgfmt --check --statistics -o /dev/null po/vi.po

deps: ## install what building, running, testing and linting need (Debian, Ubuntu; elsewhere: names it)
	@tools/deps.sh build run test lint

demo: ## from nothing to a report and its charts, in build/demo
	@tools/deps.sh build run
	@$(MAKE) all
	@build/hailong report papi --province "Hưng Yên" --year 2024 --format md,docx,html,xlsx --out build/demo --force
	@build/hailong chart all papi --province "Hưng Yên" --year 2024 --out build/demo/charts --force
	@echo "report:  build/demo"
	@echo "charts:  build/demo/charts"
	@echo "next:    build/hailong --help"

gallery: ## every kind of chart on one page, build/gallery/index.html; and docs/charts.md
	@tools/deps.sh build run
	@$(MAKE) all
	@tools/gallery.sh build/hailong build/gallery
	@tools/gallery.sh build/hailong docs docs

# ---- testing -------------------------------------------------------------------------------------

JOBS_common  = "golden: tests/golden.sh $(BIN)" tests/golden_self.sh "report: tests/report.sh $(BIN)" \
               "update: tests/update.sh $(BIN)" "book: tests/book.sh $(BIN)" "tallies: tests/tally.sh $(BIN)" "cache: tests/cache.sh $(BIN)" \
               "directives: tests/directives.sh $(BIN)" "postgres: tests/postgres.sh $(BIN)" $(TESTS) $(if $(TESTS),,"tests: echo no tests/*.c; false")
# Not under the sanitizers: what a browser or a reader sees of files, and commands that those jobs give already.
JOBS_release = "pages: tests/page.sh $(BIN)" "language: tests/language.sh $(BIN)" "faults: tests/faults.sh $(BIN)" "charts: tests/charts.sh $(BIN)" "sweep: tests/sweep.sh $(BIN)" "audit: tests/audit.sh $(BIN)" \
               "workbooks: tests/workbook.sh $(BIN)" "marks: tests/marks.sh $(BIN)" \
               "browser: tests/browser.sh $(BIN)" "docs: tests/docs.sh $(BIN)" "killed: tests/killed.sh $(BIN)" "readme: tests/readme.sh $(BIN)" "engines: tests/readme.sh $(BIN) docs/engines.md" \
               "tutorial: tests/readme.sh $(BIN) docs/tutorial.md docs/tutorial.vi.md" "guides: tests/readme.sh $(BIN) docs/methods.md docs/methods.vi.md docs/faq.md docs/faq.vi.md" \
               "word: tests/word.sh" "reference: tests/reference.sh $(BIN)" "duckdb: tests/duckdb.sh $(BIN)" "completion: tests/completion.sh $(BIN)" \
               "install: tests/install.sh $(MAKE) $(PREFIX)" tests/layers.sh tests/headers.sh tests/sizes.sh tests/banned.sh tests/po.sh
JOBS_san     = tests/control.sh

# What instructions are counted with.
COUNTED = $(if $(filter release,$(VARIANT)),$(B)/tests/bench/answers $(B)/tests/bench/bare)
JOBS_release += "instructions: CC=$(CC) hailong=$(BIN) programs=$(B)/tests/bench bench=$(B)/check tests/bench/instructions.sh --guard"

# A worker that leaked does not fail a Criterion test: reports go to files, and run.sh counts them.
check-now: export SAN_REPORTS = $(CURDIR)/$(B)/reports
check-now: export ASAN_OPTIONS = detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1:log_path=$(SAN_REPORTS)/r
check-now: export UBSAN_OPTIONS = print_stacktrace=1:halt_on_error=1:log_path=$(SAN_REPORTS)/r
check-now: export COMPILE_TESTS = $(TEST_COMPILE)
check-now: export COMPILE_SOURCES = $(COMPILE)
check-now: export OBJECTS = $(B)/src
check-now: $(BIN) $(QUICK) $(WORDS) $(TESTS) $(COUNTED)
	+@tests/run.sh $(B)/check $(JOBS_$(VARIANT)) $(JOBS_common)

check: ## build and run every test (units, golden cases, layers, headers, sizes, banned calls)
	@tools/deps.sh build run test
	@$(MAKE) all
	@$(MAKE) check-now

check-san: ## the same under AddressSanitizer and UBSan, with a planted leak that must be seen
	@tools/deps.sh build run test
	@$(MAKE) VARIANT=san check-now

lint: ## formatting, cppcheck, clang-tidy, gcc -fanalyzer, the manual pages
	@tools/deps.sh build lint
	@$(MAKE) all
	@$(MAKE) lint-now

C_FILES  = $(shell find src late preload tests -name '*.[ch]' | LC_ALL=C sort)
CPPCHECK = cppcheck --quiet --std=c11 --language=c --enable=warning,style,performance,portability \
           --inline-suppr --suppress=missingIncludeSystem --suppress=unusedStructMember --suppress=redundantContinue \
           -D_POSIX_C_SOURCE=200809L -DHAILONG_VERSION='\"\"' -DHAILONG_SHARE_PREFIX='\"\"' \
           -Isrc --error-exitcode=1 src late preload

lint-now: export TIDY_FLAGS = $(PKG_CFLAGS)
lint-now: build/man/hailong.1
	+@tests/run.sh build/lint \
	  "format: clang-format --dry-run -Werror $(C_FILES)" \
	  "cppcheck: $(CPPCHECK)" \
	  tests/tidy.sh \
	  "analyze: $(MAKE) -k --silent VARIANT=analyze CI=true objects" \
	  "man: ! mandoc -Tlint -Wwarning build/man/*.1 build/man/vi/*.1 | grep -v 'missing date'"

format: ## rewrite src and tests in the agreed form (.clang-format)
	@clang-format -i $(C_FILES)

cover: ## share of lines that the tests run, by file
	@tools/deps.sh build run test
	@$(MAKE) VARIANT=cover cover-now

cover-units: ## the same of the unit tests alone, in a third of the time
	@tools/deps.sh build run test
	@$(MAKE) VARIANT=cover JOBS_common='$$(TESTS)' cover-now

cover-now: $(BIN) $(WORDS) $(TESTS)
	@find $(B) -name '*.gcda' -delete
	+@tests/run.sh $(B)/check $(JOBS_common) || :
	@gcov -n $(OBJ:.o=.gcda) 2>/dev/null | awk -F"[':% ]+" ' \
	  /^File/ { file = $$2; next } \
	  /^Lines executed/ && file ~ /^src\// { printf "%6.1f %%  %5d lines  %s\n", $$3, $$5, file; run += $$3 * $$5; all += $$5 } \
	  { file = "" } \
	  END { if (all) printf "%6.1f %%  %5d lines  all\n", run / all, all }' | LC_ALL=C sort -k4

valgrind: ## some golden cases under valgrind
	@tools/deps.sh build run lint
	@$(MAKE) all
	+@tests/run.sh build/valgrind "valgrind: tests/valgrind.sh $(BIN)"

fuzz: ## every tests/fuzz/*.c for FUZZ_SECONDS (10) each; seeds in tests/fuzz/corpus/NAME
	@tools/deps.sh build fuzz
	@$(MAKE) VARIANT=fuzz CC=clang fuzz-now

FUZZERS = $(patsubst tests/fuzz/%.c,%,$(sort $(wildcard tests/fuzz/*.c)))

$(FUZZERS:%=$(B)/tests/fuzz/%): %: %.o $(LIB)
	$(call say,link  $@)$(LINK) -fsanitize=fuzzer -o $@ $^ $(LIBS)

fuzz-now: $(FUZZERS:%=$(B)/tests/fuzz/%)
	+@tests/run.sh $(B)/check $(foreach f,$(FUZZERS),"$(f): mkdir -p $(B)/corpus/$(f) $(B)/crash && \
	  $(B)/tests/fuzz/$(f) -seed=1 -max_total_time=$(FUZZ_SECONDS) -timeout=10 -print_final_stats=1 \
	  -artifact_prefix=$(B)/crash/$(f)- $(B)/corpus/$(f) $(wildcard tests/fuzz/corpus/$(f))")

# Programs that a bench script runs.
BENCHES = $(patsubst %.c,$(B)/%,$(wildcard tests/bench/*.c))
-include $(BENCHES:=.d)

$(filter-out %/stages,$(BENCHES)): %: %.o $(LIB)
	$(call say,link  $@)$(LINK) -o $@ $^ $(LIBS)

# The whole program, with its stages timed.
WRAPPED = main gather_read estimate_tally_rows export_rows
$(B)/tests/bench/stages: %: %.o $(MAIN) $(LIB)
	$(call say,link  $@)$(LINK) $(WRAPPED:%=-Wl,--wrap=%) -o $@ $^ $(LIBS)

RUN_BENCH = hailong=$(CURDIR)/build/hailong bench=$(CURDIR)/build/bench programs=$(CURDIR)/$(B)/tests/bench \
            answers=$(CURDIR)/build/bench/answers DUCKDB=$(CURDIR)/build/bench/duckdb

bench: all $(BENCHES) ## every tests/bench/*.sh, half an hour; results in build/bench, docs/performance.md
	@mkdir -p build/bench
	@set -e; for b in $(sort $(wildcard tests/bench/*.sh)); do n=$${b##*/}; n=$${n%.sh}; echo "$$n"; \
	  $(RUN_BENCH) sh $$b >build/bench/$$n.txt; cat build/bench/$$n.txt; done
	@$(RUN_BENCH) sh tests/bench/performance/page.sh docs

bench-quick: all $(BENCHES) ## the speed of reading answers, under a minute: build/bench/quick/performance.md
	@mkdir -p build/bench/quick
	@for b in instructions speed; do $(RUN_BENCH) bench=$(CURDIR)/build/bench/quick quick=1 \
	  sh tests/bench/$$b.sh >build/bench/quick/$$b.txt || exit 1; done
	@$(RUN_BENCH) bench=$(CURDIR)/build/bench/quick sh tests/bench/performance/page.sh build/bench/quick
	@cat build/bench/quick/performance.md

# ---- installing ----------------------------------------------------------------------------------

build/man/hailong.1: build/hailong
	@rm -rf $(@D) && mkdir -p $(@D)/vi
	@for c in $$(build/hailong help --names); do \
	  build/hailong help $$c --man --lang en >$(@D)/hailong-$$c.1 && \
	  build/hailong help $$c --man --lang vi >$(@D)/vi/hailong-$$c.1 || exit 1; done
	@build/hailong help --man --lang vi >$(@D)/vi/hailong.1
	@build/hailong help --man --lang en >$@

install: all build/man/hailong.1 ## install below PREFIX (/usr/local); DESTDIR for packagers
	@tools/install.sh "$(DESTDIR)$(PREFIX)" build/release

uninstall: ## remove the files that install put there, and no others
	@tools/install.sh --remove "$(DESTDIR)$(PREFIX)"

deb: ## build/hailong_VERSION-1_ARCH.deb, for apt-get install ./FILE
	@tools/deps.sh build deb
	@$(MAKE) all build/man/hailong.1
	@$(MAKE) VARIANT=deb PREFIX=/usr deb-now

deb-check: deb ## the package packed again, unpacked and run; tests/deb.sh --chroot MIRROR installs it into a bare Debian
	+@tests/run.sh build/deb/check "deb: tests/deb.sh"

deb-now: export DEB_BUILD_MAINT_OPTIONS = hardening=+bindnow
deb-now:
	@$(MAKE) all CFLAGS="$$(dpkg-buildflags --get CFLAGS)" CPPFLAGS="$$(dpkg-buildflags --get CPPFLAGS)" \
	  LDFLAGS="$$(dpkg-buildflags --get LDFLAGS)"
	@tools/deb.sh $(VERSION)

dist: ## build/hailong-VERSION.tar.gz from HEAD, the same bytes each time
	@mkdir -p build
	@git -c tar.umask=0022 archive --format=tar --prefix=hailong-$(VERSION)/ HEAD \
	  | gzip -9n >build/hailong-$(VERSION).tar.gz
	@echo build/hailong-$(VERSION).tar.gz

clean: ## remove build/
	rm -rf build

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  %-11s %s\n", $$1, $$2 }' Makefile
	@echo "VARIANT=debug|release|san chooses the build; PREFIX= DESTDIR= the place to install."

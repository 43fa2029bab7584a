# The one door for commands. `make help` lists them.

DATA ?= Data
CYCLES ?= 200
ROUNDS ?= 3
THINGS ?= 100000 1000000
SWIFT ?= swift
# The tests are built with everything, what serves the game without PAM and LDAP.
TRAITS := --traits PAM,LDAP
PREFIX ?= /usr/local
BUILD := $(SWIFT) build -c release
VENV := .build/venv
# The example of a plugin that is built in. It shares the folder of what is built, so that nothing is compiled twice; SwiftPM
# plans anew for each package, which it would not do unasked.
GARDEN := $(BUILD) --package-path Tests/Plugins/roses --scratch-path .build --disable-build-manifest-caching --product garden

.DEFAULT_GOAL := help
.PHONY: help run build install test test-swift test-clients check format bench bench-reactor bench-ssh bench-irc soak sanitize clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## Install what is missing, build in release mode and serve the game (ARGS="--telnet tcp:0:interface=127.0.0.1")
	@.build/release/mudd serve --data $(DATA) $(ARGS)

build: ## Install what is missing and build the programs in release mode
	@.ci/setup run
	@$(BUILD) --product mudd
	@$(BUILD) --product mud-admin
	@.build/release/mudd plugins kit .build/release/kit >/dev/null

install: ## Copy what was built below PREFIX (/usr/local), or for a package below DESTDIR
	@PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" Deploy/install

test: test-swift test-clients ## Install what is missing and run every test

# The tests of peers and doors run in a process of their own: the poller of select, which the others try, takes no descriptor
# above 1023, and the reactors of all tests together hold more.
DOOR_TESTS := ^(ChatPeers|WebPeers|GatewayCore|[A-Za-z]+Gateway)Tests[.]
test-swift: ## Run the Swift tests only
	@.ci/setup test
	@$(SWIFT) test $(TRAITS) --skip '$(DOOR_TESTS)'
	@$(SWIFT) test $(TRAITS) --skip-build --filter '$(DOOR_TESTS)'

test-clients: ## Run the tests with real clients and the crash harness (CYCLES=200)
	@.ci/setup test
	@$(GARDEN)
	@for product in mudd mud-admin reactor-examples; do \
		$(BUILD) --disable-build-manifest-caching --product $$product || exit 1; done
	@CRASH_CYCLES=$(CYCLES) $(VENV)/bin/pytest -q Tests/Clients

check: ## Check formatting, documentation rules, layering and links
	@.ci/setup check
	@.ci/check

format: ## Format every Swift file in place, and copy the code of the articles from the sources
	@$(SWIFT) format --in-place --recursive Package.swift Sources Tests
	@python3 .ci/articles.py --fill

bench: ## Measure the world, then the game against the C limit, then telnet with compression, in interleaved rounds (ROUNDS=3 THINGS="100000 1000000")
	@.ci/setup run
	@.ci/setup check
	@$(BUILD) --product mudd
	@$(BUILD) --product mud-admin
	@$(BUILD) --product bench-echo
	@$(BUILD) --product bench-echo-c
	@$(BUILD) --product bench-load
	@$(BUILD) --product bench-world
	@.build/release/bench-world turns && .build/release/bench-world lines && .build/release/bench-world guards
	@for things in $(THINGS); do folder=$$(mktemp -d) && .build/release/bench-world load $$things \
		&& .build/release/bench-world fill $$folder/world.db $$things && .build/release/bench-world read $$folder/world.db \
		|| exit 1; rm -r $$folder; done
	@python3 Tests/Bench/bench.py --rounds $(ROUNDS)
	@python3 Tests/Bench/telnet_bench.py --rounds $(ROUNDS)

bench-reactor: ## Measure the reactor beside C and other frameworks (ROUNDS=3 BENCH="--only tls --seconds 2")
	@.ci/setup run
	@.ci/setup test
	@for product in bench-echo bench-echo-c bench-load bench-timers; do $(BUILD) --product $$product || exit 1; done
	@$(BUILD) --package-path Tests/Bench/Peers --scratch-path .build/peers
	@cc -O2 -Wall -Wextra -o .build/peers/tls_echo Tests/Bench/Peers/tls_echo.c -lssl -lcrypto
	@test -e .build/peers-venv/ready-tls || { /usr/bin/python3 -m venv .build/peers-venv \
		&& .build/peers-venv/bin/pip install -q --disable-pip-version-check 'twisted[tls]>=24' 'uvloop>=0.21' \
		&& touch .build/peers-venv/ready-tls; }
	@.build/peers-venv/bin/python Tests/Bench/reactor_bench.py --rounds $(ROUNDS) $(BENCH)

bench-ssh: ## Measure SSH beside OpenSSH's server and Twisted Conch, with libssh-dev's client (ROUNDS=3 BENCH="--seconds 2")
	@.ci/setup run
	@.ci/setup test
	@for product in bench-ssh reactor-examples; do $(BUILD) --product $$product || exit 1; done
	@test -e .build/peers-venv/ready-conch || { /usr/bin/python3 -m venv .build/peers-venv \
		&& .build/peers-venv/bin/pip install -q --disable-pip-version-check 'twisted[conch]>=24' \
		&& touch .build/peers-venv/ready-conch; }
	@mkdir -p .build/peers && cc -O2 -Wall -Wextra -o .build/peers/ssh_load Tests/Bench/Peers/ssh_load.c -lssh
	@python3 Tests/Bench/ssh_bench.py --rounds $(ROUNDS) $(BENCH)

bench-irc: ## Measure mudd irc beside ngircd and inspircd, where those are installed (ROUNDS=3 BENCH="--seconds 2")
	@.ci/setup run
	@$(BUILD) --product mudd
	@mkdir -p .build/peers && cc -O2 -Wall -Wextra -o .build/peers/irc_load Tests/Bench/Peers/irc_load.c
	@python3 Tests/Bench/irc_bench.py --rounds $(ROUNDS) $(BENCH)

soak: ## The long forms of the crash, fault, fuzz, replay, storm, abuse and start tests (CYCLES=1000, MUD_ABUSE=16, MUD_CRASH_POINTS=100000, FUZZ_ROUNDS=100000, MUD_TURNS=10000, MUD_STORM=1000000, MUD_TIMERS=1000000, MUD_STARTS=1000)
	@CYCLES=$${CYCLES:-1000} MUD_CRASH_POINTS=$${MUD_CRASH_POINTS:-100000} FUZZ_ROUNDS=$${FUZZ_ROUNDS:-100000} \
		MUD_TURNS=$${MUD_TURNS:-10000} MUD_ABUSE=$${MUD_ABUSE:-16} \
		MUD_STORM=$${MUD_STORM:-1000000} MUD_TIMERS=$${MUD_TIMERS:-1000000} \
		MUD_STARTS=$${MUD_STARTS:-1000} $(MAKE) test

# Leaks are not looked for: the Swift runtime and Foundation keep what LeakSanitizer takes for leaks. The storm tests measure
# growth instead.
sanitize: ## Run the Swift tests under the address and the thread sanitizer (builds two more copies)
	@.ci/setup test
	@ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=1:thread_local_quarantine_size_kb=16 \
		$(SWIFT) test $(TRAITS) --sanitize=address --scratch-path .build-asan
	@TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/Sanitizers/thread.supp \
		$(SWIFT) test $(TRAITS) --sanitize=thread --scratch-path .build-tsan

clean: ## Remove what was built; Data/ stays
	@rm -rf .build .build-asan .build-tsan

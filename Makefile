# isnad: build it, try it, test it, measure it. Every target stands alone on a machine with Go.

GO          ?= go
STATICCHECK := $(GO) run honnef.co/go/tools/cmd/staticcheck@v0.7.0
VCS         := $(shell git status >/dev/null 2>&1 || echo -buildvcs=false)
GOLD        := ../shared/gold/dev
NEWSFANE    := ../shared/data/ner/newsfane/train.txt

.PHONY: proofs memory pictures readers help build demo test check lint fmt fmt-check vet staticcheck race contract floor confidence bench bench-build bench-queue bench-growth bench-store bench-load bench-export model-nightly bench-postgres cc postgres clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## one static binary, bin/isnad
	CGO_ENABLED=0 $(GO) build -trimpath $(VCS) -o bin/isnad ./cmd/isnad

demo: build ## build the graph of docs/samples and question it
	@sh docs/demo.sh bin/isnad

test: check race contract memory floor proofs ## everything: what CI runs

check: fmt-check lint ## format, vet, staticcheck and the repository's own rules
	$(GO) test -count=1 -run '^TestRepository' .

lint: vet staticcheck ## vet and staticcheck

vet:
	$(GO) vet ./...

staticcheck:
	$(STATICCHECK) ./...

fmt: ## format all Go files
	gofmt -w $$($(GO) list -f '{{.Dir}}' ./...)

fmt-check:
	@out=$$(gofmt -l $$($(GO) list -f '{{.Dir}}' ./...)); \
	if [ -n "$$out" ]; then echo "not formatted (make fmt):" >&2; echo "$$out" >&2; exit 1; fi

race: cc postgres ## all tests under the race detector
	CGO_ENABLED=1 $(GO) test -race -timeout 25m -skip '^Test(Floor|Resolution|BoundedMemory)$$' ./...

contract: postgres ## Cayley's own tests of a quad store, whole; too slow under the race detector
	RUN_INTEGRATION=true $(GO) test -count=1 -timeout 20m -run '^TestContract$$' ./graph/quadstore ./graph/postgres

memory: ## the memory of an export does not grow with the graph; the race detector would be measured with it
	$(GO) test -count=1 -run '^TestBoundedMemory$$' ./graph/export

proofs: readers ## exports read back by the tools they are for
	$(GO) test -count=1 -tags proof -timeout 20m -run '^Test(Proofs|Page)' ./graph/export/format

pictures: build readers ## the pictures of docs/export.md, from the graph of docs/samples
	@fc-list :lang=ar 2>/dev/null | grep -q . || { echo "make: no font has Arabic letters: install fonts-dejavu-core or fonts-noto-core and run again" >&2; exit 1; }
	@sh docs/pictures.sh bin/isnad $(READERS)

floor: ## relation F1 and precision on the development articles, resolution on labelled pairs
	@if [ -d $(GOLD) ]; then \
		$(GO) test -count=1 -v -run '^Test(Floor|Resolution)$$' .; \
	else \
		echo "floor: $(GOLD) is not here, so the quality floor was skipped"; \
	fi

model: ## train the sequence model of package ner again, from NewsFANE Gold
	$(GO) run ./extract/ner/train -data $(NEWSFANE) -o extract/ner/data/names.model

confidence: ## learn the model of package relation again, from annotated articles and judged statements
	@t=$$(mktemp -d) && trap 'rm -rf "$$t"' EXIT && \
	for part in open held; do $(GO) run ./extract/eval/labels build -o $$t/$$part extract/eval/testdata/labels/$$part.jsonl || exit 1; done && \
	$(GO) run ./extract/eval/labels text -o $$t/judged extract/eval/testdata/judged.jsonl && \
	$(GO) run ./extract/relation/gen -level $$t/open,$$t/held -judged extract/eval/testdata/judged.jsonl -texts $$t/judged ../shared/gold/train $$t/open >$$t/model && \
	cp $$t/model extract/relation/confidence.yaml

words: ## learn adjectives and word classes of package ner again, from raw news; takes minutes
	$(GO) run ./extract/ner/gen -o extract/ner/data $(addprefix ../shared/corpus/,sanad_khaleej.jsonl.zst antcorpus.jsonl.zst marsum_goud_test.jsonl.zst)

bench: ## benchmarks of the stages, then bench-build
	$(GO) test -run '^$$' -bench . -benchmem ./extract/... ./graph/...
	@$(MAKE) --no-print-directory bench-build

bench-build: ## isnad build on 2,000 articles of ../shared/corpus
	$(GO) test -run '^$$' -bench '^BenchmarkBuild$$' -benchtime 1x -timeout 20m .

bench-growth: postgres ## what an article takes in a small and a large graph: 100,000 articles of ../shared/corpus; takes an hour
	ISNAD_GROWTH="$${ISNAD_GROWTH:-5000 20000 50000 100000}" $(GO) test -run '^$$' -bench '^BenchmarkGrowth$$' -benchtime 1x -timeout 5h .

bench-queue: ## isnad build --queue with 1, 2 and 4 workers, and from ready results, on 600 articles of ../shared/corpus
	$(GO) test -run '^$$' -bench '^BenchmarkQueue$$' -benchtime 1x -timeout 20m .

bench-export: readers ## export 100,000 and 1M statements in every format, beside networkx's own writers
	@ISNAD_EXPORT_SIZES=$${ISNAD_EXPORT_SIZES:-100000,1000000} $(GO) test -count=1 -tags proof -run '^TestRatio$$' -timeout 2h -v ./graph/export

bench-store: ## the quad store beside Cayley's own: 1M quads of ../shared/corpus in each
	@if [ -d ../shared/corpus ]; then \
		report=$$(mktemp); \
		ISNAD_BENCHSTORE_REPORT=$$report $(GO) test -run '^$$' -bench '^BenchmarkStores$$' -benchtime 1x -timeout 60m ./graph/benchstore >&2 && \
		cat $$report; status=$$?; rm -f $$report; exit $$status; \
	else \
		echo "bench-store: ../shared/corpus is not here, so there is nothing to load"; \
	fi

bench-load: ## bulk loads of 1M, 2M, 5M and 10M quads: rate, processor time, memory
	@$(GO) test -count=1 -run '^$$' -bench '^BenchmarkGrow$$' -benchtime 1x -timeout 60m ./graph/benchstore

model-nightly: ## a million random steps against a plain set
	ISNAD_MODEL_STEPS=1000000 $(GO) test -count=1 -run '^TestModel$$' -timeout 8h ./graph/quadstore

bench-postgres: postgres ## load the same quads with Cayley's own PostgreSQL backend and ours
	ISNAD_BENCH_QUADS=200000 $(GO) test -count=1 -timeout 30m -v -run '^TestLoadRatio$$' ./graph/postgres

# The tools that read exports back: Debian's packages, and npm's by their lock file.
READERS := graph/export/format/testdata/readers
readers:
	@for need in dot:graphviz rapper:raptor2-utils xmllint:libxml2-utils csvclean:csvkit node:nodejs npm:npm chromium:chromium; do \
		command -v $${need%%:*} >/dev/null || missing="$$missing $${need##*:}"; \
	done; \
	/usr/bin/python3 -c 'import networkx' 2>/dev/null || missing="$$missing python3-networkx"; \
	[ -z "$$missing" ] || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; } || \
		{ echo "make: these read exports back: install$$missing and run again" >&2; exit 1; }
	@cmp -s $(READERS)/package-lock.json $(READERS)/node_modules/.installed || \
		{ npm ci --prefix $(READERS) --no-audit --no-fund --ignore-scripts --loglevel=error && cp $(READERS)/package-lock.json $(READERS)/node_modules/.installed; }

# The race detector needs a C compiler; the product does not.
cc:
	@command -v $${CC:-gcc} >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq gcc libc6-dev >/dev/null; \
	else \
		echo "make: the race detector needs a C compiler: install gcc and run again" >&2; exit 1; \
	fi

# The tests start servers of their own; the product only talks to one.
postgres:
	@command -v initdb >/dev/null && exit 0; ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null; \
	else \
		echo "make: the tests of the store on PostgreSQL start a server: install postgresql (Debian's name of the package) and run again" >&2; exit 1; \
	fi

clean: ## remove what was built
	rm -rf bin

package postgres

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// The schema of Cayley's SQL backend, as its postgres flavour creates it.
const (
	createNodes = `CREATE TABLE nodes (
	hash BYTEA PRIMARY KEY,
	refs INT NOT NULL,
	value BYTEA,
	value_string TEXT,
	datatype TEXT,
	language TEXT,
	iri BOOLEAN,
	bnode BOOLEAN,
	value_int BIGINT,
	value_bool BOOLEAN,
	value_float double precision,
	value_time timestamp with time zone
)`
	createQuads = `CREATE TABLE quads (
	horizon BIGSERIAL PRIMARY KEY,
	subject_hash BYTEA NOT NULL,
	predicate_hash BYTEA NOT NULL,
	object_hash BYTEA NOT NULL,
	label_hash BYTEA,
	ts timestamp
)`
	// createTurn makes the table of the row that writers lock.
	createTurn = `CREATE TABLE isnad_turn (id INT PRIMARY KEY, turn BIGINT NOT NULL)`
	insertTurn = `INSERT INTO isnad_turn (id, turn) VALUES (1, 0)`
)

// index is an index or a constraint that Load builds last.
type tableIndex struct{ create, drop string }

// indexes are those of the quads, fuller than Cayley's default (its option
// db_fill_factor); the last is ours.
var indexes = []tableIndex{
	{`CREATE UNIQUE INDEX spo_unique ON quads (subject_hash, predicate_hash, object_hash) WHERE label_hash IS NULL`, `DROP INDEX IF EXISTS spo_unique`},
	{`CREATE UNIQUE INDEX spol_unique ON quads (subject_hash, predicate_hash, object_hash, label_hash) WHERE label_hash IS NOT NULL`, `DROP INDEX IF EXISTS spol_unique`},
	{`CREATE INDEX spo_index ON quads (subject_hash, predicate_hash, object_hash) WITH (FILLFACTOR = 80)`, `DROP INDEX IF EXISTS spo_index`},
	{`CREATE INDEX ops_index ON quads (object_hash, predicate_hash, subject_hash) WITH (FILLFACTOR = 80)`, `DROP INDEX IF EXISTS ops_index`},
	{`CREATE INDEX pos_index ON quads (predicate_hash, object_hash, subject_hash) WITH (FILLFACTOR = 80)`, `DROP INDEX IF EXISTS pos_index`},
	{`CREATE INDEX osp_index ON quads (object_hash, subject_hash, predicate_hash) WITH (FILLFACTOR = 80)`, `DROP INDEX IF EXISTS osp_index`},
	{`CREATE INDEX isnad_label ON quads (label_hash, subject_hash, predicate_hash)`, `DROP INDEX IF EXISTS isnad_label`},
}

// primaryKeys come with the tables, under the names that PostgreSQL gives them.
var primaryKeys = []tableIndex{
	{`ALTER TABLE nodes ADD CONSTRAINT nodes_pkey PRIMARY KEY (hash)`, `ALTER TABLE nodes DROP CONSTRAINT IF EXISTS nodes_pkey`},
	{`ALTER TABLE quads ADD CONSTRAINT quads_pkey PRIMARY KEY (horizon)`, `ALTER TABLE quads DROP CONSTRAINT IF EXISTS quads_pkey`},
}

// foreignKeys tie the quads to their nodes.
var foreignKeys = []tableIndex{
	{`ALTER TABLE quads ADD CONSTRAINT subject_hash_fk FOREIGN KEY (subject_hash) REFERENCES nodes (hash)`, `ALTER TABLE quads DROP CONSTRAINT IF EXISTS subject_hash_fk`},
	{`ALTER TABLE quads ADD CONSTRAINT predicate_hash_fk FOREIGN KEY (predicate_hash) REFERENCES nodes (hash)`, `ALTER TABLE quads DROP CONSTRAINT IF EXISTS predicate_hash_fk`},
	{`ALTER TABLE quads ADD CONSTRAINT object_hash_fk FOREIGN KEY (object_hash) REFERENCES nodes (hash)`, `ALTER TABLE quads DROP CONSTRAINT IF EXISTS object_hash_fk`},
	{`ALTER TABLE quads ADD CONSTRAINT label_hash_fk FOREIGN KEY (label_hash) REFERENCES nodes (hash)`, `ALTER TABLE quads DROP CONSTRAINT IF EXISTS label_hash_fk`},
}

// tables returns which tables of a store there are, and refuses those of others.
func tables(ctx context.Context, q pgx.Tx) (found map[string]bool, err error) {
	rows, err := q.Query(ctx, `SELECT table_name, column_name FROM information_schema.columns
		WHERE table_schema = current_schema() AND table_name IN ('nodes', 'quads', 'isnad_turn')`)
	if err != nil {
		return nil, err
	}
	have := map[string][]string{}
	var table, name string
	if _, err := pgx.ForEachRow(rows, []any{&table, &name}, func() error {
		have[table] = append(have[table], name)
		return nil
	}); err != nil {
		return nil, err
	}
	for table, want := range map[string][]string{
		"nodes": {"hash", "refs", "value", "value_string", "datatype", "language", "iri", "bnode", "value_int", "value_bool", "value_float", "value_time"},
		"quads": {"horizon", "subject_hash", "predicate_hash", "object_hash", "label_hash"},
	} {
		for _, column := range want {
			if have[table] != nil && !slices.Contains(have[table], column) {
				return nil, ErrSchema
			}
		}
	}
	found = map[string]bool{}
	for table := range have {
		found[table] = true
	}
	if found["nodes"] != found["quads"] {
		return nil, ErrSchema
	}
	return found, nil
}

// prepare makes sure that the tables are there: it creates them, or for a reader
// finds them. Several processes may do so at once.
func (s *Store) prepare(ctx context.Context) error {
	for attempt := 0; ; attempt++ {
		err := s.create(ctx)
		if !retryable(err) && !madeMeanwhile(err) || attempt == retries {
			return err
		}
		if err := pause(ctx, attempt); err != nil {
			return err
		}
	}
}

// madeMeanwhile reports whether another process has just made what was to be made.
func madeMeanwhile(err error) bool {
	var server *pgconn.PgError
	return errors.As(err, &server) && slices.Contains([]string{codeUnique, codeDuplicateTable, codeDuplicateName}, server.Code)
}

func (s *Store) create(ctx context.Context) error {
	tx, err := s.from.pool.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = tx.Rollback(ctx)
	}()
	found, err := tables(ctx, tx)
	if err != nil {
		return err
	}
	var statements []string
	if !found["quads"] {
		if s.readOnly {
			return errAbsent
		}
		statements = append(statements, createNodes, createQuads)
		for _, i := range slices.Concat(indexes[:2], foreignKeys, indexes[2:]) {
			statements = append(statements, i.create)
		}
	} else if !found["isnad_turn"] {
		statements = append(statements, `CREATE INDEX IF NOT EXISTS isnad_label ON quads (label_hash, subject_hash, predicate_hash)`)
	}
	if !found["isnad_turn"] {
		statements = append(statements, createTurn, insertTurn)
	}
	if s.readOnly || len(statements) == 0 {
		return nil
	}
	for _, text := range statements {
		if _, err := tx.Exec(ctx, text); err != nil {
			return err
		}
	}
	return tx.Commit(ctx)
}

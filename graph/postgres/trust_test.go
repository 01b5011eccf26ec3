package postgres

import (
	"context"
	"errors"
	"testing"

	"isnad/graph/internal/storetest"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"
)

// TestTrust adds many quads as users who may do more and less with the foreign keys. All
// store the same, and leave the schema as it was.
func TestTrust(t *testing.T) {
	const silenced, rekeyed = "session_replication_role = DEFAULT", "ADD CONSTRAINT subject_hash_fk"
	for _, test := range []struct {
		name          string
		address       func(superuser, owner, guest string) string
		watched       bool // by a reader
		silent, loose bool // how the checks are left out
	}{
		{"superuser", func(superuser, _, _ string) string { return superuser }, true, true, false},
		{"owner", func(_, owner, _ string) string { return owner }, false, false, true},
		{"owner beside a reader", func(_, owner, _ string) string { return owner }, true, false, false},
		{"guest", func(_, _, guest string) string { return guest }, false, false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			address := server.Database(t)
			first := openAt(t, address, Options{})
			owner, guest := ordinary(t, first, address)
			before := definitions(t, first)
			s, sent := traced(t, test.address(address, owner, guest))
			if test.watched {
				v := first.View()
				defer v.Close()
				v.ValueOf(quad.IRI("a")) // a lock until the view is closed
			}
			quads := storetest.Quads(0, untied)
			if err := addQuads(s, quads); err != nil {
				t.Fatal(err)
			}
			if got := len(contents(t, first)); got != len(quads) {
				t.Errorf("%d quads, want %d", got, len(quads))
			}
			if sent.contain(silenced) != test.silent || sent.contain(rekeyed) != test.loose {
				t.Errorf("by the setting: %v, without keys: %v", sent.contain(silenced), sent.contain(rekeyed))
			}
			checkCounts(t, first)
			if diff := cmp.Diff(before, definitions(t, first)); diff != "" {
				t.Errorf("the schema has changed (-before +after):\n%s", diff)
			}
		})
	}
}

// TestGranted lets a user leave out checks who is no superuser and owns nothing.
func TestGranted(t *testing.T) {
	address := server.Database(t)
	first := openAt(t, address, Options{})
	_, guest := ordinary(t, first, address)
	if _, err := first.from.pool.Exec(context.Background(), `GRANT SET ON PARAMETER session_replication_role TO PUBLIC`); err != nil {
		t.Fatal(err)
	}
	defer first.from.pool.Exec(context.Background(), `REVOKE SET ON PARAMETER session_replication_role FROM PUBLIC`)
	s, sent := traced(t, guest)
	if err := addQuads(s, storetest.Quads(0, trusted)); err != nil {
		t.Fatal(err)
	}
	if !sent.contain("session_replication_role = DEFAULT") {
		t.Error("keys are checked")
	}
	checkCounts(t, first)
}

// TestLargeBatchFails has a batch of several parts whose last cannot be applied. Nothing
// of it is left, even if whoever writes does not mind.
func TestLargeBatchFails(t *testing.T) {
	address := server.Database(t)
	first := openAt(t, address, Options{})
	owner, guest := ordinary(t, first, address)
	before := definitions(t, first)
	var deltas []graph.Delta
	for n := range applyBatch + 10 {
		deltas = append(deltas, graph.Delta{Quad: numbered(n % 300), Action: graph.Add})
	}
	deltas = append(deltas, graph.Delta{Quad: numbered(301), Action: graph.Delete})
	for name, address := range map[string]string{"superuser": address, "owner": owner, "guest": guest} {
		err := openAt(t, address, Options{}).Update(context.Background(), func(tx *Tx) error {
			var refused *graph.DeltaError
			if err := tx.ApplyDeltas(deltas, graph.IgnoreOpts{IgnoreDup: true}); !errors.As(err, &refused) {
				t.Errorf("%s: %v", name, err)
			}
			return nil
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := contents(t, first); len(got) != 0 {
			t.Errorf("%s: %d quads are left", name, len(got))
		}
		if diff := cmp.Diff(before, definitions(t, first)); diff != "" {
			t.Errorf("%s: the schema has changed (-before +after):\n%s", name, diff)
		}
		checkCounts(t, first)
	}
}

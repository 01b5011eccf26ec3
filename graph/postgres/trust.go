package postgres

import "context"

const (
	// trusted is how many deltas make it worth while to leave out the checks of foreign
	// keys, four for a quad, by a setting.
	trusted = 1000

	// untied is the same for dropping the foreign keys, and untiedShare how many quads
	// there may be for each delta: adding the keys again reads them all.
	untied      = 10_000
	untiedShare = 16
)

// trust runs f, which applies n deltas, and undoes what it has done if it fails. Many
// deltas are spared the checks of foreign keys where the user may do so. The keys hold by
// construction: nodes are counted in the transaction that changes their quads, and nobody
// else is in an Update.
func (tx *Tx) trust(ctx context.Context, n int, f func() error) error {
	if n < trusted {
		return f()
	}
	return tx.attempt(ctx, func() error {
		if tx.silence(ctx) {
			if err := f(); err != nil {
				return err
			}
			return tx.run(ctx, "SET LOCAL session_replication_role = DEFAULT")
		}
		keys, err := tx.untie(ctx, n)
		if err == nil {
			err = f()
		}
		for _, k := range keys {
			if err == nil {
				err = tx.run(ctx, k.create)
			}
		}
		return err
	})
}

// silence switches the checks off until the end of the transaction, if the server lets the
// user: a superuser, and whom one has granted it.
func (tx *Tx) silence(ctx context.Context) bool {
	if tx.sess.from.strict.Load() {
		return false
	}
	err := tx.attempt(ctx, func() error { return tx.run(ctx, "SET LOCAL session_replication_role = replica") })
	tx.sess.from.strict.Store(err != nil)
	return err == nil
}

// untie drops the foreign keys and returns them, if that pays and the user may: who owns
// the tables. Readers that come later wait for the end of the transaction; if some are at
// it now, the keys stay.
func (tx *Tx) untie(ctx context.Context, n int) ([]tableIndex, error) {
	if n < untied {
		return nil, nil
	}
	quads, err := tx.number(ctx, "SELECT coalesce(max(horizon), 0) FROM quads") // those that have gone count too
	if err != nil || quads/untiedShare > int64(n) {
		return nil, err
	}
	err = tx.attempt(ctx, func() error {
		err := tx.run(ctx, "LOCK TABLE quads, nodes IN ACCESS EXCLUSIVE MODE NOWAIT")
		for _, k := range foreignKeys {
			if err == nil {
				err = tx.run(ctx, k.drop)
			}
		}
		return err
	})
	if err != nil {
		return nil, nil // then they are checked
	}
	return foreignKeys, nil
}

// attempt runs f within a savepoint, to which the transaction goes back if f fails.
func (tx *Tx) attempt(ctx context.Context, f func() error) error {
	if err := tx.run(ctx, "SAVEPOINT attempt"); err != nil {
		return err
	}
	err := f()
	if err != nil {
		if undo := tx.run(ctx, "ROLLBACK TO SAVEPOINT attempt"); undo != nil {
			_ = tx.fail(undo) // so that nobody commits the half of it
			return err
		}
	}
	if done := tx.run(ctx, "RELEASE SAVEPOINT attempt"); err == nil {
		err = done
	}
	return err
}

// run runs a statement.
func (tx *Tx) run(ctx context.Context, statement string) error {
	_, err := tx.sess.exec(ctx, statement)
	return err
}

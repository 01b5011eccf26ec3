package postgres

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgxpool"
)

// connections are those to one database, and the transactions that use them: Cayley
// leaves iterators open, and the store has to end what they hold.
type connections struct {
	pool   *pgxpool.Pool
	strict atomic.Bool // the server does not let the user leave out checks

	mu     sync.Mutex
	open   map[*session]struct{}
	closed bool
}

// acquire takes a connection for a session.
func (c *connections) acquire(ctx context.Context, s *session) (*pgxpool.Conn, error) {
	c.mu.Lock()
	closed := c.closed
	if !closed {
		c.open[s] = struct{}{}
	}
	c.mu.Unlock()
	if closed {
		return nil, ErrClosed
	}
	waiting, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	conn, err := c.pool.Acquire(waiting)
	if err != nil {
		c.release(s, nil)
		if waiting.Err() != nil && ctx.Err() == nil {
			err = fmt.Errorf("no connection was free for %v: close views and iterators, or set pool_max_conns in the address", patience)
		}
	}
	return conn, err
}

// release gives a session's connection back.
func (c *connections) release(s *session, conn *pgxpool.Conn) {
	c.mu.Lock()
	delete(c.open, s)
	c.mu.Unlock()
	if conn != nil {
		conn.Release()
	}
}

// close ends all sessions, then all connections.
func (c *connections) close() {
	c.mu.Lock()
	open := c.open
	c.open, c.closed = nil, true
	c.mu.Unlock()
	if open == nil {
		return
	}
	for s := range open {
		s.rollback()
	}
	c.pool.Close()
}

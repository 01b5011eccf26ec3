package postgres

import "testing"

// For the tests that need package graph, which imports this one.
var (
	Database = database
	Child    func() // what a process of a test does instead of testing, if it is meant to
)

// CheckCounts checks the reference counts of the database.
func CheckCounts(t testing.TB, address string) {
	t.Helper()
	checkCounts(t, openAt(t, address, Options{ReadOnly: true}))
}

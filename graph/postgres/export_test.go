package postgres

// Database is for the tests that need package graph, which imports this one.
var Database = database

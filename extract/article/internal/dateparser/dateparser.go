// Package dateparser stands in for github.com/markusmobius/go-dateparser, which
// go-htmldate imports for an extensive search that isnad does not use: it invents
// dates. The real package spends 190 ms and 78 MB on its tables each time a program
// starts, whether or not it looks for a date. The replace directive of isnad's go.mod
// puts this one, which finds none, in its place.
package dateparser

import (
	"errors"
	"time"
)

// ParserType is a kind of date expression.
type ParserType int

// The kinds that go-htmldate names.
const (
	CustomFormat ParserType = iota
	AbsoluteTime
)

// PreferredDateSource is a preference between past and future.
type PreferredDateSource int

// Past prefers dates before today.
const Past PreferredDateSource = 1

// Configuration holds preferences.
type Configuration struct {
	PreferredDateSource PreferredDateSource
	StrictParsing       bool
}

// Date is a date that was found.
type Date struct{ Time time.Time }

// Parser would find dates.
type Parser struct {
	ParserTypes []ParserType
}

var errNone = errors.New("dateparser: not built in")

// Parse finds no date.
func (*Parser) Parse(*Configuration, string, ...string) (Date, error) { return Date{}, errNone }

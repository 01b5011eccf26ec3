package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/pkg/twwarp"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// table is rows under a header, printed for people or as CSV.
type table struct {
	header []string
	rows   [][]string
	right  []int // columns of numbers
}

func (t *table) add(cells ...any) {
	row := make([]string, len(cells))
	for i, c := range cells {
		row[i] = fmt.Sprint(c)
	}
	t.rows = append(t.rows, row)
}

// minCell and maxCell bound the width to which cells are wrapped, in columns.
const (
	minCell = 20
	maxCell = 60
)

// printTable writes t in aligned columns. On a terminal each right-to-left cell is
// isolated, so that two of them side by side do not trade places.
func (a *app) printTable(t *table) error {
	alignment := make([]tw.Align, len(t.header))
	for i := range alignment {
		alignment[i] = tw.AlignLeft
	}
	for _, i := range t.right {
		alignment[i] = tw.AlignRight
	}
	var text bytes.Buffer
	w := tablewriter.NewTable(&text,
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders: tw.BorderNone,
			Symbols: tw.NewSymbolCustom("plain").WithColumn("  ").WithRow("-").WithCenter("  ").WithMidLeft("").WithMidRight(""),
			Settings: tw.Settings{
				Separators: tw.Separators{BetweenColumns: tw.On, BetweenRows: tw.Off, ShowHeader: tw.On},
				Lines:      tw.Lines{ShowHeaderLine: tw.On},
			},
		})),
		tablewriter.WithPadding(tw.PaddingNone),
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithAlignment(alignment),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
	)
	w.Header(t.header)
	for _, row := range t.rows {
		shown := make([]string, len(row))
		for i, cell := range row {
			shown[i] = a.cell(cell)
		}
		if err := w.Append(shown); err != nil {
			return fmt.Errorf("printing a table: %w", err)
		}
	}
	if err := w.Render(); err != nil {
		return fmt.Errorf("printing a table: %w", err)
	}
	for line := range strings.Lines(text.String()) {
		if _, err := fmt.Fprintln(a.out, strings.TrimRight(line, " \n")); err != nil {
			return err
		}
	}
	return nil
}

// cell prepares a cell: on a terminal it is wrapped, and each of its lines isolated.
// Elsewhere a row stays on one line, for grep.
func (a *app) cell(s string) string {
	if !a.terminal {
		return plain(s)
	}
	lines, _ := twwarp.WrapString(plain(s), min(max(a.width/3, minCell), maxCell))
	for i, line := range lines {
		lines[i] = a.shown(line)
	}
	return strings.Join(lines, "\n")
}

// printCSV writes t as RFC 4180 does, the header first.
func (a *app) printCSV(t *table) error {
	w := csv.NewWriter(a.out)
	if err := w.Write(t.header); err != nil {
		return err
	}
	return w.WriteAll(t.rows)
}

// printJSON writes v as one indented JSON value.
func (a *app) printJSON(v any) error { return encodeJSON(a.out, v, "  ") }

// printLine writes v as JSON on one line.
func (a *app) printLine(v any) error { return encodeJSON(a.out, v, "") }

func encodeJSON(w io.Writer, v any, indent string) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	return enc.Encode(v)
}

// say writes a line about what is being done, unless told to be quiet.
func (a *app) say(format string, args ...any) {
	if !a.config.Quiet {
		fmt.Fprintf(a.err, format+"\n", args...)
	}
}

// detail writes a line that only --verbose asks for.
func (a *app) detail(format string, args ...any) {
	if a.config.Verbose {
		fmt.Fprintf(a.err, format+"\n", args...)
	}
}

const (
	firstStrongIsolate    = "\u2068"
	popDirectionalIsolate = "\u2069"
)

// shown prepares text of an article for a person's eyes.
func (a *app) shown(s string) string {
	s = plain(s)
	if a.terminal && strings.IndexFunc(s, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) >= 0 {
		return firstStrongIsolate + s + popDirectionalIsolate
	}
	return s
}

// plain puts text on one line and takes out characters that would steer the terminal
// or turn the text around.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, s)
}

// oneLine is the text of err on one line: errors quote what users and articles say.
func oneLine(err error) string { return strings.Join(strings.Fields(plain(err.Error())), " ") }

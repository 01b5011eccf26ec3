package format

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// neo4jColumn is a column of the header of a table for neo4j-admin, name:TYPE(space) or
// name:type[]. The rules are those of the manual, Neo4j Admin, Import, CSV header format:
// https://neo4j.com/docs/operations-manual/current/import/
type neo4jColumn struct {
	name, kind, space string
	list              bool
}

var (
	neo4jHeader = regexp.MustCompile(`^([^:]*)(?::([A-Za-z_]+)(?:\(([^()]+)\))?(\[\])?)?$`)
	neo4jTypes  = []string{"int", "long", "float", "double", "boolean", "byte", "short", "char", "string", "point", "date", "localtime", "time", "localdatetime",
		"datetime", "duration"}
	neo4jMarks = []string{"ID", "LABEL", "START_ID", "END_ID", "TYPE", "IGNORE"}
)

// readNeo4j reads a table as neo4j-admin does, into facts by column, and holds it to the
// rules: one mark of each kind that the table needs, known types, cells of their type.
func readNeo4j(t *testing.T, text string, marks ...string) []map[string]any {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var columns []neo4jColumn
	seen := map[string]bool{}
	for _, cell := range rows[0] {
		m := neo4jHeader.FindStringSubmatch(cell)
		if m == nil {
			t.Fatalf("the header has %q", cell)
		}
		c := neo4jColumn{name: m[1], kind: m[2], space: m[3], list: m[4] != ""}
		mark := slices.Contains(neo4jMarks, c.kind)
		switch {
		case c.kind == "":
			c.kind = "string"
		case mark && c.list, !mark && !slices.Contains(neo4jTypes, c.kind), !mark && c.space != "":
			t.Errorf("the header has %q", cell)
		}
		if mark {
			marks = slices.DeleteFunc(marks, func(m string) bool { return m == c.kind+"("+c.space+")" || m == c.kind && c.space == "" })
		}
		key := c.name
		if mark {
			key = c.kind
		}
		if seen[key] {
			t.Errorf("the header has %q twice", key)
		}
		seen[key] = true
		columns = append(columns, c)
	}
	if len(marks) > 0 {
		t.Errorf("the header %q lacks %v", rows[0], marks)
	}
	var out []map[string]any
	for _, row := range rows[1:] {
		values := map[string]any{}
		for i, c := range columns {
			value, err := c.read(row[i])
			if err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			if value == nil {
				continue
			}
			if slices.Contains(neo4jMarks, c.kind) {
				values[c.kind] = value
			}
			if c.name != "" {
				values[c.name] = value
			}
		}
		out = append(out, values)
	}
	return out
}

// read reads a cell; an empty one is no property.
func (c *neo4jColumn) read(cell string) (any, error) {
	if cell == "" {
		return nil, nil
	}
	if !c.list {
		return c.one(cell)
	}
	var items []any
	for item := range strings.SplitSeq(cell, ";") {
		if item == "" {
			return nil, fmt.Errorf("%q has an empty item", cell)
		}
		value, err := c.one(item)
		if err != nil {
			return nil, err
		}
		items = append(items, value)
	}
	return items, nil
}

func (c *neo4jColumn) one(s string) (any, error) {
	switch c.kind {
	case "int", "long":
		n, err := strconv.ParseInt(s, 10, 64)
		return float64(n), err
	case "float", "double":
		return strconv.ParseFloat(s, 64)
	case "boolean":
		if s != "true" && s != "false" {
			return nil, fmt.Errorf("%q is neither true nor false", s)
		}
		return s == "true", nil
	case "date":
		_, err := time.Parse(time.DateOnly, s)
		return s, err
	}
	return s, nil
}

// TestNeo4j reads the tables as neo4j-admin does, and compares all that they hold.
func TestNeo4j(t *testing.T) {
	for name, g := range map[string]*Graph{"sample": sampleGraph(), "hostile": randomGraph(5, 40, 150, hostile), "empty": newGraph(nil, nil)} {
		t.Run(name, func(t *testing.T) {
			files := written(t, Lookup("neo4j"), g)
			var found seen
			ids := map[any]bool{}
			for _, n := range readNeo4j(t, files["nodes.csv"], "ID(entity)", "LABEL") {
				if ids[n["ID"]] {
					t.Errorf("%v comes twice", n["ID"])
				}
				ids[n["ID"]] = true
				labels := strings.Split(n["LABEL"].(string), ";")
				if len(labels) != 2 || labels[0] != "Entity" {
					t.Errorf("labels %q", labels)
				}
				f := joined(n)
				f["class"] = labels[1]
				f.text("label", fmt.Sprint(orEmpty(n["name"])))
				found.Nodes = append(found.Nodes, f)
			}
			for _, e := range readNeo4j(t, files["relationships.csv"], "START_ID(entity)", "END_ID(entity)", "TYPE") {
				if !ids[e["START_ID"]] || !ids[e["END_ID"]] {
					t.Errorf("%v ends at no node", e)
				}
				f := joined(e)
				f["source"], f["target"], f["type"] = e["START_ID"], e["END_ID"], e["TYPE"]
				found.Edges = append(found.Edges, f)
			}
			want := exported(g).links()
			for _, all := range [][]facts{want.Nodes, want.Edges} {
				for _, f := range all {
					for _, name := range []string{"names", "offices", "countries", "places", "quotes"} {
						if s, ok := f[name].(string); ok { // which stand between semicolons
							f[name] = strings.ReplaceAll(s, ";", ",")
						}
					}
					if f["label"] == "" {
						delete(f, "label")
					}
				}
			}
			nodes, edges := "iri label "+nodeAttributes, "iri source target type symmetric first last status date places confidence sources quotes"
			same(t, "nodes", only(found.Nodes, nodes, false), only(want.Nodes, nodes, false))
			same(t, "edges", only(found.Edges, edges, false), only(want.Edges, edges, false))
		})
	}
}

func orEmpty(v any) any {
	if v == nil {
		return ""
	}
	return v
}

// joined writes lists as the formats do that have none.
func joined(values map[string]any) facts {
	out := facts{}
	for name, value := range values {
		if items, ok := value.([]any); ok {
			var texts []string
			for _, item := range items {
				texts = append(texts, item.(string))
			}
			separator := " | "
			if name == "quotes" {
				separator = "\n"
			}
			value = strings.Join(texts, separator)
		}
		out[name] = value
	}
	return out
}

// TestNeo4jHeader holds the reader of this test to find what neo4j-admin would refuse.
func TestNeo4jHeader(t *testing.T) {
	for cell, kind := range map[string]string{"1,2": "long", "yes": "boolean", "2022-05": "date", "TRUE": "boolean"} {
		if v, err := (&neo4jColumn{kind: kind}).read(cell); err == nil {
			t.Errorf("%q is read as %s: %v", cell, kind, v)
		}
	}
	if bytes.Contains([]byte(written(t, Lookup("neo4j"), sampleGraph())["nodes.csv"]), []byte("\ufeff")) {
		t.Error("a byte order mark would be part of the first column's name")
	}
}

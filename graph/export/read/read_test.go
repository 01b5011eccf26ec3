package read

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"isnad/graph/export/format"
)

// told puts items into words, one a line: what is a node, an edge, evidence or an article.
func told(items Items) (string, error) {
	var b strings.Builder
	for i, err := range items {
		if err != nil {
			return b.String(), err
		}
		fmt.Fprintf(&b, "%d ", i.Line)
		switch {
		case i.Node != nil:
			fmt.Fprintf(&b, "%s: %s %s %v %v\n", i.Node.IRI, i.Node.Class, i.Node.Name, i.Node.Other, i.Node.Offices)
		case i.Edge != nil:
			fmt.Fprintf(&b, "%s -%s-> %s%s %s %s %g %s\n", i.Edge.Source, i.Edge.Predicate, i.Edge.Target, i.Edge.Value, i.Edge.Status, i.Edge.Date, i.Edge.Confidence, quotes(i.Edge))
		case i.Evidence != nil:
			fmt.Fprintf(&b, "of %s: %s\n", i.Evidence.Edge, i.Evidence.Quote)
		default:
			fmt.Fprintf(&b, "article %s\n", i.Article)
		}
	}
	return b.String(), nil
}

func quotes(e *format.Edge) []string {
	var out []string
	for _, v := range e.Evidence {
		out = append(out, v.Quote)
	}
	return out
}

// readers read each format from text.
var readers = map[string]func(string) Items{
	"json":    func(s string) Items { return NodeLink("f", strings.NewReader(s)) },
	"graphml": func(s string) Items { return GraphML("f", strings.NewReader(s)) },
	"csv":     func(s string) Items { return CSV("f", strings.NewReader(s)) },
	"jsonld":  func(s string) Items { return JSONLD("f", strings.NewReader(s)) },
}

// TestReaders reads graphs as people and their tools write them.
func TestReaders(t *testing.T) {
	for _, test := range []struct{ name, reader, text, want string }{
		{"CSV of Gephi", "csv", "\ufeffSource,Target,Type,Id,Label,Weight\nأ,ب,Directed,0,met,1.0\n\n", "2 أ -met-> ب asserted  1 []\n"},
		{"CSV of Excel", "csv", "sep=;\r\nالمصدر;الهدف;العلاقة;الثقة;الاقتباس\r\nأ;ب;التقى;0,5;\"قال: «نعم»\nثم لا\"\r\nج;د;زار;;\r\n",
			"3 أ -التقى-> ب asserted  0.5 [قال: «نعم»\nثم لا]\n5 ج -زار-> د asserted  1 []\n"},
		{"tabs, a type that is a predicate", "csv", "from\tto\ttype\tstatus\na\tb\tmet\tPlanned\n", "2 a -met-> b planned  1 []\n"},
		{"UTF-16 of Excel", "csv", "\xff\xfeI\x00d\x00\t\x00L\x00a\x00b\x00e\x00l\x00\n\x001\x00\t\x00#\x06\n\x00", "2 1:  أ [] []\n"},
		{"nodes", "csv", "Id,Label,Class,Names,Office\n1,ناصر,Person,أ | ب,وزير\n", "2 1: Person ناصر [أ ب] [وزير]\n"},
		{"links", "json", "{\"links\":[{\"source\":1,\"target\":\"b\",\"label\":\"met\",\"x\":{\"y\":[1]}}],\n\"nodes\":[{\"id\":1,\"name\":\"ن\",\"aliases\":[\"أ\",\"ب\"]}],\"graph\":{\"articles\":[{\"a\":1}],\"z\":[[]]}}",
			"1 1 -met-> b asserted  1 []\n2 1:  ن [أ ب] []\n2 article {\"a\":1}\n"},
		{"evidence", "json", `{"nodes":[],"edges":[{"source":"a","target":"b","quotes":"no","evidence":[{"quote":"نعم"},{"quote":"لا"}]}]}`, "1 a --> b asserted  1 [نعم لا]\n"},
		{"GraphML of yEd", "graphml", `<graphml><key for="node" id="d6" yfiles.type="nodegraphics"/><key for="edge" id="d9" yfiles.type="edgegraphics"/>
<graph><node id="n0"><data key="d6"><y:ShapeNode xmlns:y="y"><y:Fill color="#f"/><y:NodeLabel>ناصر</y:NodeLabel></y:ShapeNode></data></node>
<edge source="n0" target="n1"><data key="d9"><y:EdgeLabel xmlns:y="y"> met </y:EdgeLabel></data></edge></graph></graphml>`,
			"2 n0:  ناصر [] []\n3 n0 -met-> n1 asserted  1 []\n"},
		{"GraphML with groups and defaults", "graphml", "<graphml><key id='c' for='node' attr.name='class'><desc>x</desc><default>Place</default></key><graph>\n" +
			"<node id='a'><graph><node id='b'><data key='c'>Person</data></node></graph></node></graph></graphml>", "2 a: Place a [] []\n2 b: Person b [] []\n"},
		{"our JSON-LD", "jsonld", format.JSONLDHead + "\n" + `{"@id":"isnad:person/x","@type":"isnad:Person","label":[{"@value":"س","@language":"ar"}],"altLabel":["ع"]},
{"@id":"isnad:statement/1","@type":["rdf:Statement","prov:Entity"],"subject":"a","predicate":"isnad:heldOn","object":{"@value":"2022","@type":"xsd:gYear"},"status":"denied","confidence":0.5,"derivedFrom":[{"value":"ق"}]}]}`,
			"8 isnad:person/x: Person س [ع] []\n9 a -heldOn-> 2022 denied  0.5 [ق]\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := told(readers[test.reader](test.text))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(test.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestReaderErrors holds that what is wrong is said in one line, with the file's own.
func TestReaderErrors(t *testing.T) {
	for _, test := range []struct{ reader, text, want string }{
		{"json", "", "f:1: the file ends too soon"},
		{"json", "[1]", "f:1: [ where { should stand"},
		{"json", "{}", `f:1: no node-link JSON: it has no "nodes"`},
		{"json", "{\"nodes\":[\n{\"id\":\"a\"},\n{\"id\":", "f:3: the file ends too soon"},
		{"json", "{\"nodes\":[\n{\"id\":\"a\"},\nx]}", "f:3: invalid character 'x' looking for beginning of value"},
		{"json", `{"nodes":[1]}`, "f:1: a node or edge that is no object"},
		{"json", `{"nodes":[{}]}`, "f:1: a node without id and label"},
		{"json", `{"nodes":{"a":1}}`, "f:1: { where [ should stand"},
		{"json", `{"nodes":[],"links":[{"confidence":"x"}]}`, `f:1: confidence "x" is no number`},
		{"json", `{"x":` + strings.Repeat("[", 100), "f:1: nested too deep: this is no graph"},
		{"graphml", "", "f:1: no GraphML: there is no element"},
		{"graphml", "<gexf/>", "f:1: no GraphML: its first element is <gexf>"},
		{"graphml", "<graphml>\n<graph>\n</graphml>", "f:3: no XML: element <graph> closed by </graphml>"},
		{"graphml", "<graphml>" + strings.Repeat("<graph>", 100), "f:1: nested too deep: this is no graph"},
		{"graphml", "<graphml><graph><node id='a'>\n<edge source='a' target='b'/></node></graph></graphml>", "f:2: an edge within a node or edge"},
		{"graphml", "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>\n<graphml><graph><node id='&b;'/></graph></graphml>", "f:2: no XML: invalid character entity &b;"},
		{"graphml", "<?xml version='1.0' encoding='windows-1256'?><graphml/>", `f:1: xml: encoding "windows-1256" declared but Decoder.CharsetReader is nil`},
		{"csv", "", "f:1: the table is empty: its first line names the columns"},
		{"csv", "a,b\n1,2\n", "f:1: no column is called Source and Target, as edges need, or Id or Label, as nodes do"},
		{"csv", "Source,Target\na,b,c\n", "f:2: 3 cells under a heading of 2"},
		{"csv", "Source,Target\na,\"b\n", "f:2: extraneous or missing \" in quoted-field"},
		{"csv", "Id,Label\n1,\xe3\xe6\n", "f:2: text that is no UTF-8: save the table as CSV in UTF-8"},
		{"csv", "Id,Label\n,,\n\n ,\n", "f:4: a node without id and label"},
		{"jsonld", `{"@graph":[{"label":1}]}`, "f:1: json: cannot unmarshal number into Go struct field resource.label of type []read.ldText"},
	} {
		_, err := told(readers[test.reader](test.text))
		if err == nil || err.Error() != test.want {
			t.Errorf("%s %.60q: %v\nwant %s", test.reader, test.text, err, test.want)
		}
	}
}

// endless repeats a text for ever, and counts what was read of it.
type endless struct {
	head, text string
	read       int
}

func (e *endless) Read(p []byte) (int, error) {
	n := 0
	if e.read < len(e.head) {
		n = copy(p, e.head[e.read:])
	}
	for n < len(p) {
		n += copy(p[n:], e.text[(e.read+n-len(e.head))%len(e.text):])
	}
	e.read += n
	return n, nil
}

// TestBounds holds that items without an end are refused in bounded memory.
func TestBounds(t *testing.T) {
	if testing.Short() {
		t.Skip("hundreds of MB")
	}
	for _, test := range []struct {
		reader     func(string, io.Reader) Items
		head, text string
	}{
		{NodeLink, `{"nodes":[{"id":"`, "a"},
		{NodeLink, `{"nodes":[`, "["},
		{NodeLink, `{"nodes":[{"x":[`, "1,"},
		{NodeLink, `{"x":"`, "a"},
		{GraphML, `<graphml `, "a='b' "},
		{GraphML, `<graphml><graph><node id="`, "a"},
		{GraphML, `<graphml><graph><data key="a">`, "text "},
		{GraphML, `<graphml><graph><data key="a"><a `, "b='' "},
		{GraphML, `<graphml><!--`, "a"},
		{CSV, "Source,Target\n\"", "a,"},
		{CSV, "Source,Target\n", ","},
		{CSV, "", ",Source"},
		{JSONLD, `{"@graph":[{"@id":"`, "a"},
	} {
		in := &endless{head: test.head, text: test.text}
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		_, err := told(test.reader("f", in))
		runtime.ReadMemStats(&after)
		if err == nil || strings.Contains(err.Error(), "\n") || len(err.Error()) > 200 {
			t.Errorf("%.40q: %.300v", test.head, err)
		}
		if used := after.Sys - before.Sys; after.Sys > before.Sys && used > 600<<20 || in.read > maxItem+1<<20 {
			t.Errorf("%.40q…%s: %d MiB for %d bytes", test.head, test.text, used>>20, in.read)
		}
	}
}

func archive(t testing.TB, files ...[2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		to, err := w.Create(f[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(to, f[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func unzipped(b []byte) (string, error) {
	files, err := Archive(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return "", err
	}
	return told(Tables("f.zip", files))
}

// TestTables reads a folder and an archive: articles, nodes, edges and evidence in this
// order, whatever they are called, and nothing that an archiver leaves beside them.
func TestTables(t *testing.T) {
	files := [][2]string{{"z.csv", "iri,document\nx,\"{\"\"a\"\":1}\"\n"}, {"graph/a_edges.csv", "Id,Source,Target\ns,1,2\n"}, {"graph/b.csv", "statement,quote\ns,نعم\n"},
		{"graph/c_nodes.tsv", "Id\tLabel\n1\tأ\n"}, {"__MACOSX/._x.csv", "\x00"}, {".hidden.csv", "x"}, {"readme.txt", "x"}}
	want := "2 article {\"a\":1}\n2 1:  أ [] []\n2 1 --> 2 asserted  1 []\n2 of s: نعم\n"
	got, err := unzipped(archive(t, files...))
	if err != nil || got != want {
		t.Errorf("archive: %v\n%s", err, cmp.Diff(want, got))
	}
	dir := t.TempDir()
	for _, f := range files {
		name := filepath.Join(dir, f[0])
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(f[1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := told(Tables("f", os.DirFS(dir))); err != nil || got != want {
		t.Errorf("folder: %v\n%s", err, cmp.Diff(want, got))
	}
}

// TestArchives holds that archives which reach out of themselves, or grow beyond measure,
// are refused before anything of them is read.
func TestArchives(t *testing.T) {
	edges := "Source,Target\na,b\n"
	for _, test := range []struct {
		archive []byte
		want    string
	}{
		{[]byte("PK\x03\x04"), "no ZIP archive: zip: not a valid zip file"},
		{archive(t), "f.zip: no table in it: their names end in .csv"},
		{archive(t, [2]string{"../edges.csv", edges}), `the archive names a file "../edges.csv" outside of it`},
		{archive(t, [2]string{"/edges.csv", edges}), `the archive names a file "/edges.csv" outside of it`},
		{archive(t, [2]string{`..\edges.csv`, edges}), `the archive names a file "..\\edges.csv" outside of it`},
		{archive(t, [2]string{"C:edges.csv", edges}), `the archive names a file "C:edges.csv" outside of it`},
		{archive(t, [2]string{"edges.csv", edges}, [2]string{"edges.csv", edges}), `the archive has "edges.csv" twice`},
		{archive(t, [2]string{"edges.csv", edges + strings.Repeat(" ", bombFrom)}), `"edges.csv" grows from 65258 to 67108882 bytes: this is no graph`},
		{archive(t, [2]string{"x.csv", "a,b\n"}), "f.zip/x.csv:1: no column is called Source and Target, as edges need, or Id or Label, as nodes do"},
	} {
		if _, err := unzipped(test.archive); err == nil || err.Error() != test.want {
			t.Errorf("%v\nwant %s", err, test.want)
		}
	}
	var many [][2]string
	for i := range maxTables + 1 {
		many = append(many, [2]string{fmt.Sprintf("%d.csv", i), edges})
	}
	if _, err := unzipped(archive(t, many...)); err == nil || !strings.Contains(err.Error(), "more than 100 tables") {
		t.Errorf("many tables: %v", err)
	}
}

// oneLine fails for an error that is not one line with the file's name.
func oneLine(t *testing.T, err error) {
	if err != nil && (!strings.HasPrefix(err.Error(), "f") || strings.ContainsAny(err.Error(), "\n\r")) {
		t.Errorf("%q", err)
	}
}

func FuzzNodeLink(f *testing.F) {
	f.Add(`{"directed":true,"graph":{"articles":[{"id":"1"}]},"nodes":[{"id":"a","label":"أ"}],"links":[{"source":"a","target":"a","evidence":[{"quote":"x"}]}]}`)
	f.Add(`{"nodes":[{"id":1e400,"names":["\ud800","\u0000"]}],"edges":[{"source":{},"confidence":"0,5"}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		_, err := told(NodeLink("f", strings.NewReader(text)))
		oneLine(t, err)
	})
}

func FuzzGraphML(f *testing.F) {
	f.Add(`<?xml version="1.0"?><graphml><key id="k" for="all" attr.name="label"><default>x</default></key><graph><data key="k">{}</data><node id="a"><data key="k">أ</data></node><edge source="a" target="a"/></graph></graphml>`)
	f.Add(`<graphml xmlns:y="z"><key id="d" yfiles.type="nodegraphics"/><graph><node><data key="d"><y:NodeLabel><![CDATA[]]></y:NodeLabel></data><graph/></node></graph></graphml>`)
	f.Fuzz(func(t *testing.T, text string) {
		_, err := told(GraphML("f", strings.NewReader(text)))
		oneLine(t, err)
	})
}

func FuzzCSV(f *testing.F) {
	f.Add("Source;Target;Label\nأ;\"ب\nج\";met\n")
	f.Add("\ufeffsep=,\nid,label,class\n1,x,Person\n")
	f.Add("statement,quote\n1,x\n")
	f.Add("\xff\xfeI\x00d\x00")
	f.Fuzz(func(t *testing.T, text string) {
		_, err := told(CSV("f", strings.NewReader(text)))
		oneLine(t, err)
	})
}

func FuzzJSONLD(f *testing.F) {
	f.Add(format.JSONLDHead + `{"@id":"a","document":{}},{"@id":"b","@type":"isnad:Person","label":[{"@value":"x"}]},{"@type":["rdf:Statement"],"object":{"@id":"x"}}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		_, err := told(JSONLD("f", strings.NewReader(text)))
		oneLine(t, err)
	})
}

func FuzzArchive(f *testing.F) {
	f.Add(archive(f, [2]string{"nodes.csv", "Id\n1\n"}, [2]string{"edges.csv", "Source,Target\n1,1\n"}))
	f.Add(archive(f, [2]string{"../x.csv", "Id\n1\n"}))
	f.Fuzz(func(t *testing.T, b []byte) {
		files, err := Archive(bytes.NewReader(b), int64(len(b)))
		if err == nil {
			_, err = told(Tables("f", files))
			oneLine(t, err)
		}
	})
}

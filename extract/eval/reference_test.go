package eval

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"isnad/schema"
)

// shared holds the annotated articles and the reference scorer; a checkout of the
// repository alone does not have them.
const shared = "../../../shared/gold"

// TestReference compares Score with the reference scorer on predictions made from
// the gold by damaging it at random, from not at all to beyond recognition.
func TestReference(t *testing.T) {
	script, err := filepath.Abs(filepath.Join(shared, "score"))
	if _, serr := os.Stat(script); err != nil || serr != nil {
		t.Skip("the reference scorer is not beside this checkout")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed")
	}
	folder := filepath.Join(shared, "dev")
	gold, err := LoadGold(folder)
	if err != nil {
		t.Fatal(err)
	}
	for seed, damage := range []float64{0, 0.05, 0.2, 0.5, 0.9} {
		preds := perturb(gold, damage, uint64(seed))
		file := filepath.Join(t.TempDir(), "predictions.jsonl")
		writeResults(t, file, preds)
		out, err := exec.Command(python, script, "run", folder, file, "--json").CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", script, err, out)
		}
		var want Report
		if err := json.Unmarshal(out, &want); err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(Score(gold, preds))
		if err != nil {
			t.Fatal(err)
		}
		var got Report
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("damage %v: got\n%+v\nwant\n%+v", damage, got, want)
		}
	}
}

func writeResults(t *testing.T, file string, results []schema.Result) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	enc := json.NewEncoder(f)
	for _, r := range results {
		if err := enc.Encode(r); err != nil {
			t.Fatal(err)
		}
	}
}

// perturb turns gold into results and damages each part with the given probability.
func perturb(gold []Gold, damage float64, seed uint64) []schema.Result {
	rng := rand.New(rand.NewPCG(seed, 1))
	hit := func() bool { return rng.Float64() < damage }
	rarely := func() bool { return rng.Float64() < damage*damage }
	classes := []schema.Class{schema.Person, schema.Organization, schema.Country, schema.Place, schema.Event}
	var out []schema.Result
	for _, g := range gold {
		if rarely() {
			continue
		}
		r := schema.Result{ID: "folder/" + g.ID + ".txt", Entities: []schema.Entity{}, Relations: []schema.Relation{}}
		for _, e := range g.Entities {
			p := schema.Entity{ID: e.ID, Type: e.Type, Name: e.Name, Mentions: []schema.Mention{}}
			for _, m := range e.Mentions {
				if !hit() {
					p.Mentions = append(p.Mentions, schema.Mention{Text: m})
				}
			}
			if hit() && len(e.Mentions) > 0 {
				p.Name = e.Mentions[rng.IntN(len(e.Mentions))]
			}
			if hit() {
				p.Type = classes[rng.IntN(len(classes))]
			}
			if rarely() { // merged with a stranger
				p.Name = g.Entities[rng.IntN(len(g.Entities))].Name
			}
			r.Entities = append(r.Entities, p)
			if hit() { // left in two pieces
				p.ID += "b"
				r.Entities = append(r.Entities, p)
			}
		}
		for _, rel := range g.Relations {
			r.Relations = append(r.Relations, perturbRelation(rel, r.Entities, rng, hit)...)
		}
		out = append(out, r)
	}
	return out
}

func perturbRelation(rel GoldRelation, entities []schema.Entity, rng *rand.Rand, hit func() bool) []schema.Relation {
	if hit() {
		return nil
	}
	p := schema.Relation{S: rel.S, P: rel.P, O: rel.O, Status: rel.Status, Date: rel.Date}
	some := func() string { return entities[rng.IntN(len(entities))].ID }
	if hit() {
		p.S = some()
	}
	if lit := rel.O.Literal; lit == nil && hit() {
		p.O.Entity = some()
	} else if lit != nil && hit() {
		words := strings.Fields(lit.Value)
		p.O.Literal = &schema.Literal{Type: lit.Type, Value: strings.Join(words[len(words)/3:], " ")}
	}
	if symmetric[rel.P] && rel.O.Literal == nil && hit() {
		p.S, p.O.Entity = p.O.Entity, p.S
	}
	if hit() {
		p.Status = []schema.Status{schema.Asserted, schema.Planned, schema.Denied}[rng.IntN(3)]
	}
	if hit() && len(p.Date) > 4 {
		p.Date = p.Date[:4]
	}
	if hit() {
		return []schema.Relation{p, p}
	}
	return []schema.Relation{p}
}

package graph

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"

	"github.com/cayleygraph/quad"

	"isnad/graph/internal/extsort"
	"isnad/schema"
)

// Live is an article as the graph keeps it: what it says, with its text, and which
// entities of the graph its own are. The quads of a graph are a function of these.
type Live struct {
	Result     *schema.Result
	Assignment Assignment
}

// ErrOrder says that articles are not in order of IRI, or that one comes twice.
var ErrOrder = errors.New("graph: the articles are not in order, or one stands twice")

// Derive yields the quads of a graph of the articles, which come in order of IRI: those
// that Put makes of them one by one. It sums up in temporary files what articles say of
// entities and claims, and holds no more in memory than one of these. The error, if any,
// comes last.
func Derive(ctx context.Context, articles iter.Seq2[Live, error]) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		d := &derivation{entities: extsort.New(), claims: extsort.New(), yield: yield}
		err := d.run(ctx, articles)
		if err = errors.Join(err, d.entities.Close(), d.claims.Close()); err != nil && !errors.Is(err, errEnough) {
			yield(quad.Quad{}, err)
		}
	}
}

// derivation sums up what articles say.
type derivation struct {
	entities, claims *extsort.Sorter
	yield            func(quad.Quad, error) bool
}

// errEnough ends a derivation of which no more is wanted.
var errEnough = errors.New("enough")

func (d *derivation) give(quads ...quad.Quad) error {
	for _, q := range quads {
		if !d.yield(q, nil) {
			return errEnough
		}
	}
	return nil
}

func (d *derivation) run(ctx context.Context, articles iter.Seq2[Live, error]) error {
	err := d.give(formQuad)
	last := ""
	for live, unread := range articles {
		if err = errors.Join(err, unread, ctx.Err()); err != nil {
			return err
		}
		if err := checkInput(live.Result, live.Assignment); err != nil {
			return err
		}
		a, err := newArticle(live.Result, live.Assignment)
		if err != nil {
			return err
		}
		if a.iri <= last {
			return fmt.Errorf("%w: %s", ErrOrder, a.ID)
		}
		last = a.iri
		if err := d.take(a); err != nil {
			return err
		}
	}
	if err == nil {
		err = d.sumEntities(ctx)
	}
	if err == nil {
		err = d.sumClaims(ctx)
	}
	return err
}

// mentioned is what one article says of one entity.
type mentioned struct {
	Tally     *Tally `json:"t"`
	Published string `json:"p,omitempty"`
}

// voice is one passage that states a claim.
type voice struct {
	Subject    string        `json:"s"`
	Predicate  string        `json:"p"`
	Object     string        `json:"o"`
	Literal    bool          `json:"l,omitempty"`
	Status     schema.Status `json:"a"`
	Content    string        `json:"t"`
	Date       string        `json:"d,omitempty"`
	Confidence int           `json:"c"` // in hundredths
	Place      string        `json:"w,omitempty"`
	Evidence   string        `json:"e"`
}

func (v *voice) claim() claim {
	c := claim{s: v.Subject, p: v.Predicate, o: quad.IRI(v.Object), status: v.Status}
	if v.Literal {
		c.o = quad.String(v.Object)
	}
	return c
}

// take yields what belongs to an article alone, and keeps what it adds to sums.
func (d *derivation) take(a *article) error {
	if err := d.give(a.quads()...); err != nil {
		return err
	}
	for _, iri := range a.entities() {
		m := mentioned{Tally: NewTally(), Published: a.published}
		m.Tally.add(a, iri, +1)
		if err := d.entities.Add([]byte(iri), []byte(encode(&m))); err != nil {
			return fmt.Errorf("graph: %w", err)
		}
	}
	for _, e := range a.evidence() {
		v := voice{Subject: e.s, Predicate: e.p, Status: e.status, Content: a.content, Date: e.rel.Date, Confidence: int(math.Round(e.rel.Confidence * 100)),
			Place: e.place, Evidence: string(e.iri)}
		switch o := e.o.(type) {
		case quad.IRI:
			v.Object = string(o)
		case quad.String:
			v.Object, v.Literal = string(o), true
		}
		var key []byte
		for _, part := range append(e.parts(), a.content) {
			key = append(binary.AppendUvarint(key, uint64(len(part))), part...)
		}
		if err := d.claims.Add(key, []byte(encode(&v))); err != nil {
			return fmt.Errorf("graph: %w", err)
		}
	}
	return nil
}

// sumEntities yields the quads of entities.
func (d *derivation) sumEntities(ctx context.Context) error {
	var iri []byte
	var t *Tally
	published := map[string]days{} // by year
	finish := func() error {
		if t == nil {
			return nil
		}
		for _, y := range slices.Sorted(maps.Keys(published)) {
			for date := range published[y] {
				t.see(date)
			}
			if err := d.give(daysQuads(string(iri), y, published[y])...); err != nil {
				return err
			}
		}
		return d.give(entityQuads(string(iri), t)...)
	}
	for pair, err := range d.entities.Each() {
		if err = errors.Join(err, ctx.Err()); err != nil {
			return fmt.Errorf("graph: %w", err)
		}
		var m mentioned
		if err := json.Unmarshal(pair[1], &m); err != nil {
			return fmt.Errorf("graph: %w", err)
		}
		if t == nil || !bytes.Equal(pair[0], iri) {
			if err := finish(); err != nil {
				return err
			}
			iri, t, published = bytes.Clone(pair[0]), NewTally(), map[string]days{}
		}
		t.include(m.Tally)
		if y := year(m.Published); y != "" {
			if published[y] == nil {
				published[y] = days{}
			}
			published[y][m.Published]++
		}
	}
	return finish()
}

// sumClaims yields the quads of claims, and what ties evidence to their statements. The
// passages of one content come one after the other, and are one voice.
func (d *derivation) sumClaims(ctx context.Context) error {
	var of claim
	var t *claimTally
	var content string
	var said *share
	var passages []voice
	finish := func() error {
		if t == nil {
			return nil
		}
		t.add(said, +1)
		statements, to := t.statements()
		if err := d.give(claimQuads(of, t, statements)...); err != nil {
			return err
		}
		for i := range passages {
			if err := d.give(link(of.statement(to[passages[i].Date]), quad.IRI(passages[i].Evidence))); err != nil {
				return err
			}
		}
		return nil
	}
	for pair, err := range d.claims.Each() {
		if err = errors.Join(err, ctx.Err()); err != nil {
			return fmt.Errorf("graph: %w", err)
		}
		var v voice
		if err := json.Unmarshal(pair[1], &v); err != nil {
			return fmt.Errorf("graph: %w", err)
		}
		switch c := v.claim(); {
		case t == nil || c != of:
			if err := finish(); err != nil {
				return err
			}
			of, t, content, said, passages = c, newClaimTally(), v.Content, newShare(), passages[:0]
		case v.Content != content:
			t.add(said, +1)
			content, said = v.Content, newShare()
		}
		said.hear(v.Date, v.Confidence, v.Place)
		passages = append(passages, v)
	}
	return finish()
}

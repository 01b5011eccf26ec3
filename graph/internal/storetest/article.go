package storetest

import (
	"fmt"

	"github.com/cayleygraph/quad"
)

// Article returns the quads of an article of 251: statements with labels, evidence with
// Arabic literals, entities shared with other articles.
func Article(i int) []quad.Quad {
	article := quad.IRI(fmt.Sprintf("isnad:article/%d", i))
	entity := func(k int) quad.IRI { return quad.IRI(fmt.Sprintf("isnad:person/ناصر_%d", k)) }
	quads := []quad.Quad{{Subject: article, Predicate: quad.IRI("rdf:type"), Object: quad.IRI("isnad:Article")}}
	for k := range 25 {
		st := quad.IRI(fmt.Sprintf("isnad:statement/%d.%d", i, k))
		ev := quad.IRI(fmt.Sprintf("isnad:evidence/%d.%d", i, k))
		s, o := entity((i*7+k)%5000), entity((i*13+k*k)%5000)
		quads = append(quads,
			quad.Quad{Subject: s, Predicate: quad.IRI("isnad:met"), Object: o, Label: st},
			quad.Quad{Subject: st, Predicate: quad.IRI("rdf:type"), Object: quad.IRI("isnad:Statement")},
			quad.Quad{Subject: st, Predicate: quad.IRI("isnad:subject"), Object: s},
			quad.Quad{Subject: st, Predicate: quad.IRI("isnad:object"), Object: o},
			quad.Quad{Subject: st, Predicate: quad.IRI("isnad:date"), Object: quad.String(fmt.Sprintf("2022-%02d", k%12+1))},
			quad.Quad{Subject: ev, Predicate: quad.IRI("isnad:evidenceOf"), Object: st},
			quad.Quad{Subject: ev, Predicate: quad.IRI("isnad:article"), Object: article},
			quad.Quad{Subject: ev, Predicate: quad.IRI("isnad:quotation"), Object: quad.String(fmt.Sprintf("استقبل وزير الخارجية نظيره يوم %d في المقر رقم %d", k, i))},
			quad.Quad{Subject: ev, Predicate: quad.IRI("isnad:start"), Object: quad.Int(i*100 + k)},
			quad.Quad{Subject: ev, Predicate: quad.IRI("isnad:end"), Object: quad.Int(i*100 + k + 50)},
		)
	}
	return quads
}

// Quads returns n quads of articles from number first.
func Quads(first, n int) []quad.Quad {
	var out []quad.Quad
	for i := first; len(out) < n; i++ {
		out = append(out, Article(i)...)
	}
	return out[:n]
}

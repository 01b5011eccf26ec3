package extract

import "strings"

// Describe writes relation r of d on one line, as those read it who look into the
// stages: met(A, B) planned 2023-02-14.
func (d *Document) Describe(r *Relation) string {
	object := ""
	if r.Literal != nil {
		object = r.Literal.Value
	} else {
		object = d.entityName(r.Object)
	}
	words := []string{r.Predicate + "(" + d.entityName(r.Subject) + ", " + object + ")", string(r.Status)}
	for _, more := range []struct{ key, value string }{
		{"", r.Date}, {"in ", d.entityName(r.Place)}, {"to ", d.entityName(r.To)}, {"as ", r.As}, {"kind ", r.Kind},
	} {
		if more.value != "" {
			words = append(words, more.key+more.value)
		}
	}
	for _, a := range r.Attribution {
		words = append(words, strings.TrimSpace("said by "+a.Text)+" ("+a.Verb+")")
	}
	return strings.Join(words, " ")
}

func (d *Document) entityName(e int) string {
	if e == None {
		return ""
	}
	return d.Entities[e].Name
}

package relation

import (
	"slices"
	"strings"

	"isnad/extract"
	"isnad/schema"
)

// suits reports whether a has the class and head noun that slot demands.
func (r *reader) suits(a argument, slot *Slot) bool {
	if !r.fits(a, slot.Class) || slot.Stated && a.node < 0 {
		return false
	}
	if slot.Barred != "" && r.barred(a, slot.Barred) {
		return false
	}
	if slot.Heads == "" && slot.Except == "" || a.literal != nil {
		return true
	}
	in := func(list string) bool {
		return slices.ContainsFunc(r.heads(a), func(head string) bool { return r.inList(list, head) })
	}
	return (slot.Heads == "" || in(slot.Heads)) && (slot.Except == "" || !in(slot.Except))
}

// barred reports whether a word of the list is among the nouns that lead to a.
func (r *reader) barred(a argument, list string) bool {
	for i := a.node - 1; i >= 0; i-- {
		switch n := &r.nodes[i]; n.kind {
		case wordNode:
			if r.inList(list, r.headWord(i)) {
				return true
			}
		case quoteNode, skipNode:
		default:
			return false
		}
	}
	return false
}

// heads returns the head noun of a's name where it stands, folded and without the
// article, with and without the ending of the accusative; those of all its names if it is understood.
func (r *reader) heads(a argument) []string {
	if a.node >= 0 {
		head := r.headWord(a.node)
		out := []string{head, strings.TrimSuffix(head, "ا")} // اجتماعا
		if m := r.nodes[a.node].mention; m != extract.None {
			out = append(out, r.doc.Mentions[m].Kinds...)
		}
		return out
	}
	var out []string
	for _, m := range r.doc.Entities[a.entity].Mentions {
		out = append(out, r.doc.Tokens[r.doc.Mentions[m].Head].Base)
	}
	return out
}

// headWord returns the head noun of the name of node i, folded and without the article.
func (s *sentence) headWord(i int) string {
	n := &s.nodes[i]
	tok := n.first
	if n.mention != extract.None {
		tok = max(s.doc.Mentions[n.mention].Head, s.doc.Mentions[n.mention].First)
	}
	return s.doc.Tokens[tok].Base
}

func (s *sentence) inList(list, word string) bool { return slices.Contains(s.words.lists[list], word) }

func (r *reader) fits(a argument, classes []schema.Class) bool {
	class := schema.Class("")
	if a.literal != nil {
		class = a.literal.Type
	} else {
		class = r.doc.Entities[a.entity].Class
	}
	return len(classes) == 0 || slices.ContainsFunc(classes, func(c schema.Class) bool { return r.ont.Is(class, c) })
}

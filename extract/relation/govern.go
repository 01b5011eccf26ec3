package relation

import (
	"slices"

	"isnad/extract"
	"isnad/schema"
)

// including returns the names behind "منها", "من بينها" or "وضمنهم" after t's trigger.
func (r *reader) including(t trigger) []argument {
	for i := t.node + 1; i+1 < len(r.nodes) && i <= t.node+maxReach; i++ {
		if !r.includes(i) {
			continue
		}
		if args, _ := r.phrase(i+2, ""); len(args) > 0 {
			return args
		}
	}
	return nil
}

// includes reports whether "منها", "من بينها" or "وضمنهم" stands at node i.
func (s *sentence) includes(i int) bool {
	p := &s.nodes[i]
	return p.kind == prepNode && i+1 < len(s.nodes) && s.nodes[i+1].kind == pronNode &&
		(p.norm == "من" || p.norm == "بين" || p.norm == "من بين" || p.norm == "ضمن")
}

// listed returns the names in the first brackets or behind the first colon after t's trigger.
func (r *reader) listed(t trigger) []argument {
	for i := t.node + 1; i < len(r.nodes) && i <= t.node+maxReach; i++ {
		if n := &r.nodes[i]; n.kind == stopNode && (n.norm == "(" || n.norm == ":") {
			args, _ := r.phrase(i+1, "")
			return args
		}
	}
	return nil
}

// governed returns what the preposition governs, in the trigger's clause behind it: the
// first phrase of which something fits.
func (r *reader) governed(t trigger, prep string, slot *Slot, allowed []schema.Class) []argument {
	if slot.Inside != "" && r.nodes[t.node].mention != extract.None {
		if args := r.insideBehind(t.node, prep); len(args) > 0 || slot.Inside == "only" {
			return args
		}
	}
	if slot.Near {
		return r.adjoining(t, prep, slot)
	}
	for i := t.node + 1; i < len(r.nodes) && !r.cuts(t, i); i++ {
		n := &r.nodes[i]
		if slot.Without != "" && n.kind == wordNode && r.inList(slot.Without, r.headWord(i)) {
			return nil
		}
		if n.kind != prepNode || n.norm != prep || n.clause != t.clause && r.clauses[n.clause].head != t.node && (t.verb || n.clause != r.relativeOn(t.node)) || !t.verb && r.anothers(t, i) {
			continue
		}
		args, _ := r.phrase(i+1, slot.Through)
		if slices.ContainsFunc(args, func(a argument) bool { return r.suits(a, slot) && r.fits(a, allowed) }) {
			return args
		}
	}
	if t.verb {
		return r.fronted(t, prep, slot)
	}
	return r.leaping(t, prep, slot)
}

// leaping returns what the preposition governs between a light verb and t's noun, which it
// completes: "عقد مع X جلسة مشاورات".
func (r *reader) leaping(t trigger, prep string, slot *Slot) []argument {
	v := r.clauses[t.clause].verb
	if v < 0 || v > t.node || !r.inList("leaping", prep) || !r.light(v, t.frame) || r.isSpeech(v) {
		return nil
	}
	for i := v + 1; i < t.node; i++ {
		if n := &r.nodes[i]; n.kind == prepNode && n.norm == prep && n.clause == t.clause {
			if args, end := r.phrase(i+1, slot.Through); len(args) > 0 && r.afterPause(end) == t.node {
				return args
			}
		}
	}
	return nil
}

// anothers reports whether the preposition of node i completes another verbal noun, directly
// before it, than that of t: "اتصال … للانضمام إلى X". One that follows t's noun at once may
// be its genitive: "جلسة عمل مع X".
func (r *reader) anothers(t trigger, i int) bool {
	if i--; i > t.node && r.nodes[i].kind == pronNode {
		i-- // علاقاتها
	}
	if i <= t.node+1 || r.nodes[i].kind != wordNode || r.nodes[i-1].norm == "غير" || r.nodes[i-1].kind == andNode { // شكره وتقديره ل
		return false
	}
	return hasMasdar(&r.doc.Tokens[r.nodes[i].first]) || r.inList("ties", r.headWord(i))
}

// fronted returns what the preposition governs before the verb of t's clause:
// "وخلال المؤتمر، قال X".
func (r *reader) fronted(t trigger, prep string, slot *Slot) []argument {
	for i := 0; i < t.node; i++ {
		if n := &r.nodes[i]; n.kind == prepNode && n.norm == prep && n.clause == t.clause {
			if args, end := r.phrase(i+1, slot.Through); len(args) > 0 && end <= t.node {
				return args
			}
		}
	}
	return nil
}

// insideBehind returns the names that the preposition governs within the mention of node i.
func (r *reader) insideBehind(i int, prep string) (args []argument) {
	last := 0 // token behind the last of them
	outer := r.nodes[i].mention
	for m := outer + 1; m < len(r.doc.Mentions) && r.doc.Mentions[m].First < r.doc.Mentions[outer].Last; m++ {
		in := &r.doc.Mentions[m]
		if in.Entity == extract.None || in.First <= r.doc.Mentions[outer].First {
			continue
		}
		before := r.doc.Tokens[in.First-1].Norm
		if before == prep || before == "و" && len(args) > 0 && in.First == last+1 {
			args, last = append(args, argument{entity: in.Entity, node: i, span: in.Span}), in.Last
		}
	}
	return args
}

// adjoining returns what the preposition governs directly behind the trigger's noun phrase;
// behind an event also behind what the event is for, about or against, but for a topic that
// may have the place itself ("اجتماع حول اللاجئين في ليبيا"). Adjectives may stand between, and
// phrases with another preposition of the slot that name nothing ("بمناطق متفرقة بمدينة X").
func (r *reader) adjoining(t trigger, prep string, slot *Slot) []argument {
	free, event := 0, r.nodes[t.node].event // words that may stand between
	if prep == "ب" && r.inList("concerned", r.doc.Tokens[r.nodes[t.node].last-1].Norm) {
		return nil // المحكمة الخاصة بلبنان
	}
	switch {
	case event:
		free = 6
	case r.nodes[t.node].kind == wordNode:
		free = 2
	}
	for i := t.node + 1; i < len(r.nodes); i++ {
		n := &r.nodes[i]
		switch n.kind {
		case quoteNode, skipNode, timeNode:
		case commaNode:
			if !slot.Pause && !(event && i+1 < len(r.nodes) && (r.nodes[i+1].kind == timeNode || r.nodes[i+1].kind == skipNode)) {
				return nil
			}
		case wordNode:
			if free--; free < 0 {
				return nil
			}
		case andNode:
			if !r.together(t.node) || i+1 >= len(r.nodes) || r.nodes[i+1].list != r.nodes[t.node].list {
				return nil
			}
		case nameNode:
			if event && n.last <= r.doc.Mentions[r.nodes[t.node].mention].Last {
				free = 1
				continue // اجتماع الحزب في الرباط
			}
			if n.list < 0 || n.list != r.nodes[t.node].list {
				return nil
			}
		case prepNode:
			args, end := r.phrase(i+1, slot.Through)
			if n.norm == prep && len(args) > 0 {
				return args
			}
			if event && r.inList("complements", n.norm) && (len(args) > 0 || !r.inList("topics", n.norm)) {
				i = max(end-1, i)
				continue
			}
			if next := i + 1; (n.norm == "في" || n.norm == "ب") && next < len(r.nodes) && r.nodes[next].norm == prep && r.nodes[next].kind == prepNode {
				continue // مطار في جنوب الأردن
			}
			if len(args) > 0 || !slices.Contains(slot.From, n.norm) {
				return nil
			}
			i = max(end-1, i)
		default:
			return nil
		}
	}
	return nil
}

// together reports whether one noun in the dual or plural heads the list of node i, so that
// what stands behind the list is said of each: "مدينتي فاس وطنجة بالمغرب".
func (r *reader) together(i int) bool {
	if r.nodes[i].list < 0 {
		return false
	}
	first := i
	for j := i - 1; j >= 0; j-- {
		if r.nodes[j].list == r.nodes[i].list {
			first = j
		}
	}
	return r.inList("places", r.headWord(first)) || first > 0 && r.inList("places", r.nodes[first-1].norm)
}

// cuts reports whether node i ends the search for what t's trigger governs.
func (r *reader) cuts(t trigger, i int) bool {
	n := &r.nodes[i]
	if i-t.node > maxReach {
		return true
	}
	return n.kind == stopNode && n.norm != "(" && n.norm != ")" && n.norm != ":" || n.clause < t.clause && n.kind != commaNode
}

const maxReach = 30 // nodes

package quadstore

// known is what the writer remembers of values that it wrote lately: news speak of few
// things again and again. Only what was committed enters it, so a batch that fails leaves
// no trace in it. It has two generations: what the older one holds and is used again moves
// to the younger, which replaces it when it is full.
type known struct{ young, older map[string]stored }

// stored is the id of a value and how many quads use it.
type stored struct {
	id   uint64
	uses uses
}

const (
	knownSize  = 1 << 15 // values of a generation
	knownBytes = 256     // longer values are looked up each time
)

func (k *known) get(enc []byte) (s stored, ok bool) {
	if s, ok = k.young[string(enc)]; ok {
		return s, true
	}
	if s, ok = k.older[string(enc)]; ok {
		k.put(enc, s)
	}
	return s, ok
}

func (k *known) put(enc []byte, s stored) {
	if len(enc) > knownBytes {
		return
	}
	if k.young == nil || len(k.young) >= knownSize {
		k.older, k.young = k.young, make(map[string]stored, knownSize)
	}
	k.young[string(enc)] = s
}

// learn takes over what a change has committed.
func (k *known) learn(c *change) {
	for _, n := range c.nodes {
		switch {
		case n.id == 0 || !n.moved:
		case n.now == (uses{}):
			delete(k.young, string(n.enc))
			delete(k.older, string(n.enc))
		default:
			delete(k.older, string(n.enc))
			k.put(n.enc, stored{n.id, n.now})
		}
	}
}

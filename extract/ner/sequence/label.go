package sequence

// Label says what part of which sort of name a token is.
type Label uint8

// The labels: outside, and the beginning and inside of a name of each sort.
const (
	Outside Label = iota
	BeginPerson
	InPerson
	BeginOrganization
	InOrganization
	BeginPlace // places and countries
	InPlace
	labels = iota
)

// Begins reports whether l begins a name.
func (l Label) Begins() bool { return l%2 == 1 }

// Inside is the label inside the name that l begins; l itself if it begins none.
func (l Label) Inside() Label {
	if l.Begins() {
		return l + 1
	}
	return l
}

// Continues reports whether l is inside a name of the sort that prev begins or continues.
func (l Label) Continues(prev Label) bool {
	return l != Outside && l%2 == 0 && (prev == l || prev == l-1)
}

// Sort is the label that begins names of l's sort; Outside has none but itself.
func (l Label) Sort() Label {
	if l != Outside && l%2 == 0 {
		return l - 1
	}
	return l
}

// Span is a labelled name: tokens [First, Last).
type Span struct {
	First, Last int
	Sort        Label // BeginPerson, BeginOrganization or BeginPlace
	Margin      int   // by how much the best labelling beats the best one without this name's beginning
}

// Spans returns the names that labels tell of, without margins.
func Spans(labels []Label) []Span {
	var out []Span
	for i := 0; i < len(labels); i++ {
		if !labels[i].Begins() {
			continue
		}
		end := i + 1
		for end < len(labels) && labels[end].Continues(labels[end-1]) {
			end++
		}
		out = append(out, Span{First: i, Last: end, Sort: labels[i]})
		i = end - 1
	}
	return out
}

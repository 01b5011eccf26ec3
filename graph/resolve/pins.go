package resolve

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"isnad/graph"
	"isnad/graph/names"
	"isnad/schema"
)

// Pins are a user's rulings, which overrule the resolver: same.yaml says what is one
// entity, different.yaml what is not. Each file is a list of lists of items; an item is
// an entity's IRI or a name in any spelling, which stands for entities of every class.
//
//   - [isnad:organization/تنظيم_الدولة, داعش, تنظيم الدولة الإسلامية]
//   - [isnad:person/محمد_حسن, isnad:person/محمد_حسن_2]
//
// In same.yaml the items of a list become the entity of its first IRI, or of its first
// name if no IRI is among them. In different.yaml no two items of a list ever do.
type Pins struct {
	same, different [][]item
}

// item is an IRI or a name.
type item struct {
	text string
	iri  bool
}

// LoadPins reads the two files; a path may be empty or name no file.
func LoadPins(same, different string) (*Pins, error) {
	p := &Pins{}
	var err error
	if p.same, err = readPins(same); err != nil {
		return nil, err
	}
	if p.different, err = readPins(different); err != nil {
		return nil, err
	}
	if err := p.check(same, different); err != nil {
		return nil, err
	}
	return p, nil
}

func readPins(path string) ([][]item, error) {
	if path == "" {
		return nil, nil
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("resolve: %w", err)
	}
	lists, err := parsePins(data)
	if err != nil {
		return nil, fmt.Errorf("resolve: %s: %w", path, err)
	}
	return lists, nil
}

func parsePins(data []byte) ([][]item, error) {
	var lists [][]string
	dec := yaml.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&lists); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("want a list of lists of IRIs or names: %s", strings.ReplaceAll(err.Error(), "\n", " "))
	}
	var out [][]item
	for n, list := range lists {
		var items []item
		for _, text := range list {
			it := item{text: strings.TrimSpace(text), iri: strings.HasPrefix(strings.TrimSpace(text), graph.World)}
			if schema.FoldKey(it.text) == "" || it.iri && graph.ClassOf(it.text) == "" {
				return nil, fmt.Errorf("list %d: %q is neither an entity's IRI (isnad:person/…) nor a name", n+1, text)
			}
			items = append(items, it)
		}
		if len(items) < 2 {
			return nil, fmt.Errorf("list %d: names one thing only, want two or more", n+1)
		}
		out = append(out, items)
	}
	return out, nil
}

// check refuses rulings that contradict each other.
func (p *Pins) check(samePath, differentPath string) error {
	for n, list := range p.same {
		class := ""
		for _, it := range list {
			if !it.iri {
				continue
			}
			if c := graph.ClassOf(it.text); class == "" {
				class = c
			} else if c != class {
				return fmt.Errorf("resolve: %s: list %d: %s is no %s, so they cannot be the same", samePath, n+1, it.text, class)
			}
		}
	}
	for n, list := range p.different {
		for _, same := range p.same {
			var both []string
			for _, it := range list {
				if slices.Contains(same, it) {
					both = append(both, it.text)
				}
			}
			if len(both) > 1 {
				return fmt.Errorf("resolve: %s: list %d: %s and %s are the same in %s", differentPath, n+1, both[0], both[1], samePath)
			}
		}
	}
	return nil
}

var numbered = regexp.MustCompile(`_\d+$`)

// named reports whether the item stands for every entity of the class and name key. An
// IRI with a number stands for one entity only.
func (it item) named(class schema.Class, key string) bool {
	name := it.text
	if it.iri {
		if graph.ClassOf(it.text) != strings.ToLower(string(class)) || numbered.MatchString(it.text) {
			return false
		}
		_, local, _ := strings.Cut(it.text, "/")
		if plain, err := url.PathUnescape(local); err == nil {
			local = plain
		}
		name = strings.ReplaceAll(local, "_", " ")
	}
	return key != "" && names.Key(class, name) == key
}

// target returns the IRI that same.yaml gives an entity of the class known by the name
// key or the IRI, or "".
func (p *Pins) target(class schema.Class, key, iri string) string {
	if p == nil {
		return ""
	}
	for _, list := range p.same {
		if !slices.ContainsFunc(list, func(it item) bool {
			return it.iri && it.text == iri || it.named(class, key)
		}) {
			continue
		}
		if at := slices.IndexFunc(list, func(it item) bool { return it.iri }); at >= 0 {
			if graph.ClassOf(list[at].text) == strings.ToLower(string(class)) {
				return list[at].text
			}
			continue
		}
		return graph.EntityIRI(class, list[0].text, 1)
	}
	return ""
}

// any reports whether different.yaml says anything.
func (p *Pins) any() bool { return p != nil && len(p.different) > 0 }

// apart reports whether different.yaml forbids that the entity of the document, known by
// key and perhaps a former IRI, be the candidate, known by IRI and keys.
func (p *Pins) apart(class schema.Class, key, former, candidate string, keys []string) bool {
	for _, list := range p.different {
		mine := place(list, class, former, []string{key})
		theirs := place(list, class, candidate, keys)
		if mine >= 0 && theirs >= 0 && mine != theirs {
			return true
		}
	}
	return false
}

// place returns the index of the item that stands for an entity: the one that is its
// IRI, else one of its names, else an IRI that names it while it has none itself; or -1.
func place(list []item, class schema.Class, iri string, keys []string) int {
	if at := slices.IndexFunc(list, func(it item) bool { return it.iri && it.text == iri }); at >= 0 {
		return at
	}
	return slices.IndexFunc(list, func(it item) bool {
		return (!it.iri || iri == "") && slices.ContainsFunc(keys, func(key string) bool { return it.named(class, key) })
	})
}

package export

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

// parser reads the terms of one line.
type parser struct{ rest string }

// ParseQuad parses one line of N-Quads without its newline. ok is false for an empty
// line or a comment.
func ParseQuad(line string) (q quad.Quad, ok bool, err error) {
	p := &parser{strings.TrimLeft(line, " \t")}
	if p.rest == "" || p.rest[0] == '#' {
		return q, false, nil
	}
	for _, d := range quad.Directions {
		if d == quad.Label && strings.HasPrefix(p.rest, ".") {
			break
		}
		v, err := p.value()
		if err != nil {
			return q, false, fmt.Errorf("%s: %w", d, err)
		}
		if err := fits(d, v); err != nil {
			return q, false, err
		}
		q.Set(d, v)
		p.space()
	}
	if !strings.HasPrefix(p.rest, ".") {
		return q, false, fmt.Errorf("want a full stop, found %.20q", p.rest)
	}
	if after := strings.TrimLeft(p.rest[1:], " \t"); after != "" && after[0] != '#' {
		return q, false, fmt.Errorf("%.20q after the full stop", after)
	}
	return q, true, nil
}

func fits(d quad.Direction, v quad.Value) error {
	switch v.(type) {
	case quad.IRI:
		return nil
	case quad.BNode:
		if d != quad.Predicate {
			return nil
		}
	default:
		if d == quad.Object {
			return nil
		}
	}
	return fmt.Errorf("%s cannot be %.40s", d, v)
}

func (p *parser) space() { p.rest = strings.TrimLeft(p.rest, " \t") }

func (p *parser) value() (quad.Value, error) {
	switch {
	case p.rest == "":
		return nil, errors.New("the line ends too soon")
	case p.rest[0] == '<':
		s, err := p.delimited('>')
		return quad.IRI(s), err
	case strings.HasPrefix(p.rest, "_:"):
		return p.blank()
	case p.rest[0] == '"':
		return p.literal()
	}
	return nil, fmt.Errorf("want <…>, _:… or \"…\", found %.20q", p.rest)
}

func (p *parser) blank() (quad.Value, error) {
	label := p.rest[2:]
	if end := strings.IndexAny(label, " \t"); end >= 0 {
		label = label[:end]
	}
	p.rest = p.rest[2+len(label):]
	if !plainBlank.MatchString(label) {
		return nil, fmt.Errorf("%q is no label of a blank node", label)
	}
	if odd, ok := strings.CutPrefix(label, oddBlank); ok {
		raw, err := hex.DecodeString(odd)
		if err != nil {
			return nil, fmt.Errorf("%q is no label of a blank node", label)
		}
		label = string(raw)
	}
	return quad.BNode(label), nil
}

func (p *parser) literal() (quad.Value, error) {
	s, err := p.delimited('"')
	if err != nil {
		return nil, err
	}
	if after, ok := strings.CutPrefix(p.rest, "^^"); ok {
		p.rest = after
		if !strings.HasPrefix(p.rest, "<") {
			return nil, fmt.Errorf("want a type, found %.20q", p.rest)
		}
		typ, err := p.delimited('>')
		return native(s, typ), err
	}
	if after, ok := strings.CutPrefix(p.rest, "@"); ok {
		tag := after
		if end := strings.IndexAny(after, " \t"); end >= 0 {
			tag = after[:end]
		}
		p.rest = after[len(tag):]
		if !languageTag.MatchString(tag) {
			return nil, fmt.Errorf("%q is no language tag", tag)
		}
		return quad.LangString{Value: quad.String(s), Lang: tag}, nil
	}
	return quad.String(s), nil
}

// delimited reads from one delimiter to the other, escapes undone.
func (p *parser) delimited(end byte) (string, error) {
	var b strings.Builder
	for i := 1; i < len(p.rest); {
		switch c := p.rest[i]; {
		case c == end:
			p.rest = p.rest[i+1:]
			return b.String(), nil
		case c == '\\':
			n, err := unescape(&b, p.rest[i:], end == '"')
			if err != nil {
				return "", err
			}
			i += n
		case end == '>' && (c <= ' ' || strings.IndexByte("<\"{}|^`", c) >= 0):
			return "", fmt.Errorf("%q may not stand in an IRI", c)
		case c == '\n' || c == '\r':
			return "", errors.New("a raw line break")
		default:
			r, size := utf8.DecodeRuneInString(p.rest[i:])
			if r == utf8.RuneError && size == 1 {
				return "", fmt.Errorf("byte %#x is no UTF-8", c)
			}
			b.WriteString(p.rest[i : i+size])
			i += size
		}
	}
	return "", fmt.Errorf("no closing %q", end)
}

// unescape writes what the escape at the start of s stands for and returns its length.
func unescape(b *strings.Builder, s string, inString bool) (int, error) {
	if len(s) < 2 {
		return 0, errors.New("the line ends in an escape")
	}
	digits := 0
	switch c := s[1]; {
	case c == 'u':
		digits = 4
	case c == 'U':
		digits = 8
	case inString:
		at := strings.IndexByte(`tbnrf"'\`, c)
		if at < 0 {
			return 0, fmt.Errorf("unknown escape \\%c", c)
		}
		b.WriteByte("\t\b\n\r\f\"'\\"[at])
		return 2, nil
	default:
		return 0, fmt.Errorf("unknown escape \\%c in an IRI", c)
	}
	if len(s) < 2+digits {
		return 0, errors.New("the line ends in an escape")
	}
	n, err := strconv.ParseUint(s[2:2+digits], 16, 32)
	switch {
	case err != nil:
		return 0, fmt.Errorf("%q is no escape", s[:2+digits])
	case n >= brokenByte+0x80 && n <= brokenByte+0xFF:
		b.WriteByte(byte(n - brokenByte))
	case !utf8.ValidRune(rune(n)):
		return 0, fmt.Errorf("%q is no character", s[:2+digits])
	default:
		b.WriteRune(rune(n))
	}
	return 2 + digits, nil
}

package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"isnad/schema"
)

// maxLocal is the longest local name minted for an entity, in runes.
const maxLocal = 200

// EntityIRI returns the IRI that an entity of the class and name would be minted with:
// isnad:person/ناصر_بوريطة. Quotation marks are left out, spaces become underscores,
// and what RFC 3987 forbids is percent-encoded. n > 1 tells homonyms apart (…_2).
func EntityIRI(class schema.Class, name string, n int) string {
	name = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Pi, unicode.Pf) || r == '"' {
			return -1
		}
		return r
	}, norm.NFC.String(name))
	local := strings.Join(strings.Fields(name), "_")
	if utf8.RuneCountInString(local) > maxLocal {
		local = string([]rune(local)[:maxLocal])
	}
	if n > 1 {
		local += "_" + strconv.Itoa(n)
	}
	return World + strings.ToLower(string(class)) + "/" + escape(local, "")
}

// ArticleIRI returns the IRI of the article with the id. Different ids have different IRIs.
func ArticleIRI(id string) string { return World + "article/" + escape(id, "/") }

// ClassOf returns the lower-cased class that an entity's IRI names, or "".
func ClassOf(iri string) string {
	class, _, ok := strings.Cut(strings.TrimPrefix(iri, World), "/")
	if !ok || !strings.HasPrefix(iri, World) {
		return ""
	}
	return class
}

// escape percent-encodes each byte of s that may not stand in a segment of an IRI, and
// "%" itself. Bytes of also stay as they are.
func escape(s, also string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || !inSegment(r) && !strings.ContainsRune(also, r) {
			for _, c := range []byte(s[i : i+size]) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
		} else {
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}

// inSegment reports whether RFC 3987 allows r unescaped in a path segment; bidi and
// other format characters are refused as its section 4.1 asks.
func inSegment(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' ||
			strings.ContainsRune("-._~!$&'()*+,;=:@", r)
	}
	if unicode.In(r, unicode.Cf, unicode.Z, unicode.Co) {
		return false
	}
	ucschar := r >= 0xA0 && r <= 0xD7FF || r >= 0xF900 && r <= 0xFDCF || r >= 0xFDF0 && r <= 0xFFEF ||
		r >= 0x10000 && r <= 0xEFFFD && r&0xFFFF <= 0xFFFD
	return ucschar
}

// hash names a node by what it stands for: 128 bits of SHA-256 over the parts.
func hash(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

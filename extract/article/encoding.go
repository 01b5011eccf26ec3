package article

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/saintfish/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// byteOrderMark returns the encoding that a byte order mark declares, or nil for
// none or UTF-8's.
func byteOrderMark(data []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe, 0, 0}):
		return nil // UTF-32: not a thing people have
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM)
	}
	return nil
}

// decode returns the data as UTF-8. It converts what declares its encoding, by a
// byte order mark or in HTML's own way, and refuses to guess for the rest.
func decode(data []byte, form format) (string, error) {
	if enc := byteOrderMark(data); enc != nil {
		out, err := enc.NewDecoder().Bytes(data)
		if err != nil {
			return "", fault(ErrEncoding, "convert it to UTF-8", "declares UTF-16 but is not: %v", err)
		}
		return string(out), nil
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	at := firstInvalid(data)
	if at < 0 && !binary(data) {
		return string(data), nil // a stray NUL or two, which some collections end with, are cleaned away
	}
	if form == formHTML {
		if enc, name, sure := charset.DetermineEncoding(data[:min(len(data), 4096)], ""); sure && name != "utf-8" || declares(data) && name != "utf-8" {
			if out, err := enc.NewDecoder().Bytes(data); err == nil {
				return string(out), nil
			}
		}
	}
	return "", encodingFault(data, at)
}

// declares reports whether an HTML page names its charset.
func declares(data []byte) bool {
	return bytes.Contains(bytes.ToLower(data[:min(len(data), 4096)]), []byte("charset="))
}

// encodingFault says what is wrong with data that is not UTF-8 from offset at on,
// or is binary.
func encodingFault(data []byte, at int) *Error {
	sample := data[:min(len(data), headBytes)]
	if name := bareUTF16(sample); name != "" {
		return fault(ErrEncoding, "convert it: iconv -f "+name+" -t UTF-8", "looks like %s without a byte order mark", name)
	}
	if binary(sample) {
		return fault(ErrBinary, "leave it out", "binary data, not text")
	}
	if mostlyUTF8(sample) {
		return fault(ErrEncoding, "mend it, or drop the bytes: iconv -c -f UTF-8 -t UTF-8", "not valid UTF-8 at byte %d", at)
	}
	name := "an encoding other than UTF-8"
	do := "convert it to UTF-8 with iconv"
	if guess, err := chardet.NewTextDetector().DetectBest(sample); err == nil && guess.Charset != "" && !strings.HasPrefix(guess.Charset, "UTF-8") {
		name = strings.ToUpper(guess.Charset)
		do = "convert it: iconv -f " + name + " -t UTF-8"
	}
	return fault(ErrEncoding, do, "not UTF-8 (byte %d); looks like %s", at, name)
}

// binary reports whether more than one byte in a hundred is one that no text has.
func binary(data []byte) bool { return controls(data)*100 > len(data) }

// bareUTF16 recognises UTF-16 without a mark: every other byte is the high byte of
// a Latin or Arabic letter.
func bareUTF16(data []byte) string {
	if len(data) < 8 {
		return ""
	}
	var high [2]int
	for i, b := range data {
		if b == 0 || b == 0x06 {
			high[i%2]++
		}
	}
	half := len(data) / 2
	switch {
	case high[1]*10 > half*9 && high[0]*4 < half:
		return "UTF-16LE"
	case high[0]*10 > half*9 && high[1]*4 < half:
		return "UTF-16BE"
	}
	return ""
}

// mostlyUTF8 reports whether at least nine of ten characters beyond ASCII are valid.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		data = data[n:]
	}
	return good > 9*bad
}

package article

import (
	"net"
	"net/url"
	"path/filepath"
	"strings"
)

// An article's id is the first of these that it has:
//
//  1. its canonical address;
//  2. the name of its file, '#', and the record's own id;
//  3. the name of its file, if the file holds only this article;
//  4. the name of its file, '#', and the start of the article's hash.
//
// The name of a file is its path relative to Options.Root, cleaned, with slashes.
// Standard input has no name: there the record's own id or the hash stands alone.

// hashDigits is how many hex digits of the hash stand in an id: enough for any
// file, short enough to type.
const hashDigits = 16

// identify gives the article its id.
func (f *File) identify(a *Article, recordID string, alone bool) {
	prefix := f.Name + "#"
	if f.Path == "-" {
		prefix, alone = "", false
	}
	switch {
	case a.URL != "":
		a.ID = a.URL
	case recordID != "":
		a.ID = prefix + recordID
	case alone:
		a.ID = f.Name
	default:
		a.ID = prefix + a.Hash()[:hashDigits]
	}
}

// cleanName returns a path with slashes and without "." and "..", as valid UTF-8.
func cleanName(path string) string {
	path = filepath.ToSlash(filepath.Clean(path))
	return strings.ToValidUTF8(strings.TrimPrefix(path, "/"), "\uFFFD")
}

// trackers are query parameters that say how a reader came, not what he reads.
var trackers = map[string]bool{"fbclid": true, "gclid": true, "igshid": true, "ref": true, "mc_cid": true, "mc_eid": true}

// canonicalURL returns the address in one form: scheme and host in lower case, no
// fragment, no default port, no tracking parameters, the path percent-encoded. It
// returns "" for anything that is not the public http(s) address of a page of its
// own: a relative address, an outlet's home page, a machine without a name.
func canonicalURL(s string) string {
	u, err := url.Parse(strings.TrimSpace(strings.ToValidUTF8(s, "")))
	if err != nil || u.Host == "" || u.User != nil {
		return ""
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	switch u.Scheme {
	case "http":
		u.Host = strings.TrimSuffix(u.Host, ":80")
	case "https":
		u.Host = strings.TrimSuffix(u.Host, ":443")
	default:
		return ""
	}
	if name := u.Hostname(); net.ParseIP(name) != nil || !strings.Contains(name, ".") {
		return ""
	}
	u.Fragment, u.RawFragment = "", ""
	u.RawQuery = withoutTrackers(u.RawQuery)
	if strings.Trim(u.Path, "/") == "" && u.RawQuery == "" {
		return ""
	}
	if !strings.Contains(strings.ToLower(u.RawPath), "%2f") {
		u.RawPath = "" // one spelling of the percent-encoding
	}
	return u.String()
}

// withoutTrackers drops tracking parameters and keeps the others as they stand.
func withoutTrackers(query string) string {
	var kept []string
	for _, pair := range strings.Split(query, "&") {
		key, _, _ := strings.Cut(pair, "=")
		if pair == "" || trackers[key] || strings.HasPrefix(key, "utm_") {
			continue
		}
		kept = append(kept, pair)
	}
	return strings.Join(kept, "&")
}

// host returns the host of an address without "www.", or "".
func host(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

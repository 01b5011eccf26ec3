package web

import (
	"errors"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// guard refuses what only a web page of another site would send: a request for a
// host name that is not ours (a name rebound to loopback), or one that the browser
// marks as coming from elsewhere. Clients that are no browsers send neither mark.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		if !s.ownHost(r.Host) {
			writeError(w, http.StatusForbidden, errors.New("host "+r.Host+" is not served here"))
			return
		}
		if !ownOrigin(r) {
			writeError(w, http.StatusForbidden, errors.New("requests of other sites' pages are refused"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// ownHost reports whether the Host header names loopback, an address (which
// cannot be rebound) or a configured name.
func (s *Server) ownHost(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	return host == "localhost" || net.ParseIP(host) != nil || slices.Contains(s.config.Hosts, host)
}

// ownOrigin reports whether r comes from no page, or from one of this server.
func ownOrigin(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host == r.Host
}

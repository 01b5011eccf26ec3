package main

import (
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"isnad/graph"
	"isnad/queue"
)

// Config is every setting of isnad. It is filled in config.go from flags, the
// environment, a settings file and the defaults; docs/configuration.md documents
// each key.
type Config struct {
	Store    string   // folder of the graph, or the address of a database
	JSON     bool     // JSON instead of tables and text
	Quiet    bool     // results and errors only
	Verbose  bool     // say more
	Ontology []string // YAML files that extend the shipped ontology, in order
	Workers  int      // articles extracted at a time; 0 means one for each core
	Resolve  struct {
		Same      string // YAML file that says which entities are one
		Different string // YAML file that says which are not
	}
	Query struct {
		Limit   int           // rows
		Timeout time.Duration // of one query
	}
	Serve struct {
		Address string // host:port to listen on
		Limit   int    // rows of a query that sets none
		Timeout time.Duration
		MaxBody int      // bytes of a request
		Hosts   []string // names, besides loopback and addresses, by which clients may call the server

		Exports       int           // at a time
		ExportTimeout time.Duration // of one export, to its last byte
	}
	Queue struct {
		URL         string // of the NATS server; empty to extract in this process
		Token       string // shared secret
		Credentials string // file of a user's JWT and seed
		CA          string // file of the authorities to trust
		Cert, Key   string // files of the certificate of a client, or of the server
		Window      int    // jobs ahead of the writer
		Patience    time.Duration
		Timeout     time.Duration // of one extraction
		Address     string        // host:port for the server to listen on
		Monitor     string        // host:port of the server's HTTP monitoring; empty for none
		Folder      string        // of the server
	}
}

// defaults returns the settings of a user who has set nothing.
func defaults() Config {
	var c Config
	c.Store = "./isnad-data"
	c.Resolve.Same = "same.yaml"
	c.Resolve.Different = "different.yaml"
	c.Query.Limit = 100
	c.Query.Timeout = 30 * time.Second
	c.Serve.Address = "127.0.0.1:64210"
	c.Serve.Limit = 100
	c.Serve.Timeout = 30 * time.Second
	c.Serve.MaxBody = 1 << 20
	c.Serve.Exports = 2
	c.Serve.ExportTimeout = 10 * time.Minute
	c.Queue.Window = queue.DefaultWindow
	c.Queue.Patience = queue.DefaultPatience
	c.Queue.Timeout = 2 * time.Minute
	c.Queue.Address = "127.0.0.1:4222"
	c.Queue.Folder = "./isnad-queue"
	return c
}

// Validate reports settings that contradict one another. Each one's own range is
// checked when it is set.
func (c *Config) Validate() error {
	if c.Quiet && c.Verbose {
		return fmt.Errorf("quiet and verbose contradict each other: set one")
	}
	if (c.Queue.Cert == "") != (c.Queue.Key == "") {
		return fmt.Errorf("queue.cert and queue.key belong together: set both or neither")
	}
	return nil
}

// setting is one key of the configuration and the field of a Config that holds it.
type setting struct {
	key   string
	value value
}

// settings returns every setting of c in the order in which they are documented.
func (c *Config) settings() []setting {
	return []setting{
		{"store", &storeValue{textValue{&c.Store, "a folder or postgres://user@host/database", notEmpty}}},
		{"json", &boolValue{&c.JSON}},
		{"quiet", &boolValue{&c.Quiet}},
		{"verbose", &boolValue{&c.Verbose}},
		{"ontology", &listValue{&c.Ontology}},
		{"workers", &intValue{&c.Workers, 0, 1024}},
		{"resolve.same", &textValue{&c.Resolve.Same, "a file", notEmpty}},
		{"resolve.different", &textValue{&c.Resolve.Different, "a file", notEmpty}},
		{"query.limit", &intValue{&c.Query.Limit, 1, 1 << 30}},
		{"query.timeout", &timeValue{&c.Query.Timeout}},
		{"serve.address", &textValue{&c.Serve.Address, "host:port, such as 127.0.0.1:64210", hostPort}},
		{"serve.limit", &intValue{&c.Serve.Limit, 1, 1 << 30}},
		{"serve.timeout", &timeValue{&c.Serve.Timeout}},
		{"serve.max_body", &intValue{&c.Serve.MaxBody, 1 << 10, 1 << 30}},
		{"serve.hosts", &listValue{&c.Serve.Hosts}},
		{"serve.exports", &intValue{&c.Serve.Exports, 1, 1024}},
		{"serve.export_timeout", &timeValue{&c.Serve.ExportTimeout}},
		{"queue.url", &serverValue{textValue{&c.Queue.URL, "an address such as nats://127.0.0.1:4222", natsURL}}},
		{"queue.token", &secretValue{&c.Queue.Token}},
		{"queue.credentials", &textValue{&c.Queue.Credentials, "a file", anything}},
		{"queue.ca", &textValue{&c.Queue.CA, "a file", anything}},
		{"queue.cert", &textValue{&c.Queue.Cert, "a file", anything}},
		{"queue.key", &textValue{&c.Queue.Key, "a file", anything}},
		{"queue.window", &intValue{&c.Queue.Window, 1, 1 << 20}},
		{"queue.patience", &timeValue{&c.Queue.Patience}},
		{"queue.timeout", &timeValue{&c.Queue.Timeout}},
		{"queue.address", &textValue{&c.Queue.Address, "host:port, such as 127.0.0.1:4222", hostPort}},
		{"queue.monitor", &textValue{&c.Queue.Monitor, "host:port, such as 127.0.0.1:8222", func(s string) bool { return s == "" || hostPort(s) }}},
		{"queue.folder", &textValue{&c.Queue.Folder, "a folder", notEmpty}},
	}
}

// lookup returns the setting called key, or nil.
func (c *Config) lookup(key string) *setting {
	all := c.settings()
	if i := slices.IndexFunc(all, func(s setting) bool { return s.key == key }); i >= 0 {
		return &all[i]
	}
	return nil
}

// value is a field of a Config as text; it satisfies pflag.Value. Errors of Set
// say what is allowed.
type value interface {
	Set(string) error
	String() string
	Type() string
	any() any // as JSON shows it
}

type textValue struct {
	p       *string
	allowed string
	valid   func(string) bool
}

func notEmpty(s string) bool { return s != "" }

func anything(string) bool { return true }

// natsURL allows nothing, for no queue, and addresses of NATS servers, separated by commas.
func natsURL(s string) bool {
	for _, one := range strings.Split(s, ",") {
		u, err := url.Parse(strings.TrimSpace(one))
		if s != "" && (err != nil || u.Host == "" || !slices.Contains([]string{"nats", "tls", "ws", "wss"}, u.Scheme)) {
			return false
		}
	}
	return true
}

func hostPort(s string) bool {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return false
	}
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n < 1<<16
}

func (v *textValue) Set(s string) error {
	if !v.valid(s) {
		return fmt.Errorf("%q is not %s", s, v.allowed)
	}
	*v.p = s
	return nil
}
func (v *textValue) String() string { return *v.p }
func (v *textValue) Type() string   { return "string" }
func (v *textValue) any() any       { return *v.p }

// storeValue is the address of a store, of which the password is not shown.
type storeValue struct{ textValue }

func (v *storeValue) hidden() string { return graph.Address(*v.p) }
func (v *storeValue) any() any       { return v.hidden() }

// serverValue is the address of a server, of which the password is not shown.
type serverValue struct{ textValue }

func (v *serverValue) hidden() string { return queue.Redacted(*v.p) }
func (v *serverValue) any() any       { return v.hidden() }

// secretValue is a text that is not shown.
type secretValue struct{ p *string }

func (v *secretValue) Set(s string) error { *v.p = s; return nil }
func (v *secretValue) String() string     { return *v.p }
func (v *secretValue) Type() string       { return "string" }
func (v *secretValue) any() any           { return v.hidden() }
func (v *secretValue) hidden() string {
	if *v.p == "" {
		return ""
	}
	return "(hidden)"
}

// shown returns a value as people may see it: String keeps what a flag was set to.
func shown(v value) string {
	if secret, ok := v.(interface{ hidden() string }); ok {
		return secret.hidden()
	}
	return v.String()
}

type boolValue struct{ p *bool }

func (v *boolValue) Set(s string) error {
	b, err := strconv.ParseBool(s)
	if err != nil {
		return fmt.Errorf("%q is not true or false", s)
	}
	*v.p = b
	return nil
}
func (v *boolValue) String() string { return strconv.FormatBool(*v.p) }
func (v *boolValue) Type() string   { return "bool" }
func (v *boolValue) any() any       { return *v.p }

type intValue struct {
	p        *int
	min, max int
}

func (v *intValue) Set(s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < v.min || n > v.max {
		return fmt.Errorf("%q is not a whole number from %d to %d", s, v.min, v.max)
	}
	*v.p = n
	return nil
}
func (v *intValue) String() string { return strconv.Itoa(*v.p) }
func (v *intValue) Type() string   { return "number" }
func (v *intValue) any() any       { return *v.p }

type timeValue struct{ p *time.Duration }

func (v *timeValue) Set(s string) error {
	d, err := time.ParseDuration(s)
	if err != nil || d < time.Millisecond || d > 24*time.Hour {
		return fmt.Errorf("%q is not a time from 1ms to 24h, such as 500ms, 30s or 2m", s)
	}
	*v.p = d
	return nil
}
func (v *timeValue) String() string { return v.p.String() }
func (v *timeValue) Type() string   { return "time" }
func (v *timeValue) any() any       { return v.p.String() }

// listValue is a list of names; as one string it is separated by commas.
type listValue struct{ p *[]string }

func (v *listValue) Set(s string) error {
	if s == "" {
		return v.setList(nil)
	}
	return v.setList(strings.Split(s, ","))
}

func (v *listValue) setList(list []string) error {
	if slices.Contains(list, "") {
		return fmt.Errorf("a name in the list is empty; names are separated by one comma")
	}
	*v.p = list
	return nil
}
func (v *listValue) String() string { return strings.Join(*v.p, ",") }
func (v *listValue) Type() string   { return "list" }
func (v *listValue) any() any       { return append([]string{}, *v.p...) }

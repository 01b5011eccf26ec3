package queue

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/nats-io/nats-server/v2/server"
)

// ServerOptions describe a server of this process.
type ServerOptions struct {
	Address   string // host:port; port 0 takes a free one
	Monitor   string // host:port of the server's HTTP monitoring; empty for none
	Folder    string // where it keeps streams; made if there is none
	Token     string // that clients must give; empty for none
	Cert, Key string // files of its certificate (PEM), for TLS; empty for none
	Notify    func(format string, args ...any)
}

// Server is a NATS server with JetStream in this process.
type Server struct {
	nats *server.Server
	lock interface{ Close() error }
	url  string
}

// lockFile keeps a second server out of a folder, which NATS itself does not.
const lockFile = "isnad.lock"

// StartServer starts a server. When it returns, clients can connect.
func StartServer(opt ServerOptions) (*Server, error) {
	cfg, err := opt.config()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(opt.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("queue: %w; choose another folder", err)
	}
	lock, err := vfs.Default.Lock(filepath.Join(opt.Folder, lockFile))
	if errors.Is(err, os.ErrPermission) {
		return nil, fmt.Errorf("queue: %s: %w: choose a folder that you may write to", opt.Folder, err)
	} else if err != nil {
		return nil, fmt.Errorf("queue: %s: another server is using this folder: stop it, or choose another folder", opt.Folder)
	}
	s := &Server{lock: lock}
	if s.nats, err = server.NewServer(cfg); err != nil {
		return nil, errors.Join(fmt.Errorf("queue: %w", err), lock.Close())
	}
	log := &serverLog{notify: opt.Notify}
	s.nats.SetLoggerV2(log, false, false, false)
	s.nats.Start()
	if !s.nats.ReadyForConnections(10*time.Second) || log.fatal() != "" {
		s.Close()
		return nil, fmt.Errorf("queue: the server does not start: %s", log.fatal())
	}
	s.url = "nats://" + s.nats.Addr().String()
	if cfg.TLSConfig != nil {
		s.url = "tls://" + s.nats.Addr().String()
	}
	return s, nil
}

func (o ServerOptions) config() (*server.Options, error) {
	host, port, err := listenable(o.Address)
	if err != nil {
		return nil, err
	}
	cfg := &server.Options{ServerName: "isnad", Host: host, Port: port, JetStream: true, StoreDir: o.Folder, NoSigs: true, Authorization: o.Token}
	if port == 0 {
		cfg.Port = server.RANDOM_PORT
	}
	if o.Monitor != "" {
		if cfg.HTTPHost, cfg.HTTPPort, err = listenable(o.Monitor); err != nil {
			return nil, err
		}
	}
	if o.Cert != "" {
		pair, err := tls.LoadX509KeyPair(o.Cert, o.Key)
		if err != nil {
			return nil, fmt.Errorf("queue: certificate %s with key %s: %w", o.Cert, o.Key, err)
		}
		cfg.TLSConfig, cfg.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}, true
	}
	return cfg, nil
}

// listenable splits an address and makes sure that one can listen on it now: NATS would
// try for long, and say so in its log only.
func listenable(address string) (host string, port int, err error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return "", 0, fmt.Errorf("queue: %w; choose another address", err)
	}
	defer l.Close()
	host, text, err := net.SplitHostPort(address)
	if err != nil {
		return "", 0, fmt.Errorf("queue: %w", err)
	}
	port, err = strconv.Atoi(text)
	return host, port, err
}

// URL returns the address for clients.
func (s *Server) URL() string { return s.url }

// Loopback reports whether only this machine can reach the server.
func (s *Server) Loopback() bool {
	a, ok := s.nats.Addr().(*net.TCPAddr)
	return ok && a.IP.IsLoopback()
}

// Wait returns when ctx ends or the server has stopped by itself, which is an error.
func (s *Server) Wait(ctx context.Context) error {
	gone := make(chan struct{})
	go func() {
		s.nats.WaitForShutdown()
		close(gone)
	}()
	select {
	case <-ctx.Done():
		return nil
	case <-gone:
		return errors.New("queue: the server has stopped")
	}
}

// Close stops the server, when what it has accepted is on disk.
func (s *Server) Close() error {
	s.nats.Shutdown()
	s.nats.WaitForShutdown()
	return s.lock.Close()
}

// serverLog passes on what a user should know of the server's log.
type serverLog struct {
	notify func(format string, args ...any)
	mu     sync.Mutex
	died   string
}

func (l *serverLog) fatal() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.died
}

func (l *serverLog) say(format string, args ...any) {
	if l.notify != nil {
		l.notify("nats: %s", strings.TrimSpace(fmt.Sprintf(format, args...)))
	}
}

func (l *serverLog) Fatalf(format string, args ...any) {
	l.mu.Lock()
	l.died = fmt.Sprintf(format, args...)
	l.mu.Unlock()
	l.say(format, args...)
}
func (l *serverLog) Errorf(format string, args ...any) { l.say(format, args...) }
func (l *serverLog) Warnf(format string, args ...any)  { l.say(format, args...) }
func (l *serverLog) Noticef(string, ...any)            {}
func (l *serverLog) Debugf(string, ...any)             {}
func (l *serverLog) Tracef(string, ...any)             {}

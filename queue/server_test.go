package queue_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"isnad/queue"
)

// TestServerErrors starts servers that cannot start: one line says why, at once.
func TestServerErrors(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	used := t.TempDir()
	first, err := queue.StartServer(queue.ServerOptions{Address: "127.0.0.1:0", Folder: used})
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		opt  queue.ServerOptions
		want string
	}{
		{"port in use", queue.ServerOptions{Address: taken.Addr().String(), Folder: t.TempDir()}, "address already in use; choose another"},
		{"monitoring port in use", queue.ServerOptions{Address: "127.0.0.1:0", Monitor: taken.Addr().String(), Folder: t.TempDir()}, "address already in use; choose another"},
		{"folder in use", queue.ServerOptions{Address: "127.0.0.1:0", Folder: used}, "another server is using this folder"},
		{"folder is a file", queue.ServerOptions{Address: "127.0.0.1:0", Folder: file}, "not a directory; choose another folder"},
		{"no certificate", queue.ServerOptions{Address: "127.0.0.1:0", Folder: t.TempDir(), Cert: file, Key: file}, "certificate " + file},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, err := queue.StartServer(test.opt)
			if err == nil {
				s.Close()
				t.Fatal("it starts")
			}
			if !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %q, want %q", err, test.want)
			}
		})
	}
}

// TestConnectErrors connects to what is no server for it.
func TestConnectErrors(t *testing.T) {
	s, err := queue.StartServer(queue.ServerOptions{Address: "127.0.0.1:0", Folder: t.TempDir(), Token: "secret"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, test := range []struct {
		name string
		opt  queue.Options
		want string
	}{
		{"nobody there", queue.Options{URL: "nats://user:pass@127.0.0.1:1"}, "queue: nats://…@127.0.0.1:1: nats: no servers available for connection: no NATS server answers there"},
		{"no token", queue.Options{URL: s.URL()}, "give a user and password in the URL, a token"},
		{"wrong token", queue.Options{URL: s.URL(), Token: "guess"}, "give a user and password in the URL, a token"},
		{"no such file", queue.Options{URL: s.URL(), Credentials: "none.creds"}, "none.creds"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, err := queue.Connect(t.Context(), test.opt)
			if err == nil {
				c.Close()
				t.Fatal("it connects")
			}
			if !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "pass") && !strings.Contains(err.Error(), "password") {
				t.Errorf("got %q, want %q", err, test.want)
			}
		})
	}
	c, err := queue.Connect(t.Context(), queue.Options{URL: s.URL(), Token: "secret"})
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
}

// TestTLS encrypts the connection, and trusts no server that it has no reason to.
func TestTLS(t *testing.T) {
	cert, key := certificate(t)
	s, err := queue.StartServer(queue.ServerOptions{Address: "127.0.0.1:0", Folder: t.TempDir(), Cert: cert, Key: key})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if !strings.HasPrefix(s.URL(), "tls://") {
		t.Errorf("the address is %s", s.URL())
	}
	c, err := queue.Connect(t.Context(), queue.Options{URL: s.URL(), CA: cert})
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
	if c, err := queue.Connect(t.Context(), queue.Options{URL: s.URL()}); err == nil {
		c.Close()
		t.Error("it trusts a certificate of nobody")
	}
}

// certificate writes a certificate of 127.0.0.1 that vouches for itself, and its key.
func certificate(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "isnad"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, kind string, der []byte) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	return write("cert.pem", "CERTIFICATE", der), write("key.pem", "PRIVATE KEY", secret)
}

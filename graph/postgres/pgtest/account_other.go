//go:build !linux

package pgtest

import "syscall"

// account is as whom the server runs: this process.
type account struct{}

func unprivileged() (account, error) { return account{}, nil }

func (account) own(string) error { return nil }

func (account) process() *syscall.SysProcAttr { return nil }

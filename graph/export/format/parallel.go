package format

import (
	"cmp"
	"fmt"
	"iter"
	"runtime"
)

// batchItems is how many items are written into one buffer.
const batchItems = 128

// batch is consecutive items, which one worker writes into one buffer.
type batch[T any] struct {
	items []*T
	first int // the number of the first item in its sequence
	done  chan *buffer
}

// each is eachInOrder on all cores, with the same bytes: write is called for several items
// at the same time, so it may read what is beside them, but keep nothing.
func each[T any](w *writer, items iter.Seq2[*T, error], separator string, write func(*buffer, *T)) error {
	workers := runtime.GOMAXPROCS(0)
	if workers == 1 {
		return eachInOrder(w, items, separator, write)
	}
	ahead := 2 * workers
	work, order, stop := make(chan batch[T]), make(chan batch[T], ahead), make(chan struct{})
	free := make(chan *buffer, ahead+2) // for those in order, and those of the two who put and take
	for range cap(free) {
		free <- &buffer{syntax: w.syntax}
	}
	for range workers {
		go func() {
			for x := range work {
				x.done <- writeBatch(<-free, x, separator, write)
			}
		}()
	}
	var unread error
	go func() {
		defer close(order)
		defer close(work)
		unread = deal(items, func(x batch[T]) bool {
			select {
			case order <- x:
			case <-stop:
				return false
			}
			work <- x
			return true
		})
	}()
	err := w.flush()
	for x := range order {
		b := <-x.done
		if err == nil {
			if err = b.handOn(w.to); err != nil {
				close(stop)
			}
		}
		free <- b
	}
	return cmp.Or(err, unread)
}

// deal cuts a sequence into batches until take wants no more.
func deal[T any](items iter.Seq2[*T, error], take func(batch[T]) bool) error {
	x := batch[T]{done: make(chan *buffer, 1)}
	for item, err := range items {
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
		if x.items = append(x.items, item); len(x.items) < batchItems {
			continue
		}
		if !take(x) {
			return nil
		}
		x = batch[T]{first: x.first + batchItems, items: make([]*T, 0, batchItems), done: make(chan *buffer, 1)}
	}
	if len(x.items) > 0 {
		take(x)
	}
	return nil
}

func writeBatch[T any](b *buffer, x batch[T], separator string, write func(*buffer, *T)) *buffer {
	for i, item := range x.items {
		if b.item = x.first + i; b.item > 0 {
			b.raw(separator)
		}
		write(b, item)
	}
	return b
}

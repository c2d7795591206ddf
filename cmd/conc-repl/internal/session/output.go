package session

import (
	"bufio"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// Output is a stream to which a program writes many small pieces: they go out
// together, after a moment too short to be noticed. Any goroutine may use it.
type Output struct {
	mu      sync.Mutex
	w       *bufio.Writer
	pending bool
	err     error
	failed  atomic.Bool // err is set
	first   *Output     // flushed before each write here
}

// outputDelay is how long a piece may stay behind.
const outputDelay = 10 * time.Millisecond

// NewOutput makes an Output to w. What was written to first, if it is not nil,
// goes out before anything that is written later to the new one: a message on
// stderr stands behind the output that led to it.
func NewOutput(w io.Writer, first *Output) *Output {
	return &Output{w: bufio.NewWriterSize(w, 1<<16), first: first}
}

// Write keeps a piece, to go out soon.
func (o *Output) Write(b []byte) (int, error) {
	if o.first != nil {
		o.first.Flush()
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(b)
	o.fail(err)
	if !o.pending {
		o.pending = true
		time.AfterFunc(outputDelay, o.Flush)
	}
	return n, err
}

// Flush sends out what was kept.
func (o *Output) Flush() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.pending = false
	o.fail(o.w.Flush())
}

// fail notes the first error.
func (o *Output) fail(err error) {
	if err != nil && o.err == nil {
		o.err = err
		o.failed.Store(true)
	}
}

// Failed reports whether writing has met an error. It is asked between all
// slices of a script.
func (o *Output) Failed() bool { return o.failed.Load() }

// Err gives the error that writing met first: a closed pipe, most likely.
func (o *Output) Err() error {
	if !o.Failed() {
		return nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err
}

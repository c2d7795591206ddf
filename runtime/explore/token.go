package explore

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"

	"github.com/conc-repl/conc-repl/runtime"
)

// A token is a schedule as a text short enough to paste. It holds where the
// schedule differs from the default (who went last goes on, else who was
// started first): after how many steps, which of the possible ones, and a few
// bits that tell that step from others, so that a program that has changed is
// noticed at the first choice that no longer fits. Before that stand a
// version, the rules it was made with, and a short hash of the program.

const (
	tokenVersion = 1
	versionBits  = 3
	programBits  = 12
	choiceBits   = 4
)

// bitWriter packs numbers of few bits.
type bitWriter struct {
	out  []byte
	used int
}

func (b *bitWriter) put(v uint64, n int) {
	for i := n - 1; i >= 0; i-- {
		if b.used%8 == 0 {
			b.out = append(b.out, 0)
		}
		if v>>i&1 == 1 {
			b.out[b.used/8] |= 0x80 >> (b.used % 8)
		}
		b.used++
	}
}

// number writes v in groups of n bits, each with a bit that says whether there is another.
func (b *bitWriter) number(v uint64, n int) {
	for v >= 1<<n {
		b.put(1, 1)
		b.put(v&(1<<n-1), n)
		v >>= n
	}
	b.put(0, 1)
	b.put(v, n)
}

type bitReader struct {
	in   []byte
	used int
}

func (b *bitReader) left() int { return 8*len(b.in) - b.used }

func (b *bitReader) get(n int) (v uint64) {
	for range n {
		v <<= 1
		if b.used < 8*len(b.in) && b.in[b.used/8]&(0x80>>(b.used%8)) != 0 {
			v |= 1
		}
		b.used++
	}
	return v
}

func (b *bitReader) number(n int) (v uint64) {
	for shift := 0; shift < 64; shift += n {
		more := b.get(1)
		v |= b.get(n) << shift
		if more == 0 || b.left() < 0 {
			break
		}
	}
	return v
}

// usual gives the label that is chosen by default: who went last goes on.
func (r *run) usual(labels []label) int {
	if n := len(r.trace); n > 0 {
		for i, l := range labels {
			if l.proc == r.trace[n-1].proc {
				return i
			}
		}
	}
	return 0
}

// mark tells a step from others in a way that does not depend on where the
// program was started: by how-manieth its process is, counted from the main one.
func (r *run) mark(l label) uint64 {
	who := slices.IndexFunc(r.threads, func(t *thread) bool { return t.id == l.proc })
	main := slices.IndexFunc(r.threads, func(t *thread) bool { return t.p == r.main })
	return mix(uint64(who-main), uint64(l.n)<<32|uint64(uint16(l.branch))<<16|uint64(l.kind))
}

// Hash gives the number by which a token knows its program.
func Hash(text string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	return h
}

// encode makes a token of a schedule, which it replays on a run that has begun.
func (r *run) encode(s Schedule, program uint64) string {
	var b bitWriter
	b.put(tokenVersion, versionBits)
	b.put(r.set.pack(), ruleBits)
	b.put(program&(1<<programBits-1), programBits)
	same := uint64(0)
	for _, l := range s {
		labels := r.enabled(nil)
		u := r.usual(labels)
		if u < len(labels) && labels[u] == l {
			same++
		} else {
			at := 0
			for i := range labels {
				if labels[i] == l {
					at = i
				}
			}
			if at > u {
				at--
			}
			b.number(same, 3)
			b.number(uint64(at), 2)
			b.put(r.mark(l), choiceBits)
			same = 0
		}
		if !r.do(l) {
			break
		}
	}
	return base64.RawURLEncoding.EncodeToString(b.out)
}

// ErrToken is the error of a text that is no token.
var ErrToken = errors.New("this is no schedule token")

// tokenRules gives what a token was made with; of a text that is no token, nothing.
func tokenRules(token string) uint64 {
	in, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(in) < 2 {
		return 0
	}
	b := &bitReader{in: in}
	b.get(versionBits)
	return b.get(ruleBits)
}

// decode replays a token on a run that has begun, up to its last choice, and
// goes on by default. changed tells that the program is another.
func (r *run) decode(token string, program uint64, limit int) (s Schedule, changed bool, err error) {
	in, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(in) < 2 {
		return nil, false, ErrToken
	}
	b := &bitReader{in: in}
	if b.get(versionBits) != tokenVersion {
		return nil, false, ErrToken
	}
	b.get(ruleBits)
	changed = b.get(programBits) != program&(1<<programBits-1)
	next := -1
	var at, mark uint64
	read := func() {
		if next = -1; b.left() >= 4+3+choiceBits {
			next = int(b.number(3))
			at, mark = b.number(2), b.get(choiceBits)
		}
	}
	read()
	for len(s) < limit {
		labels := r.enabled(nil)
		if len(labels) == 0 {
			if next >= 0 {
				return s, changed, fmt.Errorf("the schedule no longer fits: the program ends after %d steps, before a choice of the schedule", len(s))
			}
			return s, changed, nil
		}
		i := r.usual(labels)
		if next == 0 {
			j := int(at)
			if j >= i {
				j++
			}
			if j >= len(labels) || r.mark(labels[j])&(1<<choiceBits-1) != mark {
				return s, changed, fmt.Errorf("the schedule no longer fits at step %d: another step than %q was to come there, which is not there now",
					len(s)+1, r.describe(labels[i]))
			}
			i = j
			read()
		} else if next > 0 {
			next--
		}
		l := labels[i]
		if !r.do(l) {
			return s, changed, fmt.Errorf("the schedule no longer fits at step %d", len(s)+1)
		}
		s = append(s, l)
	}
	return s, changed, nil
}

// on runs f on a run of what start begins; afterwards the world is as it was.
func on(w *runtime.World, start Start, set *settings, f func(*run)) {
	mark := w.Checkpoint()
	r := newRun(w, set, map[tried]bool{}, start)
	f(r)
	r.close()
	w.Rollback(mark)
	w.Release(mark)
}

// Replayed is a run that a token has led through.
type Replayed struct {
	Schedule Schedule
	Lines    []Line
	Changed  bool // the program is another than that of the token
	Outcome  *Outcome
}

// Replay runs what start begins by a token. The world is as it was
// afterwards. If the program has changed so that a choice no longer fits, the
// run ends there, with an error that says which.
func Replay(w *runtime.World, start Start, token string, o Options) (r Replayed, err error) {
	o.complete()
	within(w, &o, func(set *settings) {
		set.unpack(tokenRules(token))
		for {
			set.changed = false
			on(w, start, set, func(run *run) {
				r.Schedule, r.Changed, err = run.decode(token, o.Program, defaultDepth)
				r.Outcome = run.judge(o.Show)
			})
			if !set.changed {
				break
			}
		}
		t := tell(w, start, set, &o, r.Schedule)
		r.Lines, r.Outcome.Title = t.lines, t.names.Replace(r.Outcome.Value)
	})
	return r, err
}

package explore

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/runtime"
)

// A token is a schedule as a text short enough to paste. It holds where the
// schedule differs from the default (who went last goes on, else who was
// started first): after how many steps, which of the possible ones, and a few
// bits that tell that step from others, so that a program that has changed is
// noticed at the first choice that no longer fits. Before that stand a
// version, the rules it was made with, the seed of the world if that is not 0, and
// a short hash of the program; after it a check sign.

const (
	tokenVersion = 3
	programBits  = 12
	choiceBits   = 4
	seedBits     = 7 // of a group
)

// signs are those of a token.
const signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// seal writes the bits of a token as text, with a sign that tells whether one of
// the others is wrong.
func seal(bits []byte) string {
	text := base64.RawURLEncoding.EncodeToString(bits)
	return text + string(checkSign(text))
}

func checkSign(text string) byte { return signs[Hash(text)>>17%uint64(len(signs))] }

// ErrToken is the error of a text that is no token, or no longer one.
var ErrToken = errors.New("this is no schedule token")

// header is what a token says before its choices.
type header struct {
	rules, program, seed uint64
}

// unseal reads a token up to its choices.
func unseal(token string) (h header, b *bitReader, err error) {
	if token == "" || strings.Trim(token, signs) != "" {
		return h, nil, fmt.Errorf("%w: %q", ErrToken, token)
	}
	switch v := strings.IndexByte(signs, token[0]) >> 2; {
	case v > 0 && v < tokenVersion:
		return h, nil, fmt.Errorf("%w of this version of conc-repl: %s is of version %d, and this is %d", ErrToken, token, v, tokenVersion)
	case v != tokenVersion:
		return h, nil, fmt.Errorf("%w: %s does not begin like one, or is of a later version", ErrToken, token)
	}
	text := token[:len(token)-1]
	in, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(in) < 3 || checkSign(text) != token[len(text)] {
		return h, nil, fmt.Errorf("%w: in %s a sign is wrong, or some are missing", ErrToken, token)
	}
	b = &bitReader{in: in}
	b.get(4)
	h.rules = b.get(ruleBits)
	seeded := b.get(1) == 1
	h.program = b.get(programBits)
	if seeded {
		h.seed = b.number(seedBits)
	}
	return h, b, nil
}

// Seed gives the seed of the world in which the schedule of a token was seen.
func Seed(token string) (uint64, error) {
	h, _, err := unseal(token)
	return h.seed, err
}

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
// program was started, nor on what else was there: its process is counted from
// the main one and those that came after the beginning.
func (r *run) mark(l label) uint64 {
	return mix(uint64(r.rank(l.proc)), uint64(l.n)<<32|uint64(uint16(l.branch))<<16|uint64(l.kind))
}

// rank counts a process: 0 for the main one, negative for those that were there before.
func (r *run) rank(id runtime.ID) int {
	who := slices.IndexFunc(r.threads, func(t *thread) bool { return t.id == id })
	switch {
	case who >= 0 && r.threads[who].p == r.main:
		return 0
	case who >= r.old && r.main != r.w.Shell:
		return who - r.old // the main one came first
	}
	return who - r.old + 1
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
	b.put(tokenVersion, 4)
	b.put(r.set.pack(), ruleBits)
	seed := r.w.Options().Seed
	b.put(min(seed, 1), 1)
	b.put(program&(1<<programBits-1), programBits)
	if seed > 0 {
		b.number(seed, seedBits)
	}
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
	return seal(b.out)
}

// decode replays the choices of a token on a run that has begun, and goes on by
// default after the last.
func (r *run) decode(b bitReader, limit int) (s Schedule, err error) {
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
				return s, &Misfit{Step: len(s) + 1}
			}
			return s, nil
		}
		i := r.usual(labels)
		if next == 0 {
			j := int(at)
			if j >= i {
				j++
			}
			if j >= len(labels) || r.mark(labels[j])&(1<<choiceBits-1) != mark {
				return s, r.misfit(len(s)+1, labels, i)
			}
			i = j
			read()
		} else if next > 0 {
			next--
		}
		l := labels[i]
		if !r.do(l) {
			return s, r.misfit(len(s)+1, labels, i)
		}
		s = append(s, l)
	}
	return s, nil
}

// carryOn goes on by default to the end.
func (r *run) carryOn(limit int) {
	for len(r.trace) < limit {
		labels := r.enabled(nil)
		if len(labels) == 0 || !r.do(labels[r.usual(labels)]) {
			return
		}
	}
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
	h, choices, err := unseal(token)
	if err != nil {
		return r, err
	}
	if seed := w.Options().Seed; h.seed != seed {
		return r, fmt.Errorf("the schedule belongs to a world with --seed %d; here it is %d", h.seed, seed)
	}
	r.Changed = h.program != o.Program&(1<<programBits-1)
	o.complete()
	within(w, &o, func(set *settings) {
		set.unpack(h.rules)
		for {
			set.changed = false
			on(w, start, set, func(run *run) {
				r.Schedule, err = run.decode(*choices, defaultDepth)
				r.Outcome = run.judge(o.Show)
				if m := (*Misfit)(nil); errors.As(err, &m) {
					m.rename(run.names(o.Name))
					run.carryOn(defaultDepth) // perhaps it shows what has to be known for it to fit
				}
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

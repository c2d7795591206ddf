package channels

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// house is what the package keeps in a world.
type house struct {
	runtime.Stamped
	w *runtime.World
	houseState
	parkAnywhere bool
	spare        []*lone // which nobody waits for any more
}

type houseState struct {
	held     []*Channel // whose locks are held; replaced, not changed
	names    []given    // after what channels are named; replaced, not changed
	numbered uint64     // the last number that served as a name
	ports    portMemo
}

// Save gives what a checkpoint must keep.
func (h *house) Save() any { return h.houseState }

// Restore puts it back.
func (h *house) Restore(s any) { h.houseState = s.(houseState) }

type houseKey struct{}

func houseOf(w *runtime.World) *house { return w.Library[houseKey{}].(*house) }

// here gives the house of the world that p lives in.
func here(p *runtime.Process) *house { return houseOf(p.W) }

// SetParkAnywhere sets whether <!, >! and alts! may be called anywhere, since
// the machine can park anywhere; by default they must stand directly in a go
// block, as in core.async.
func SetParkAnywhere(w *runtime.World, on bool) { houseOf(w).parkAnywhere = on }

func (h *house) hold(c *Channel) {
	h.w.Touch(h)
	h.held = append(slices.Clip(h.held), c)
}

func (h *house) drop(c *Channel) {
	h.w.Touch(h)
	if i := slices.Index(h.held, c); i >= 0 {
		h.held = slices.Concat(h.held[:i], h.held[i+1:])
	}
}

// onExit gives back the locks of a process that was killed inside a transducer.
func (h *house) onExit(p *runtime.Process) {
	for _, c := range h.held {
		if c.lock != nil && c.lock.owner == p {
			h.w.Touch(c)
			l := *c.lock
			l.depth = 1
			c.lock = &l
			c.release()
		}
	}
}

// newChannel makes a channel with a buffer, or with none.
func newChannel(in *house, b *Buffer) *Channel {
	return &Channel{in: in, buf: b, key: in.w.NewID()}
}

// newResult makes the channel that a go block or thread gives its result to.
// It and its buffer are one object.
func newResult(in *house) *Channel {
	x := &struct {
		c Channel
		b Buffer
	}{b: Buffer{in: in, kind: Fixed, size: 1}}
	x.c.in, x.c.buf, x.c.key = in, &x.b, in.w.NewID()
	return &x.c
}

// portMemo remembers the last long sequence of ports that was given to alts!,
// and the choice that it stands for: walking ten thousand cells each time
// would cost more than the choice. A sequence that is realised never changes; who
// goes back to before it was finds no memory of it.
type portMemo struct {
	ports  lang.Value
	choice *runtime.Choice
}

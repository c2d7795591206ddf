package channels

import (
	"slices"
	"strconv"

	"github.com/conc-repl/conc-repl/runtime"
)

// Name gives the channel's short name for people. It is settled when it is
// first asked for, so that a program pays nothing for names: that of the var
// or local to which the channel is bound then, else a number: c3.
func (c *Channel) Name() string {
	if c.name == nil {
		name := c.boundTo()
		if name == "" {
			c.number()
		} else {
			c.SetName(name)
		}
	}
	return *c.name
}

// number names the channel by the next free number.
func (c *Channel) number() {
	h := c.in
	for c.name == nil {
		h.w.Touch(h)
		h.numbered++
		if name := "c" + strconv.FormatUint(h.numbered, 10); h.bearers(name) == 0 {
			c.setName(name)
		}
	}
}

// SetName names the channel after the var or local that it was first bound
// to; if other channels have that name, a number follows it: in-2. A channel
// that has a name already keeps it; SetName reports whether it took this one.
func (c *Channel) SetName(name string) bool {
	if c.name != nil {
		return false
	}
	h := c.in
	for n := h.bearers(name); c.name == nil; n++ {
		full := name
		if n > 0 {
			full = name + "-" + strconv.Itoa(n+1)
		}
		if n == 0 || h.bearers(full) == 0 {
			h.bear(name)
			c.setName(full)
		}
	}
	return true
}

func (c *Channel) setName(name string) {
	c.in.w.Touch(c)
	c.name = &name
}

// given says how many channels are named after one var or local.
type given struct {
	name    string
	bearers int
}

// bearers gives how many channels are named after a var or local of a name.
func (h *house) bearers(name string) int {
	if i := h.find(name); i >= 0 {
		return h.names[i].bearers
	}
	return 0
}

func (h *house) find(name string) int {
	return slices.IndexFunc(h.names, func(g given) bool { return g.name == name })
}

// bear counts one more channel of a name.
func (h *house) bear(name string) {
	h.w.Touch(h)
	h.names = slices.Clone(h.names)
	if i := h.find(name); i >= 0 {
		h.names[i].bearers++
		return
	}
	h.names = append(h.names, given{name, 1})
}

// mostAsked is in how many processes a channel is looked for that needs a name.
const mostAsked = 32

// boundTo gives the name of the first local, or of a var of the namespace
// user, that holds the channel; "" if none does. The oldest processes are asked
// first, and of each the outermost calls, since who made the channel is among
// them.
func (c *Channel) boundTo() string {
	w := c.in.w
	if ns := w.FindNS("user"); ns != nil {
		name := ""
		for n, v := range ns.Vars {
			if v.Bound() && v.Root().Obj() == any(c) && (name == "" || n < name) {
				name = n
			}
		}
		if name != "" {
			return name
		}
	}
	if name := c.localOf(w.Shell); name != "" {
		return name
	}
	name, asked := "", 0
	w.EachProcess(func(p *runtime.Process) bool {
		asked++
		name = c.localOf(p)
		return name == "" && asked < mostAsked
	})
	return name
}

// localOf gives the name of a local of a process that holds the channel.
func (c *Channel) localOf(p *runtime.Process) string {
	if p.Status == runtime.Done {
		return ""
	}
	for _, s := range slices.Backward(p.Scopes()) {
		for _, l := range s.Locals {
			if l.Value.Obj() == any(c) {
				return l.Name
			}
		}
	}
	return ""
}

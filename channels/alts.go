package channels

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// memoFrom is from how many ports on a sequence of them is remembered.
const memoFrom = 32

// altsOptions are the options of alts!, read.
type altsOptions struct {
	priority bool
	orElse   *lang.Value
	hold     bool
}

var (
	keyPriority = lang.InternKeyword("", "priority")
	keyDefault  = lang.InternKeyword("", "default")
)

// readOptions reads the keys and values behind the ports; one map may stand for them.
func readOptions(args []lang.Value, hold bool) altsOptions {
	o := altsOptions{hold: hold}
	set := func(k, v lang.Value) {
		switch kw, _ := k.AsKeyword(); kw {
		case keyPriority:
			o.priority = v.Truthy()
		case keyDefault:
			if kw != nil {
				v = lang.Vec(v, k)
				o.orElse = &v
			}
		}
	}
	if len(args)%2 == 1 {
		m, ok := args[len(args)-1].Obj().(*lang.Map)
		if !ok {
			lang.Raise(lang.IllegalArgumentException, "No value supplied for key: %s", lang.PrString(args[len(args)-1]))
		}
		m.Each(func(k, v lang.Value) bool { set(k, v); return true })
	}
	for i := 0; i+1 < len(args); i += 2 {
		set(args[i], args[i+1])
	}
	return o
}

func (o altsOptions) plain() bool { return !o.priority && o.orElse == nil }

// alts is the native behind alts!! and the alts! of a go block.
func alts(hold bool) func(*runtime.Process, []lang.Value) lang.Value {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		in, o := here(p), readOptions(args[1:], hold)
		_, isVector := args[0].Obj().(*lang.Vector)
		if m := &in.ports; m.choice != nil && o.plain() && hold == m.choice.Hold && lang.Identical(m.ports, args[0]) {
			if isVector {
				return perform(p, m.choice)
			}
			// As many steps as without the memo, so that it changes no schedule.
			return p.Call(portsKnown, m.choice, samePorts, args[0])
		}
		if isVector {
			return chooseAmong(p, args[0], o)
		}
		return p.Call(portsThere, &choosing{args[0], o}, realPorts, args[0])
	}
}

// choosing is a choice whose sequence of ports is being realised.
type choosing struct {
	ports lang.Value
	o     altsOptions
}

var portsThere = &runtime.Kont{Name: "ports of alts!",
	Return: func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		c := state.(*choosing)
		return chooseAmong(p, c.ports, c.o)
	}}

var portsKnown = &runtime.Kont{Name: "ports of alts!",
	Return: func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		return perform(p, state.(*runtime.Choice))
	}}

// samePorts gives its argument, of which every element is known to be there.
var samePorts = lang.Obj(&lang.Native{Name: "clojure.core.async/ports", Min: 1, Max: 1,
	Pure: func(args []lang.Value) lang.Value { return args[0] }})

// realPorts has its argument realised to the end by the machine.
var realPorts = lang.Obj(&lang.Native{Name: "clojure.core.async/ports", Min: 1, Max: 1, Seqs: 1,
	Pure: func(args []lang.Value) lang.Value { return args[0] }})

func chooseAmong(p *runtime.Process, ports lang.Value, o altsOptions) lang.Value {
	in := here(p)
	choice := &runtime.Choice{Priority: o.priority, Else: o.orElse, Hold: o.hold, Name: wordsAlts}
	if n, ok := lang.Counted(ports); ok {
		choice.Branches = make([]runtime.Branch, 0, n)
	}
	if !ports.IsNil() && !lang.IsSeqable(ports) {
		lang.Raise(lang.UnsupportedOperationException, "count not supported on this type: %s", lang.ClassOf(ports).Simple())
	}
	lang.Iterate(ports, func(port lang.Value) bool {
		choice.Branches = append(choice.Branches, runtime.Branch{Op: branch(port, o.plain())})
		return true
	})
	if len(choice.Branches) == 0 {
		raiseAssert("alts must have at least one channel operation", "(pos? (count ports))")
	}
	if len(choice.Branches) >= memoFrom && o.plain() {
		in.w.Touch(in)
		in.ports = portMemo{ports, choice}
	}
	return perform(p, choice)
}

// branch makes the operation that a port of alts! stands for: a channel to
// take from, or [channel value] to put.
func branch(port lang.Value, plain bool) runtime.Op {
	v, ok := port.Obj().(*lang.Vector)
	if !ok {
		m := altTake
		if !plain {
			m = firstTake
		}
		return &op{c: channel(port, m), m: m}
	}
	m := altPut
	if !plain {
		m = firstPut
	}
	if v.Len() < 2 {
		lang.Raise(lang.IndexOutOfBoundsException, "a put in alts! is written [channel value]")
	}
	o := &op{c: channel(v.Nth(0), m), m: m, v: v.Nth(1)}
	if o.v.IsNil() {
		refuseNil()
	}
	return o
}

// perform does a choice, and what a channel's transducer then has to do.
func perform(p *runtime.Process, c *runtime.Choice) lang.Value {
	transduced := len(c.Branches) >= memoFrom // not worth looking
	for i := 0; i < len(c.Branches) && !transduced; i++ {
		transduced = c.Branches[i].Op.(*op).c.xf != nil
	}
	if transduced {
		return p.PerformThen(c, afterOp, nil)
	}
	return p.Perform(c)
}

// channel gives the channel in v, or raises what core.async's protocols raise.
func channel(v lang.Value, m *manner) *Channel {
	c, ok := v.Obj().(*Channel)
	if !ok {
		refusePort(v, m)
	}
	return c
}

func refusePort(v lang.Value, m *manner) {
	if m.puts {
		refuse(v, "WritePort", "put!")
	}
	refuse(v, "ReadPort", "take!")
}

func refuse(v lang.Value, protocol, method string) {
	name := "nil"
	if class := lang.ClassOf(v); class != nil {
		name = class.Name
	}
	lang.Raise(lang.IllegalArgumentException, "No implementation of method: :%s of protocol: #'clojure.core.async.impl.protocols/%s found for class: %s",
		method, protocol, name)
}

func refuseNil() {
	lang.Raise(lang.IllegalArgumentException, "Can't put nil on channel")
}

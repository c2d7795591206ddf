package channels

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// ChannelInfo is what a person may see of a channel at a moment.
type ChannelInfo struct {
	Name   string
	Closed bool
	Buffer *BufferInfo // nil: none
	Puts   []Party     // in the order in which they will be served
	Takes  []Party
	Inside *runtime.Process // which runs the channel's transducer now, nil if none
}

// BufferInfo is what a person may see of a buffer.
type BufferInfo struct {
	Kind   BufferKind
	Size   int
	Values []lang.Value // oldest first
}

// Party is one that waits on a channel.
type Party struct {
	Proc  *runtime.Process // nil: a callback of put! or take!
	Value lang.Value       // what a putter puts
	Alts  bool             // it waits on other channels, too
}

// Info describes a channel.
func Info(c *Channel) ChannelInfo {
	i := ChannelInfo{Name: c.Name(), Closed: c.Closed(), Puts: parties(&c.puts), Takes: parties(&c.takes)}
	if c.buf != nil {
		i.Buffer = &BufferInfo{c.buf.kind, c.buf.size, c.buf.vals.Slice()}
	}
	if c.lock != nil {
		i.Inside = c.lock.owner
	}
	return i
}

func parties(q *runtime.Line[party]) []Party {
	var out []Party
	q.Each(func(t party) bool {
		if t.live() {
			x := Party{Proc: t.proc(), Value: t.val()}
			_, x.Alts = t.wt.Op.(*runtime.Choice)
			out = append(out, x)
		}
		return true
	})
	return out
}

// infoOp is the operation of looking at a channel from a program.
type infoOp struct {
	closeOp // as it, it waits for nothing but the lock
	look    func(c *Channel) lang.Value
}

// Try looks.
func (o *infoOp) Try(_ *runtime.World, p *runtime.Process) (lang.Value, bool) {
	if o.c.busy(p) {
		return lang.Nil, false
	}
	v := o.look(o.c)
	o.c.emit("info", p, nil, lang.Nil, "")
	return v, true
}

// Access only reads the channel.
func (o *infoOp) Access(acc []runtime.Access) []runtime.Access {
	return append(acc, runtime.Access{Entity: o.c, Mode: runtime.Read})
}

// About says: look at c1.
func (o *infoOp) About(p *runtime.Process) string { return p.Say(wordsLook, o.c) }

func chanInfo(p *runtime.Process, args []lang.Value) lang.Value {
	c, ok := args[0].Obj().(*Channel)
	if !ok {
		panic(lang.CastError(args[0], channelClass))
	}
	return p.Perform(&infoOp{closeOp{c: c}, func(c *Channel) lang.Value { return Info(c).data() }})
}

func isClosed(p *runtime.Process, args []lang.Value) lang.Value {
	c, ok := args[0].Obj().(*Channel)
	if !ok {
		refuse(args[0], "Channel", "closed?")
	}
	return p.Perform(&infoOp{closeOp{c: c}, func(c *Channel) lang.Value { return lang.Bool(c.Closed()) }})
}

func (i ChannelInfo) data() lang.Value {
	buffer := lang.Nil
	if b := i.Buffer; b != nil {
		buffer = lang.Obj(lang.NewMap(lang.K("kind"), lang.K(b.Kind.String()), lang.K("size"), lang.Int(int64(b.Size)),
			lang.K("values"), lang.Vec(b.Values...)))
	}
	return lang.Obj(lang.NewMap(lang.K("name"), lang.Str(i.Name), lang.K("closed"), lang.Bool(i.Closed), lang.K("buffer"), buffer,
		lang.K("puts"), partyData(i.Puts, true), lang.K("takes"), partyData(i.Takes, false)))
}

func partyData(ps []Party, puts bool) lang.Value {
	vs := make([]lang.Value, len(ps))
	for i, t := range ps {
		m := lang.NewMap()
		if puts {
			m = m.Assoc(lang.K("value"), t.Value)
		}
		if t.Proc != nil {
			m = m.Assoc(lang.K("process"), lang.Obj(t.Proc))
		}
		if t.Alts {
			m = m.Assoc(lang.K("alts"), lang.True)
		}
		vs[i] = lang.Obj(m)
	}
	return lang.Vec(vs...)
}

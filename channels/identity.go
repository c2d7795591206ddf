package channels

import (
	"strconv"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// identity is an object's identity hash, given by the world when it is first
// asked for, 0 until then.
type identity uint32

func (id *identity) of(w *runtime.World, e runtime.StampedEntity) uint32 {
	if *id == 0 {
		w.Touch(e)
		*id = identity(w.IdentityHash())
	}
	return uint32(*id)
}

// object prints #object[class 0x1f "class@1f"].
func object(p *lang.Printer, c *lang.Class, id uint32) {
	p.Object(c.Name, id, c.Name+"@"+strconv.FormatUint(uint64(id), 16))
}

// channelClass is the class that (class (chan)) gives.
var channelClass = lang.DefineClass("clojure.core.async.impl.channels.ManyToManyChannel", lang.ObjectClass)

// Class gives core.async's class of channels.
func (c *Channel) Class() *lang.Class { return channelClass }

// Hash gives the identity hash.
func (c *Channel) Hash() uint32 { return c.id.of(c.in.w, c) }

// PrintTo prints the channel as core.async's prints, or #Channel<c1> in the Elixir notation.
func (c *Channel) PrintTo(p *lang.Printer) {
	if p.Notation == lang.ElixirNotation {
		p.WriteString("#Channel<" + c.Name() + ">")
		return
	}
	object(p, channelClass, c.Hash())
}

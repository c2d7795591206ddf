package runtime

import (
	"hash/maphash"
	"reflect"

	"github.com/conc-repl/conc-repl/lang"
)

// Canonical is implemented by entities of whose state only a part decides what
// can happen: counters, names and the like are left out. Each calls note for
// the parts that matter, always in the same order.
type Canonical interface{ Canonical(note func(any)) }

// canon computes a number for a state of the world. Objects count by the order
// in which they are reached, never by their addresses, unless they are parts of
// the program.
type canon struct {
	h     maphash.Hash
	index map[uintptr]int  // of objects, in the order in which they are reached
	noted map[uintptr]bool // whose state is in the hash
}

var canonSeed = maphash.MakeSeed()

// Fingerprint gives a number that is the same for two states of the world from
// which, as far as can be seen, the same can happen. Processes are taken in the
// order given. What was printed does not count. The number has no meaning
// outside of this run of the binary.
func (w *World) Fingerprint(procs []*Process) uint64 {
	c := &canon{index: map[uintptr]int{}, noted: map[uintptr]bool{}}
	c.h.SetSeed(canonSeed)
	w.nameless = true
	defer func() { w.nameless = false }()
	for _, p := range procs {
		at := reflect.ValueOf(p).Pointer()
		c.index[at], c.noted[at] = len(c.index), true
	}
	for _, p := range procs {
		c.process(p)
	}
	return c.h.Sum64()
}

func (c *canon) number(n uint64) { maphash.WriteComparable(&c.h, n) }

func (c *canon) process(p *Process) {
	c.number(uint64(p.Status))
	if p.Status == Done {
		if p == p.W.Shell { // what others give, somebody else holds
			c.value(p.result)
			c.h.WriteString(p.failure())
		}
		return
	}
	if p.W.drawn > 0 {
		c.number(p.random)
	}
	maphash.WriteComparable(&c.h, p.code)
	c.any(p.fn)
	c.number(uint64(p.pc)<<32 | uint64(uint32(p.base)))
	c.number(uint64(p.resume)<<32 | uint64(uint32(p.slot)))
	for i := range p.frames {
		f := &p.frames[i]
		maphash.WriteComparable(&c.h, f.code)
		maphash.WriteComparable(&c.h, f.kont)
		c.any(f.fn)
		c.number(uint64(f.pc)<<32 | uint64(uint32(f.base)))
		c.any(f.state)
	}
	end := p.base
	if p.code != nil {
		end += int32(p.code.NRegs)
	}
	for _, v := range p.stack[:min(int(max(end, p.nb)), len(p.stack))] {
		c.value(v)
	}
	if p.op != nil {
		c.h.WriteString(p.op.About(p))
		for _, a := range p.op.Access(nil) {
			c.any(a.Entity)
		}
	}
}

// seq notes the elements of a sequence, as far as they are there.
func (c *canon) seq(s lang.Seq) {
	for {
		if l, ok := s.(*lang.List); ok && l.Len() == 0 {
			c.h.WriteString("()")
			return
		}
		c.value(s.First())
		rest, ok := s.Rest().Obj().(lang.Seq)
		if !ok {
			c.value(s.Rest())
			return
		}
		s = rest
	}
}

// failure gives what ended p, "" if nothing did.
func (p *Process) failure() string {
	if p.err == nil {
		return ""
	}
	return p.err.Error()
}

func (c *canon) value(v lang.Value) {
	if v.Obj() == nil || v.IsFixed() || v.IsFloat() || v.IsBool() || v.IsChar() {
		maphash.WriteComparable(&c.h, v)
		return
	}
	switch x := v.Obj().(type) {
	case *lang.LazySeq:
	case lang.Seq:
		c.seq(x)
		return
	default:
		if lang.IsCompound(v) {
			c.h.WriteString(reflect.TypeOf(x).String())
			lang.Elements(v, func(e lang.Value) bool { c.value(e); return true })
			return
		}
	}
	c.any(v.Obj())
}

// any notes an object: an entity by its state, a part of the program by its
// address, a value by what it consists of.
func (c *canon) any(x any) {
	switch x := x.(type) {
	case nil:
		c.number(0)
		return
	case lang.Value:
		c.value(x)
		return
	case string:
		c.h.WriteString(x)
		return
	}
	c.reflect(reflect.ValueOf(x))
}

// parts are the types of which the program consists: they count by address.
var parts = map[reflect.Type]bool{
	reflect.TypeFor[*lang.Keyword](): true, reflect.TypeFor[*lang.Symbol](): true, reflect.TypeFor[*lang.Native](): true,
	reflect.TypeFor[*lang.Fn](): true, reflect.TypeFor[*lang.Code](): true, reflect.TypeFor[*lang.Class](): true,
	reflect.TypeFor[*Kont](): true, reflect.TypeFor[*Var](): true, reflect.TypeFor[*Console](): true, reflect.TypeFor[*World](): true,
}

// name notes the number of an object.
func (c *canon) name(at uintptr) {
	n, ok := c.index[at]
	if !ok {
		n = len(c.index)
		c.index[at] = n
	}
	c.number(uint64(n))
}

// pointer notes what is at an address, once. An entity that is reached only
// through a field that cannot be read as such counts by its number: its state
// counts where an operation or a register leads to it.
func (c *canon) pointer(v reflect.Value) {
	if v.IsNil() {
		c.number(0)
		return
	}
	at := v.Pointer()
	if parts[v.Type()] {
		c.number(uint64(at))
		return
	}
	c.name(at)
	if c.noted[at] || !v.CanInterface() && v.Type().Implements(entityType) {
		return
	}
	c.noted[at] = true
	if v.CanInterface() {
		if x, ok := v.Interface().(Canonical); ok {
			x.Canonical(c.any)
			return
		}
	}
	c.reflect(v.Elem())
}

func (c *canon) reflect(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		c.pointer(v)
	case reflect.Interface:
		if v.IsNil() {
			c.number(0)
			return
		}
		if v.CanInterface() {
			c.any(v.Interface())
			return
		}
		c.reflect(v.Elem())
	case reflect.Struct:
		if v.CanInterface() {
			if x, ok := v.Interface().(lang.Value); ok {
				c.value(x)
				return
			}
		}
		for i := range v.NumField() {
			if v.Type().Field(i).Type != stampedType {
				c.reflect(v.Field(i))
			}
		}
	case reflect.Slice, reflect.Array:
		c.number(uint64(v.Len()))
		for i := range v.Len() {
			c.reflect(v.Index(i))
		}
	case reflect.String:
		c.h.WriteString(v.String())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		c.number(uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		c.number(v.Uint())
	case reflect.Bool:
		maphash.WriteComparable(&c.h, v.Bool())
	case reflect.Float64:
		maphash.WriteComparable(&c.h, v.Float())
	case reflect.Func, reflect.Map, reflect.Chan:
		c.number(uint64(v.Pointer()))
	}
}

var (
	stampedType = reflect.TypeFor[Stamped]()
	entityType  = reflect.TypeFor[Entity]()
)

package kernel

import (
	"fmt"
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Counters is an array of integers of 64 bits that processes share: what
// :counters and :atomics make.
type Counters struct {
	runtime.Stamped
	id   runtime.ID
	vals *lang.Vector
}

// Key names the array alike in every run. It is part of runtime.Keyed.
func (c *Counters) Key() runtime.ID { return c.id }

// Save gives the integers.
func (c *Counters) Save() any { return c.vals }

// Restore puts integers back.
func (c *Counters) Restore(s any) { c.vals = s.(*lang.Vector) }

// PrintTo prints the array as the reference that it is to Elixir.
func (c *Counters) PrintTo(p *lang.Printer) {
	p.WriteString(fmt.Sprintf("#Reference<0.%d.%d.%d>", uint32(c.id>>32), uint32(c.id)>>12, uint32(c.id)&0xfff+1))
}

// Hash derives from the array's id.
func (c *Counters) Hash() uint32 { return uint32(c.id ^ c.id>>32) }

// TermRank places arrays among the references.
func (c *Counters) TermRank() (lang.TermRank, uint64) { return lang.TermReference, uint64(c.id) }

func counterNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "counters/new", Min: 2, Max: 2, Args: "size, opts", Run: newCounters, Doc: "An array of size counters, each 0. :counters.new(1, [])"},
		{Name: "counters/get", Min: 2, Max: 2, Args: "ref, index", Run: onCounter("get", readCounter), Doc: "The value of counter index, from 1."},
		{Name: "counters/put", Min: 3, Max: 3, Args: "ref, index, value", Run: onCounter("put", setCounter), Doc: "Sets counter index."},
		{Name: "counters/add", Min: 3, Max: 3, Args: "ref, index, increment", Run: onCounter("add", addCounter(1, okAtom)), Doc: "Adds to counter index."},
		{Name: "counters/sub", Min: 3, Max: 3, Args: "ref, index, decrement", Run: onCounter("sub", addCounter(-1, okAtom)), Doc: "Subtracts from counter index."},
		{Name: "atomics/new", Min: 2, Max: 2, Args: "arity, opts", Run: newCounters, Doc: "An array of arity integers, each 0. :atomics.new(1, [])"},
		{Name: "atomics/get", Min: 2, Max: 2, Args: "ref, index", Run: onCounter("get", readCounter), Doc: "The integer at index, from 1."},
		{Name: "atomics/put", Min: 3, Max: 3, Args: "ref, index, value", Run: onCounter("put", setCounter), Doc: "Sets the integer at index."},
		{Name: "atomics/add", Min: 3, Max: 3, Args: "ref, index, increment", Run: onCounter("add", addCounter(1, okAtom)), Doc: "Adds to the integer at index."},
		{Name: "atomics/sub", Min: 3, Max: 3, Args: "ref, index, decrement", Run: onCounter("sub", addCounter(-1, okAtom)), Doc: "Subtracts from the integer at index."},
		{Name: "atomics/add_get", Min: 3, Max: 3, Args: "ref, index, increment", Run: onCounter("add_get", addCounter(1, lang.Nil)), Doc: "Adds to the integer at index, and gives the sum."},
		{Name: "atomics/sub_get", Min: 3, Max: 3, Args: "ref, index, decrement", Run: onCounter("sub_get", addCounter(-1, lang.Nil)), Doc: "Subtracts from the integer at index, and gives the difference."},
		{Name: "atomics/exchange", Min: 3, Max: 3, Args: "ref, index, value", Doc: "Sets the integer at index, and gives what it was.",
			Run: onCounter("exchange", func(old int64, args []lang.Value) (int64, lang.Value) { return args[2].AsInt(), lang.Int(old) })},
		{Name: "atomics/compare_exchange", Min: 4, Max: 4, Args: "ref, index, expected, desired", Doc: "Sets the integer at index if it is expected, and gives :ok; else gives what it is.",
			Run: onCounter("compare_exchange", func(old int64, args []lang.Value) (int64, lang.Value) {
				if old != args[2].AsInt() {
					return old, lang.Int(old)
				}
				return args[3].AsInt(), okAtom
			})},
	}
}

func newCounters(p *runtime.Process, args []lang.Value) lang.Value {
	if !args[0].IsFixed() || args[0].AsInt() < 1 {
		badArg(0, "out of range")
	}
	n := int(args[0].AsInt())
	p.W.Reserve(n * 24)
	return lang.Obj(&Counters{id: p.NewID(), vals: lang.NewVector(slices.Repeat([]lang.Value{lang.Int(0)}, n))})
}

func readCounter(old int64, _ []lang.Value) (int64, lang.Value) { return old, lang.Int(old) }

func setCounter(_ int64, args []lang.Value) (int64, lang.Value) { return args[2].AsInt(), okAtom }

// addCounter adds sign times the argument; gives says what it gives, the sum if nil.
func addCounter(sign int64, gives lang.Value) func(old int64, args []lang.Value) (int64, lang.Value) {
	return func(old int64, args []lang.Value) (int64, lang.Value) {
		sum := old + sign*args[2].AsInt()
		if gives.IsNil() {
			return sum, lang.Int(sum)
		}
		return sum, gives
	}
}

// onCounter makes a native that is one operation on one integer: change gives
// its new value and the result.
func onCounter(name string, change func(old int64, args []lang.Value) (int64, lang.Value)) run {
	return func(p *runtime.Process, given []lang.Value) lang.Value {
		c, ok := given[0].Obj().(*Counters)
		if !ok {
			badArg(0, "not a counter reference")
		}
		args := slices.Clone(given)
		for i, v := range args[1:] {
			if !v.IsFixed() {
				badArg(i+1, "not an integer")
			}
		}
		at := args[1].AsInt() - 1
		if at < 0 || at >= int64(c.vals.Len()) {
			badArg(1, "out of range")
		}
		mode := runtime.Write
		if name == "get" {
			mode = runtime.Read
		}
		return p.Perform(&runtime.Effect{Name: wordsCounter, With: []any{name}, On: []runtime.Access{{Entity: c, Mode: mode}}, Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			now, v := change(c.vals.Nth(int(at)).AsInt(), args)
			if mode == runtime.Write {
				w.Touch(c)
				c.vals = c.vals.Assoc(int(at), lang.Int(now))
			}
			w.Emit(runtime.Event{Kind: "counter", Proc: p, Entity: c, Value: v, Note: name})
			return v
		}})
	}
}

func persistentTermNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "persistent_term/put", Min: 2, Max: 2, Deep: arg0, Args: "key, value", Doc: "Keeps value under key for all processes. :persistent_term.put(:k, 1) #=> :ok",
			Run: onRegister("persistent_term.put", runtime.Write, func(r *tables, _ *runtime.Process, args []lang.Value) lang.Value {
				r.terms = r.terms.Assoc(args[0], args[1])
				return okAtom
			})},
		{Name: "persistent_term/get", Min: 0, Max: 2, Deep: arg0, Args: "key, default", Doc: "The value under key, or default; without a key, all of them. :persistent_term.get(:k, 0) #=> 0",
			Run: onRegister("persistent_term.get", runtime.Read, func(r *tables, _ *runtime.Process, args []lang.Value) lang.Value {
				if len(args) == 0 {
					return list(entries(r.terms))
				}
				v, found := r.terms.Get(args[0])
				switch {
				case found:
					return v
				case len(args) == 1:
					badArg(0, "no persistent term stored with this key")
				}
				return args[1]
			})},
		{Name: "persistent_term/erase", Min: 1, Max: 1, Deep: arg0, Args: "key", Doc: "Forgets what is under key; whether there was something.",
			Run: onRegister("persistent_term.erase", runtime.Write, func(r *tables, _ *runtime.Process, args []lang.Value) lang.Value {
				_, found := r.terms.Get(args[0])
				r.terms = r.terms.Dissoc(args[0])
				return lang.Bool(found)
			})},
	}
}

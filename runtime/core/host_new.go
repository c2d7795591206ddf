package core

import (
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// constructors are the constructors of the host's classes, by the name of the class.
var constructors = []*lang.Native{
	{Name: "clojure.lang.LazySeq", Min: 1, Max: 1, Args: "[thunk]", Doc: "A sequence that thunk computes when it is first looked at.",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value { return lang.Obj(&lang.LazySeq{Thunk: args[0]}) }},
	{Name: "clojure.lang.SeqIterator", Min: 1, Max: 1, Args: "[seq]", Run: iterator, Doc: "An iterator over the elements of a sequence."},
	{Name: "clojure.lang.MapEntry", Min: 2, Max: 2, Args: "[key val]", Doc: "An entry of a map.",
		Pure: two(func(k, v lang.Value) lang.Value { return lang.Obj(lang.NewEntry(k, v)) })},
	{Name: "clojure.lang.Delay", Min: 1, Max: 1, Args: "[thunk]", Run: newDelay, Doc: "A value that thunk computes when it is first asked for."},
	{Name: "java.lang.Object", Args: "[]", Doc: "An object that is equal to itself alone.",
		Run: func(p *runtime.Process, _ []lang.Value) lang.Value { return lang.Obj(&Object{p.NewID()}) }},
	{Name: "java.lang.Thread", Max: 2, Args: "[f] [f name]", Run: newThread, Doc: "A thread that calls f once it is started."},
	{Name: "java.lang.String", Max: 1, Args: "[] [x]", Doc: "A string, of another or of an array of characters.",
		Pure: func(args []lang.Value) lang.Value {
			if len(args) == 1 && is[*Array](args[0]) {
				s := ""
				for _, c := range elements(args[0]) {
					s += lang.String(c)
				}
				return lang.Str(s)
			}
			return lang.Str(lang.String(optional(args, 0)))
		}},
	{Name: "java.lang.StringBuilder", Max: 1, Args: "[] [x]", Run: newBuffer(builderClass), Doc: "Text that grows."},
	{Name: "java.lang.StringBuffer", Max: 1, Args: "[] [x]", Run: newBuffer(bufferClass), Doc: "Text that grows."},
	{Name: "java.io.StringWriter", Max: 1, Args: "[]", Run: newBuffer(stringWriterClass), Doc: "A writer that keeps the text, for str."},
	{Name: "java.io.StringReader", Min: 1, Max: 1, Args: "[s]", Run: newReader(stringRead), Doc: "A reader of the text of s."},
	{Name: "java.io.BufferedReader", Min: 1, Max: 1, Args: "[reader]", Run: newReader(bufferedClass), Doc: "A reader that knows lines."},
	{Name: "java.io.PushbackReader", Min: 1, Max: 1, Args: "[reader]", Run: newReader(pushbackClass), Doc: "A reader for read."},
	{Name: "java.io.File", Min: 1, Max: 2, Args: "[path] [parent child]", Doc: "The file of a path.",
		Pure: func(args []lang.Value) lang.Value {
			path := pathOf(args[0])
			if len(args) == 2 {
				path += "/" + pathOf(args[1])
			}
			return lang.Obj(&File{path})
		}},
	{Name: "java.lang.Long", Min: 1, Max: 1, Args: "[x]", Pure: parseInteger(64), Doc: "The integer that x spells."},
	{Name: "java.lang.Integer", Min: 1, Max: 1, Args: "[x]", Pure: parseInteger(32), Doc: "The integer of 32 bits that x spells."},
	{Name: "java.lang.Double", Min: 1, Max: 1, Args: "[x]", Pure: one(mustParseDouble), Doc: "The float that x spells."},
	{Name: "java.math.BigInteger", Min: 1, Max: 1, Args: "[s]", Pure: one(toBig), Doc: "The integer of any size that s spells."},
	{Name: "java.math.BigDecimal", Min: 1, Max: 1, Args: "[x]", Pure: one(toDecimal), Doc: "The decimal of any precision that x spells."},
	{Name: "java.util.Date", Max: 1, Args: "[] [ms]", Doc: "The moment ms milliseconds after the start of 1970, or now.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			t := p.W.WallTime().Truncate(time.Millisecond)
			if len(args) == 1 {
				t = time.UnixMilli(integer(args[0]))
			}
			return lang.Obj(&lang.Inst{Time: t.UTC()})
		}},
	{Name: "java.util.Random", Max: 1, Args: "[] [seed]", Run: newRandom, Doc: "A source of random numbers, the same for the same seed."},
	{Name: "java.util.ArrayList", Max: 1, Seqs: arg0, Args: "[] [coll]", Run: newList, Doc: "A list that grows."},
	{Name: "java.util.LinkedList", Max: 1, Seqs: arg0, Args: "[] [coll]", Run: newList, Doc: "A list that grows."},
	{Name: "java.util.HashMap", Max: 1, Args: "[] [map]", Run: newJavaMap, Doc: "A map whose entries can be set."},
	{Name: "java.util.concurrent.ConcurrentHashMap", Max: 1, Args: "[] [map]", Run: newJavaMap, Doc: "A map whose entries can be set."},
}

// constructorTable finds the constructors by the name of the class.
var constructorTable = map[string]*lang.Native{}

func init() {
	for _, n := range constructors {
		constructorTable[n.Name] = n
	}
}

// Constructor gives the function that makes an instance of a class, or raises
// that there is none.
func Constructor(class *lang.Class) lang.Value {
	if class == nil {
		lang.Raise(lang.ClassNotFoundException, "no such class")
	}
	switch {
	case constructorTable[class.Name] != nil:
		return lang.Obj(constructorTable[class.Name])
	case lang.IsA(class, lang.Throwable):
		return lang.Obj(&lang.Native{Name: class.Name, Max: 3, Args: "[] [msg] [msg cause]", Doc: "An exception, to throw.",
			Run: func(p *runtime.Process, args []lang.Value) lang.Value { return newException(class, args) }})
	case lang.IsA(class, lang.IRecordClass), lang.IsA(class, lang.ITypeClass):
		return lang.Obj(&lang.Native{Name: class.Name, Max: -1, Args: "[& fields]", Doc: "An instance with these values of its fields.",
			Run: func(p *runtime.Process, args []lang.Value) lang.Value { return newInstance(p, class, args) }})
	}
	lang.Raise(lang.IllegalArgumentException, "conc-repl has no constructor of %s: use Clojure's own data, atoms, refs and channels", class.Name)
	return lang.Nil
}

// newException makes an exception of a message, a cause, or both; an ex-info
// of a message, a map and a cause.
func newException(class *lang.Class, args []lang.Value) lang.Value {
	e := &lang.Exception{Class: class}
	for i, v := range args {
		switch x := v.Obj().(type) {
		case *lang.Exception:
			e.Cause = x
			if len(args) == 1 {
				e.Msg = lang.Str(lang.String(v))
			}
		case *lang.Map, *lang.Record:
			e.Data = v
		case nil:
		default:
			if i > 0 || !v.IsString() && class != lang.AssertionError {
				lang.Raise(lang.IllegalArgumentException, "No matching ctor found for class %s", class.Name)
			}
			e.Msg = lang.Str(lang.String(v))
		}
	}
	return lang.Obj(e)
}

// Object is what (Object.) gives: a lock, a mark.
type Object struct{ id runtime.ID }

// Key names the object alike in every run. It is part of runtime.Keyed.
func (o *Object) Key() runtime.ID { return o.id }

// PrintTo prints the object by its identity.
func (o *Object) PrintTo(p *lang.Printer) {
	p.Object(lang.ObjectClass.Name, o.Hash(), o.Text())
}

// Text gives the object as Java does.
func (o *Object) Text() string { return runtime.ObjectName(lang.ObjectClass.Name, o.Hash()) }

// Hash gives the identity hash.
func (o *Object) Hash() uint32 { return uint32(o.id>>33) | 1<<24 }

// Random is java.util.Random, with the generator that Java documents, so that
// a seed gives the same numbers as there.
type Random struct {
	runtime.Stamped
	seed uint64
}

// Save gives the state.
func (r *Random) Save() any { return r.seed }

// Restore puts a state back.
func (r *Random) Restore(s any) { r.seed = s.(uint64) }

// Class gives Java's class of such a value.
func (r *Random) Class() *lang.Class { return randomClass }

const (
	randomFactor = 0x5DEECE66D
	randomMask   = 1<<48 - 1
)

func newRandom(p *runtime.Process, args []lang.Value) lang.Value {
	seed := p.Random()
	if len(args) == 1 {
		seed = uint64(integer(args[0]))
	}
	return lang.Obj(&Random{seed: (seed ^ randomFactor) & randomMask})
}

// bits draws some bits.
func (r *Random) bits(n uint) int32 {
	r.seed = (r.seed*randomFactor + 0xB) & randomMask
	return int32(r.seed >> (48 - n))
}

// below draws an integer from 0 to below n.
func (r *Random) below(n int32) int32 {
	if n <= 0 {
		lang.Raise(lang.IllegalArgumentException, "bound must be positive")
	}
	if n&-n == n {
		return int32(int64(n) * int64(r.bits(31)) >> 31)
	}
	for {
		b := r.bits(31)
		if v := b % n; b-v+(n-1) >= 0 {
			return v
		}
	}
}

func (r *Random) float() float64 {
	high := int64(r.bits(26)) << 27
	return float64(high+int64(r.bits(27))) / (1 << 53)
}

// drawing makes a method of Random.
func drawing(f func(r *Random, args []lang.Value) lang.Value) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		r := object[*Random](args[0], randomClass)
		p.W.Touch(r)
		return f(r, args[1:])
	}
}

var randomMethods = []*lang.Native{
	{Name: "java.util.Random/nextInt", Min: 1, Max: 2, Args: "[random] [random n]", Doc: "A random integer of 32 bits, or from 0 to below n.",
		Run: drawing(func(r *Random, args []lang.Value) lang.Value {
			if len(args) == 0 {
				return lang.Int32(r.bits(32))
			}
			return lang.Int32(r.below(int32(integer(args[0]))))
		})},
	{Name: "java.util.Random/nextLong", Min: 1, Max: 1, Args: "[random]", Doc: "A random integer of 64 bits.",
		Run: drawing(func(r *Random, _ []lang.Value) lang.Value {
			high := int64(r.bits(32)) << 32
			return lang.Int(high + int64(r.bits(32)))
		})},
	{Name: "java.util.Random/nextDouble", Min: 1, Max: 1, Args: "[random]", Doc: "A random float from 0 to below 1.",
		Run: drawing(func(r *Random, _ []lang.Value) lang.Value { return lang.Float(r.float()) })},
	{Name: "java.util.Random/nextBoolean", Min: 1, Max: 1, Args: "[random]", Doc: "A random boolean.",
		Run: drawing(func(r *Random, _ []lang.Value) lang.Value { return lang.Bool(r.bits(1) != 0) })},
}

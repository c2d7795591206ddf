package core

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// kindOfArray is a type of array: its name, its class, and what a new element is.
type kindOfArray struct {
	name  string // of the elements: long
	class *lang.Class
	zero  lang.Value
	cast  func(v lang.Value) lang.Value // makes an element of a value
}

var (
	objectArray = &kindOfArray{"object", lang.DefineClass("[Ljava.lang.Object;", lang.ObjectClass), lang.Nil, itself}
	arrayKinds  = []*kindOfArray{
		objectArray,
		{"long", lang.DefineClass("[J", lang.ObjectClass), lang.Int(0), toLong},
		{"int", lang.DefineClass("[I", lang.ObjectClass), lang.Int32(0), toInt},
		{"short", lang.DefineClass("[S", lang.ObjectClass), lang.Int(0), toLong},
		{"byte", lang.DefineClass("[B", lang.ObjectClass), lang.Int(0), toLong},
		{"double", lang.DefineClass("[D", lang.ObjectClass), lang.Float(0), asFloat},
		{"float", lang.DefineClass("[F", lang.ObjectClass), lang.Float(0), toFloat32},
		{"boolean", lang.DefineClass("[Z", lang.ObjectClass), lang.False, asBool},
		{"char", lang.DefineClass("[C", lang.ObjectClass), lang.Char(0), toChar},
	}
)

func itself(v lang.Value) lang.Value { return v }

func asFloat(v lang.Value) lang.Value { return lang.Float(lang.ToFloat(v)) }

func asBool(v lang.Value) lang.Value { return lang.Bool(v.Truthy()) }

var arrayNatives = append([]*lang.Native{
	{Name: "clojure.core/to-array", Min: 1, Max: 1, Seqs: arg0, Args: "[coll]", Doc: "An array of the elements of coll.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return lang.Obj(newArray(p, objectArray, elements(args[0])))
		}},
	{Name: "clojure.core/into-array", Min: 1, Max: 2, Seqs: arg0 | arg1, Args: "[aseq] [type aseq]", Doc: "An array of the elements of aseq, of type or of the class of the first one.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			vs := elements(args[len(args)-1])
			kind := objectArray
			if len(args) == 2 {
				kind = arrayOf(args[0])
			} else if len(vs) > 0 {
				kind = classArray(lang.ClassOf(vs[0]))
			}
			return lang.Obj(newArray(p, kind, vs))
		}},
	{Name: "clojure.core/make-array", Min: 2, Max: -1, Args: "[type len] [type dim & more-dims]", Doc: "A new array of len elements; with more numbers, an array of arrays.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return makeArray(p, arrayOf(args[0]), args[1:])
		}},
	{Name: "clojure.core/aget", Min: 2, Max: -1, Args: "[array idx] [array idx & idxs]", Pure: aget, Doc: "The element of array at idx; with more numbers, of the array that is there."},
	{Name: "clojure.core/aset", Min: 3, Max: -1, Args: "[array idx val] [array idx idx2 & idxv]", Run: aset, Doc: "Sets the element of array at idx, and gives val."},
	{Name: "clojure.core/alength", Min: 1, Max: 1, Args: "[array]", Doc: "How many elements array has.",
		Pure: one(func(v lang.Value) lang.Value { return lang.Int32(int32(arrayIn(v).Len())) })},
	{Name: "clojure.core/aclone", Min: 1, Max: 1, Args: "[array]", Doc: "A copy of array.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			a := arrayIn(args[0])
			return lang.Obj(newArray(p, a.kind, elements(args[0])))
		}},
	{Name: "clojure.core/to-array-2d", Min: 1, Max: 1, Deep: arg0, Args: "[coll]", Doc: "An array of arrays of the elements of the elements of coll.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			rows := elements(args[0])
			for i, r := range rows {
				rows[i] = lang.Obj(newArray(p, objectArray, elements(r)))
			}
			return lang.Obj(newArray(p, objectArray, rows))
		}},
}, perKind()...)

// perKind makes long-array, longs and aset-long, and so on for each kind.
func perKind() []*lang.Native {
	var out []*lang.Native
	for _, k := range arrayKinds {
		out = append(out, &lang.Native{Name: "clojure.core/" + k.name + "-array", Min: 1, Max: 2, Seqs: arg0 | arg1, Args: "[size-or-seq] [size init-val-or-seq]",
			Doc: "A new array of type " + k.name + ": of a size, or of the elements of a sequence.", Run: k.array})
		if k == objectArray {
			continue
		}
		out = append(out,
			&lang.Native{Name: "clojure.core/" + k.name + "s", Min: 1, Max: 1, Args: "[xs]", Doc: "xs, which must be an array of type " + k.name + ".",
				Pure: one(func(v lang.Value) lang.Value {
					if a, ok := v.Obj().(*Array); !ok || a.kind != k {
						panic(lang.CastError(v, k.class))
					}
					return v
				})},
			&lang.Native{Name: "clojure.core/aset-" + k.name, Min: 3, Max: -1, Args: "[array idx val] [array idx idx2 & idxv]", Run: aset,
				Doc: "Sets the element of array at idx, and gives val."})
	}
	return out
}

// Array is a Java array, or the inside of a java.util.ArrayList: an entity
// whose elements can be set. The builder changes them in place; a saved state
// is its vector.
type Array struct {
	runtime.Stamped
	id   runtime.ID
	kind *kindOfArray
	vals *lang.VectorBuilder
}

// Save gives the elements.
func (a *Array) Save() any {
	v := a.vals.Vector()
	a.vals = lang.NewVectorBuilder(v)
	return v
}

// Restore puts earlier elements back.
func (a *Array) Restore(s any) { a.vals = lang.NewVectorBuilder(s.(*lang.Vector)) }

// Class gives Java's class of such a value.
func (a *Array) Class() *lang.Class { return a.kind.class }

// Len gives the number of elements.
func (a *Array) Len() int { return a.vals.Len() }

// At gives the element at an index, if there is one.
func (a *Array) At(i int64) (lang.Value, bool) {
	if i < 0 || i >= int64(a.vals.Len()) {
		return lang.Nil, false
	}
	return a.vals.Nth(int(i)), true
}

// Vector gives the elements as they are now.
func (a *Array) Vector() *lang.Vector { return a.Save().(*lang.Vector) }

// Seq gives the elements as they are now as a sequence, nil if there are none.
func (a *Array) Seq() lang.Value { return lang.VectorSeq(a.Vector(), 0) }

// Text gives the array as str does.
func (a *Array) Text() string {
	if a.kind == listKind {
		return listText(a)
	}
	return a.kind.class.Name + "@" + hex(uint32(a.id>>33))
}

// PrintTo prints an array by its number, a list by its elements.
func (a *Array) PrintTo(p *lang.Printer) {
	if a.kind == listKind {
		p.Then(lang.Obj(a.Vector()))
		return
	}
	name := a.kind.class.Name
	if strings.HasPrefix(name, "[") {
		name = lang.QuoteClojure(name)
	}
	p.Object(name, uint32(a.id>>33), a.Text())
}

func newArray(p *runtime.Process, kind *kindOfArray, vs []lang.Value) *Array {
	return &Array{id: p.NewID(), kind: kind, vals: lang.NewVectorBuilder(lang.NewVector(vs))}
}

func arrayIn(v lang.Value) *Array {
	if v.IsNil() {
		silent(lang.NullPointerException)
	}
	a, ok := v.Obj().(*Array)
	if !ok {
		lang.Raise(lang.IllegalArgumentException, "Argument is not an array")
	}
	return a
}

// arrayOf gives the kind of array for elements of a type: a class, or a
// function such as long that names a type.
func arrayOf(v lang.Value) *kindOfArray {
	name := ""
	switch x := v.Obj().(type) {
	case *lang.Class:
		return classArray(x)
	case *lang.Native:
		name = x.Name[strings.IndexByte(x.Name, '/')+1:]
	}
	if k := arrayNamed(name); k != nil {
		return k
	}
	panic(lang.CastError(v, classOfClasses))
}

// arrayNamed gives the kind of array for elements of a type, nil if there is none.
func arrayNamed(name string) *kindOfArray {
	for _, k := range arrayKinds {
		if k.name == name {
			return k
		}
	}
	return nil
}

func classArray(c *lang.Class) *kindOfArray {
	if c == nil || c == lang.ObjectClass {
		return objectArray
	}
	return &kindOfArray{"object", lang.DefineClass("[L"+c.Name+";", objectArray.class), lang.Nil, itself}
}

// array is long-array and the like.
func (k *kindOfArray) array(p *runtime.Process, args []lang.Value) lang.Value {
	if len(args) == 1 && !lang.IsNumber(args[0]) {
		return lang.Obj(newArray(p, k, k.all(elements(args[0]))))
	}
	vs := k.zeros(p, integer(args[0]))
	if len(args) == 2 {
		if lang.IsSeqable(args[1]) {
			copy(vs, k.all(elements(args[1])))
		} else {
			for i := range vs {
				vs[i] = k.cast(args[1])
			}
		}
	}
	return lang.Obj(newArray(p, k, vs))
}

// all makes elements of values.
func (k *kindOfArray) all(vs []lang.Value) []lang.Value {
	for i, v := range vs {
		vs[i] = k.cast(v)
	}
	return vs
}

// zeros gives n new elements.
func (k *kindOfArray) zeros(p *runtime.Process, n int64) []lang.Value {
	if n < 0 {
		lang.Raise(negativeSize, "%d", n)
	}
	if n > maxElements {
		lang.Raise(lang.OutOfMemoryError, "an array of %d elements is more than the %d that fit", n, maxElements)
	}
	p.W.Reserve(int(n) * valueSize)
	vs := make([]lang.Value, n)
	for i := range vs {
		vs[i] = k.zero
	}
	return vs
}

// valueSize is the bytes of a lang.Value.
const valueSize = 24

var negativeSize = lang.DefineClass("java.lang.NegativeArraySizeException", lang.RuntimeException)

func makeArray(p *runtime.Process, k *kindOfArray, dims []lang.Value) lang.Value {
	n := integer(dims[0])
	if len(dims) == 1 {
		return lang.Obj(newArray(p, k, k.zeros(p, n)))
	}
	if len(dims) > 8 {
		lang.Raise(lang.IllegalArgumentException, "an array of more than 8 dimensions")
	}
	vs := objectArray.zeros(p, n)
	for i := range vs {
		vs[i] = makeArray(p, k, dims[1:])
	}
	return lang.Obj(newArray(p, objectArray, vs))
}

func aget(args []lang.Value) lang.Value {
	v := args[0]
	for _, i := range args[1:] {
		v = arrayIn(v).mustAt(i)
	}
	return v
}

func (a *Array) mustAt(i lang.Value) lang.Value {
	v, ok := a.At(integer(i))
	if !ok {
		a.outside(i)
	}
	return v
}

func (a *Array) outside(i lang.Value) {
	lang.Raise(lang.ArrayIndexException, "Index %d out of bounds for length %d", integer(i), a.Len())
}

func aset(p *runtime.Process, args []lang.Value) lang.Value {
	n := len(args)
	a := arrayIn(aget(args[:n-2]))
	i := integer(args[n-2])
	if i < 0 || i >= int64(a.Len()) {
		a.outside(args[n-2])
	}
	p.W.Touch(a)
	v := a.kind.cast(args[n-1])
	a.vals.Assoc(int(i), v)
	return v
}

package lang

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// charNames are the characters that Clojure prints by name.
var charNames = map[rune]string{
	'\n': "newline", ' ': "space", '\t': "tab", '\b': "backspace", '\f': "formfeed", '\r': "return",
}

var clojureEscapes = strings.NewReplacer("\n", `\n`, "\t", `\t`, "\r", `\r`, `"`, `\"`, `\`, `\\`, "\f", `\f`, "\b", `\b`)

// QuoteClojure gives s as Clojure's pr prints it.
func QuoteClojure(s string) string { return `"` + clojureEscapes.Replace(s) + `"` }

// scalarText gives what a scalar prints as in the Clojure notation.
func scalarText(v Value, readably bool) (string, bool) {
	switch x := v.p.(type) {
	case nil:
		return "nil", true
	case intTag, int32Tag:
		return strconv.FormatInt(int64(v.w), 10), true
	case floatTag:
		return clojureFloat(v.AsFloat()), true
	case boolTag:
		return strconv.FormatBool(v.w != 0), true
	case charTag:
		r := v.AsChar()
		if !readably {
			return string(r), true
		}
		if name, ok := charNames[r]; ok {
			return `\` + name, true
		}
		return `\` + string(r), true
	case string:
		if readably {
			return QuoteClojure(x), true
		}
		return x, true
	case *Keyword:
		return ":" + x.String(), true
	case *Symbol:
		return x.String(), true
	case *big.Int:
		return x.String() + "N", true
	case *Ratio:
		return x.num.String() + "/" + x.den.String(), true
	case *Decimal:
		return x.String() + "M", true
	case *Class:
		return x.Name, true
	}
	return "", false
}

func clojureFloat(f float64) string {
	switch {
	case math.IsNaN(f):
		return "##NaN"
	case math.IsInf(f, 1):
		return "##Inf"
	case math.IsInf(f, -1):
		return "##-Inf"
	}
	return FormatFloat(f)
}

// clojure prints one value; the collections leave their elements as tasks.
func (p *Printer) clojure(t *printTask) {
	v := t.v
	if p.Meta && p.Readably {
		if m := MetaOf(v); m != nil && m.Len() > 0 {
			t.v = Obj(m)
			p.WriteString("^")
			p.push(printTask{kind: taskValue, v: Obj(m), level: t.level}, printTask{text: " "}, printTask{kind: taskValue, v: WithMeta(v, nil), level: t.level})
			return
		}
	}
	if s, ok := scalarText(v, p.Readably); ok {
		p.WriteString(s)
		return
	}
	switch x := v.p.(type) {
	case Printable:
		x.PrintTo(p)
	case *Vector:
		p.collection(t, "[", taskSeq, " ", "]")
	case *Map, *SortedMap:
		p.clojureMap(t)
	case *Record:
		p.collection(t, "#"+x.Type.Class.Name+"{", taskPairs, ", ", "}")
	case *Set, *SortedSet:
		p.collection(t, "#{", taskSeq, " ", "}")
	case Seq, *LazySeq:
		p.collection(t, "(", taskSeq, " ", ")")
	case *Closure, *Native:
		p.function(v)
	case *Exception:
		p.exception(x)
	default:
		p.Object(ClassOf(v).Name, Hash(v), ClassOf(v).Name)
	}
}

// function prints a function. Its number is the world's, or else its hash.
func (p *Printer) function(v Value) {
	id := Hash(v)
	if c, ok := v.p.(*Closure); ok && c.ID != 0 {
		id = uint32(c.ID)
	}
	name := ClassOf(v).Name
	p.Object(name, id, name+"@"+strconv.FormatUint(uint64(id), 16))
}

func (p *Printer) clojureMap(t *printTask) {
	if ns := commonNS(t.v); p.NSMaps && ns != "" {
		p.collection(t, "#:"+ns+"{", taskNamed, ", ", "}")
		return
	}
	p.collection(t, "{", taskPairs, ", ", "}")
}

func nameOf(v Value) (ns, name string, ok bool) {
	switch x := v.p.(type) {
	case *Keyword:
		return x.NS, x.Name, true
	case *Symbol:
		return x.NS, x.Name, true
	}
	return "", "", false
}

// commonNS gives the namespace that all keys of a map have, "" if there is none.
func commonNS(m Value) string {
	common := ""
	children2(m, func(k, _ Value) bool {
		ns, _, ok := nameOf(k)
		if !ok || ns == "" || common != "" && ns != common {
			common = ""
			return false
		}
		common = ns
		return true
	})
	return common
}

func withoutNS(k Value) Value {
	if x, ok := k.p.(*Symbol); ok {
		return Sym(x.Name)
	}
	_, name, _ := nameOf(k)
	return Obj(&Symbol{Name: ":" + name})
}

// exception prints a throwable as Clojure does: #error with causes and trace.
func (p *Printer) exception(x *Exception) {
	root := x
	for root.Cause != nil {
		root = root.Cause
	}
	parts := []any{"#error {\n :cause ", root.Msg}
	if root.Data.p != nil {
		parts = append(parts, "\n :data ", root.Data)
	}
	parts = append(parts, "\n :via\n [")
	for e := x; e != nil; e = e.Cause {
		if e != x {
			parts = append(parts, "\n  ")
		}
		parts = append(parts, "{:type "+e.Class.Name+"\n   :message ", e.Msg)
		if e.Data.p != nil {
			parts = append(parts, "\n   :data ", e.Data)
		}
		if len(e.Trace) > 0 {
			parts = append(parts, "\n   :at ", e.Trace[0].form())
		}
		parts = append(parts, "}")
	}
	parts = append(parts, "]\n :trace\n [")
	for i, t := range root.Trace {
		if i > 0 {
			parts = append(parts, "\n  ")
		}
		parts = append(parts, t.form())
	}
	p.Then(append(parts, "]}")...)
}

func (t TraceEntry) form() Value {
	file := "NO_SOURCE_FILE"
	if t.Pos.Src != nil {
		file = t.Pos.Src.Name
	}
	return Vec(Sym(t.Name), Str(file), Int(int64(t.Pos.Line)))
}

// String gives v as Clojure's str does: what pr gives, but strings,
// characters and numbers bare, nil empty, and a lazy sequence by its hash
// code. A lazy sequence must be realised.
func String(v Value) string {
	switch x := v.p.(type) {
	case nil:
		return ""
	case string:
		return x
	case charTag:
		return string(v.AsChar())
	case floatTag:
		return FormatFloat(v.AsFloat())
	case *big.Int:
		return x.String()
	case *Decimal:
		return x.String()
	case *LazySeq:
		return "clojure.lang.LazySeq@" + strconv.FormatUint(uint64(HashCode(v)), 16)
	case *Record:
		return x.Type.Class.Name + "@" + strconv.FormatUint(uint64(HashCode(v)), 16)
	case *Exception:
		if x.Msg.p == nil {
			return x.Class.Name
		}
		return x.Class.Name + ": " + String(x.Msg) + dataText(x)
	case *Class:
		if x.Iface {
			return "interface " + x.Name
		}
		return "class " + x.Name
	case *Closure, *Native:
		p := Printer{}
		p.function(v)
		s := string(p.Out)
		return s[strings.LastIndexByte(s, ' ')+1 : len(s)-1]
	case Stringer:
		return x.Text()
	}
	return PrString(v)
}

func dataText(x *Exception) string {
	if x.Data.p == nil {
		return ""
	}
	return " " + PrString(x.Data)
}

// Stringer is what further kinds of values implement whose str is not what pr prints.
type Stringer interface{ Text() string }

// symbolCode is Symbol.hashCode.
func symbolCode(ns, name string) uint32 {
	var h uint32
	if ns != "" {
		h = javaString(ns)
	}
	return hashCombine(javaString(name), h)
}

// HashCode gives Java's hashCode of a realised value, where Clojure shows it.
func HashCode(v Value) uint32 {
	switch x := v.p.(type) {
	case intTag, int32Tag:
		return uint32(v.w ^ v.w>>32)
	case floatTag:
		return uint32(v.w ^ v.w>>32)
	case string:
		return javaString(x)
	case *Symbol:
		return symbolCode(x.NS, x.Name)
	case *Keyword:
		return symbolCode(x.NS, x.Name) + 0x9e3779b9
	case *Decimal:
		return 31*javaBig(x.unscaled) + uint32(int32(x.scale))
	case *big.Int:
		if x.IsInt64() {
			i := x.Uint64()
			if x.Sign() < 0 {
				i = uint64(x.Int64())
			}
			return uint32(i ^ i>>32)
		}
		return javaBig(x)
	case Seq, *LazySeq, *Vector:
		h := uint32(1)
		for _, e := range ToSlice(v) {
			h = 31*h + HashCode(e)
		}
		return h
	case *Map, *SortedMap, *Record:
		h := uint32(0)
		children2(v, func(k, e Value) bool { h += HashCode(k) ^ HashCode(e); return true })
		return h
	case *Set, *SortedSet:
		h := uint32(0)
		Iterate(v, func(e Value) bool { h += HashCode(e); return true })
		return h
	}
	return Hash(v)
}

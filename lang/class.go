package lang

import (
	"math/big"
	"strings"
	"sync"
)

// Class is what (class x) gives and what catch, instance? and dispatch by
// type go by: a class of the JVM that Clojure shows, or one that a program
// defined by defrecord, deftype, reify or defprotocol.
type Class struct {
	Name   string // fully qualified: java.lang.Long
	Supers []*Class
	Reason *Keyword // of an exception class: the Erlang reason that it stands for; nil for the supers' own
	Iface  bool
}

var classes sync.Map // name to *Class

// DefineClass makes a class and enters it into the table of classes; a class
// of that name that is there already stays with those who hold it.
func DefineClass(name string, supers ...*Class) *Class {
	c := &Class{Name: name, Supers: supers}
	classes.Store(name, c)
	return c
}

func iface(name string, supers ...*Class) *Class {
	c := DefineClass(name, supers...)
	c.Iface = true
	return c
}

func raised(reason, name string, supers ...*Class) *Class {
	c := DefineClass(name, supers...)
	c.Reason = InternKeyword("", reason)
	return c
}

// importedPackages are those whose classes need no qualification.
var importedPackages = []string{"java.lang.", "clojure.lang.", "java.util.", "java.math.", "java.util.concurrent.", "java.io.", "java.util.regex."}

// ClassByName gives the class of a full name, or of a short one of the
// packages that programs use without importing them.
func ClassByName(name string) (*Class, bool) {
	if c, ok := classes.Load(name); ok {
		return c.(*Class), true
	}
	if strings.Contains(name, ".") {
		return nil, false
	}
	for _, p := range importedPackages {
		if c, ok := classes.Load(p + name); ok {
			return c.(*Class), true
		}
	}
	return nil, false
}

// IsA reports whether c is super or a subclass of it.
func IsA(c, super *Class) bool {
	if c == nil {
		return false
	}
	if c == super || super == ObjectClass {
		return true
	}
	for _, s := range c.Supers {
		if IsA(s, super) {
			return true
		}
	}
	return false
}

// CanonicalReason gives the class's reason, or that of the nearest super that
// has one, else nil.
func (c *Class) CanonicalReason() *Keyword {
	if c.Reason != nil {
		return c.Reason
	}
	for _, s := range c.Supers {
		if r := s.CanonicalReason(); r != nil {
			return r
		}
	}
	return nil
}

// Simple gives the name without package and enclosing class, as
// Class.getSimpleName.
func (c *Class) Simple() string {
	if c == nil {
		return "nil"
	}
	return c.Name[strings.LastIndexAny(c.Name, ".$")+1:]
}

// Classed is what further kinds of values implement.
type Classed interface{ Class() *Class }

// ClassOf gives the class of v; nil for nil.
func ClassOf(v Value) *Class {
	switch x := v.p.(type) {
	case nil:
		return nil
	case intTag:
		return LongClass
	case int32Tag:
		return IntegerClass
	case floatTag:
		return DoubleClass
	case boolTag:
		return BooleanClass
	case charTag:
		return CharacterClass
	case string:
		return StringClass
	case *Keyword:
		return KeywordClass
	case *Symbol:
		return SymbolClass
	case *big.Int:
		return BigIntClass
	case *Ratio:
		return RatioClass
	case *Decimal:
		return BigDecimalClass
	case *Closure:
		return FunctionClass(x.Fn.Name)
	case *Native:
		return FunctionClass(x.Name)
	case *Exception:
		return x.Class
	case Classed:
		return x.Class()
	}
	return ObjectClass
}

// Class gives Clojure's class of such a value.
func (v *Vector) Class() *Class {
	switch {
	case v.entry:
		return mapEntryClass
	case v.off > 0:
		return subVectorClass
	}
	return VectorClass
}

// Class gives Clojure's class of such a value.
func (l *List) Class() *Class {
	if l.cnt == 0 {
		return emptyListClass
	}
	return ListClass
}

// Class gives Clojure's class of such a value.
func (m *Map) Class() *Class {
	if m.hashed {
		return HashMapClass
	}
	return ArrayMapClass
}

// Class gives Clojure's class of such a value.
func (c *Cons) Class() *Class { return consClass }

// Class gives Clojure's class of such a value.
func (l *LazySeq) Class() *Class { return lazySeqClass }

// Class gives Clojure's class of such a value.
func (s *VecSeq) Class() *Class { return vecSeqClass }

// Class gives Clojure's class of such a value.
func (s *RevSeq) Class() *Class { return revSeqClass }

// Class gives Clojure's class of such a value.
func (r *Range) Class() *Class { return rangeClass }

// Class gives Clojure's class of such a value.
func (c *ChunkedCons) Class() *Class { return chunkedConsClass }

// Class gives Clojure's class of such a value.
func (r *Repeat) Class() *Class { return repeatClass }

// Class gives Clojure's class of such a value.
func (s *StringSeq) Class() *Class { return stringSeqClass }

// Class gives Clojure's class of such a value.
func (s *arraySeq) Class() *Class { return s.part.class(arraySeqClass) }

// Class gives Clojure's class of such a value.
func (s *trieSeq) Class() *Class { return s.part.class(nodeSeqClass) }

// Class gives Clojure's class of such a value.
func (s *sortedSeq) Class() *Class { return s.part.class(treeSeqClass) }

func (p seqPart) class(entries *Class) *Class {
	switch p {
	case seqKeys:
		return keySeqClass
	case seqVals:
		return valSeqClass
	}
	return entries
}

// Class gives Clojure's class of such a value.
func (s *Set) Class() *Class { return HashSetClass }

// Class gives Clojure's class of such a value.
func (m *SortedMap) Class() *Class { return treeMapClass }

// Class gives Clojure's class of such a value.
func (s *SortedSet) Class() *Class { return treeSetClass }

// Class gives java.lang.Class.
func (c *Class) Class() *Class { return classClass }

// mungeTable is Clojure's Compiler.CHAR_MAP, for the names of functions' classes.
var mungeTable = strings.NewReplacer("-", "_", ".", ".", ":", "_COLON_", "+", "_PLUS_", ">", "_GT_", "<", "_LT_", "=", "_EQ_",
	"~", "_TILDE_", "!", "_BANG_", "@", "_CIRCA_", "#", "_SHARP_", "'", "_SINGLEQUOTE_", "\"", "_DOUBLEQUOTE_", "%", "_PERCENT_",
	"^", "_CARET_", "&", "_AMPERSAND_", "*", "_STAR_", "|", "_BAR_", "{", "_LBRACE_", "}", "_RBRACE_", "[", "_LBRACK_", "]", "_RBRACK_",
	"/", "_SLASH_", "\\", "_BSLASH_", "?", "_QMARK_")

// Munge turns a name into what the JVM calls it: even? is even_QMARK_.
func Munge(name string) string { return mungeTable.Replace(name) }

var functionClasses sync.Map // name to *Class

// FunctionClass gives the class of the function ns/name: ns$name.
func FunctionClass(name string) *Class {
	if c, ok := functionClasses.Load(name); ok {
		return c.(*Class)
	}
	ns, local, ok := strings.Cut(name, "/")
	full := Munge(ns)
	if ok {
		full += "$" + Munge(local)
	}
	c, _ := functionClasses.LoadOrStore(name, &Class{Name: full, Supers: []*Class{afunctionClass}})
	return c.(*Class)
}

// module says where the JVM would say that a class lives.
func (c *Class) module() string {
	if strings.HasPrefix(c.Name, "java.") {
		return "module java.base of loader 'bootstrap'"
	}
	return "unnamed module of loader 'app'"
}

// CastError is what the JVM raises where v is no instance of class to:
// ClassCastException, or NullPointerException for nil.
func CastError(v Value, to *Class) *Exception {
	from := ClassOf(v)
	if from == nil {
		return NewException(NullPointerException, "Cannot cast nil to %s", to.Name)
	}
	where := from.Name + " is in " + from.module() + "; " + to.Name + " is in " + to.module()
	if from.module() == to.module() {
		where = from.Name + " and " + to.Name + " are in " + to.module()
	}
	return NewException(ClassCastException, "class %s cannot be cast to class %s (%s)", from.Name, to.Name, where)
}

package lang

import "sync"

// Keyword is an interned name that stands for itself: `:hello` in both
// notations. Two keywords are the same keyword exactly if their pointers are equal.
type Keyword struct {
	NS, Name string
	hash     uint32
}

// keywords is the one table of the process; keywords are interned by the
// reader, by natives and by the initialisation of packages.
var keywords sync.Map // string to *Keyword

// InternKeyword gives the keyword of a namespace ("" for none) and a name.
func InternKeyword(ns, name string) *Keyword {
	key := name
	if ns != "" {
		key = ns + "/" + name
	}
	if k, ok := keywords.Load(key); ok {
		return k.(*Keyword)
	}
	k, _ := keywords.LoadOrStore(key, &Keyword{NS: ns, Name: name, hash: keywordHash(ns, name)})
	return k.(*Keyword)
}

// K gives the keyword :name as a value.
func K(name string) Value { return Kw(InternKeyword("", name)) }

// String gives the keyword without its colon.
func (k *Keyword) String() string {
	if k.NS == "" {
		return k.Name
	}
	return k.NS + "/" + k.Name
}

// Symbol is a name, with metadata and the place where it was read.
type Symbol struct {
	NS, Name string
	Meta     *Map
	Pos      Pos
}

// NewSymbol makes a symbol of a namespace ("" for none) and a name.
func NewSymbol(ns, name string) *Symbol { return &Symbol{NS: ns, Name: name} }

// Sym makes the symbol name, without a namespace, as a value.
func Sym(name string) Value { return Obj(&Symbol{Name: name}) }

// String gives the symbol as it is written.
func (s *Symbol) String() string {
	if s.NS == "" {
		return s.Name
	}
	return s.NS + "/" + s.Name
}

// Is reports whether s is the symbol ns/name.
func (s *Symbol) Is(ns, name string) bool { return s.Name == name && s.NS == ns }

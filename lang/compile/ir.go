package compile

import "github.com/conc-repl/conc-repl/lang"

// Node is a piece of the intermediate representation: an expression. Nodes
// never change once they are made.
type Node interface{ node() }

// Local is a name bound inside a function, or one of its parameters.
type Local struct {
	Name string
	ID   int // unique in a compilation unit, from 0
}

// Target is where a recur goes: a loop, or an arity of a function.
type Target struct {
	Locals []*Local
}

type (
	// Const is a constant. A var itself, not its value, is one too.
	Const struct{ Val lang.Value }

	// LocalRef reads a local.
	LocalRef struct {
		Local *Local
		ID    int // unique in a compilation unit, from 0
	}

	// VarRef reads a var.
	VarRef struct {
		Var lang.Value
		Pos lang.Pos
	}

	// If chooses by whether Test is nil or false.
	If struct{ Test, Then, Else Node }

	// Do evaluates its nodes in order; its value is the last one's.
	Do struct{ Body []Node }

	// Let binds locals in order. With a Target it is a loop. A local without
	// an Init is one that an Assign in the body binds.
	Let struct {
		Binds []Bind
		Body  Node
		Loop  *Target
		Pos   lang.Pos
	}

	// Assign evaluates Val and binds by Pattern locals of Lets around it; its
	// value is Val's. Fail, in which the local Subject is that value, is
	// evaluated if the pattern does not take it, and must raise.
	Assign struct {
		Pattern Pattern
		Val     Node
		Subject *Local
		Fail    Node
		Pos     lang.Pos
	}

	// Recur goes to its target with new values for the target's locals.
	Recur struct {
		Target *Target
		Args   []Node
		Pos    lang.Pos
	}

	// Call calls a function. Tail asks for a call in place of this frame; it
	// stands in tail position only.
	Call struct {
		Fn   Node
		Args []Node
		Tail bool
		Pos  lang.Pos
	}

	// Prim is one of the operations of inline.go.
	Prim struct {
		Prim *prim
		Args []Node
		Pos  lang.Pos
	}

	// Fn makes a closure. What it captures is found when code is generated.
	Fn struct {
		Name    string // for traces, with the namespace
		Self    *Local // the name by which the body knows the function, or nil
		Arities []*Arity
		Pos     lang.Pos
		Meta    lang.Value

		Module, Function string // of a function that a module defines; else empty
	}

	// Try evaluates Body; an exception goes to the first catch whose class
	// takes it. Finally, if any, is evaluated on every way out.
	Try struct {
		Body    Node
		Catches []Catch
		Finally Node // or nil
		Pos     lang.Pos
	}

	// Throw raises.
	Throw struct {
		Val Node
		Pos lang.Pos
	}

	// Def defines a var, whose root is set to Init, if not nil, and whose
	// metadata to Meta, if not nil. Its value is the var.
	Def struct {
		Var        lang.Value
		Init, Meta Node
		Pos        lang.Pos
	}

	// SetVar sets the binding of a dynamic var.
	SetVar struct {
		Var lang.Value
		Val Node
		Pos lang.Pos
	}

	// Coll makes a collection of its items: for a map, keys and values in turn.
	Coll struct {
		Kind  CollKind
		Items []Node
		Pos   lang.Pos
	}

	// Case chooses by a constant that equals Val.
	Case struct {
		Val     Node
		Clauses []CaseClause
		Default Node
		Pos     lang.Pos
	}

	// Match evaluates the body of the first clause whose pattern takes Val
	// and whose guard holds; Fail, in which the local Subject is that value,
	// if there is none. Without a Val it matches the Subjects, locals that are
	// bound already, with patterns that are each a PatArgs.
	Match struct {
		Val      Node
		Subject  *Local
		Subjects []*Local
		Clauses  []Clause
		Fail     Node
		Pos      lang.Pos
	}

	// Receive waits for a message that a clause takes, at most for Timeout
	// (nil: for ever), after which it evaluates After.
	Receive struct {
		Clauses []Clause
		Timeout Node
		After   Node
		Pos     lang.Pos
	}

	// Letfn binds functions that see each other.
	Letfn struct {
		Locals []*Local
		Fns    []*Fn
		Body   Node
	}

	// Hole is a form that could not be analysed yet: a call of a macro, or a
	// form with a name that an unexpanded macro call before it may define.
	// Code generation looks up what filled it.
	Hole struct {
		ID    int
		Macro lang.Value // the macro's function; nil if the form waits for a name
		Form  lang.Value
		env   env
	}
)

// Bind is one binding of a Let.
type Bind struct {
	Local *Local
	Init  Node
}

// Arity is one body of a function. Its Target's locals are the parameters,
// with the rest parameter, if there is one, at the end.
type Arity struct {
	Target *Target
	Rest   bool
	Body   Node
	Pos    lang.Pos
}

// Catch is one clause of a Try.
type Catch struct {
	Class Node // what it takes; nil takes everything
	Local *Local
	Body  Node
}

// CollKind tells the kinds of collection literal.
type CollKind uint8

// The kinds of collection literal.
const (
	CollVector CollKind = iota
	CollMap
	CollSet
	CollList
	CollCons // the last item is the list behind the others
)

// CaseClause is one clause of a Case.
type CaseClause struct {
	Consts []lang.Value
	Body   Node
}

// Clause is one clause of a Match or a Receive.
type Clause struct {
	Pattern Pattern
	Guard   Node // or nil
	Body    Node
	Pos     lang.Pos
}

func (*Const) node()    {}
func (*LocalRef) node() {}
func (*VarRef) node()   {}
func (*If) node()       {}
func (*Do) node()       {}
func (*Let) node()      {}
func (*Recur) node()    {}
func (*Assign) node()   {}
func (*Call) node()     {}
func (*Prim) node()     {}
func (*Fn) node()       {}
func (*Try) node()      {}
func (*Throw) node()    {}
func (*Def) node()      {}
func (*SetVar) node()   {}
func (*Coll) node()     {}
func (*Case) node()     {}
func (*Match) node()    {}
func (*Receive) node()  {}
func (*Letfn) node()    {}
func (*Hole) node()     {}

// Pattern is what a clause matches a value with.
type Pattern interface{ pattern() }

type (
	// PatAny takes every value.
	PatAny struct{}

	// PatBind takes every value and binds it.
	PatBind struct{ Local *Local }

	// PatEqual takes a value equal to that of a constant or a local.
	PatEqual struct{ Val Node }

	// PatVector takes a vector whose elements the patterns take. With Rest it
	// may be longer, and Rest takes the list of what is left.
	PatVector struct {
		Elems []Pattern
		Rest  Pattern // or nil
	}

	// PatList takes a list or sequence likewise.
	PatList struct {
		Elems []Pattern
		Rest  Pattern // or nil
	}

	// PatMap takes a map that has each key, with a value that its pattern takes.
	PatMap struct {
		Keys []Node // constants or locals
		Vals []Pattern
	}

	// PatArgs takes the subjects of a Match of several.
	PatArgs struct{ Elems []Pattern }

	// PatView takes a value if Then takes what the pure native Fn, called with
	// the value and Args, gives for it.
	PatView struct {
		Fn   lang.Value
		Args []Node
		Then Pattern
	}

	// PatBoth takes what both patterns take: a pattern with a name for the whole.
	PatBoth struct{ Left, Right Pattern }
)

func (PatAny) pattern()     {}
func (*PatBind) pattern()   {}
func (*PatEqual) pattern()  {}
func (*PatVector) pattern() {}
func (*PatList) pattern()   {}
func (*PatMap) pattern()    {}
func (*PatArgs) pattern()   {}
func (*PatView) pattern()   {}
func (*PatBoth) pattern()   {}

// nilNode is the constant nil.
var nilNode = &Const{}

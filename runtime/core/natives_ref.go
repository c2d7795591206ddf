package core

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var refNatives = []*lang.Native{
	{Name: "clojure.core/ref", Min: 1, Max: -1, Args: "[x] [x & options]", Run: newRef,
		Doc: "A place that holds x and changes in transactions (dosync) only. Options: :meta, :validator, :min-history, :max-history. @(ref 1) ;=> 1"},
	{Name: "clojure.core/run-transaction", Min: 1, Max: 1, Args: "[f]", Run: runTransaction,
		Doc: "Calls f in a transaction, in that of the caller if there is one; dosync is made of it."},
	{Name: "clojure.core/in-transaction?", Args: "[]", Doc: "Whether a transaction runs in this process; io! asks.",
		Run: func(p *runtime.Process, _ []lang.Value) lang.Value { return lang.Bool(transactionOf(p) != nil) }},
	{Name: "clojure.core/alter", Min: 2, Max: -1, Args: "[ref fun & args]", Run: alter,
		Doc: "Sets the ref, in a transaction, to (fun value args...) and gives that. (let [r (ref 1)] (dosync (alter r + 2))) ;=> 3"},
	{Name: "clojure.core/commute", Min: 2, Max: -1, Args: "[ref fun & args]", Run: commute,
		Doc: "As alter, for a fun whose order does not matter: fun is called again at the commit, on what the ref holds then, so that nothing is tried again because of it. (let [r (ref 1)] (dosync (commute r + 2)) @r) ;=> 3"},
	{Name: "clojure.core/ref-set", Min: 2, Max: 2, Args: "[ref val]",
		Doc: "Sets the ref, in a transaction, and gives val. (let [r (ref 1)] (dosync (ref-set r 5)) @r) ;=> 5",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			running(p).set(refOf(args[0]), args[1])
			return args[1]
		}},
	{Name: "clojure.core/ensure", Min: 1, Max: 1, Args: "[ref]",
		Doc: "The value of the ref, which no other transaction may change before this one commits: what stops write skew. (let [r (ref 1)] (dosync (ensure r))) ;=> 1",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			t, r := running(p), refOf(args[0])
			t.ensure(r)
			return t.value(r)
		}},
	{Name: "clojure.core/ref-history-count", Min: 1, Max: 1, Args: "[ref]",
		Doc:  "How many older values of the ref are kept: those that running transactions may yet read, and :min-history more. (ref-history-count (ref 1)) ;=> 0",
		Pure: one(func(v lang.Value) lang.Value { return lang.Int(int64(len(refOf(v).versions) - 1)) })},
	{Name: "clojure.core/ref-min-history", Min: 1, Max: 2, Args: "[ref] [ref n]", Run: historyBound(func(r *Ref) *int64 { return &r.least }),
		Doc: "How many older values of the ref are always kept; with n, sets that and gives the ref. (ref-min-history (ref 1 :min-history 2)) ;=> 2"},
	{Name: "clojure.core/ref-max-history", Min: 1, Max: 2, Args: "[ref] [ref n]", Run: historyBound(func(r *Ref) *int64 { return &r.most }),
		Doc: "The number given by :max-history; with n, sets it and gives the ref. It bounds nothing here, as what running transactions may read is never lost. (ref-max-history (ref 1)) ;=> 10"},
}

// Ref is Clojure's ref: a place that changes in transactions.
type Ref struct {
	runtime.Stamped
	iref
	versions    []version // newest first; replaced, not changed
	least, most int64     // of history
}

// version is a value of a ref, and the commit since which it has stood.
type version struct {
	val   lang.Value
	point uint64
}

var refClass = lang.DefineClass("clojure.lang.Ref", lang.IRefClass, lang.IFnClass)

const maxHistory = 10

func refOf(v lang.Value) *Ref { return object[*Ref](v, refClass) }

func newRef(p *runtime.Process, args []lang.Value) lang.Value {
	r := &Ref{iref: iref{id: p.NewID()}, versions: []version{{val: args[0]}}, most: maxHistory}
	r.options(args[1:], func(k, v lang.Value) {
		switch k {
		case lang.K("min-history"):
			r.least = integer(v)
		case lang.K("max-history"):
			r.most = integer(v)
		}
	})
	return r.made(p, lang.Obj(r), args[0])
}

// Class gives Clojure's class of such a value.
func (r *Ref) Class() *lang.Class { return refClass }

type refState struct {
	iref
	versions    []version
	least, most int64
}

// Save gives the state.
func (r *Ref) Save() any { return refState{r.iref, r.versions, r.least, r.most} }

// Restore puts a state back.
func (r *Ref) Restore(s any) {
	st := s.(refState)
	r.iref, r.versions, r.least, r.most = st.iref, st.versions, st.least, st.most
}

// PrintTo prints the ref with its value.
func (r *Ref) PrintTo(p *lang.Printer) { printRef(p, "clojure.lang.Ref", r.hash(), "ready", r.now()) }

// Text gives the ref as str does.
func (r *Ref) Text() string { return "clojure.lang.Ref@" + hex(r.hash()) }

// SetMetaMap sets the metadata.
func (r *Ref) SetMetaMap(w *runtime.World, m *lang.Map) { w.Touch(r); r.meta = m }

// Trace shows what the ref holds and has held.
func (r *Ref) Trace(visit func(lang.Value)) {
	for _, v := range r.versions {
		visit(v.val)
	}
}

func (r *Ref) now() lang.Value { return r.versions[0].val }

func (r *Ref) kind() runtime.Wording { return wordsRef }

// at gives the value that stood at a point of the store's time.
func (r *Ref) at(point uint64) lang.Value {
	for _, v := range r.versions {
		if v.point <= point {
			return v.val
		}
	}
	return r.versions[len(r.versions)-1].val
}

// add makes v the value since point. Of the older values those stay that
// transactions which began at oldest or later may read.
func (r *Ref) add(v lang.Value, point, oldest uint64) {
	n, newer := 0, point // n older ones stay
	for n < len(r.versions) && newer > oldest {
		newer = r.versions[n].point
		n++
	}
	n = min(max(n, int(r.least)), len(r.versions))
	r.versions = append([]version{{v, point}}, r.versions[:n]...)
}

// Deref gives the value that the running transaction sees, or else reads the ref.
func (r *Ref) Deref(p *runtime.Process) lang.Value {
	if t := transactionOf(p); t != nil {
		return t.read(r)
	}
	return p.Perform(&readRef{r})
}

// Invoke calls what the ref holds: a ref is a function too.
func (r *Ref) Invoke(p *runtime.Process, args []lang.Value) lang.Value {
	return p.Call(invokeRefKont, slices.Clone(args), lang.Obj(coreVar(p, "deref")), lang.Obj(r))
}

var invokeRefKont = &runtime.Kont{Name: "deref", Return: func(p *runtime.Process, state any, f lang.Value) lang.Value {
	return p.TailCall(f, state.([]lang.Value)...)
}}

// running gives the transaction of p, or raises that there is none.
func running(p *runtime.Process) *transaction {
	t := transactionOf(p)
	if t == nil {
		lang.Raise(lang.IllegalStateException, "No transaction running")
	}
	return t
}

// refChange is a change of a ref whose function runs.
type refChange struct {
	t *transaction
	r *Ref
	c *commuted // nil for alter
}

var alterKont = &runtime.Kont{Name: "alter", Return: func(_ *runtime.Process, state any, v lang.Value) lang.Value {
	a := state.(refChange)
	if a.c != nil {
		a.t.commute(*a.c, v)
	} else {
		a.t.set(a.r, v)
	}
	return v
}}

func alter(p *runtime.Process, args []lang.Value) lang.Value {
	t, r := running(p), refOf(args[0])
	t.mayBeSet(r)
	return p.Call(alterKont, refChange{t: t, r: r}, args[1], append([]lang.Value{t.read(r)}, args[2:]...)...)
}

func commute(p *runtime.Process, args []lang.Value) lang.Value {
	t, r := running(p), refOf(args[0])
	c := &commuted{r, args[1], slices.Clone(args[2:])}
	return p.Call(alterKont, refChange{t, r, c}, c.f, append([]lang.Value{t.read(r)}, c.args...)...)
}

func historyBound(field func(r *Ref) *int64) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		r := refOf(args[0])
		if len(args) == 1 {
			return lang.Int(*field(r))
		}
		p.W.Touch(r)
		*field(r) = integer(args[1])
		return args[0]
	}
}

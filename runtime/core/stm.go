package core

import (
	"fmt"
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Transactions are snapshot isolation in which the first to commit wins. A
// transaction begins at a point of the store's time, reads each ref as it
// stood then, and keeps what it writes to itself. Its commit is one operation:
// it succeeds if no ref that it set or ensured has changed since it began;
// else all of it is tried again. Only begin and commit are operations, so
// nothing of what happens between them can be seen from outside.
//
// An explorer may fold the begin into the commit (runtime.World.FoldBegins).
// Then the commit checks all that was read, too, so that the transaction is as
// if it happened in one moment; where that would hide what snapshot isolation
// allows, the commit says so (Apart).
//
// Clojure (LockingTransaction.java) takes a ref for itself as soon as it is
// set, and has transactions barge in on each other by age. The outcomes are
// the same; who has to try again differs.

// store is the time of all refs of a world: how many commits there were.
type store struct {
	runtime.Stamped
	point uint64
	begun runtime.Queue[attempt] // in order of their points
}

type attempt struct {
	t     *transaction
	point uint64
}

type storeState struct {
	point uint64
	begun runtime.Queue[attempt]
}

// Save gives the state.
func (s *store) Save() any { return storeState{s.point, s.begun} }

// Restore puts a state back.
func (s *store) Restore(x any) {
	st := x.(storeState)
	s.point, s.begun = st.point, st.begun
}

type storeKey struct{}

func storeOf(w *runtime.World) *store {
	return keep(w, storeKey{}, func() *store { return &store{} })
}

// Dependent tells that what a transaction sees depends on whether a commit came
// before its begin. Commits and retries meet at the refs alone. It is part of
// runtime.Conflicter.
func (s *store) Dependent(a, b *runtime.Event) bool {
	if a.Kind != "begin" {
		a, b = b, a
	}
	return a.Kind == "begin" && b.Kind == "commit" && b.Ord > 0
}

// oldest gives the point at which the oldest transaction that still runs began.
func (s *store) oldest() uint64 {
	for {
		a, ok := s.begun.Peek()
		switch {
		case !ok:
			return s.point
		case a.t.point == a.point && !a.t.over && a.t.p.Status != runtime.Done:
			return a.point
		}
		s.begun.Pop()
	}
}

// transaction is one run of a dosync, with all of its tries.
type transaction struct {
	runtime.Stamped
	p *runtime.Process
	f lang.Value
	transactionState
}

type transactionState struct {
	point    uint64
	tries    int
	over     bool
	vals     *lang.Map // of the refs that are set or commuted
	sets     *lang.Map // the refs that are set
	ensured  *lang.Map
	folded   bool       // the begin is part of the commit
	ops      uint64     // of the process, before a begin that is folded
	reads    *lang.Map  // the refs whose snapshots were read, of a folded one
	commutes []commuted // in their order; replaced, not changed
	bases    *lang.Map  // the versions that the commutes are computed from
	held     []call     // sends to agents, for after the commit; replaced, not changed
	result   lang.Value
}

// commuted is a commute, to be done again at the commit.
type commuted struct {
	r    *Ref
	f    lang.Value
	args []lang.Value
}

// maxTries is how often a transaction is tried, as in Clojure.
const maxTries = 10000

// Save gives the state.
func (t *transaction) Save() any { return t.transactionState }

// Restore puts a state back.
func (t *transaction) Restore(s any) { t.transactionState = s.(transactionState) }

// place says which transaction a process runs.
type place struct {
	runtime.Stamped
	t *transaction
}

// Save gives the transaction.
func (x *place) Save() any { return x.t }

// Restore puts it back.
func (x *place) Restore(s any) { x.t = s.(*transaction) }

var placeSlot = runtime.NewSlot()

// transactionOf gives the transaction that p runs, nil if none.
func transactionOf(p *runtime.Process) *transaction {
	x, ok := p.Slot(placeSlot).(*place)
	if !ok {
		return nil
	}
	return x.t
}

func enterTransaction(p *runtime.Process, t *transaction) {
	x, ok := p.Slot(placeSlot).(*place)
	if !ok {
		x = &place{}
		p.SetSlot(placeSlot, x)
	}
	p.W.Touch(x)
	x.t = t
}

// runTransaction is (run-transaction f).
func runTransaction(p *runtime.Process, args []lang.Value) lang.Value {
	if transactionOf(p) != nil {
		return p.TailCall(args[0])
	}
	return (&transaction{p: p, f: args[0]}).begin(p)
}

// The frames of a transaction: its parts one after the other. What raises in
// any of them ends the transaction with nothing done.
var (
	begunKont     = stage("begin a transaction")
	bodyKont      = stage("dosync")
	commuteKont   = stage("commute")
	checkKont     = stage("validate")
	committedKont = stage("commit")
)

func stage(name string) *runtime.Kont {
	return &runtime.Kont{Name: name, Raise: func(p *runtime.Process, state any, _ *lang.Exception) (lang.Value, bool) {
		state.(progress).t.end(p)
		return lang.Nil, false
	}}
}

// progress is a transaction and how far it has come in a list of things to do.
type progress struct {
	t *transaction
	i int
}

func init() {
	begunKont.Return = func(p *runtime.Process, state any, _ lang.Value) lang.Value {
		t := state.(progress).t
		return p.Call(bodyKont, state, t.f)
	}
	bodyKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		t := state.(progress).t
		p.W.Touch(t)
		t.result = v
		return t.settle(p)
	}
	commuteKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		s := state.(progress)
		p.W.Touch(s.t)
		s.t.vals = s.t.vals.Assoc(lang.Obj(s.t.commutes[s.i].r), v)
		return s.t.again(p, s.i+1)
	}
	checkKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		s := state.(progress)
		if !v.Truthy() {
			s.t.end(p)
		}
		mustBeValid(v)
		return s.t.check(p, s.i+1)
	}
	committedKont.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		t := state.(progress).t
		switch x := v.Obj().(type) {
		case conflict:
			return t.begin(p)
		case stale:
			return t.settle(p)
		case *sequel:
			return inOrder(p, x.calls, x.result)
		}
		return v
	}
}

// begin starts a try.
func (t *transaction) begin(p *runtime.Process) lang.Value {
	s := storeOf(p.W)
	if p.W.FoldingBegins() {
		t.start(p, s)
		return begunKont.Return(p, progress{t: t}, lang.Nil)
	}
	return p.PerformThen(&runtime.Effect{Name: wordsBegin, On: []runtime.Access{{Entity: s, Mode: runtime.Read}},
		Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			t.start(p, s)
			w.Emit(runtime.Event{Kind: "begin", Proc: p, Entity: s, Value: lang.Int(int64(t.tries - 1))})
			return lang.Nil
		}}, begunKont, progress{t: t})
}

// start takes the snapshot of a try.
func (t *transaction) start(p *runtime.Process, s *store) {
	p.W.Touch(s)
	p.W.Touch(t)
	enterTransaction(p, t)
	none := lang.EmptyMap
	t.transactionState = transactionState{point: s.point, tries: t.tries + 1, vals: none, sets: none, ensured: none, bases: none,
		folded: p.W.FoldingBegins(), ops: p.Ops, reads: none}
	s.begun.Push(attempt{t, s.point})
}

// end leaves the transaction.
func (t *transaction) end(p *runtime.Process) {
	p.W.Touch(t)
	t.over = true
	enterTransaction(p, nil)
}

// value gives what the transaction sees in r.
func (t *transaction) value(r *Ref) lang.Value {
	if v, ok := t.vals.Get(lang.Obj(r)); ok {
		return v
	}
	return r.at(t.point)
}

// read gives what the transaction sees in r, and notes that it was seen.
func (t *transaction) read(r *Ref) lang.Value {
	if t.folded && !has(t.vals, r) {
		t.p.W.Touch(t)
		t.reads = t.reads.Assoc(lang.Obj(r), lang.True)
	}
	return t.value(r)
}

func has(m *lang.Map, r *Ref) bool { _, ok := m.Get(lang.Obj(r)); return ok }

func (t *transaction) isCommuted(r *Ref) bool {
	return slices.ContainsFunc(t.commutes, func(c commuted) bool { return c.r == r })
}

// mayBeSet raises if r was commuted, as Clojure does.
func (t *transaction) mayBeSet(r *Ref) {
	if !has(t.sets, r) && t.isCommuted(r) {
		lang.Raise(lang.IllegalStateException, "Can't set after commute")
	}
}

func (t *transaction) set(r *Ref, v lang.Value) {
	t.mayBeSet(r)
	t.p.W.Touch(t)
	t.vals, t.sets = t.vals.Assoc(lang.Obj(r), v), t.sets.Assoc(lang.Obj(r), lang.True)
}

func (t *transaction) ensure(r *Ref) {
	t.p.W.Touch(t)
	t.ensured = t.ensured.Assoc(lang.Obj(r), lang.True)
}

func (t *transaction) commute(c commuted, v lang.Value) {
	t.p.W.Touch(t)
	t.vals = t.vals.Assoc(lang.Obj(c.r), v)
	t.commutes = append(slices.Clip(t.commutes), c)
}

// hold keeps a send to an agent for after the commit.
func (t *transaction) hold(c call) {
	t.p.W.Touch(t)
	t.held = append(slices.Clip(t.held), c)
}

// settle does the commutes again, from what the refs hold now. Those of refs
// that are set besides are part of what was set.
func (t *transaction) settle(p *runtime.Process) lang.Value {
	p.W.Touch(t)
	for _, c := range t.commutes {
		if !has(t.sets, c.r) {
			t.vals = t.vals.Assoc(lang.Obj(c.r), c.r.now())
			t.bases = t.bases.Assoc(lang.Obj(c.r), lang.Int(int64(c.r.versions[0].point)))
		}
	}
	return t.again(p, 0)
}

// again does the commutes from the i-th on.
func (t *transaction) again(p *runtime.Process, i int) lang.Value {
	for ; i < len(t.commutes); i++ {
		if c := t.commutes[i]; !has(t.sets, c.r) {
			return p.Call(commuteKont, progress{t, i}, c.f, append([]lang.Value{t.value(c.r)}, c.args...)...)
		}
	}
	return t.check(p, 0)
}

// check asks the validators of the refs that change, from the i-th on, and
// then commits.
func (t *transaction) check(p *runtime.Process, i int) lang.Value {
	for refs := t.changed(); i < len(refs); i++ {
		if f := refs[i].validator; f.Truthy() {
			return p.Call(checkKont, progress{t, i}, f, t.value(refs[i]))
		}
	}
	return p.PerformThen(&commit{t, storeOf(p.W)}, committedKont, progress{t: t})
}

// changed gives the refs that the transaction changes.
func (t *transaction) changed() []*Ref { return refsOf(t.vals) }

func refsOf(m *lang.Map) []*Ref {
	refs := make([]*Ref, 0, m.Len())
	m.Each(func(r, _ lang.Value) bool { refs = append(refs, r.Obj().(*Ref)); return true })
	return refs
}

// stale is what commit gives if only commutes came too late.
type stale struct{}

// commit is the operation that ends a try. It gives what is to be done then, a
// sequel, or conflict or stale.
type commit struct {
	t *transaction
	s *store
}

func (o *commit) Ready(*runtime.World, *runtime.Process) bool { return true }

func (o *commit) Try(w *runtime.World, p *runtime.Process) (lang.Value, bool) {
	t := o.t
	if r := t.loses(); r != nil {
		if t.tries >= maxTries {
			t.end(p)
			lang.Raise(lang.RuntimeException, "Transaction failed after reaching retry limit")
		}
		o.retry(w, p, r)
		return lang.Obj(conflict{}), true
	}
	if r := t.lags(); r != nil {
		o.retry(w, p, r)
		return lang.Obj(stale{}), true
	}
	return lang.Obj(o.write(w, p)), true
}

// loses gives a ref that another transaction has changed since this one
// began, nil if this one is the first.
func (t *transaction) loses() *Ref {
	for _, m := range []*lang.Map{t.sets, t.ensured, t.reads} {
		for _, r := range refsOf(m) {
			if r.versions[0].point > t.point {
				return r
			}
		}
	}
	return nil
}

// lags gives a ref whose commutes were computed from what it does not hold any
// more, nil if there is none.
func (t *transaction) lags() *Ref {
	for _, r := range refsOf(t.bases) {
		if base, _ := t.bases.Get(lang.Obj(r)); base != lang.Int(int64(r.versions[0].point)) {
			return r
		}
	}
	return nil
}

func (o *commit) retry(w *runtime.World, p *runtime.Process, r *Ref) {
	w.Touch(r)
	r.lost(p)
	w.Emit(runtime.Event{Kind: "retry", Proc: p, Entity: o.s, Value: lang.Obj(r), Note: "try " + fmt.Sprint(o.t.tries)})
}

// write changes the refs, and gives what the watches and agents are to be told.
func (o *commit) write(w *runtime.World, p *runtime.Process) *sequel {
	t, s := o.t, o.s
	t.end(p)
	w.Touch(s)
	if t.vals.Len() > 0 {
		s.point++
	}
	oldest := s.oldest()
	after := &sequel{result: t.result}
	for _, r := range t.changed() {
		v := t.value(r)
		after.calls = append(after.calls, r.notices(lang.Obj(r), r.now(), v)...)
		w.Touch(r)
		r.add(v, s.point, oldest)
		r.written(p)
	}
	after.calls = append(after.calls, t.held...)
	e := runtime.Event{Kind: "commit", Proc: p, Entity: s, Value: t.result, Note: fmt.Sprintf("%d refs", t.vals.Len())}
	if t.vals.Len() > 0 {
		e.Ord = s.point
	}
	w.Emit(e)
	return after
}

// Stale reports whether the commit would only find that it came too late. It
// is part of runtime.Stale.
func (o *commit) Stale() bool { return o.t.loses() != nil || o.t.lags() != nil }

// Apart reports whether others could have come between the begin, if it was
// folded, and the commit: an operation was done between, or what is to be
// written depends on refs that another transaction may change. It is part of
// runtime.Apart.
func (o *commit) Apart() bool {
	t := o.t
	if !t.folded || t.vals.Len() == 0 && t.p.Ops == t.ops {
		return false
	}
	return t.p.Ops != t.ops || slices.ContainsFunc(refsOf(t.reads), func(r *Ref) bool {
		return !has(t.sets, r) && !has(t.ensured, r)
	})
}

// Immediate marks an operation that never waits.
func (o *commit) Immediate() {}

func (o *commit) Park(*runtime.World, *runtime.Waiter, int) {}

func (o *commit) Cancel(*runtime.World, *runtime.Waiter, int) {}

// Access gives the store's time and the refs that the commit checks or writes.
func (o *commit) Access(acc []runtime.Access) []runtime.Access {
	mode := runtime.Read
	if o.t.vals.Len() > 0 {
		mode = runtime.Write
	}
	acc = append(acc, runtime.Access{Entity: o.s, Mode: mode})
	for _, m := range []*lang.Map{o.t.ensured, o.t.reads} {
		for _, r := range refsOf(m) {
			if !has(o.t.vals, r) {
				acc = append(acc, runtime.Access{Entity: r, Mode: runtime.Read})
			}
		}
	}
	for _, r := range o.t.changed() {
		acc = append(acc, runtime.Access{Entity: r, Mode: runtime.Write})
	}
	return acc
}

// About says what it is.
func (o *commit) About(p *runtime.Process) string {
	return p.Say(wordsCommit, o.t.vals.Len())
}

package core

import (
	"maps"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var cellNatives = []*lang.Native{
	{Name: "clojure.core/volatile!", Min: 1, Max: 1, Args: "[val]", Doc: "A place that holds val, for one process at a time.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return lang.Obj(&Volatile{runtime.Cell{Val: args[0]}, p.NewID()})
		}},
	{Name: "clojure.core/vreset!", Min: 2, Max: 2, Args: "[vol newval]", Doc: "Sets a volatile, and gives newval.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			v := object[*Volatile](args[0], volatileClass)
			p.W.Touch(v)
			v.Val = args[1]
			return args[1]
		}},
	{Name: "clojure.core/monitor-enter", Min: 1, Max: 1, Args: "[x]", Doc: "Takes the lock of x, waiting for it; locking does so and gives it back.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return p.Perform(&lockOp{monitorOf(p.W, args[0])})
		}},
	{Name: "clojure.core/monitor-exit", Min: 1, Max: 1, Args: "[x]", Run: monitorExit, Doc: "Gives the lock of x back."},
}

// Volatile is Clojure's volatile.
type Volatile struct {
	runtime.Cell
	id runtime.ID
}

var volatileClass = lang.DefineClass("clojure.lang.Volatile", lang.IDerefClass)

// Class gives Clojure's class of such a value.
func (v *Volatile) Class() *lang.Class { return volatileClass }

// Deref gives the value.
func (v *Volatile) Deref(*runtime.Process) lang.Value { return v.Val }

// PrintTo prints the volatile.
func (v *Volatile) PrintTo(p *lang.Printer) {
	printRef(p, volatileClass.Name, uint32(v.id>>33)|1<<24, "ready", v.Val)
}

// Lock is a lock that one process can take several times: the monitor of an
// object.
type Lock struct {
	runtime.Stamped
	of      any        // the object whose monitor it is
	id      runtime.ID // from that of the object whose monitor it is; 0 if that has none
	owner   *runtime.Process
	depth   int
	waiters runtime.Queue[*runtime.Waiter]
}

// monitorBits tell the key of a monitor from that of its object.
const monitorBits = 0x5bd1e9955bd1e995

// Key names the lock alike in every run. It is part of runtime.Keyed.
func (l *Lock) Key() runtime.ID { return l.id }

type lockNote struct {
	owner   *runtime.Process
	depth   int
	waiters runtime.Queue[*runtime.Waiter]
}

// Save gives the state.
func (l *Lock) Save() any { return lockNote{l.owner, l.depth, l.waiters} }

// Restore puts a state back.
func (l *Lock) Restore(s any) {
	st := s.(lockNote)
	l.owner, l.depth, l.waiters = st.owner, st.depth, st.waiters
}

// Owner gives the process that holds the lock, nil if none.
func (l *Lock) Owner() *runtime.Process { return l.owner }

// lockOp is the operation of taking a lock.
type lockOp struct{ l *Lock }

func (o *lockOp) Ready(_ *runtime.World, p *runtime.Process) bool {
	return o.l.owner == nil || o.l.owner == p || o.l.owner.Status == runtime.Done
}

func (o *lockOp) Try(w *runtime.World, p *runtime.Process) (lang.Value, bool) {
	if !o.Ready(w, p) {
		return lang.Nil, false
	}
	w.Touch(o.l)
	if o.l.owner != p {
		o.l.owner, o.l.depth = p, 0
	}
	o.l.depth++
	w.Emit(runtime.Event{Kind: "lock", Proc: p, Entity: o.l})
	return lang.Nil, true
}

func (o *lockOp) Park(w *runtime.World, wt *runtime.Waiter, _ int) {
	w.Touch(o.l)
	o.l.waiters.Push(wt)
}

func (o *lockOp) Cancel(w *runtime.World, wt *runtime.Waiter, _ int) {
	w.Touch(o.l)
	o.l.waiters.Filter(func(x *runtime.Waiter) bool { return x != wt })
}

func (o *lockOp) Access(acc []runtime.Access) []runtime.Access {
	return append(acc, runtime.Access{Entity: o.l, Mode: runtime.Write})
}

func (o *lockOp) About(p *runtime.Process) string {
	of := runtime.Thing{Of: o.l.of, Else: wordsObject}
	if o.l.owner != nil && o.l.owner != p {
		return p.Say(wordsLockOf, of, o.l.owner)
	}
	return p.Say(wordsLock, of)
}

// Awaits gives who holds the lock. It is part of runtime.Awaiter.
func (o *lockOp) Awaits() (by *runtime.Process, key any) { return o.l.owner, nil }

// Holds reports that a go block that waits here keeps its worker.
func (o *lockOp) Holds() bool { return true }

// unlock is the operation of giving a lock back: the one that has waited
// longest gets it.
func (l *Lock) unlock(p *runtime.Process) lang.Value {
	if l.owner != p {
		silent(illegalMonitor)
	}
	return p.Perform(&runtime.Effect{Name: wordsUnlock, With: []any{runtime.Thing{Of: l.of, Else: wordsObject}}, On: []runtime.Access{{Entity: l, Mode: runtime.Write}},
		Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			w.Touch(l)
			w.Emit(runtime.Event{Kind: "unlock", Proc: p, Entity: l})
			if l.depth--; l.depth > 0 {
				return lang.Nil
			}
			l.owner = nil
			for l.waiters.Len() > 0 {
				if wt, _ := l.waiters.Pop(); wt.Live() {
					l.owner, l.depth = wt.Proc, 1
					w.Complete(wt, 0, lang.Nil)
					break
				}
			}
			return lang.Nil
		}})
}

var illegalMonitor = lang.DefineClass("java.lang.IllegalMonitorStateException", lang.RuntimeException)

// monitors are the locks of objects that are locked, or waited for, now.
type monitors struct {
	runtime.Stamped
	table map[any]*Lock
}

// Save copies the table.
func (m *monitors) Save() any { return maps.Clone(m.table) }

// Restore puts the table back.
func (m *monitors) Restore(s any) { m.table = s.(map[any]*Lock) }

type monitorsKey struct{}

// keep gives what the package keeps in a world under key, making it at first.
func keep[T any](w *runtime.World, key any, fresh func() T) T {
	if x, ok := w.Library[key]; ok {
		return x.(T)
	}
	x := fresh()
	w.Library[key] = x
	return x
}

func monitorOf(w *runtime.World, v lang.Value) *Lock {
	if v.IsNil() {
		silent(lang.NullPointerException)
	}
	ms := keep(w, monitorsKey{}, func() *monitors { return &monitors{table: map[any]*Lock{}} })
	key := v.Obj()
	if v.IsFixed() || v.IsChar() || v.IsBool() || v.IsFloat() {
		key = v
	}
	l := ms.table[key]
	if l == nil {
		if !w.Halts() { // who goes back and forth finds the lock that it knows
			w.Touch(ms)
		}
		l = &Lock{of: key}
		if k, ok := v.Obj().(runtime.Keyed); ok {
			l.id = k.Key() ^ monitorBits
		}
		ms.table[key] = l
	}
	return l
}

func monitorExit(p *runtime.Process, args []lang.Value) lang.Value {
	l := monitorOf(p.W, args[0])
	if !p.W.Halts() && l.owner == p && l.depth == 1 && l.waiters.Len() == 0 {
		ms := p.W.Library[monitorsKey{}].(*monitors)
		p.W.Touch(ms)
		for k, x := range ms.table {
			if x == l {
				delete(ms.table, k)
			}
		}
	}
	return l.unlock(p)
}

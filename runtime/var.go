package runtime

import (
	"maps"

	"github.com/conc-repl/conc-repl/lang"
)

// Namespace is a table of vars, with what it refers to of others.
type Namespace struct {
	Stamped
	Name    string
	Meta    *lang.Map
	Vars    map[string]*Var       // its own
	Refers  map[string]*Var       // names of others that stand here without a prefix
	Aliases map[string]*Namespace // prefixes
	Classes map[string]*lang.Class
	// Missing, for a namespace of the library, makes a var on first use of
	// its name; nil for others.
	Missing func(name string) *Var
	Library *Library // nil for a program's own
	Uses    []Use    // namespaces all of whose names stand here, first wins
}

// Use is a namespace whose public names stand in another, with exceptions.
type Use struct {
	NS     *Namespace
	Except map[string]bool
}

type nsState struct {
	vars, refers map[string]*Var
	aliases      map[string]*Namespace
	classes      map[string]*lang.Class
	meta         *lang.Map
	uses         []Use
}

// Save copies the tables.
func (n *Namespace) Save() any {
	return nsState{maps.Clone(n.Vars), maps.Clone(n.Refers), maps.Clone(n.Aliases), maps.Clone(n.Classes), n.Meta, n.Uses}
}

// Restore puts the tables back.
func (n *Namespace) Restore(s any) {
	st := s.(nsState)
	n.Vars, n.Refers, n.Aliases, n.Classes, n.Meta, n.Uses = st.vars, st.refers, st.aliases, st.classes, st.meta, st.uses
}

// Var gives the namespace's own var of a name, nil if there is none.
func (n *Namespace) Var(name string) *Var {
	if v := n.Vars[name]; v != nil {
		return v
	}
	if n.Missing != nil {
		return n.Missing(name)
	}
	return nil
}

// Lookup gives the var that an unqualified name stands for here, nil if none.
func (n *Namespace) Lookup(name string) *Var {
	if v := n.Var(name); v != nil {
		return v
	}
	if v := n.Refers[name]; v != nil {
		return v
	}
	for _, u := range n.Uses {
		if l := u.NS.Library; u.Except[name] || l != nil && l.Hidden[name] && n.Library == nil {
			continue
		}
		if v := u.NS.Var(name); v != nil && !v.private {
			return v
		}
	}
	return nil
}

// Intern finds or makes the var of a name.
func (n *Namespace) Intern(w *World, name string) *Var {
	if v := n.Var(name); v != nil {
		return v
	}
	v := &Var{NS: n, Name: name, unbound: true}
	w.Touch(n)
	n.Vars[name] = v
	return v
}

// Later has f, which adds libraries, called when a namespace is first asked for
// that the world does not have, or all are. So a program in the one notation need not
// wait at its start for the library of the other.
func (w *World) Later(f func(w *World)) { w.later = append(w.later, f) }

// arrive adds the libraries that were to be added later: all of them, since
// several may have part in one namespace. It is no event, and never undone.
func (w *World) arrive() {
	epoch, later := w.journal.epoch, w.later
	w.journal.epoch, w.later = 0, nil
	for _, f := range later {
		f(w)
	}
	w.journal.epoch = epoch
}

// FindNS gives a namespace, nil if there is none of that name.
func (w *World) FindNS(name string) *Namespace {
	n := w.namespaces.table[name]
	if n == nil && w.later != nil {
		w.arrive()
		n = w.namespaces.table[name]
	}
	return n
}

// NS finds or makes a namespace.
func (w *World) NS(name string) *Namespace {
	if n := w.FindNS(name); n != nil {
		return n
	}
	return w.newNS(name)
}

func (w *World) newNS(name string) *Namespace {
	n := &Namespace{Name: name, Vars: map[string]*Var{}, Refers: map[string]*Var{},
		Aliases: map[string]*Namespace{}, Classes: map[string]*lang.Class{}}
	w.Touch(&w.namespaces)
	w.namespaces.table[name] = n
	return n
}

// Namespaces gives all namespaces by name. It is not to be changed.
func (w *World) Namespaces() map[string]*Namespace {
	w.arrive()
	return w.namespaces.table
}

// RemoveNS takes a namespace out.
func (w *World) RemoveNS(name string) {
	w.Namespaces() // so that no older table that comes back lacks any
	w.Touch(&w.namespaces)
	delete(w.namespaces.table, name)
}

type nsTable struct {
	Stamped
	table map[string]*Namespace
}

func (t *nsTable) Save() any     { return maps.Clone(t.table) }
func (t *nsTable) Restore(s any) { t.table = s.(map[string]*Namespace) }

// Var is a named place: a root value, and bindings of processes where it is dynamic.
type Var struct {
	Stamped
	NS      *Namespace
	Name    string
	root    lang.Value
	closure *lang.Closure // root, where a call may go straight to it
	native  *lang.Native  // likewise, if it does not care for what is lazy in its arguments
	plain   bool          // the root is the value: bound, not dynamic, loaded
	unbound bool
	dynamic bool
	macro   bool
	private bool
	meta    *lang.Map
	load    func(*Var) // computes the root on first use; nil once loaded
	inline  string
	goForm  lang.Value
	owner   ID // the process that set it, as long as no other has
	shared  bool
	setter  lang.Value // what def calls with the var and the value, nil if it just sets the root
}

type varState struct {
	root                             lang.Value
	unbound, dynamic, macro, private bool
	meta                             *lang.Map
	owner                            ID
	shared                           bool
	setter                           lang.Value
}

// Save gives the var's state.
func (v *Var) Save() any {
	return varState{v.root, v.unbound, v.dynamic, v.macro, v.private, v.meta, v.owner, v.shared, v.setter}
}

// Restore puts a state back.
func (v *Var) Restore(s any) {
	st := s.(varState)
	v.root, v.unbound, v.dynamic, v.macro, v.private = st.root, st.unbound, st.dynamic, st.macro, st.private
	v.meta, v.owner, v.shared, v.setter = st.meta, st.owner, st.shared, st.setter
	v.refresh()
}

func (v *Var) refresh() {
	v.plain = !v.unbound && !v.dynamic && v.load == nil
	v.closure, v.native = nil, nil
	if v.plain {
		v.closure, _ = v.root.Obj().(*lang.Closure)
		if c, ok := v.root.Obj().(*lang.Native); ok && c.Seqs|c.Deep == 0 {
			v.native = c
		}
	}
}

// NewLibraryVar makes a var of the library in n. With load, its root is
// computed on first use: that is no event and is never undone.
func NewLibraryVar(n *Namespace, name string, root lang.Value, load func(*Var)) *Var {
	v := &Var{NS: n, Name: name, root: root, load: load}
	n.Vars[name] = v
	if c, ok := root.Obj().(*lang.Native); ok && c.Macro {
		v.macro = true
	}
	v.refresh()
	return v
}

// SetLibrary sets the root of a library var as it is loaded.
func (v *Var) SetLibrary(root lang.Value) {
	v.root, v.load, v.unbound = root, nil, false
	v.refresh()
}

// Loaded sees to it that a library var has its root.
func (v *Var) Loaded() {
	if load := v.load; load != nil {
		load(v)
		v.load = nil
		v.refresh()
	}
}

// Get gives the value that p sees: its binding, or the root.
func (v *Var) Get(p *Process) lang.Value {
	if v.dynamic && p != nil {
		if b := p.Bindings.find(v); b != nil {
			return b.Val
		}
	}
	return v.Root()
}

// Root gives the root value; an unbound var gives an Unbound object.
func (v *Var) Root() lang.Value {
	v.Loaded()
	if v.unbound {
		return lang.Obj(&Unbound{v})
	}
	return v.root
}

// Bound reports whether the var has a root.
func (v *Var) Bound() bool { v.Loaded(); return !v.unbound }

// Bind sets the root, on behalf of p, which may be nil before the world runs.
// It is an event once a second process has set the same var.
func (v *Var) Bind(p *Process, x lang.Value) {
	w := (*World)(nil)
	if p != nil {
		w = p.W
		w.Touch(v)
		if v.owner == 0 {
			v.owner = p.ID
		}
		if v.owner != p.ID {
			v.shared = true
		}
	}
	v.root, v.unbound, v.load = x, false, nil
	v.refresh()
	if w != nil && v.shared {
		w.Emit(Event{Kind: "def", Proc: p, Entity: v, Value: x})
	}
}

// SetSetter has def call f with the var and the value in place of setting the
// root: a var that is watched, or whose values are tested.
func (v *Var) SetSetter(w *World, f lang.Value) {
	w.Touch(v)
	v.setter = f
}

// Meta gives the metadata the user gave, without :ns and :name.
func (v *Var) Meta() *lang.Map { return v.meta }

// SetMeta sets the metadata, and what follows from it.
func (v *Var) SetMeta(w *World, m *lang.Map) {
	if w != nil {
		w.Touch(v)
	}
	v.meta = m
	flag := func(name string) bool { x, ok := m.Get(lang.K(name)); return ok && x.Truthy() }
	v.dynamic, v.private = flag("dynamic"), flag("private")
	v.macro = v.macro || flag("macro")
	v.refresh()
}

// SetBinding changes the innermost binding that p has of v: set!.
func (v *Var) SetBinding(p *Process, x lang.Value) {
	b := p.Bindings.find(v)
	if b == nil {
		lang.Raise(lang.IllegalStateException, "Can't change/establish root binding of: %s with set", v.Name)
	}
	p.W.Touch(b)
	b.Val = x
}

// String gives #'ns/name.
func (v *Var) String() string { return "#'" + v.NS.Name + "/" + v.Name }

// VarName gives the namespace and the name.
func (v *Var) VarName() (ns, name string) { return v.NS.Name, v.Name }

// MacroFn gives the macro's function.
func (v *Var) MacroFn() (lang.Value, bool) {
	if !v.macro {
		return lang.Nil, false
	}
	return v.Root(), true
}

// IsDynamic reports whether the var may be bound or set.
func (v *Var) IsDynamic() bool { return v.dynamic }

// IsMacro reports whether the var is a macro.
func (v *Var) IsMacro() bool { return v.macro }

// IsPrivate reports whether only its own namespace may use it.
func (v *Var) IsPrivate() bool { return v.private }

// Inline names the operation that a call of v compiles to.
func (v *Var) Inline() string { return v.inline }

// GuardSafe reports whether v holds a pure native.
func (v *Var) GuardSafe() bool {
	n, ok := v.root.Obj().(*lang.Native)
	return ok && n.Pure != nil
}

// GoForm gives what a call of v stands for directly inside a go block.
func (v *Var) GoForm() (lang.Value, bool) { return v.goForm, !v.goForm.IsNil() }

// Invoke calls the var's value.
func (v *Var) Invoke(p *Process, args []lang.Value) lang.Value { return p.TailCall(v.Get(p), args...) }

// Unbound is the value of a var that has none.
type Unbound struct{ Var *Var }

// Invoke says what is wrong.
func (u *Unbound) Invoke(*Process, []lang.Value) lang.Value {
	lang.Raise(lang.IllegalStateException, "Attempting to call unbound fn: %s", u.Var)
	return lang.Nil
}

// Bindings is the dynamic bindings of a process, innermost first.
type Bindings struct {
	Var  *Var
	Box  *Cell
	Next *Bindings
}

func (b *Bindings) find(v *Var) *Cell {
	for ; b != nil; b = b.Next {
		if b.Var == v {
			return b.Box
		}
	}
	return nil
}

// Binding gives the box of the innermost binding of v, nil if there is none.
func (p *Process) Binding(v *Var) *Cell { return p.Bindings.find(v) }

// PushBinding binds v for p until the bindings are reset to what they were.
func (p *Process) PushBinding(v *Var, x lang.Value) {
	if !v.dynamic {
		lang.Raise(lang.IllegalStateException, "Can't dynamically bind non-dynamic var: %s/%s", v.NS.Name, v.Name)
	}
	p.Bindings = &Bindings{v, &Cell{Val: x}, p.Bindings}
}

// Unbind takes the root away.
func (v *Var) Unbind(w *World) {
	w.Touch(v)
	v.root, v.unbound, v.load = lang.Nil, true, nil
	v.refresh()
}

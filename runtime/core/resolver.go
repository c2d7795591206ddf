package core

import (
	"maps"
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// resolver tells reader and compiler what names mean in a namespace.
type resolver struct {
	w       *runtime.World
	p       *runtime.Process // nil where nobody runs
	ns      *runtime.Namespace
	loading *runtime.Var // the library var that is being loaded, nil otherwise
}

// CurrentNS gives the namespace that p is in.
func CurrentNS(p *runtime.Process) *runtime.Namespace {
	ns, _ := p.W.NSVar.Get(p).Obj().(*runtime.Namespace)
	return ns
}

func resolverOf(p *runtime.Process) *resolver {
	return &resolver{w: p.W, p: p, ns: CurrentNS(p)}
}

// NewResolver gives what a reader or a compiler asks about names, as they are
// for process p now.
func NewResolver(p *runtime.Process) interface {
	lang.Resolver
	Alias(name string) (string, bool)
	ResolveSymbol(sym *lang.Symbol) *lang.Symbol
	NextID() int64
} {
	return resolverOf(p)
}

// namespace gives the current one: *ns* may change between two forms.
func (r *resolver) namespace() *runtime.Namespace {
	if r.loading == nil && r.p != nil {
		if ns := CurrentNS(r.p); ns != nil {
			return ns
		}
	}
	return r.ns
}

func (r *resolver) CurrentNS() string { return r.namespace().Name }

func (r *resolver) find(name string) *runtime.Namespace {
	ns := r.namespace()
	if a := ns.Aliases[name]; a != nil {
		return a
	}
	if l := ns.Library; l != nil {
		if full, ok := l.Aliases[name]; ok {
			name = full
		}
	}
	return r.w.FindNS(name)
}

func (r *resolver) Alias(name string) (string, bool) {
	if ns := r.find(name); ns != nil {
		return ns.Name, true
	}
	return "", false
}

func (r *resolver) NextID() int64 { return int64(r.w.NextGensym()) }

// ResolveSymbol qualifies a symbol as syntax-quote does.
func (r *resolver) ResolveSymbol(s *lang.Symbol) *lang.Symbol {
	ns := r.namespace()
	if s.NS != "" {
		if full, ok := r.Alias(s.NS); ok && full != s.NS {
			return lang.NewSymbol(full, s.Name)
		}
		return s
	}
	if strings.IndexByte(s.Name, '.') > 0 { // a class, or a namespace
		return s
	}
	if v := ns.Lookup(s.Name); v != nil {
		return lang.NewSymbol(v.NS.Name, v.Name)
	}
	if c := r.class(s.Name); c != nil {
		return lang.NewSymbol("", c.Name)
	}
	if strings.Contains(s.Name, ".") {
		return s // a class, a namespace, a method
	}
	return lang.NewSymbol(ns.Name, s.Name)
}

func (r *resolver) class(name string) *lang.Class {
	if c := r.namespace().Classes[name]; c != nil {
		return c
	}
	if c, ok := lang.ClassByName(name); ok {
		return c
	}
	return classInNamespaces(r.w, name)
}

func (r *resolver) Resolve(s *lang.Symbol) lang.Resolution {
	if s.NS != "" {
		return r.qualified(s)
	}
	if v := r.namespace().Lookup(s.Name); v != nil {
		return lang.Resolution{Found: lang.FoundVar, Value: lang.Obj(v)}
	}
	if c := r.class(s.Name); c != nil {
		return lang.Resolution{Found: lang.FoundClass, Value: lang.Obj(c)}
	}
	return lang.Resolution{Found: lang.FoundNothing}
}

func (r *resolver) qualified(s *lang.Symbol) lang.Resolution {
	if ns := r.find(s.NS); ns != nil {
		if v := ns.Lookup(s.Name); v != nil && (v.NS == ns || r.loading != nil) {
			return lang.Resolution{Found: lang.FoundVar, Value: lang.Obj(v)}
		}
		return lang.Resolution{Found: lang.FoundNothing}
	}
	if c := r.class(s.NS); c != nil {
		return lang.Resolution{Found: lang.FoundNothing, Value: lang.Obj(c)}
	}
	return lang.Resolution{Found: lang.FoundNoNS}
}

// Intern makes the var of a def. A name that the namespace refers to from
// elsewhere is replaced: with a warning where it is one of clojure.core's.
func (r *resolver) Intern(s *lang.Symbol, meta *lang.Map) lang.Value {
	ns := r.namespace()
	if r.loading != nil && (s.Name == r.loading.Name) {
		return lang.Obj(r.loading)
	}
	if s.NS != "" && s.NS != ns.Name {
		lang.Raise(lang.RuntimeException, "Can't refer to qualified var that doesn't exist")
	}
	if old := ns.Vars[s.Name]; old == nil && r.loading == nil {
		r.warnReplaced(ns, s.Name)
	}
	v := ns.Intern(r.w, s.Name)
	if r.loading == nil {
		v.SetMeta(r.w, meta)
	}
	return lang.Obj(v)
}

func (r *resolver) warnReplaced(ns *runtime.Namespace, name string) {
	old := ns.Lookup(name)
	if old == nil || old.NS.Name != "clojure.core" || r.w.Err == nil {
		return
	}
	r.w.Err.Write(r.w, r.p, "WARNING: "+name+" already refers to: "+old.String()+" in namespace: "+ns.Name+
		", being replaced by: #'"+ns.Name+"/"+name+"\n")
}

func (r *resolver) Static(class lang.Value, member string) (lang.Value, bool, bool) {
	c, _ := class.Obj().(*lang.Class)
	return Static(c, member)
}

func (r *resolver) Constructor(class lang.Value) lang.Value {
	c, _ := class.Obj().(*lang.Class)
	return Constructor(c)
}

// supports are the functions that compiled code calls by itself.
var supports = map[lang.Support]string{
	lang.SupportApply:        "apply",
	lang.SupportHostCall:     "host-call",
	lang.SupportHostField:    "host-field",
	lang.SupportSetField:     "set-host-field",
	lang.SupportWithMeta:     "with-meta",
	lang.SupportMonitorEnter: "monitor-enter",
	lang.SupportMonitorExit:  "monitor-exit",
}

func (r *resolver) Support(f lang.Support) lang.Value {
	if v := r.w.FindNS("clojure.core").Var(supports[f]); v != nil {
		return lang.Obj(v)
	}
	lang.Raise(lang.UnsupportedOperationException, "%s is not available", supports[f])
	return lang.Nil
}

// Suggest gives names that differ from s by a slip of the keyboard: one for a
// short name, more for a long one. A single letter is like too many others.
func (r *resolver) Suggest(s *lang.Symbol) []string {
	limit := 1
	switch n := len(s.Name); {
	case n < 2:
		return nil
	case n > 4:
		limit += n / 4
	}
	names, prefix := VisibleNames, ""
	ns := r.namespace()
	if s.NS != "" {
		if ns = r.find(s.NS); ns == nil {
			return nil
		}
		names, prefix = OwnNames, s.NS+"/"
	}
	type near struct {
		name string
		d    int
	}
	var found []near
	for _, name := range names(ns) {
		if d := Distance(name, s.Name); d <= limit {
			found = append(found, near{name, d})
		}
	}
	slices.SortFunc(found, func(a, b near) int {
		if a.d != b.d {
			return a.d - b.d
		}
		return strings.Compare(a.name, b.name)
	})
	var out []string
	for _, n := range found[:min(3, len(found))] {
		out = append(out, prefix+n.name)
	}
	return out
}

// VisibleNames gives the names that stand for a var in ns without a prefix,
// sorted.
func VisibleNames(ns *runtime.Namespace) []string {
	seen := map[string]bool{}
	for _, n := range OwnNames(ns) {
		seen[n] = true
	}
	for n := range ns.Refers {
		seen[n] = true
	}
	for _, u := range ns.Uses {
		for _, n := range VisibleNames(u.NS) {
			if !u.Except[n] {
				seen[n] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// Distance is how many letters must be changed, added, dropped or swapped to
// make b of a (Damerau and Levenshtein).
func Distance(a, b string) int {
	if d := len(a) - len(b); d > 3 || d < -3 {
		return 99
	}
	prev2, prev, cur := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(b)]
}

var _ lang.Resolver = (*resolver)(nil)

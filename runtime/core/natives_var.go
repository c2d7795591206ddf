package core

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var varNatives = []*lang.Native{
	{Name: "clojure.core/var-get", Min: 1, Max: 1, Args: "[x]", Doc: "The value of a var.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value { return varOf(args[0]).Get(p) }},
	{Name: "clojure.core/var-set", Min: 2, Max: 2, Args: "[x val]", Doc: "Sets the value of a var that is bound in this thread.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			varOf(args[0]).SetBinding(p, args[1])
			return args[1]
		}},
	{Name: "clojure.core/alter-var-root", Min: 2, Max: -1, Args: "[v f & args]", Doc: "Sets the root of a var to (f root args...), and gives it.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return p.Call(alterRootKont, args[0], args[1], append([]lang.Value{varOf(args[0]).Root()}, args[2:]...)...)
		}},
	{Name: "clojure.core/bound?", Max: -1, Args: "[& vars]", Doc: "Whether all vars have a value.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			for _, v := range args {
				if x := varOf(v); !x.Bound() && p.Binding(x) == nil {
					return lang.False
				}
			}
			return lang.True
		}},
	{Name: "clojure.core/thread-bound?", Max: -1, Args: "[& vars]", Doc: "Whether all vars are bound in this thread.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			for _, v := range args {
				if p.Binding(varOf(v)) == nil {
					return lang.False
				}
			}
			return lang.True
		}},
	{Name: "clojure.core/local-var", Args: "[]", Doc: "A var without a name, for with-local-vars.",
		Pure: func([]lang.Value) lang.Value {
			v := runtime.NewLibraryVar(&runtime.Namespace{Name: "--unnamed--", Vars: map[string]*runtime.Var{}}, "--unnamed--", lang.Nil, nil)
			v.SetMeta(nil, lang.NewMap(lang.K("dynamic"), lang.True))
			return lang.Obj(v)
		}},
}

var alterRootKont = &runtime.Kont{Name: "alter-var-root", Return: func(p *runtime.Process, state any, v lang.Value) lang.Value {
	return rebind(p, varOf(state.(lang.Value)), v)
}}

func varOf(v lang.Value) *runtime.Var { return object[*runtime.Var](v, varClass) }

var varClass = lang.ClassOf(lang.Obj(&runtime.Var{}))

var bindingNatives = []*lang.Native{
	{Name: "clojure.core/push-thread-bindings", Min: 1, Max: 1, Args: "[bindings]", Doc: "Binds vars to values, until pop-thread-bindings; binding does both.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			// All are checked before the first is bound. The frame begins with
			// an entry of no var, by which pop finds it.
			m := object[*lang.Map](args[0], lang.IMapClass)
			m.Each(func(v, _ lang.Value) bool {
				if x := varOf(v); !x.IsDynamic() {
					lang.Raise(lang.IllegalStateException, "Can't dynamically bind non-dynamic var: %s/%s", x.NS.Name, x.Name)
				}
				return true
			})
			p.Bindings = &runtime.Bindings{Box: &runtime.Cell{}, Next: p.Bindings}
			m.Each(func(v, x lang.Value) bool { p.PushBinding(varOf(v), x); return true })
			return lang.Nil
		}},
	{Name: "clojure.core/pop-thread-bindings", Args: "[]", Doc: "Takes back the last push-thread-bindings.",
		Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
			b := p.Bindings
			for b != nil && b.Var != nil {
				b = b.Next
			}
			if b == nil {
				lang.Raise(lang.IllegalStateException, "Pop without matching push")
			}
			p.Bindings = b.Next
			return lang.Nil
		}},
	{Name: "clojure.core/get-thread-bindings", Args: "[]", Doc: "The map from the vars that are bound in this thread to their values.",
		Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
			m := lang.EmptyMap
			for b := p.Bindings; b != nil; b = b.Next {
				if b.Var == nil {
					continue
				}
				if _, inner := m.Get(lang.Obj(b.Var)); !inner {
					m = m.Assoc(lang.Obj(b.Var), b.Box.Val)
				}
			}
			return lang.Obj(m)
		}},
}

package kernel

import (
	"slices"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// blame gives an exception with what may help added to its message, as
// Exception.blame does: the operands, and names that are nearly the one that
// was not found. call, which may be nil, is the call that failed.
func blame(w *runtime.World, e lang.Value, call *lang.Call) lang.Value {
	m, ok := e.Obj().(*lang.Map)
	if !ok {
		return e
	}
	name, _ := structName(e)
	hint := ""
	switch name {
	case "ArithmeticError":
		if call != nil && call.Module == lang.K("erlang") {
			hint = ": " + operation(w, call)
		}
	case "KeyError":
		hint = didYouMean(keysLike(field(e, "key"), field(e, "term")))
	case "UndefinedFunctionError":
		hint = undefinedHint(w, e)
	case "FunctionClauseError":
		if call != nil {
			return lang.Obj(m.Assoc(lang.K("args"), lang.ListOf(call.Args...)))
		}
	}
	if hint == "" {
		return e
	}
	msg, _ := Message(w, e)
	return lang.Obj(m.Assoc(keyMessage, lang.Str(msg+hint)))
}

func blameNative(p *runtime.Process, args []lang.Value) lang.Value {
	kind, payload := payloadOf(p.W, args)
	if kind == "error" {
		payload = blame(p.W, payload, nil)
	}
	return lang.Vec(payload, args[2])
}

// blamedArgs tells which arguments no clause took, as iex does below the banner.
func blamedArgs(w *runtime.World, e lang.Value) string {
	args := field(e, "args")
	if name, _ := structName(e); name != "FunctionClauseError" || !isList(args) || lang.Count(args) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n\nThe following arguments were given to " + mfa(w, field(e, "module"), plainText(w, field(e, "function")), lang.Count(args)) + ":\n")
	for i, v := range lang.ToSlice(args) {
		text := strings.ReplaceAll(inspectWide(w, v), "\n", "\n    ")
		b.WriteString("\n    # " + lang.String(lang.Int(int64(i+1))) + "\n    " + text + "\n")
	}
	return b.String()
}

// bitwiseNames are Elixir's names of :erlang's operations on bits.
var bitwiseNames = map[string]string{"band": "band", "bor": "bor", "bxor": "bxor", "bnot": "bnot", "bsl": "bsl", "bsr": "bsr"}

// operation gives a call of an operator as Elixir writes it.
func operation(w *runtime.World, call *lang.Call) string {
	args := make([]string, len(call.Args))
	for i, v := range call.Args {
		args[i] = inspectPlain(w, v)
	}
	op := call.Function
	switch {
	case strings.Contains("+-*/", op) && len(args) == 2:
		return args[0] + " " + op + " " + args[1]
	case bitwiseNames[op] != "":
		op = "Bitwise." + op
	}
	return op + "(" + strings.Join(args, ", ") + ")"
}

// The limits of Elixir's suggestions.
const (
	likeness    = 0.77
	suggestions = 5
)

// candidate is a name that may have been meant, and how like it is.
type candidate struct {
	text string
	like float64
}

// didYouMean lists the likeliest of the candidates by name.
func didYouMean(all []candidate) string {
	all = slices.DeleteFunc(all, func(c candidate) bool { return c.like < likeness })
	if len(all) == 0 {
		return ""
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		switch {
		case a.like > b.like:
			return -1
		case a.like < b.like:
			return 1
		}
		return strings.Compare(a.text, b.text)
	})
	all = all[:min(len(all), suggestions)]
	slices.SortFunc(all, func(a, b candidate) int { return strings.Compare(a.text, b.text) })
	var b strings.Builder
	b.WriteString(". Did you mean:\n\n")
	for _, c := range all {
		b.WriteString("      * " + c.text + "\n")
	}
	return b.String()
}

// keysLike gives the keys of a map or keyword list that are atoms, if key is one.
func keysLike(key, term lang.Value) []candidate {
	name, ok := lang.AtomName(key)
	if !ok || !isMap(term) && !isList(term) {
		return nil
	}
	var all []candidate
	lang.Iterate(term, func(x lang.Value) bool {
		if e, ok := x.Obj().(*lang.Vector); ok && e.Len() == 2 {
			if k, ok := lang.AtomName(e.Nth(0)); ok && k != "__struct__" {
				all = append(all, candidate{lang.Inspect(e.Nth(0)), jaro(name, k)})
			}
		}
		return true
	})
	return all
}

// undefinedHint suggests functions of the module that was called.
func undefinedHint(w *runtime.World, e lang.Value) string {
	mod := field(e, "module")
	if mod.IsNil() || mod == lang.K("nil") {
		return ". If you are using the dot syntax, such as module.function(), make sure the left-hand side of the dot is a module atom"
	}
	k, ok := mod.AsKeyword()
	if !ok {
		return ""
	}
	ns := w.FindNS(strings.TrimPrefix(k.String(), "Elixir."))
	if ns == nil {
		return ""
	}
	fun := plainText(w, field(e, "function"))
	var same, near []candidate
	for _, f := range exports(ns) {
		c := candidate{lang.FunctionName(f.name) + "/" + lang.String(lang.Int(int64(f.arity))), jaro(fun, f.name)}
		if f.name == fun {
			same = append(same, c)
		}
		near = append(near, c)
	}
	if same != nil {
		return didYouMean(same)
	}
	return didYouMean(near)
}

// export is a public function of a module, with one of its arities.
type export struct {
	name  string
	arity int
}

// exports gives the public functions of a module by name and arity.
func exports(ns *runtime.Namespace) []export {
	names := make([]string, 0, len(ns.Vars))
	for n := range ns.Vars {
		names = append(names, n)
	}
	if ns.Library != nil {
		names = append(names, ns.Library.Names()...)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	var out []export
	for _, n := range names {
		if strings.HasPrefix(n, "__") || strings.HasPrefix(n, "MACRO-") || strings.LastIndexByte(n, '/') > 0 {
			continue
		}
		v := ns.Var(n)
		if v == nil || v.IsPrivate() || v.IsMacro() || !v.Bound() {
			continue
		}
		for _, arity := range aritiesOf(v.Root()) {
			out = append(out, export{n, arity})
		}
	}
	return out
}

// aritiesOf gives the numbers of arguments that a function takes.
func aritiesOf(f lang.Value) []int {
	var out []int
	switch f := f.Obj().(type) {
	case *lang.Closure:
		for n, c := range f.Fn.Fixed {
			if c != nil {
				out = append(out, n)
			}
		}
	case *lang.Native:
		for n := f.Min; n <= f.Max; n++ {
			out = append(out, n)
		}
	}
	return out
}

// arityOf gives the least number of arguments that a function takes.
func arityOf(f lang.Value) int {
	if all := aritiesOf(f); len(all) > 0 {
		return all[0]
	}
	return 0
}

// splitName splits the name of a function in a trace, Foo.bar/1 or user/fib,
// into its module, its name and its arity.
func splitName(s string) (mod, fun lang.Value, arity int) {
	if inner, ok := strings.CutPrefix(s, "anonymous fn/"); ok { // the BEAM calls it -f/0-fun-0-
		if n, at, ok := strings.Cut(inner, " in "); ok {
			arity, _ = smallNumber(n)
			mod, fun, outer := splitName(at)
			return mod, lang.K("-" + lang.DisplayString(fun)[1:] + "/" + lang.String(lang.Int(int64(outer))) + "-fun-0-"), arity
		}
	}
	i := strings.LastIndexByte(s, '/')
	if i > 0 && i+1 < len(s) {
		if n, ok := smallNumber(s[i+1:]); ok {
			head := s[:i]
			if j := strings.LastIndexByte(head, '.'); j > 0 {
				if head[0] == ':' { // a module of Erlang's
					return lang.K(head[1:j]), lang.K(head[j+1:]), n
				}
				return module(head[:j]), lang.K(head[j+1:]), n
			}
			return lang.Nil, lang.K(head), n
		}
		return lang.K(s[:i]), lang.K(s[i+1:]), 0
	}
	return lang.Nil, lang.K(s), 0
}

// smallNumber reads a number of one or two digits.
func smallNumber(s string) (n int, ok bool) {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' || n > 99 {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, s != ""
}

package elixir

import (
	"github.com/conc-repl/conc-repl/lang"
)

// call is a quoted call taken apart: {name, meta, args}.
type call struct {
	form lang.Value
	name string
	meta lang.Value
	args []lang.Value
}

// parts takes apart a node of the AST, which is any tuple of three.
func parts(form lang.Value) (head, meta, args lang.Value, ok bool) {
	v, isVec := form.Obj().(*lang.Vector)
	if !isVec || v.Len() != 3 {
		return
	}
	return v.Nth(0), v.Nth(1), v.Nth(2), true
}

// asCall gives a node whose head is a name and whose arguments are a list.
func asCall(form lang.Value) (call, bool) {
	head, meta, args, ok := parts(form)
	if !ok {
		return call{}, false
	}
	name, isName := head.AsKeyword()
	list, isList := items(args)
	if !isName || !isList {
		return call{}, false
	}
	return call{form, name.String(), meta, list}, true
}

// isCall reports whether form is a call of name with n arguments, and gives them.
func isCall(form lang.Value, name string, n int) ([]lang.Value, bool) {
	k, ok := asCall(form)
	if !ok || k.name != name || n >= 0 && len(k.args) != n {
		return nil, false
	}
	return k.args, true
}

// variable is a quoted variable. The context tells variables of macros from
// those of their callers.
type variable struct {
	name, key string
}

// asVariable gives the variable that form is.
func asVariable(form lang.Value) (variable, bool) {
	head, meta, ctx, ok := parts(form)
	if !ok {
		return variable{}, false
	}
	name, isName := head.AsKeyword()
	if !isName {
		return variable{}, false
	}
	if _, isList := items(ctx); isList {
		return variable{}, false
	}
	v := variable{name: name.String(), key: name.String()}
	if context, isAtom := lang.AtomName(ctx); isAtom && !ctx.IsNil() {
		v.key += "\x00" + context
	}
	if n, ok := metaGet(meta, "counter"); ok {
		v.key += "\x00" + lang.PrString(n)
	}
	return v, true
}

// items gives the elements of a list; false for what is none.
func items(v lang.Value) ([]lang.Value, bool) {
	switch v.Obj().(type) {
	case *lang.List, lang.Seq, *lang.LazySeq:
		return lang.ToSlice(v), true
	}
	return nil, false
}

// pair gives the elements of a tuple of two.
func pair(v lang.Value) (a, b lang.Value, ok bool) {
	t, isVec := v.Obj().(*lang.Vector)
	if !isVec || t.Len() != 2 {
		return lang.Nil, lang.Nil, false
	}
	return t.Nth(0), t.Nth(1), true
}

// metaGet finds an entry of a node's metadata.
func metaGet(meta lang.Value, name string) (lang.Value, bool) {
	return keyword(meta, name)
}

// keyword finds the first entry of a keyword list.
func keyword(list lang.Value, name string) (lang.Value, bool) {
	entries, _ := items(list)
	for _, e := range entries {
		if k, v, ok := pair(e); ok {
			if kw, isKw := k.AsKeyword(); isKw && kw.NS == "" && kw.Name == name {
				return v, true
			}
		}
	}
	return lang.Nil, false
}

// isKeywordList reports whether form is a list of pairs whose keys are atoms.
func isKeywordList(form lang.Value) bool {
	entries, ok := items(form)
	for _, e := range entries {
		k, _, isPair := pair(e)
		if _, isAtom := lang.AtomName(k); !isPair || !isAtom {
			return false
		}
	}
	return ok
}

// node makes {name, meta, args}.
func node(name string, meta lang.Value, args ...lang.Value) lang.Value {
	return lang.Vec(lang.K(name), meta, lang.ListOf(args...))
}

// remote makes the call module.name(args), where module is a form.
func remote(module lang.Value, name string, meta lang.Value, args ...lang.Value) lang.Value {
	dot := node(".", meta, module, lang.K(name))
	return lang.Vec(dot, meta, lang.ListOf(args...))
}

// variableForm makes the quoted variable of a name, in the context of the
// compiler itself, so that no program's variable is meant.
func variableForm(name string) lang.Value {
	return lang.Vec(lang.K(name), lang.Obj(lang.EmptyList), lang.K("conc"))
}

// noMeta is empty metadata.
var noMeta = lang.Obj(lang.EmptyList)

// doBlock gives the entries of the keyword list that ends the arguments of a
// form with do, and the arguments before it.
func doBlock(args []lang.Value) (before []lang.Value, blocks lang.Value, ok bool) {
	if len(args) == 0 {
		return args, lang.Nil, false
	}
	last := args[len(args)-1]
	if _, has := keyword(last, "do"); !has || !isKeywordList(last) {
		return args, lang.Nil, false
	}
	return args[:len(args)-1], last, true
}

// arrow is one clause of fn, case and the like: its patterns, its guard if it
// has one, its body.
type arrow struct {
	args     []lang.Value
	guard    lang.Value
	hasGuard bool
	body     lang.Value
	meta     lang.Value
}

// arrows takes apart a list of clauses.
func (a *analyser) arrows(list lang.Value, c *ctx, what string) []arrow {
	forms, ok := items(list)
	if !ok || len(forms) == 0 {
		a.fail(c, "expected -> clauses for :do in %q", what)
	}
	out := make([]arrow, len(forms))
	for i, f := range forms {
		args, ok := isCall(f, "->", 2)
		if !ok {
			a.fail(c, "expected -> clauses for :do in %q", what)
		}
		_, meta, _, _ := parts(f)
		r := arrow{body: args[1], meta: meta}
		r.args, _ = items(args[0])
		r.args, r.guard, r.hasGuard = splitWhen(r.args)
		if n := len(r.args); what != "fn" && n != 1 && (what != "catch" || n != 2) {
			a.fail(c, "expected one argument for :do clauses (->) in %q", what)
		}
		out[i] = r
	}
	return out
}

// splitWhen takes the guard off the arguments of a clause.
func splitWhen(args []lang.Value) (rest []lang.Value, guard lang.Value, ok bool) {
	if len(args) == 1 {
		if w, isWhen := isCall(args[0], "when", -1); isWhen && len(w) > 0 {
			return w[:len(w)-1], w[len(w)-1], true
		}
	}
	return args, lang.Nil, false
}

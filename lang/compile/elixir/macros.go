package elixir

import (
	"sort"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
)

// matches analyses match?(pattern, value).
func (a *analyser) matches(k call, c *ctx) compile.Node {
	if len(k.args) != 2 {
		return nil
	}
	args, guard, hasGuard := splitWhen(k.args[:1])
	r := arrow{args: args, guard: guard, hasGuard: hasGuard, body: lang.True}
	return a.matching(a.expr(k.args[1], c), []arrow{r}, c, func(compile.Node) compile.Node { return constant(lang.False) })
}

// destructure analyses destructure(pattern, list).
func (a *analyser) destructure(k call, c *ctx) compile.Node {
	list, ok := items(k.args[0])
	if len(k.args) != 2 || !ok {
		return nil
	}
	padded := remote(helpers, "destructure", k.meta, k.args[1], lang.Int(int64(len(list))))
	return a.expr(node("=", k.meta, k.args[0], padded), c)
}

func (a *analyser) then(k call, c *ctx) compile.Node {
	if len(k.args) != 2 {
		return nil
	}
	nodes := a.exprs(k.args, c)
	x := a.newLocal("")
	call := &compile.Call{Fn: nodes[1], Args: []compile.Node{a.ref(x)}, Tail: true, Pos: c.pos}
	return &compile.Let{Binds: []compile.Bind{{Local: x, Init: nodes[0]}}, Body: call}
}

func (a *analyser) tap(k call, c *ctx) compile.Node {
	if len(k.args) != 2 {
		return nil
	}
	nodes := a.exprs(k.args, c)
	x := a.newLocal("")
	call := &compile.Call{Fn: nodes[1], Args: []compile.Node{a.ref(x)}, Pos: c.pos}
	return &compile.Let{Binds: []compile.Bind{{Local: x, Init: nodes[0]}}, Body: &compile.Do{Body: []compile.Node{call, a.ref(x)}}}
}

func (a *analyser) raise(k call, c *ctx) compile.Node {
	if len(k.args) == 0 || len(k.args) > 2 {
		return nil
	}
	return a.helper("raise", c, a.exprs(k.args, c)...)
}

func (a *analyser) reraise(k call, c *ctx) compile.Node {
	if len(k.args) < 2 || len(k.args) > 3 {
		return nil
	}
	return a.helper("reraise", c, a.exprs(k.args, c)...)
}

// binding gives the variables of the program with their values.
func (a *analyser) binding(k call, c *ctx) compile.Node {
	var names []string
	add := func(key string) {
		if !strings.Contains(key, "\x00") && !contains(names, key) {
			names = append(names, key)
		}
	}
	for _, b := range visible(c) {
		add(b.key)
	}
	c.env.Variables(func(key string, _ lang.Value) { add(key) })
	if c.env.Top || c.env.outer {
		for _, n := range a.res.Variables() {
			add(n)
		}
	}
	sort.Strings(names)
	if len(names) == 0 {
		return constant(noMeta)
	}
	out := &compile.Coll{Kind: compile.CollList, Pos: c.pos}
	for _, n := range names {
		entry := &compile.Coll{Kind: compile.CollVector, Items: []compile.Node{atom(n), a.known(variable{n, n}, c)}}
		out.Items = append(out.Items, entry)
	}
	return out
}

// sigilText gives the text of a sigil if it holds no interpolation; a lower
// case sigil has escapes in it.
func (a *analyser) sigilText(k call) (string, bool) {
	segs, ok := isCall(k.args[0], "<<>>", 1)
	if !ok {
		return "", false
	}
	text, ok := segs[0].AsString()
	return text, ok
}

// unescaped gives a sigil with the escapes in its text resolved.
func (a *analyser) unescaped(k call, c *ctx) call {
	head, meta, args, ok := parts(k.args[0])
	if !ok {
		return k
	}
	segs, _ := items(args)
	out := make([]lang.Value, len(segs))
	for i, s := range segs {
		out[i] = s
		if text, isText := s.AsString(); isText {
			plain, _, problem := lang.UnescapeElixir(text)
			if problem != "" {
				a.fail(c, "%s", problem)
			}
			out[i] = lang.Str(plain)
		}
	}
	k.args = append([]lang.Value{lang.Vec(head, meta, lang.ListOf(out...))}, k.args[1:]...)
	return k
}

// modifiers gives the letters behind a sigil.
func modifiers(k call) string {
	list, _ := items(k.args[1])
	var b strings.Builder
	for _, r := range list {
		b.WriteRune(rune(r.AsInt()))
	}
	return b.String()
}

// words analyses ~w(a b c).
func words(a *analyser, k call, c *ctx) compile.Node {
	mod := constant(lang.Str(modifiers(k)))
	if text, ok := a.sigilText(k); ok {
		f := a.res.Helper("split_words").Obj().(*lang.Native)
		return constant(f.Pure([]lang.Value{lang.Str(text), lang.Str(modifiers(k))}))
	}
	return a.helper("split_words", c, a.expr(k.args[0], c), mod)
}

func charlist(a *analyser, k call, c *ctx) compile.Node {
	return a.remoteHelper("Elixir.String", "to_charlist", c, a.expr(k.args[0], c))
}

// sigilCall makes the analysis of a sigil that is a call of a function with its
// text, and its modifiers if it has any; where the text is constant, so is the
// value, if the function is pure.
func sigilCall(module, function string) special {
	return func(a *analyser, k call, c *ctx) compile.Node {
		args := []lang.Value{lang.Nil}
		if mod := modifiers(k); mod != "" {
			args = append(args, lang.Str(mod))
		}
		text, ok := a.sigilText(k)
		n := a.res.Native("Elixir."+module, function)
		if ok && n != nil && n.Pure != nil {
			args[0] = lang.Str(text)
			return constant(n.Pure(args))
		}
		nodes := []compile.Node{a.expr(k.args[0], c)}
		for _, arg := range args[1:] {
			nodes = append(nodes, constant(arg))
		}
		return a.remoteHelper("Elixir."+module, function, c, nodes...)
	}
}

// path takes apart users["john"].age: the value at its root, and the keys.
func (a *analyser) path(form lang.Value, c *ctx) (root lang.Value, keys []lang.Value) {
	head, _, args, ok := parts(form)
	if dot, isDot := isCall(head, ".", 2); ok && isDot {
		list, _ := items(args)
		if module, isModule := a.module(dot[0], c); isModule && module == "Elixir.Access" && len(list) == 2 && dot[1] == lang.K("get") {
			root, keys = a.path(list[0], c)
			return root, append(keys, list[1])
		} else if !isModule && len(list) == 0 {
			root, keys = a.path(dot[0], c)
			return root, append(keys, remote(lang.K("Elixir.Access"), "key!", noMeta, dot[1]))
		}
	}
	return form, nil
}

// inPath analyses the macros that take a path: they are the functions of the
// same name, which take the root and a list of keys.
func (a *analyser) inPath(k call, n int, c *ctx) compile.Node {
	if len(k.args) != n {
		return nil
	}
	root, keys := a.path(k.args[0], c)
	if len(keys) == 0 {
		a.fail(c, "cannot access %s: %s/%d expects at least one key or field", a.res.Text(k.args[0]), k.name, n)
	}
	args := append([]lang.Value{root, lang.ListOf(keys...)}, k.args[1:]...)
	return a.moduleCall("Elixir.Kernel", call{name: k.name, meta: k.meta, args: args}, true, c)
}

func (a *analyser) putIn(k call, c *ctx) compile.Node          { return a.inPath(k, 2, c) }
func (a *analyser) updateIn(k call, c *ctx) compile.Node       { return a.inPath(k, 2, c) }
func (a *analyser) popIn(k call, c *ctx) compile.Node          { return a.inPath(k, 1, c) }
func (a *analyser) getAndUpdateIn(k call, c *ctx) compile.Node { return a.inPath(k, 2, c) }

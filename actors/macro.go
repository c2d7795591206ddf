package actors

import "github.com/conc-repl/conc-repl/lang"

// receiveClause is one clause of a receive form.
type receiveClause struct {
	pattern, guard lang.Value
	body           []lang.Value
}

// receiveMacro expands (receive pattern [:when guard] body... ... [:after ms
// body...]) into receive*. A body goes on with each further list that follows
// it, since bodies of several forms end in calls; a list that holds & or _ or
// a pin, or is followed by :when, begins a new clause.
//
// Where every clause pins the same name, only messages that hold its value
// can match: if it is the reference made last, the receive may begin behind
// those that were there before it.
func receiveMacro(args []lang.Value) lang.Value {
	clauses, after := parseReceive(args[2:])
	forms := make([]lang.Value, len(clauses))
	for i, c := range clauses {
		forms[i] = lang.ListOf(append([]lang.Value{c.pattern, c.guard}, c.body...)...)
	}
	timeout := lang.Nil
	if after != nil {
		timeout = lang.ListOf(append([]lang.Value{after[0]}, after[1:]...)...)
	}
	pin := commonPin(clauses)
	if pin == nil {
		return receiveForm(timeout, forms)
	}
	skip := lang.ListOf(lang.Obj(lang.NewSymbol(Namespace, "skip-to")), lang.Obj(pin))
	if after == nil {
		return lang.ListOf(lang.Sym("do"), skip, receiveForm(timeout, forms))
	}
	// The timeout is evaluated before the skip: it might hold a receive.
	ms := lang.Sym("receive__timeout")
	timeout = lang.ListOf(append([]lang.Value{ms}, after[1:]...)...)
	return lang.ListOf(lang.Sym("let*"), lang.Vec(ms, after[0]), skip, receiveForm(timeout, forms))
}

func receiveForm(timeout lang.Value, clauses []lang.Value) lang.Value {
	return lang.ListOf(append([]lang.Value{lang.Sym("receive*"), timeout}, clauses...)...)
}

var (
	kwAfter = lang.K("after")
	kwWhen  = lang.K("when")
)

// parseReceive splits the arguments of a receive form. after has the
// milliseconds and the body behind them, nil if there is no :after.
func parseReceive(forms []lang.Value) (clauses []receiveClause, after []lang.Value) {
	for i := 0; i < len(forms); {
		if lang.Identical(forms[i], kwAfter) {
			if after = forms[i+1:]; len(after) == 0 {
				lang.Raise(lang.IllegalArgumentException, "receive: milliseconds belong behind :after")
			}
			return clauses, after
		}
		c := receiveClause{pattern: forms[i], guard: lang.True}
		i++
		if i+1 < len(forms) && lang.Identical(forms[i], kwWhen) {
			c.guard = forms[i+1]
			i += 2
		}
		if i >= len(forms) || lang.Identical(forms[i], kwAfter) {
			lang.Raise(lang.IllegalArgumentException, "receive: the pattern %s has no body", lang.PrString(c.pattern))
		}
		start := i
		for i++; i < len(forms) && continuesBody(forms, i); i++ {
		}
		c.body = forms[start:i]
		clauses = append(clauses, c)
		if takesAll(c) && i < len(forms) && !lang.Identical(forms[i], kwAfter) {
			lang.Raise(lang.IllegalArgumentException,
				"receive: the pattern %s takes every message, so what follows it is never reached. "+
					"If it was meant as part of a body, put the body into (do ...)", lang.PrString(c.pattern))
		}
	}
	return clauses, nil
}

// takesAll reports whether a clause takes every message: its pattern is _ or
// a name, without a guard.
func takesAll(c receiveClause) bool {
	return c.pattern.IsSymbol() && lang.Identical(c.guard, lang.True)
}

// continuesBody reports whether form i goes on with the body before it.
func continuesBody(forms []lang.Value, i int) bool {
	items, ok := listForm(forms[i])
	if !ok || len(items) == 0 || i+1 < len(forms) && lang.Identical(forms[i+1], kwWhen) {
		return false
	}
	if isQuoting(items) {
		return false
	}
	for _, it := range items {
		if s, ok := it.AsSymbol(); ok && (s.Is("", "&") || s.Is("", "_")) {
			return false
		}
		if sub, ok := listForm(it); ok && pinned(sub) != nil {
			return false
		}
	}
	return true
}

// listForm gives the elements of a list that the reader or a macro made.
func listForm(v lang.Value) ([]lang.Value, bool) {
	switch v.Obj().(type) {
	case *lang.List, *lang.Cons:
		return lang.ToSlice(v), true
	}
	return nil, false
}

func isQuoting(items []lang.Value) bool {
	s, ok := items[0].AsSymbol()
	return ok && len(items) == 2 && (s.Is("", "quote") || s.Is("clojure.core", "unquote"))
}

// pinned gives the symbol behind ~, nil if the list is no pin of a symbol.
func pinned(items []lang.Value) *lang.Symbol {
	if len(items) != 2 {
		return nil
	}
	if s, ok := items[0].AsSymbol(); !ok || !s.Is("clojure.core", "unquote") {
		return nil
	}
	s, _ := items[1].AsSymbol()
	return s
}

// commonPin gives a name that every clause pins, nil if there is none.
func commonPin(clauses []receiveClause) *lang.Symbol {
	if len(clauses) == 0 {
		return nil
	}
	var first []*lang.Symbol
	pins(clauses[0].pattern, 0, func(s *lang.Symbol) { first = append(first, s) })
	for _, s := range first {
		everywhere := true
		for _, c := range clauses[1:] {
			found := false
			pins(c.pattern, 0, func(x *lang.Symbol) { found = found || x.Is(s.NS, s.Name) })
			everywhere = everywhere && found
		}
		if everywhere {
			return s
		}
	}
	return nil
}

// maxPinDepth is how deep in a pattern a pin is looked for; not finding one
// costs time, not correctness.
const maxPinDepth = 8

// pins calls f with each name that a pattern pins.
func pins(pattern lang.Value, depth int, f func(*lang.Symbol)) {
	if depth > maxPinDepth {
		return
	}
	if items, ok := listForm(pattern); ok {
		if s := pinned(items); s != nil {
			f(s)
			return
		}
		if len(items) == 2 && isQuoting(items) {
			return
		}
		for _, it := range items {
			pins(it, depth+1, f)
		}
		return
	}
	switch x := pattern.Obj().(type) {
	case *lang.Vector:
		x.Each(func(v lang.Value) bool { pins(v, depth+1, f); return true })
	case *lang.Map:
		x.Each(func(_, v lang.Value) bool { pins(v, depth+1, f); return true })
	}
}

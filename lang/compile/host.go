package compile

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// host analyses a call whose head is no var, as one of a host member, told by
// the shape of its head: (.method obj ...), (.-field obj), (Class. ...), (Class/method ...). It gives
// nil for any other call.
func (a *analyser) host(s *lang.Symbol, items []lang.Value, e env) Node {
	name := s.Name
	switch {
	case s.NS != "":
		return a.staticCall(s, items, e)
	case strings.HasPrefix(name, ".") && len(name) > 1 && name != "..":
		if len(items) < 2 {
			a.fail(&e, "Malformed member expression, expecting (.member target ...)")
		}
		return a.member(items[1], name[1:], items[2:], e)
	case strings.HasSuffix(name, ".") && len(name) > 1 && name != "..":
		class := a.class(lang.Obj(&lang.Symbol{Name: name[:len(name)-1]}), &e)
		return a.call(callee(a.res.Constructor(class), e.pos), items, e)
	}
	return nil
}

// staticCall analyses (Class/method ...) and (Class/FIELD).
func (a *analyser) staticCall(s *lang.Symbol, items []lang.Value, e env) Node {
	class := a.classOf(s)
	if class.IsNil() {
		return nil
	}
	return a.staticMember(class, s.Name, items[1:], e)
}

// staticMember analyses a static member with arguments.
func (a *analyser) staticMember(class lang.Value, name string, args []lang.Value, e env) Node {
	v, isField, ok := a.res.Static(class, strings.TrimPrefix(name, "-"))
	if !ok {
		a.failClass(&e, "java.lang.IllegalArgumentException", "No matching method %s found taking %d args for class %s",
			name, len(args), nameOf(class))
	}
	if isField && len(args) == 0 {
		return &Const{v}
	}
	return &Call{Fn: callee(v, e.pos), Args: a.values(args, e), Pos: e.pos}
}

// member analyses a member of an instance, or of a class if target names one.
func (a *analyser) member(target lang.Value, name string, args []lang.Value, e env) Node {
	if s, ok := target.AsSymbol(); ok && (s.NS != "" || e.lookup(s.Name) == nil) {
		if r := a.res.Resolve(s); r.Found == lang.FoundClass {
			if _, _, ok := a.res.Static(r.Value, strings.TrimPrefix(name, "-")); ok {
				return a.staticMember(r.Value, name, args, e)
			}
		}
	}
	f := lang.SupportHostCall
	if strings.HasPrefix(name, "-") {
		f, name = lang.SupportHostField, name[1:]
	}
	nodes := append([]Node{&Const{lang.Str(name)}}, a.value(target, e))
	nodes = append(nodes, a.values(args, e)...)
	return &Call{Fn: callee(a.res.Support(f), e.pos), Args: nodes, Pos: e.pos}
}

// new analyses (new Class args...).
func (a *analyser) new(form lang.Value, items []lang.Value, e env) Node {
	if len(items) < 2 {
		a.fail(&e, "wrong number of arguments, expecting (new Classname args...)")
	}
	class := a.class(items[1], &e)
	return a.call(callee(a.res.Constructor(class), e.pos), items[1:], e)
}

// dot analyses (. target member args...) and (. target (member args...)).
func (a *analyser) dot(form lang.Value, items []lang.Value, e env) Node {
	if len(items) < 3 {
		a.fail(&e, "Malformed member expression, expecting (. target member ...)")
	}
	member, args := items[2], items[3:]
	if parts, ok := seqForm(member); ok && len(parts) > 0 && len(args) == 0 {
		member, args = parts[0], parts[1:]
	}
	s, ok := member.AsSymbol()
	if !ok {
		a.fail(&e, "Malformed member expression")
	}
	return a.member(items[1], s.Name, args, e)
}

// nameOf gives the name of a class.
func nameOf(class lang.Value) string {
	if c, ok := class.Obj().(*lang.Class); ok {
		return c.Name
	}
	return lang.PrString(class)
}

package core

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

var hostNatives = []*lang.Native{
	{Name: "clojure.core/host-call", Min: 2, Max: -1, Args: "[method target & args]", Run: hostCall, Doc: "Calls a method of the host: what (.method target args) compiles to."},
	{Name: "clojure.core/set-host-field", Min: 3, Max: 3, Args: "[field target val]", Run: setHostField, Doc: "Sets a field of the host: what (set! (.-field target) val) compiles to."},
	{Name: "clojure.core/host-field", Min: 2, Max: 2, Args: "[field target]", Run: hostField, Doc: "Reads a field of the host: what (.-field target) compiles to."},
}

// methods are the methods of instances. Each is a native with the name
// Class/method whose first argument is the instance; a class has those of its
// supers too.
var methods = [][]*lang.Native{objectMethods, stringMethods, bufferMethods, fileMethods, threadMethods, timeUnitMethods, throwableMethods, numberMethods,
	classMethods, regexMethods, randomMethods, listMethods, mapMethods, iteratorMethods, collectionMethods, clojureMethods}

// methodTable finds the methods by class and name.
var methodTable = sync.OnceValue(func() map[string]*lang.Native { return byName(methods) })

// byName gives what tables hold, by name. It is made when the first is looked for.
func byName(tables [][]*lang.Native) map[string]*lang.Native {
	out := map[string]*lang.Native{}
	for _, t := range tables {
		for _, n := range t {
			out[n.Name] = n
		}
	}
	return out
}

// hostClass gives the class by whose methods v is served.
func hostClass(v lang.Value) *lang.Class {
	switch v.Obj().(type) {
	case *runtime.Console:
		return writerClass
	case *runtime.Input:
		return readerClass
	}
	return lang.ClassOf(v)
}

// method finds the method of a class or, if it has none itself, of its supers.
func method(c *lang.Class, name string) *lang.Native {
	if n := methodTable()[c.Name+"/"+name]; n != nil {
		return n
	}
	for _, s := range c.Supers {
		if s == lang.ObjectClass {
			continue
		}
		if n := method(s, name); n != nil {
			return n
		}
	}
	return nil
}

// anyMethod gives the method of a program's own type that has a name,
// whichever protocol it is of; nil if there is none.
func anyMethod(w *runtime.World, v lang.Value, name string) lang.Value {
	if f := ownMethod(w, v, name); !f.IsNil() {
		return f
	}
	t, c := typesOf(w), lang.ClassOf(v)
	if t.kinds[c] == nil {
		return lang.Nil
	}
	var of *Protocol
	found := lang.Nil
	for protocol := range t.order {
		if f, ok := t.impls[implKey{c, protocol, name}]; ok && (of == nil || protocol.class.Name < of.class.Name) {
			of, found = protocol, f
		}
	}
	return found
}

func hostCall(p *runtime.Process, args []lang.Value) lang.Value {
	name, target := text(args[0]), args[1]
	if target.IsNil() {
		lang.Raise(lang.NullPointerException, `Cannot invoke "Object.getClass()" because "target" is null`)
	}
	own := args[1:]
	if f := anyMethod(p.W, target, name); f.Truthy() {
		return p.TailCall(f, slices.Clone(own)...)
	}
	class := hostClass(target)
	n := method(class, name)
	if n == nil {
		n = methodTable()["java.lang.Object/"+name]
	}
	switch {
	case n != nil && n.Takes(len(own)):
		return p.TailCall(lang.Obj(n), slices.Clone(own)...)
	case len(own) == 1:
		if v, ok := field(target, name); ok {
			return v
		}
		lang.Raise(lang.IllegalArgumentException, "No matching field found: %s for class %s", name, class.Name)
	}
	lang.Raise(lang.IllegalArgumentException, "No matching method %s found taking %d args for class %s", name, len(own)-1, class.Name)
	return lang.Nil
}

func hostField(_ *runtime.Process, args []lang.Value) lang.Value {
	name := text(args[0])
	if args[1].IsNil() {
		silent(lang.NullPointerException)
	}
	if v, ok := field(args[1], name); ok {
		return v
	}
	lang.Raise(lang.IllegalArgumentException, "No matching field found: %s for class %s", name, hostClass(args[1]).Name)
	return lang.Nil
}

// Fielder is implemented by objects with fields that programs read, (.-name x),
// and set, (set! (.-name x) v).
type Fielder interface {
	// Field gives a field; ok is false if there is none of that name.
	Field(name string) (v lang.Value, ok bool)
	// SetField sets a field and ends as a native does; ok is false if there
	// is none of that name that can be set.
	SetField(p *runtime.Process, name string, v lang.Value) (result lang.Value, ok bool)
}

func setHostField(p *runtime.Process, args []lang.Value) lang.Value {
	name := text(args[0])
	if args[1].IsNil() {
		silent(lang.NullPointerException)
	}
	if x, ok := args[1].Obj().(Fielder); ok {
		if v, ok := x.SetField(p, name, args[2]); ok {
			return v
		}
	}
	lang.Raise(lang.IllegalArgumentException, "No matching field found: %s for class %s", name, hostClass(args[1]).Name)
	return lang.Nil
}

// field gives a field of a record or another instance of a program's own type.
func field(v lang.Value, name string) (lang.Value, bool) {
	switch x := v.Obj().(type) {
	case *lang.Record:
		for i, f := range x.Type.Fields {
			if f.Name == name || lang.Munge(f.Name) == name {
				return x.Field(i), true
			}
		}
	case *Instance:
		for i, f := range x.fields {
			if f.Name == name || lang.Munge(f.Name) == name {
				return x.vals[i], true
			}
		}
	case Fielder:
		return x.Field(name)
	case *lang.Exception:
		return arityField(x, name)
	case *Array:
		return lang.Int32(int32(x.Len())), name == "length"
	case *runtime.Var:
		switch name {
		case "sym":
			return lang.Sym(x.Name), true
		case "ns":
			return lang.Obj(x.NS), true
		}
	case *runtime.Namespace:
		return lang.Sym(x.Name), name == "name"
	case *lang.Symbol, *lang.Keyword:
		switch name {
		case "name":
			return lang.Str(nameOf(v)), true
		case "ns":
			return orNil(spaceOf(v)), true
		}
	}
	return lang.Nil, false
}

// arityField gives a field of an ArityException, which its message tells: how
// many arguments there were, and of what.
func arityField(e *lang.Exception, name string) (lang.Value, bool) {
	var n int32
	var of string
	if _, err := fmt.Sscanf(e.Message(), "Wrong number of args (%d) passed to: %s", &n, &of); err != nil || e.Class != lang.ArityException {
		return lang.Nil, false
	}
	switch name {
	case "actual":
		return lang.Int32(n), true
	case "name":
		return lang.Str(of), true
	}
	return lang.Nil, false
}

// delegate makes a method of a function of clojure.core, called with the same
// arguments.
func delegate(name string) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		return p.TailCall(lang.Obj(coreVar(p, name)), slices.Clone(args)...)
	}
}

var objectMethods = []*lang.Native{
	{Name: "java.lang.Object/toString", Min: 1, Max: 1, Args: "[x]", Run: delegate("str"), Doc: "x as str gives it."},
	{Name: "java.lang.Object/equals", Min: 2, Max: 2, Args: "[x y]", Run: delegate("="), Doc: "Whether x and y are equal."},
	{Name: "java.lang.Object/hashCode", Min: 1, Max: 1, Deep: arg0, Args: "[x]", Doc: "Java's hash code of x.",
		Pure: one(func(v lang.Value) lang.Value { return lang.Int32(int32(lang.HashCode(v))) })},
	{Name: "java.lang.Object/getClass", Min: 1, Max: 1, Args: "[x]", Doc: "The class of x.",
		Pure: one(func(v lang.Value) lang.Value { return lang.Obj(lang.ClassOf(v)) })},
	{Name: "java.lang.Object/close", Min: 1, Max: 1, Args: "[x]", Doc: "Says that x is needed no more.", Pure: one(nothing)},
	{Name: "java.lang.Comparable/compareTo", Min: 2, Max: 2, Args: "[x y]", Run: delegate("compare"), Doc: "Below, at or above 0 as x is below, at or above y."},
}

var throwableMethods = []*lang.Native{
	{Name: "java.lang.Throwable/getMessage", Min: 1, Max: 1, Args: "[e]", Run: delegate("ex-message"), Doc: "The message, nil if there is none."},
	{Name: "java.lang.Throwable/getLocalizedMessage", Min: 1, Max: 1, Args: "[e]", Run: delegate("ex-message"), Doc: "The message, nil if there is none."},
	{Name: "java.lang.Throwable/getCause", Min: 1, Max: 1, Args: "[e]", Run: delegate("ex-cause"), Doc: "The exception that caused this one, nil if none did."},
	{Name: "java.lang.Throwable/getData", Min: 1, Max: 1, Args: "[e]", Run: delegate("ex-data"), Doc: "The map of an ex-info."},
	{Name: "java.lang.Throwable/getStackTrace", Min: 1, Max: 1, Args: "[e]", Doc: "The lines of the stack where e was raised.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			var vs []lang.Value
			for _, s := range stackTrace(args[0].Obj().(*lang.Exception)) {
				vs = append(vs, lang.Obj(s))
			}
			return lang.Obj(newArray(p, classArray(stackTraceClass), vs))
		}},
	{Name: "java.lang.Throwable/printStackTrace", Min: 1, Max: 2, Args: "[e] [e writer]", Doc: "Prints the exception and its stack to *err*, or to a writer.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			out := dynamic(p, "*err*")
			if len(args) == 2 {
				out = args[1]
			}
			e := args[0].Obj().(*lang.Exception)
			var b strings.Builder
			for c := e; c != nil; c = c.Cause {
				if c != e {
					b.WriteString("Caused by: ")
				}
				b.WriteString(lang.String(lang.Obj(c)) + "\n")
				for _, s := range stackTrace(c) {
					b.WriteString("\tat " + s.Text() + "\n")
				}
			}
			return write(p, out, b.String())
		}},
	{Name: "java.lang.StackTraceElement/getMethodName", Min: 1, Max: 1, Args: "[line]", Doc: "The method of a line of a stack.",
		Pure: one(func(v lang.Value) lang.Value { return lang.Str(v.Obj().(*StackTraceElement).MethodName()) })},
	{Name: "java.lang.StackTraceElement/getClassName", Min: 1, Max: 1, Args: "[line]", Doc: "The class of a line of a stack.",
		Pure: one(func(v lang.Value) lang.Value { return lang.Str(v.Obj().(*StackTraceElement).ClassName()) })},
	{Name: "java.lang.StackTraceElement/getFileName", Min: 1, Max: 1, Args: "[line]", Doc: "The file of a line of a stack.",
		Pure: one(func(v lang.Value) lang.Value { return lang.Str(v.Obj().(*StackTraceElement).FileName()) })},
	{Name: "java.lang.StackTraceElement/getLineNumber", Min: 1, Max: 1, Args: "[line]", Doc: "The line in the file.",
		Pure: one(func(v lang.Value) lang.Value { return lang.Int32(v.Obj().(*StackTraceElement).Pos.Line) })},
}

var numberMethods = []*lang.Native{
	{Name: "java.lang.Number/intValue", Min: 1, Max: 1, Args: "[x]", Run: delegate("unchecked-int"), Doc: "x as an integer of 32 bits."},
	{Name: "java.lang.Number/longValue", Min: 1, Max: 1, Args: "[x]", Run: delegate("long"), Doc: "x as an integer of 64 bits."},
	{Name: "java.lang.Number/doubleValue", Min: 1, Max: 1, Args: "[x]", Run: delegate("double"), Doc: "x as a float."},
	{Name: "java.lang.Number/floatValue", Min: 1, Max: 1, Args: "[x]", Run: delegate("float"), Doc: "x as a float of 32 bits."},
	{Name: "java.lang.Number/isNaN", Min: 1, Max: 1, Args: "[x]", Run: delegate("NaN?"), Doc: "Whether x is the float that is no number."},
	{Name: "java.lang.Boolean/booleanValue", Min: 1, Max: 1, Args: "[x]", Run: delegate("boolean"), Doc: "x itself."},
	{Name: "java.lang.Character/charValue", Min: 1, Max: 1, Args: "[x]", Run: delegate("char"), Doc: "x itself."},
}

var classMethods = []*lang.Native{
	{Name: "java.lang.Class/getName", Min: 1, Max: 1, Args: "[class]", Pure: ofClass(func(c *lang.Class) string { return c.Name }), Doc: "The full name. (.getName String) ;=> \"java.lang.String\""},
	{Name: "java.lang.Class/getTypeName", Min: 1, Max: 1, Args: "[class]", Pure: ofClass(func(c *lang.Class) string { return c.Name }), Doc: "The full name."},
	{Name: "java.lang.Class/getCanonicalName", Min: 1, Max: 1, Args: "[class]", Pure: ofClass(func(c *lang.Class) string { return strings.ReplaceAll(c.Name, "$", ".") }), Doc: "The full name, with a dot before the name of an inner class."},
	{Name: "java.lang.Class/getSimpleName", Min: 1, Max: 1, Args: "[class]", Pure: ofClass((*lang.Class).Simple), Doc: "The name without the package. (.getSimpleName String) ;=> \"String\""},
	{Name: "java.lang.Class/isInstance", Min: 2, Max: 2, Args: "[class x]", Run: delegate("instance?"), Doc: "Whether x is an instance of the class."},
	{Name: "java.lang.Class/isInterface", Min: 1, Max: 1, Args: "[class]", Doc: "Whether the class is an interface.",
		Pure: holds(func(v lang.Value) bool { return v.Obj().(*lang.Class).Iface })},
	{Name: "java.lang.Class/getSuperclass", Min: 1, Max: 1, Args: "[class]", Doc: "The class that this one extends.",
		Pure: one(func(v lang.Value) lang.Value {
			for _, s := range v.Obj().(*lang.Class).Supers {
				if !s.Iface {
					return lang.Obj(s)
				}
			}
			return lang.Obj(lang.ObjectClass)
		})},
}

func ofClass(f func(c *lang.Class) string) pure {
	return one(func(v lang.Value) lang.Value { return lang.Str(f(v.Obj().(*lang.Class))) })
}

var regexMethods = []*lang.Native{
	{Name: "java.util.regex.Pattern/pattern", Min: 1, Max: 1, Args: "[re]", Run: delegate("str"), Doc: "The pattern as it was written."},
	{Name: "java.util.regex.Pattern/matcher", Min: 2, Max: 2, Args: "[re s]", Run: delegate("re-matcher"), Doc: "A matcher, which finds one match after the other."},
	{Name: "java.util.regex.Pattern/split", Min: 2, Max: 2, Args: "[re s]", Doc: "An array of the parts of s between the matches.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return lang.Obj(newArray(p, classArray(lang.StringClass), elements(split([]lang.Value{args[1], args[0]}))))
		}},
	{Name: "java.util.regex.Matcher/find", Min: 1, Max: 1, Args: "[m]", Run: matching((*Matcher).find), Doc: "Goes to the next match; whether there is one."},
	{Name: "java.util.regex.Matcher/matches", Min: 1, Max: 1, Args: "[m]", Run: matching((*Matcher).matches), Doc: "Whether the pattern matches all of the text."},
	{Name: "java.util.regex.Matcher/group", Min: 1, Max: 2, Args: "[m] [m group]", Doc: "The text of the last match, or of one of its groups, by number or name.",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value {
			m := args[0].Obj().(*Matcher)
			at, i := m.mustMatch(), m.groupNumber(optional(args, 1))
			return group(m.s, at, i)
		}},
	{Name: "java.util.regex.Matcher/groupCount", Min: 1, Max: 1, Args: "[m]", Doc: "How many groups the pattern has.",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value {
			return lang.Int32(int32(args[0].Obj().(*Matcher).re.Re.NumSubexp()))
		}},
	{Name: "java.util.regex.Matcher/start", Min: 1, Max: 2, Args: "[m] [m group]", Run: matchEdge(0), Doc: "Where the last match, or one of its groups, begins."},
	{Name: "java.util.regex.Matcher/end", Min: 1, Max: 2, Args: "[m] [m group]", Run: matchEdge(1), Doc: "Where the last match, or one of its groups, ends."},
}

func matching(f func(m *Matcher, w *runtime.World) bool) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		return lang.Bool(f(args[0].Obj().(*Matcher), p.W))
	}
}

func (m *Matcher) groupNumber(v lang.Value) int {
	if s, ok := v.AsString(); ok {
		if i := m.re.Re.SubexpIndex(s); i >= 0 {
			return i
		}
		lang.Raise(lang.IllegalArgumentException, "No group with name <%s>", s)
	}
	if v.IsNil() {
		return 0
	}
	i := integer(v)
	if i < 0 || i > int64(m.re.Re.NumSubexp()) {
		lang.Raise(lang.IndexOutOfBoundsException, "No group %d", i)
	}
	return int(i)
}

func matchEdge(edge int) run {
	return func(_ *runtime.Process, args []lang.Value) lang.Value {
		m := args[0].Obj().(*Matcher)
		at := m.mustMatch()[2*m.groupNumber(optional(args, 1))+edge]
		if at < 0 {
			return lang.Int32(-1)
		}
		return lang.Int32(int32(runeIndex(m.s, at)))
	}
}

var stringMethods = []*lang.Native{
	{Name: "java.lang.String/toUpperCase", Min: 1, Max: 1, Args: "[s]", Pure: onText(strings.ToUpper), Doc: "s in capital letters. (.toUpperCase \"a\") ;=> \"A\""},
	{Name: "java.lang.String/toLowerCase", Min: 1, Max: 1, Args: "[s]", Pure: onText(strings.ToLower), Doc: "s in small letters."},
	{Name: "java.lang.String/trim", Min: 1, Max: 1, Args: "[s]", Pure: onText(strings.TrimSpace), Doc: "s without the white space at its ends."},
	{Name: "java.lang.String/strip", Min: 1, Max: 1, Args: "[s]", Pure: onText(strings.TrimSpace), Doc: "s without the white space at its ends."},
	{Name: "java.lang.CharSequence/length", Min: 1, Max: 1, Args: "[s]", Doc: "How many characters s has. (.length \"abc\") ;=> 3",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value {
			return lang.Int32(int32(utf8.RuneCountInString(lang.String(args[0]))))
		}},
	{Name: "java.lang.CharSequence/isEmpty", Min: 1, Max: 1, Args: "[s]", Doc: "Whether s has no characters.",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value { return lang.Bool(lang.String(args[0]) == "") }},
	{Name: "java.lang.CharSequence/charAt", Min: 2, Max: 2, Args: "[s i]", Doc: "The character at an index. (.charAt \"abc\" 1) ;=> \\b",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value {
			s := lang.String(args[0])
			r, ok := runeAt(s, integer(args[1]))
			if !ok {
				lang.Raise(lang.StringIndexException, "String index out of range: %d", integer(args[1]))
			}
			return lang.Char(r)
		}},
	{Name: "java.lang.CharSequence/subSequence", Min: 3, Max: 3, Args: "[s start end]", Run: substring, Doc: "The part of s from start to before end."},
	{Name: "java.lang.String/isBlank", Min: 1, Max: 1, Args: "[s]", Doc: "Whether s is white space alone.",
		Pure: holds(func(v lang.Value) bool { return strings.TrimSpace(text(v)) == "" })},
	{Name: "java.lang.String/substring", Min: 2, Max: 3, Args: "[s start] [s start end]", Pure: subs, Doc: "The part of s from start to before end."},
	{Name: "java.lang.String/indexOf", Min: 2, Max: 3, Args: "[s x] [s x from]", Doc: "Where x first stands in s, -1 if nowhere. (.indexOf \"abc\" \"c\") ;=> 2",
		Pure: func(args []lang.Value) lang.Value {
			from := int64(0)
			if len(args) == 3 {
				from = integer(args[2])
			}
			return where(indexOf(text(args[0]), partText(args[1]), from))
		}},
	{Name: "java.lang.String/lastIndexOf", Min: 2, Max: 2, Args: "[s x]", Doc: "Where x last stands in s, -1 if nowhere.",
		Pure: two(func(s, x lang.Value) lang.Value { return where(lastIndexOf(text(s), partText(x), -1)) })},
	{Name: "java.lang.String/contains", Min: 2, Max: 2, Args: "[s x]", Doc: "Whether x stands in s.",
		Pure: two(func(s, x lang.Value) lang.Value { return lang.Bool(strings.Contains(text(s), lang.String(x))) })},
	{Name: "java.lang.String/startsWith", Min: 2, Max: 2, Args: "[s x]", Doc: "Whether s begins with x.",
		Pure: two(func(s, x lang.Value) lang.Value { return lang.Bool(strings.HasPrefix(text(s), text(x))) })},
	{Name: "java.lang.String/endsWith", Min: 2, Max: 2, Args: "[s x]", Doc: "Whether s ends with x.",
		Pure: two(func(s, x lang.Value) lang.Value { return lang.Bool(strings.HasSuffix(text(s), text(x))) })},
	{Name: "java.lang.String/equalsIgnoreCase", Min: 2, Max: 2, Args: "[s x]", Doc: "Whether s and x are equal but for the size of letters.",
		Pure: two(func(s, x lang.Value) lang.Value {
			t, ok := x.AsString()
			return lang.Bool(ok && strings.EqualFold(text(s), t))
		})},
	{Name: "java.lang.String/concat", Min: 2, Max: 2, Args: "[s x]", Doc: "s and then x.",
		Pure: two(func(s, x lang.Value) lang.Value { return lang.Str(text(s) + text(x)) })},
	{Name: "java.lang.String/repeat", Min: 2, Max: 2, Args: "[s n]", Doc: "s, n times.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			s, n := text(args[0]), integer(args[1])
			if n < 0 {
				lang.Raise(lang.IllegalArgumentException, "count is negative: %d", n)
			}
			if s == "" {
				return args[0]
			}
			if n > largeText*64/int64(len(s)) {
				lang.Raise(lang.OutOfMemoryError, "Required length exceeds implementation limit")
			}
			p.W.Reserve(len(s) * int(n))
			return lang.Str(strings.Repeat(s, int(n)))
		}},
	{Name: "java.lang.String/replace", Min: 3, Max: 3, Args: "[s old new]", Doc: "s with every old, a string or character, replaced.",
		Pure: func(args []lang.Value) lang.Value {
			return lang.Str(strings.ReplaceAll(text(args[0]), lang.String(args[1]), lang.String(args[2])))
		}},
	{Name: "java.lang.String/replaceAll", Min: 3, Max: 3, Args: "[s re replacement]", Run: replaceMatches(-1), Doc: "s with every match of a pattern replaced."},
	{Name: "java.lang.String/replaceFirst", Min: 3, Max: 3, Args: "[s re replacement]", Run: replaceMatches(1), Doc: "s with the first match of a pattern replaced."},
	{Name: "java.lang.String/matches", Min: 2, Max: 2, Args: "[s re]", Doc: "Whether a pattern matches all of s.",
		Pure: two(func(s, re lang.Value) lang.Value { return lang.Bool(fullMatch(pattern(re), text(s)) != nil) })},
	{Name: "java.lang.String/split", Min: 2, Max: 3, Args: "[s re] [s re limit]", Doc: "An array of the parts of s between the matches of a pattern.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return lang.Obj(newArray(p, classArray(lang.StringClass), elements(split(args))))
		}},
	{Name: "java.lang.String/toCharArray", Min: 1, Max: 1, Args: "[s]", Doc: "An array of the characters.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return lang.Obj(newArray(p, arrayNamed("char"), elements(args[0])))
		}},
	{Name: "java.lang.String/getBytes", Min: 1, Max: 2, Args: "[s] [s encoding]", Doc: "An array of the bytes in UTF-8.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			s := text(args[0])
			vs := make([]lang.Value, len(s))
			for i := range vs {
				vs[i] = lang.Int(int64(int8(s[i])))
			}
			return lang.Obj(newArray(p, arrayNamed("byte"), vs))
		}},
	{Name: "java.lang.String/codePointAt", Min: 2, Max: 2, Args: "[s i]", Doc: "The code of the character at an index.",
		Pure: two(func(s, i lang.Value) lang.Value {
			r, ok := runeAt(text(s), integer(i))
			if !ok {
				lang.Raise(lang.StringIndexException, "Index %d out of bounds for length %d", integer(i), utf8.RuneCountInString(text(s)))
			}
			return lang.Int32(r)
		})},
	{Name: "java.lang.String/intern", Min: 1, Max: 1, Args: "[s]", Pure: onText(func(s string) string { return s }), Doc: "s itself."},
	{Name: "java.lang.String/compareToIgnoreCase", Min: 2, Max: 2, Args: "[s x]", Doc: "Below, at or above 0 as s is below, at or above x, but for the size of letters.",
		Pure: two(func(s, x lang.Value) lang.Value {
			return lang.Int(int64(strings.Compare(strings.ToLower(text(s)), strings.ToLower(text(x)))))
		})},
}

func substring(_ *runtime.Process, args []lang.Value) lang.Value {
	return lang.Str(slice(lang.String(args[0]), integer(args[1]), integer(args[2])))
}

// replaceMatches makes replaceAll and replaceFirst, whose pattern is a string.
func replaceMatches(n int) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		return replace(p, []lang.Value{args[0], lang.Obj(pattern(args[1])), lang.Str(text(args[2]))}, n)
	}
}

// where gives an index as Java does: 32 bits, -1 for nowhere.
func where(i int) lang.Value { return lang.Int32(int32(i)) }

// partText gives what is looked for in a string: a string, a character or its code.
func partText(v lang.Value) string {
	if v.IsFixed() {
		return string(rune(v.AsInt()))
	}
	return lang.String(v)
}

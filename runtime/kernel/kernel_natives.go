package kernel

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// kernelNatives are the other functions of Kernel that need no macro.
func kernelNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "Kernel/put_elem", Min: 3, Max: 3, Args: "tuple, index, value", Pure: putElem, Doc: "A tuple with another element at index. put_elem({1, 2}, 0, :a) #=> {:a, 2}"},
		{Name: "Kernel/apply", Min: 2, Max: 3, Seqs: arg1 | arg2, Args: "module_or_fun, function_name, args", Run: apply, Doc: "Calls a function with a list of arguments. apply(Enum, :sum, [[1, 2]]) #=> 3"},
		{Name: "Kernel/function_exported?", Min: 3, Max: 3, Args: "module, function, arity", Run: functionExported, Doc: "Whether a module has a public function of that arity. function_exported?(Enum, :map, 2) #=> true"},
		{Name: "Kernel/macro_exported?", Min: 3, Max: 3, Args: "module, macro, arity", Run: macroExported, Doc: "Whether a module has a public macro of that name."},
		{Name: "Kernel/throw", Min: 1, Max: 1, Args: "term", Pure: one(func(v lang.Value) lang.Value { panic(lang.NewReason(lang.KindThrow, v)) }), Doc: "Throws term, for a catch around it."},
		{Name: "Kernel/struct", Min: 1, Max: 2, Args: "struct, fields \\\\ []", Run: structNative(false), Doc: "The struct of a module, or a struct, with fields that it has set. struct(User, name: \"x\")"},
		{Name: "Kernel/struct!", Min: 1, Max: 2, Args: "struct, fields \\\\ []", Run: structNative(true), Doc: "As struct, but a field that it has not is a KeyError."},
		{Name: "Kernel/to_string", Min: 1, Max: 1, Deep: arg0, Args: "term", Run: toString, Doc: "term as text, by String.Chars. to_string(:a) #=> \"a\""},
		{Name: "String.Chars/to_string", Min: 1, Max: 1, Deep: arg0, Args: "term", Run: toString, Doc: "term as text. String.Chars.to_string(1) #=> \"1\""},
		{Name: "Kernel/to_charlist", Min: 1, Max: 1, Deep: arg0, Args: "term", Run: toCharlist, Doc: "term as a list of code points. to_charlist(\"abc\") #=> 'abc'"},
		{Name: "List.Chars/to_charlist", Min: 1, Max: 1, Deep: arg0, Args: "term", Run: toCharlist, Doc: "term as a list of code points. List.Chars.to_charlist(12) #=> '12'"},
		{Name: "Function/capture", Min: 3, Max: 3, Args: "module, function_name, arity", Run: captureNative, Doc: "A function of a module as a value. Function.capture(Enum, :sum, 1)"},
		{Name: "Function/identity", Min: 1, Max: 1, Args: "value", Pure: one(func(v lang.Value) lang.Value { return v }), Doc: "value itself. Function.identity(1) #=> 1"},
		{Name: "Function/info", Min: 1, Max: 2, Args: "fun, item", Pure: functionInfo, Doc: "What is known of a function: module, name, arity, type, env."},
		{Name: "Module/concat", Min: 1, Max: 2, Args: "left, right", Pure: moduleConcat, Doc: "The module of joined names. Module.concat(Foo, Bar) #=> Foo.Bar"},
		{Name: "Module/split", Min: 1, Max: 1, Args: "module", Pure: moduleSplit, Doc: "The parts of a module's name. Module.split(Foo.Bar) #=> [\"Foo\", \"Bar\"]"},
		{Name: "Code/ensure_loaded", Min: 1, Max: 1, Args: "module", Run: ensureLoaded, Doc: "{:module, module} if there is such a module. Code.ensure_loaded(Enum) #=> {:module, Enum}"},
		{Name: "Code/ensure_loaded?", Min: 1, Max: 1, Args: "module", Run: func(p *runtime.Process, args []lang.Value) lang.Value { return lang.Bool(isLoaded(p.W, args[0])) }, Doc: "Whether there is such a module. Code.ensure_loaded?(Enum) #=> true"},
		{Name: "Code/ensure_loaded!", Min: 1, Max: 1, Args: "module", Run: mustLoad, Doc: "module, if there is such a one; an ArgumentError otherwise."},
		{Name: "Code/ensure_compiled!", Min: 1, Max: 1, Args: "module", Run: mustLoad, Doc: "module, if there is such a one; an ArgumentError otherwise."},
		{Name: "Kernel/binary_slice", Min: 2, Max: 3, Args: "binary, start, size", Pure: binarySlice, Doc: "size bytes of a binary from start on, as far as there are, or those of a range. binary_slice(\"hello\", 1, 3) #=> \"ell\""},
		{Name: "Code/ensure_compiled", Min: 1, Max: 1, Args: "module", Run: ensureLoaded, Doc: "{:module, module} if there is such a module."},
	}
}

func putElem(args []lang.Value) lang.Value {
	elem(args[:2])
	return lang.Obj(tupleArg(args[0]).Assoc(int(args[1].AsInt()), args[2]))
}

// function finds a public function of a module by atoms, nil if there is none.
func function(w *runtime.World, mod, fun lang.Value) *runtime.Var {
	k, ok := mod.AsKeyword()
	if !ok {
		return nil
	}
	ns := w.FindNS(strings.TrimPrefix(k.String(), "Elixir."))
	name, isAtom := lang.AtomName(fun)
	if ns == nil || !isAtom {
		return nil
	}
	v := ns.Var(name)
	if v == nil || v.IsPrivate() || !v.Bound() {
		return nil
	}
	return v
}

func apply(p *runtime.Process, args []lang.Value) lang.Value {
	if len(args) == 2 {
		if !isList(args[1]) {
			badArg(1, "not a list")
		}
		vs := lang.ToSlice(args[1])
		checkFunction(args[0])
		if !callable(args[0], len(vs)) {
			lang.RaiseReason(lang.Vec(lang.K("badarity"), lang.Vec(args[0], args[1])))
		}
		return p.TailCall(args[0], vs...)
	}
	switch {
	case !isAtom(args[0]):
		argumentError("you attempted to apply a function named " + inspectPlain(p.W, args[1]) + " on " + inspectPlain(p.W, args[0]) + ". If you are using Kernel.apply/3, make sure the module is an atom. If you are using the dot syntax, such as module.function(), make sure the left-hand side of the dot is a module atom")
	case !isAtom(args[1]):
		badArg(1, "not an atom")
	case !isList(args[2]):
		badArg(2, "not a list")
	}
	vs := lang.ToSlice(args[2])
	f := function(p.W, args[0], args[1])
	if f == nil || f.IsMacro() || !callable(f.Root(), len(vs)) {
		name, _ := lang.AtomName(args[1])
		lang.RaiseCall(lang.K("undef"), args[0], name, vs...)
	}
	return p.TailCall(lang.Obj(f), vs...)
}

func functionExported(p *runtime.Process, args []lang.Value) lang.Value {
	f := function(p.W, args[0], args[1])
	return lang.Bool(f != nil && !f.IsMacro() && callable(f.Root(), int(intArg("Kernel", "function_exported?", args, 2))))
}

func macroExported(p *runtime.Process, args []lang.Value) lang.Value {
	mod, _ := lang.AtomName(args[0])
	name, _ := lang.AtomName(args[1])
	return lang.Bool(args[2].IsFixed() && resolverOf(p).kind(mod, name, int(args[2].AsInt())) == "defmacro")
}

// structKont sets the fields of an empty struct.
var structKont = &runtime.Kont{Name: "struct", Return: func(_ *runtime.Process, state any, v lang.Value) lang.Value {
	s := state.(structFill)
	return s.into(v)
}}

// structFill are the fields that a struct is to get.
type structFill struct {
	fields lang.Value
	strict bool
}

func (s structFill) into(v lang.Value) lang.Value {
	m, ok := v.Obj().(*lang.Map)
	if !ok {
		badMap(v)
	}
	lang.Iterate(s.fields, func(x lang.Value) bool {
		e, ok := x.Obj().(*lang.Vector)
		if !ok || e.Len() != 2 {
			argumentError("expected a keyword list or a map of fields")
		}
		k := e.Nth(0)
		_, has := m.Get(k)
		switch {
		case has && k != structKey:
			m = m.Assoc(k, e.Nth(1))
		case s.strict && k != structKey:
			raiseKey(lang.Nil, k)
		}
		return true
	})
	return lang.Obj(m)
}

func structNative(strict bool) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		s := structFill{optional(args, 1, emptyList), strict}
		if !isAtom(args[0]) {
			return s.into(args[0])
		}
		f := function(p.W, args[0], structKey)
		if f == nil {
			lang.RaiseCall(lang.K("undef"), args[0], "__struct__")
		}
		if strict {
			return p.TailCall(lang.Obj(f), s.fields)
		}
		return p.Call(structKont, s, lang.Obj(f))
	}
}

// textOf gives the text of what String.Chars knows without its protocol.
func textOf(v lang.Value) (string, bool) {
	if s, ok := v.AsString(); ok {
		return s, true
	}
	if name, ok := lang.AtomName(v); ok {
		if v.IsNil() {
			return "", true
		}
		return name, true
	}
	switch {
	case lang.IsInteger(v):
		return lang.String(v), true
	case v.IsFloat():
		return lang.FormatElixirFloat(v.AsFloat()), true
	case isList(v):
		return listText(v), true
	case v.IsChar():
		return string(v.AsChar()), true
	}
	if f := chars[typeName(v)]; f != nil {
		if m, ok := v.Obj().(*lang.Map); ok {
			return f(m)
		}
	}
	return "", false
}

// chars are the structs of ours that implement String.Chars.
var chars map[string]func(m *lang.Map) (string, bool)

func init() { // they make texts of what is in them
	chars = map[string]func(m *lang.Map) (string, bool){
		"Date": dateText, "Time": timeText, "NaiveDateTime": naiveText, "DateTime": dateTimeText, "Version": versionText, "URI": uriText,
	}
}

func toString(p *runtime.Process, args []lang.Value) lang.Value {
	if s, ok := textOf(args[0]); ok {
		return lang.Str(s)
	}
	return p.TailCall(implementation(p, "String.Chars", "to_string", args[0]), args[0])
}

var toCharlistKont = &runtime.Kont{Name: "to_charlist", Return: func(_ *runtime.Process, _ any, v lang.Value) lang.Value {
	if s, ok := v.AsString(); ok {
		return charlist(s)
	}
	return v
}}

func toCharlist(p *runtime.Process, args []lang.Value) lang.Value {
	if isList(args[0]) {
		return args[0]
	}
	if s, ok := textOf(args[0]); ok {
		return charlist(s)
	}
	protocol, fun := "List.Chars", "to_charlist"
	if p.W.FindNS("List.Chars."+typeName(args[0])) == nil {
		protocol, fun = "String.Chars", "to_string"
	}
	return p.Call(toCharlistKont, nil, implementation(p, protocol, fun, args[0]), args[0])
}

func captureNative(p *runtime.Process, args []lang.Value) lang.Value {
	f := function(p.W, args[0], args[1])
	if f == nil {
		name, _ := lang.AtomName(args[1])
		lang.RaiseCall(lang.K("undef"), args[0], name, make([]lang.Value, intArg("Function", "capture", args, 2))...)
	}
	return f.Root()
}

func functionInfo(args []lang.Value) lang.Value {
	v := args[0]
	checkFunction(v)
	mod, name, kind := lang.Nil, lang.K("-fun-"), lang.K("local")
	switch f := v.Obj().(type) {
	case *lang.Native:
		m, fun, _ := strings.Cut(f.Name, "/")
		mod, name, kind = moduleAtom(m), lang.K(fun), lang.K("external")
	case *lang.Closure:
		mod, name, _ = splitName(f.Fn.Name)
	}
	items := []lang.Value{
		lang.Vec(lang.K("module"), mod), lang.Vec(lang.K("name"), name), lang.Vec(lang.K("arity"), lang.Int(int64(arityOf(v)))),
		lang.Vec(lang.K("env"), emptyList), lang.Vec(lang.K("type"), kind),
	}
	if len(args) == 1 {
		return lang.ListOf(items...)
	}
	for _, item := range items {
		if t := item.Obj().(*lang.Vector); t.Nth(0) == args[1] {
			return item
		}
	}
	badArg(1, "invalid item")
	return lang.Nil
}

// aliasParts gives the name in an atom or text, without Elixir's prefix.
func aliasPart(v lang.Value) string {
	s, ok := v.AsString()
	if !ok {
		s, _ = lang.AtomName(v)
	}
	return strings.TrimPrefix(s, "Elixir.")
}

func moduleConcat(args []lang.Value) lang.Value {
	parts := args
	if len(args) == 1 {
		parts = listArg("Module", "concat", args, 0)
	}
	names := make([]string, 0, len(parts))
	for _, v := range parts {
		if name := aliasPart(v); name != "" && !v.IsNil() {
			names = append(names, name)
		}
	}
	return module(strings.Join(names, "."))
}

func moduleSplit(args []lang.Value) lang.Value {
	s, ok := args[0].AsString()
	if !ok {
		s, _ = lang.AtomName(args[0])
	}
	name, isModule := strings.CutPrefix(s, "Elixir.")
	if !isModule {
		argumentError("expected an Elixir module, got: " + inspectPlain(nil, args[0]))
	}
	return binaries(strings.Split(name, "."))
}

func mustLoad(p *runtime.Process, args []lang.Value) lang.Value {
	if !isLoaded(p.W, args[0]) {
		argumentError("could not load module " + inspectPlain(p.W, args[0]) + " due to reason :nofile")
	}
	return args[0]
}

// binarySlice is String.slice that counts bytes.
func binarySlice(args []lang.Value) lang.Value {
	s := binaryArg("Kernel", "binary_slice", args, 0)
	size := int64(len(s))
	var start, end int64
	if len(args) == 3 {
		start = intArg("Kernel", "binary_slice", args, 1)
		if start < 0 {
			start = max(start+size, 0)
		}
		end = start + intArg("Kernel", "binary_slice", args, 2)
	} else {
		m, ok := args[1].Obj().(*lang.Map)
		if !ok {
			noClause("Kernel", "binary_slice", args)
		}
		first, last, _, _ := rangeOf(m)
		if first < 0 {
			first = max(first+size, 0)
		}
		if last < 0 {
			last += size
		}
		start, end = first, last+1
	}
	if end = min(end, size); start >= end {
		return lang.Str("")
	}
	return lang.Str(s[start:end])
}

func ensureLoaded(p *runtime.Process, args []lang.Value) lang.Value {
	if isLoaded(p.W, args[0]) {
		return lang.Vec(lang.K("module"), args[0])
	}
	return failed(lang.K("nofile"))
}

package lang

// Resolver is what the compiler asks about names. The machine implements it
// over its namespaces; a test implements it over a map. None of its methods
// runs code of the language.
type Resolver interface {
	// CurrentNS gives the name of the namespace that is compiled into.
	CurrentNS() string
	// Resolve says what the symbol s, which is no local, names now.
	Resolve(s *Symbol) Resolution
	// Intern finds or makes the var that (def s) in the current namespace
	// defines, and raises where it may not be. meta is the symbol's metadata
	// as written, unevaluated; it makes the var dynamic, private or a macro
	// for the code that follows.
	Intern(s *Symbol, meta *Map) Value
	// Static finds a static member of a host class: a field's value, or a
	// function for a method.
	Static(class Value, member string) (v Value, isField, ok bool)
	// Constructor finds the function that makes an instance of class, or
	// raises, saying what to use in its place.
	Constructor(class Value) Value
	// Support gives one of the functions that compiled code calls by itself.
	Support(f Support) Value
	// Suggest gives names near to s that do resolve, best first.
	Suggest(s *Symbol) []string
}

// Found tells what kind of thing a symbol names.
type Found uint8

// What a symbol can name.
const (
	FoundNothing Found = iota
	FoundNoNS          // its namespace is unknown, too
	FoundVar           // Resolution.Value is the var; its object implements VarInfo
	FoundClass         // Resolution.Value is the class
)

// Resolution is what a symbol was found to name.
type Resolution struct {
	Found Found
	Value Value
}

// VarInfo is what the compiler asks a var about itself.
type VarInfo interface {
	// VarName gives the var's namespace and name.
	VarName() (ns, name string)
	// MacroFn gives the macro's function, and whether the var is a macro. The
	// function takes the form, the environment, and the macro's arguments.
	MacroFn() (Value, bool)
	// IsDynamic reports whether the var may be bound or set.
	IsDynamic() bool
	// IsPrivate reports whether only its own namespace may use it.
	IsPrivate() bool
	// Inline names the operation that a call of the var compiles to, "" if
	// none. compile.InlineNames lists those that the compiler knows.
	Inline() string
	// GuardSafe reports whether a guard may call the var: it holds a pure native.
	GuardSafe() bool
	// GoForm gives what a call directly inside a go block calls in place of
	// the var (the parking <! for the one that refuses), if there is such.
	GoForm() (Value, bool)
}

// Support names a function that compiled code calls by itself. Each is a
// native function or a var.
type Support uint8

// The support functions, with their arguments.
const (
	SupportApply        Support = iota // f, vector of arguments: a call with very many arguments
	SupportHostCall                    // method name, object, arguments...: (.method object arguments...)
	SupportHostField                   // field name, object: (.-field object)
	SupportSetField                    // field name, object, value: (set! (.-field object) value)
	SupportWithMeta                    // object, map: a literal with metadata
	SupportMonitorEnter                // object
	SupportMonitorExit                 // object
)

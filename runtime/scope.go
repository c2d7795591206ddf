package runtime

import (
	"unicode"

	"github.com/conc-repl/conc-repl/lang"
)

// Local is a local of a call, or what its function captured, with its value.
type Local struct {
	Name  string
	Value lang.Value
}

// Scope is one call on the stack of a process, with what its names stand for
// there. Of names that hide each other only the innermost is given; of a local
// that the program does not read any more, the value is forgotten.
type Scope struct {
	lang.TraceEntry
	Locals []Local
}

// Scopes gives the calls on the stack of the process, innermost first, without
// those of the library: the entries of Trace.
func (p *Process) Scopes() []Scope {
	var out []Scope
	p.eachCall(func(f *Frame) bool {
		out = append(out, Scope{f.entry(), p.locals(f)})
		return len(out) < maxTrace
	})
	return out
}

// LibraryCall gives the function of the library that the program called and in
// which the process is now, "" if it is in none, or not in one that has a name.
func (p *Process) LibraryCall() string {
	name := ""
	if p.code != nil {
		if !p.isLibrary(p.code) {
			return ""
		}
		name = libraryName(p.code)
	}
	for i := len(p.frames) - 1; i >= 0; i-- {
		switch f := &p.frames[i]; {
		case f.code == nil:
		case !p.isLibrary(f.code):
			return name
		default:
			name = libraryName(f.code)
		}
	}
	return ""
}

// libraryName gives the name of a function of the library as its notation writes it:
// GenServer.call/3, :gen.call/4.
func libraryName(c *lang.Code) string {
	if c.Notation == lang.ElixirNotation && c.Name != "" && unicode.IsLower(rune(c.Name[0])) {
		return ":" + c.Name
	}
	return c.Name
}

// entry gives the place of a call.
func (f *Frame) entry() lang.TraceEntry {
	return lang.TraceEntry{Name: f.code.Name, Pos: f.code.PosAt(int(f.pc) - 1)}
}

// eachCall gives the calls on the stack, innermost first, without those of the
// library, until visit returns false. The first has no registers any more (its
// base is gone) if it has left them to the native that it called last.
func (p *Process) eachCall(visit func(f *Frame) bool) {
	code, pc := p.here()
	top := Frame{code: code, fn: p.fn, pc: pc, base: p.base}
	if p.code == nil {
		top.base = gone
	}
	if top.code != nil && !p.isLibrary(top.code) && !visit(&top) {
		return
	}
	for i := len(p.frames) - 1; i >= 0; i-- {
		if f := &p.frames[i]; f.code != nil && !p.isLibrary(f.code) && !visit(f) {
			return
		}
	}
}

// gone is the base of a call whose registers were left to another.
const gone = -1

// locals gives what the names in a call stand for.
func (p *Process) locals(f *Frame) []Local {
	var out []Local
	set := func(name string, v lang.Value) {
		for i := range out {
			if out[i].Name == name {
				out[i].Value = v
				return
			}
		}
		out = append(out, Local{name, v})
	}
	for i, c := range f.fn.Fn.Captures {
		if !lang.MadeUp(c.Name) && i < len(f.fn.Up) {
			set(c.Name, f.fn.Up[i])
		}
	}
	if f.base == gone {
		return out
	}
	pc := int(f.pc) - 1
	for _, l := range f.code.Locals {
		at := int(f.base) + int(l.Reg)
		if int(l.From) > pc || pc >= int(l.To) || at >= len(p.stack) {
			continue
		}
		if v := p.stack[at]; !v.IsNil() || !f.code.Forgets(l, pc) {
			set(l.Name, v)
		}
	}
	return out
}

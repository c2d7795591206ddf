package runtime

import (
	"strconv"

	"github.com/conc-repl/conc-repl/lang"
)

// pidClass is what (class (self)) gives.
var pidClass = lang.DefineClass("conc.actors.Pid", lang.ObjectClass)

// Class gives the class of pids.
func (p *Process) Class() *lang.Class { return pidClass }

// String gives the pid as both notations print it: #PID<0.114.0>.
func (p *Process) String() string { return "#PID<0." + itoa(p.Num) + ".0>" }

// PrintTo prints the pid.
func (p *Process) PrintTo(pr *lang.Printer) { pr.WriteString(p.String()) }

// Hash derives from the process's number, so that sets of pids iterate alike in every run.
func (p *Process) Hash() uint32 { return lang.Hash(lang.Int(int64(p.Num))) }

// TermRank places pids among Erlang's terms, in the order of their numbers.
func (p *Process) TermRank() (lang.TermRank, uint64) { return lang.TermPid, p.Num }

// ParsePid gives the number in "0.114.0", "<0.114.0>" or "#PID<0.114.0>", as
// iex's pid/1 reads it.
func ParsePid(s string) (num uint64, ok bool) {
	for _, cut := range [...]string{"#PID", "<"} {
		if len(s) >= len(cut) && s[:len(cut)] == cut {
			s = s[len(cut):]
		}
	}
	if n := len(s); n > 0 && s[n-1] == '>' {
		s = s[:n-1]
	}
	if len(s) < 5 || s[:2] != "0." || s[len(s)-2:] != ".0" {
		return 0, false
	}
	num, err := strconv.ParseUint(s[2:len(s)-2], 10, 64)
	return num, err == nil
}

// Roots calls f with every value that the process holds by itself: registers,
// arguments, captures of the functions that run, results on their way. States
// of continuations written in Go are not values and are left out.
func (p *Process) Roots(f func(lang.Value)) {
	end := max(int(p.nb+p.nargs), int(p.slot)+1)
	if p.code != nil {
		end = max(end, int(p.base)+p.code.NRegs)
	}
	for _, v := range p.stack[:min(end, len(p.stack))] {
		f(v)
	}
	f(p.callee)
	f(p.result)
	if p.fn != nil {
		f(lang.Obj(p.fn))
	}
	for i := range p.frames {
		if fn := p.frames[i].fn; fn != nil {
			f(lang.Obj(fn))
		}
	}
}

// StackDepth gives how many calls deep the process is.
func (p *Process) StackDepth() int {
	if p.code == nil {
		return len(p.frames)
	}
	return len(p.frames) + 1
}

// FunctionName gives the function that the process is in, library frames left out; "" if none.
func (p *Process) FunctionName() string {
	if t := p.Trace(); len(t) > 0 {
		return t[0].Name
	}
	if code, _ := p.here(); code != nil { // of the library
		return code.Name
	}
	return ""
}

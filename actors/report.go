package actors

import (
	"fmt"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Exceptions is what the Elixir notation's library knows of them.
type Exceptions struct {
	Struct     func(e *lang.Exception) lang.Value // as rescue sees e
	Reason     func(e *lang.Exception) lang.Value // as an exit reason has it
	Stacktrace func(e *lang.Exception) lang.Value
	Known      func(e *lang.Exception) bool // whether e's message needs no code of the program
}

// report writes what Elixir's Logger writes of a process that an error ended:
// its first line is Elixir's, the error's text is that of the notation in
// which the process is written. An exit is no error, and is not reported.
func (s *System) report(p *runtime.Process, e *lang.Exception) {
	switch {
	case e.Kind == lang.KindExit || !s.Logs("error"):
	case s.Elixir == nil || p.Notation() != lang.ElixirNotation && e.Call == nil: // a call is Erlang's
		s.w.Err.Write(s.w, p, "\n"+s.ReportHead(p)+ErrorText(e))
	default:
		s.reportElixir(p, e)
	}
}

// reportElixir has Exception.format make the text. If that runs code of the
// program, a process does it, as the BEAM's logger is one.
func (s *System) reportElixir(p *runtime.Process, e *lang.Exception) {
	payload := s.Elixir.Struct(e)
	if e.Kind == lang.KindThrow {
		payload = s.Elixir.Struct(lang.NewReason(lang.KindError, lang.Vec(kwNocatch, e.Reason)))
	}
	format := s.function("Exception", "format")
	args := []lang.Value{lang.K("error"), payload, s.Elixir.Stacktrace(e)}
	if !s.Elixir.Known(e) {
		s.w.Spawn(s.w.Shell, runtime.Spawn{Kind: runtime.Actor, Fn: format, Args: args, Exit: reportKont, State: p})
		return
	}
	text, _ := s.w.Private(lang.Nil, format, args...)
	s.crashed(p, text)
}

var reportKont = &runtime.Kont{Name: "report", Return: func(q *runtime.Process, state any, v lang.Value) lang.Value {
	of(q).crashed(state.(*runtime.Process), v)
	return lang.Nil
}}

// ReportHead gives the first line of a crash report.
func (s *System) ReportHead(p *runtime.Process) string {
	return s.timestamp() + " [error] Process " + p.String() + " raised an exception\n"
}

func (s *System) crashed(p *runtime.Process, text lang.Value) {
	t, _ := text.AsString()
	s.Log(p, "error", "Process "+p.String()+" raised an exception\n"+strings.TrimRight(t, "\n"))
}

// heapReport writes what the BEAM logs when a heap is larger than its process may have.
func (s *System) heapReport(p *runtime.Process, limit, total int64, kill bool) {
	if !s.Logs("error") {
		return
	}
	s.w.Err.Write(s.w, p, fmt.Sprintf("\n%s [error]      Process:            %s \n     Context:            maximum heap size reached\n"+
		"     Max Heap Size:      %d\n     Total Heap Size:    %d\n     Kill:               %t\n     Error Logger:       true\n     Message Queue Len:  %d\n",
		s.timestamp(), p, limit, total, kill, s.MailboxLen(p)))
}

func (s *System) timestamp() string { return s.w.WallTime().Format("15:04:05.000") }

// ErrorText gives an exception with its causes and trace as Clojure prints them.
func ErrorText(e *lang.Exception) string {
	var b strings.Builder
	for cause := ""; e != nil; cause = "Caused by: " {
		b.WriteString(cause)
		if e.Kind == lang.KindThrow {
			b.WriteString("nobody catches the thrown value " + lang.PrString(e.Reason))
		} else {
			b.WriteString(e.Error())
		}
		if m, ok := e.Data.Obj().(*lang.Map); ok {
			b.WriteString(" " + lang.PrString(lang.Obj(m)))
		}
		b.WriteByte('\n')
		for _, t := range e.Trace {
			b.WriteString("    at " + t.Name)
			if t.Pos.IsValid() {
				b.WriteString(" (" + t.Pos.String() + ")")
			}
			b.WriteByte('\n')
		}
		e = e.Cause
	}
	return b.String()
}

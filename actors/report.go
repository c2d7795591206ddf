package actors

import (
	"fmt"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// report writes what Elixir's Logger writes of a process that an error ended:
// its first line is Elixir's, the error's text is Clojure's. An exit is no
// error, and is not reported.
func (s *System) report(p *runtime.Process, e *lang.Exception) {
	if e.Kind == lang.KindExit || !s.Logs("error") {
		return
	}
	s.w.Err.Write(s.w, p, "\n"+s.ReportHead(p)+ErrorText(e))
}

// ReportHead gives the first line of a crash report.
func (s *System) ReportHead(p *runtime.Process) string {
	return s.timestamp() + " [error] Process " + p.String() + " raised an exception\n"
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

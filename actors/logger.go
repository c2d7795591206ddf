package actors

import (
	"slices"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// logLevels are Elixir's, from the least; none is above all.
var logLevels = []string{"debug", "info", "notice", "warning", "error", "critical", "alert", "emergency", "none"}

// logger is what the Logger of a world lets through. Reports of crashes go
// through it, too.
type logger struct {
	runtime.Stamped
	least int // index of the lowest level that is written
}

// Save gives the level.
func (l *logger) Save() any { return l.least }

// Restore puts a level back.
func (l *logger) Restore(s any) { l.least = s.(int) }

func levelOf(v lang.Value) int {
	k, _ := v.AsKeyword()
	if k == nil {
		return -1
	}
	switch k.String() {
	case "all":
		return 0
	case "warn":
		return slices.Index(logLevels, "warning")
	}
	return slices.Index(logLevels, k.String())
}

// Logs reports whether messages of a level are written.
func (s *System) Logs(level string) bool { return slices.Index(logLevels, level) >= s.logger.least }

// Log writes a message as Elixir's console does.
func (s *System) Log(p *runtime.Process, level, text string) {
	if s.Logs(level) {
		s.w.Out.Write(s.w, p, "\n"+s.timestamp()+" ["+level+"] "+text+"\n")
	}
}

// logExports are what Logger's own text stands on.
var logExports = []export{
	{names: "Logger/enabled?", min: 1, max: 1, args: "level", doc: "Tells whether messages of a level are written.",
		run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return lang.Bool(levelOf(args[0]) >= of(p).logger.least)
		}},
	{names: "Logger/level", args: "", doc: "Gives the least level that is written.",
		run: func(p *runtime.Process, _ []lang.Value) lang.Value { return lang.K(logLevels[of(p).logger.least]) }},
	{names: "Logger/set_level", min: 1, max: 1, run: setLevel, args: "level", doc: "Sets the least level that is written."},
	{names: "Logger/write", min: 2, max: 2, demands: []demand{{0, 1, func(v lang.Value) bool { return levelOf(v) >= 0 }, "not a level"}, {1, 2, lang.Value.IsString, "not a text"}},
		args: "level, text", doc: "Writes a message, with the time and the level before it.", run: writeLog},
}

func setLevel(p *runtime.Process, args []lang.Value) lang.Value {
	least := levelOf(args[0])
	if least < 0 {
		lang.Raise(lang.IllegalArgumentException, "unknown level %s; the levels are %v", lang.Inspect(args[0]), logLevels)
	}
	s := of(p)
	s.w.Touch(&s.logger)
	s.logger.least = least
	return kwOk
}

func writeLog(p *runtime.Process, args []lang.Value) lang.Value {
	text, _ := args[1].AsString()
	return p.Perform(&runtime.Effect{Name: wordsLog, With: []any{args[1]}, On: []runtime.Access{{Entity: p.W.Out, Mode: runtime.Write}},
		Do: func(_ *runtime.World, p *runtime.Process) lang.Value {
			of(p).Log(p, lang.DisplayString(args[0])[1:], text)
			return kwOk
		}})
}

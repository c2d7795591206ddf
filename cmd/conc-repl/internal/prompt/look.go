package prompt

import (
	"github.com/fatih/color"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/clojure"
)

// look is what the prompt must know of a notation's text, apart from what the
// session knows: it asks on every key, and on a goroutine of its own.
type look struct {
	name, command string // for people, and for .lang
	unfinished    func(text string) bool
	tokens        func(text string) []piece
	match         func(text string, at int) int // the bracket that belongs to the one at an offset, -1 if none
	complete      func(s *session.Session, line string) Completion
	oneLine       func(entry string) string // an entry in one line, which is all that readline can recall
	coloured      bool                      // results have their colours when they are printed
}

// piece is a token with its colour, 0 for none.
type piece struct {
	start, end int
	colour     color.Attribute
}

// looks has the notations.
var looks = [...]look{
	lang.ClojureNotation: {
		name: "Clojure's", command: "clojure", tokens: clojurePieces, match: clojureMatch, oneLine: clojureLine, complete: completeClojure,
		unfinished: func(text string) bool { return clojure.Pending(text) != nil },
	},
	lang.ElixirNotation: {
		name: "Elixir's", command: "elixir", tokens: elixirPieces, match: elixirMatch, oneLine: elixirLine, complete: completeElixir, coloured: true,
		unfinished: elixirUnfinished,
	},
}

// unfinished reports whether more lines can complete what was typed.
func unfinished(n lang.Notation, text string) bool { return looks[n].unfinished(text) }

// constants are the symbols that stand for themselves.
var constants = []string{"nil", "true", "false"}

package prompt

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/iex"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang/elixir"
	"github.com/conc-repl/conc-repl/runtime"
)

// completeElixir offers modules, their functions, variables, and what is
// called without a module's name.
func completeElixir(s *session.Session, line string) Completion {
	stem := elixirStem(line)
	c := Completion{Stem: stem}
	if stem == "" {
		c.Help = signatures(s, elixirHead(line))
		return c
	}
	for _, name := range elixirNames(s, stem) {
		if end, ok := strings.CutPrefix(name, stem); ok && end != "" {
			c.Ends = append(c.Ends, end)
		}
	}
	slices.Sort(c.Ends)
	c.Ends = slices.Compact(c.Ends)
	if len(c.Ends) == 0 {
		c.Help = signatures(s, stem)
	}
	return c
}

// elixirStem gives the name, with its module, that line ends with.
func elixirStem(line string) string {
	ts := elixir.Tokens(line)
	from := len(line)
	for i := len(ts) - 1; i >= 0; i-- {
		switch ts[i].Kind {
		case elixir.Identifier, elixir.Alias, elixir.Dot, elixir.Atom:
			from = ts[i].Start
			continue
		}
		break
	}
	return strings.TrimLeft(line[from:], ".")
}

// elixirHead gives the function in whose call, in parentheses, line is.
func elixirHead(line string) string {
	open := elixir.Unclosed(line, len(line))
	if len(open) == 0 {
		return ""
	}
	if o := open[len(open)-1]; line[o.Start:o.End] == "(" {
		return elixirStem(line[:o.Start])
	}
	return ""
}

// elixirNames lists the names that may begin with stem.
func elixirNames(s *session.Session, stem string) []string {
	w := s.World
	if i := strings.LastIndexByte(stem, '.'); i > 0 {
		module := stem[:i]
		out := moduleNames(w, module+".", "")
		for _, f := range functionsOf(w.FindNS(strings.TrimPrefix(module, ":"))) {
			out = append(out, module+"."+f)
		}
		return out
	}
	switch first, _ := utf8.DecodeRuneInString(stem); {
	case first == ':':
		return moduleNames(w, "", ":")
	case unicode.IsUpper(first):
		return moduleNames(w, "", "")
	}
	out := append(functionsOf(w.FindNS("Kernel")), functionsOf(w.FindNS(strings.TrimPrefix(iex.Module, "Elixir.")))...)
	out = append(out, elixirWords...)
	for name := range w.NS("user").Vars {
		out = append(out, name)
	}
	return out
}

// elixirWords are special forms, and macros that the compiler has in itself.
var elixirWords = strings.Fields(`alias binding case cond def defdelegate defexception defguard defimpl defmacro defmacrop defmodule defp
	defprotocol defstruct else end false for if import in nil not or and quote raise receive require rescue reraise super throw true try unless
	unquote use when with`)

// moduleNames lists the modules below a prefix: those of Elixir, or, marked
// with a colon, those of Erlang and the namespaces of the Clojure notation.
func moduleNames(w *runtime.World, prefix, mark string) []string {
	var out []string
	for name := range w.Namespaces() {
		first, _ := utf8.DecodeRuneInString(name)
		if unicode.IsUpper(first) == (mark == "") && strings.HasPrefix(name, prefix) && !strings.ContainsAny(name, "-:") {
			out = append(out, mark+name)
		}
	}
	return out
}

// functionsOf lists the public functions and macros of a module.
func functionsOf(ns *runtime.Namespace) []string {
	if ns == nil {
		return nil
	}
	var names []string
	if ns.Library != nil {
		names = ns.Library.Names()
	} else {
		for name, v := range ns.Vars {
			if v.Bound() {
				names = append(names, name)
			}
		}
	}
	var out []string
	for _, name := range names {
		name = strings.TrimPrefix(name, "MACRO-")
		first, _ := utf8.DecodeRuneInString(name)
		if unicode.IsLower(first) && !strings.Contains(name, "/") {
			out = append(out, name)
		}
	}
	return out
}

// signatures gives the heads of a function, "" if name is none.
func signatures(s *session.Session, name string) string {
	modules := []string{"Kernel", strings.TrimPrefix(iex.Module, "Elixir.")}
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		modules, name = []string{strings.TrimPrefix(name[:i], ":")}, name[i+1:]
	}
	for _, m := range modules {
		if heads := iex.Heads(s.World.FindNS(m), name); len(heads) > 0 {
			return strings.Join(heads, "\n")
		}
	}
	return ""
}

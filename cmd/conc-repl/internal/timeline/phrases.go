package timeline

import (
	"github.com/conc-repl/conc-repl/channels"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// gaps are what the phrases leave open.
var gaps = map[string]func(p Printer, e *runtime.Event) string{
	"{value}": func(p Printer, e *runtime.Event) string { return p.Show(e.Value) },
	"{text}":  func(p Printer, e *runtime.Event) string { return p.Show(lang.Str(e.Note)) },
	"{note}":  func(_ Printer, e *runtime.Event) string { return e.Note },
	"{on}":    func(p Printer, e *runtime.Event) string { return p.entity(e.Entity) },
	"{peer}": func(p Printer, e *runtime.Event) string {
		if e.Peer == nil {
			return "nobody"
		}
		return p.name(e.Peer)
	},
}

// phrases say what an event of a kind is, in the words of either notation.
var phrases = map[string]runtime.Wording{
	// processes
	"spawn":     {Clojure: "spawn {peer}"},
	"exit":      {Clojure: "exit"},
	"park":      {Clojure: "waits: {note}"},
	"wake":      {Clojure: "sees a message"},
	"yield":     {Clojure: "yield"},
	"sleep":     {Clojure: "slept {note}"},
	"interrupt": {Clojure: "interrupt {peer}"},
	"outside":   {Clojure: "work outside"},
	"print":     {Clojure: "print {text}"},
	"read":      {Clojure: "read {value}"},
	"def":       {Clojure: "def {value}", Elixir: "define {value}"},

	// actors
	"send":       {Clojure: "send {value} to {peer}"},
	"remove":     {Clojure: "receive {value}"},
	"expire":     {Clojure: "receive timed out after {value} ms"},
	"signal":     {Clojure: "exit signal {value} to {peer}"},
	"link":       {Clojure: "link to {peer}", Elixir: "Process.link({peer})"},
	"unlink":     {Clojure: "unlink {peer}", Elixir: "Process.unlink({peer})"},
	"monitor":    {Clojure: "monitor {peer}", Elixir: "Process.monitor({peer})"},
	"demonitor":  {Clojure: "demonitor {value}", Elixir: "Process.demonitor({value})"},
	"register":   {Clojure: "register {peer} as {value}", Elixir: "Process.register({peer}, {value})"},
	"unregister": {Clojure: "unregister {value}", Elixir: "Process.unregister({value})"},
	"whereis":    {Clojure: "whereis {value}", Elixir: "Process.whereis({value})"},
	"alive?":     {Clojure: "is {peer} alive?", Elixir: "Process.alive?({peer})"},
	"info":       {Clojure: "look at {peer}", Elixir: "Process.info({peer})"},
	"flag":       {Clojure: "process flag: {value}", Elixir: "Process.flag: {value}"},
	"timer":      {Clojure: "timer {value}"},

	// channels
	"put":     {Clojure: "put {value} on {on}", Elixir: "Chan.put({on}, {value})"},
	"take":    {Clojure: "take {value} from {on}", Elixir: "Chan.take({on}): {value}"},
	"put!":    {Clojure: "put! {value} on {on}", Elixir: "Chan.put!({on}, {value})"},
	"take!":   {Clojure: "take! {value} from {on}", Elixir: "Chan.take!({on}): {value}"},
	"offer!":  {Clojure: "offer {value} to {on}", Elixir: "Chan.offer({on}, {value})"},
	"poll!":   {Clojure: "poll {value} from {on}", Elixir: "Chan.poll({on}): {value}"},
	"alts":    {Clojure: "alts! on {on}: {value}", Elixir: "Chan.alts on {on}: {value}"},
	"default": {Clojure: "alts!: the default {value}", Elixir: "Chan.alts: the default {value}"},
	"close":   {Clojure: "close {on}", Elixir: "Chan.close({on})"},
	"result":  {Clojure: "result {value} on {on}"},
	"timeout": {Clojure: "timeout closes {on}"},

	// what holds values
	"deref":    {Clojure: "read {on}: {value}"},
	"deliver":  {Clojure: "deliver {value} to {on}"},
	"cancel":   {Clojure: "cancel {on}"},
	"set":      {Clojure: "set {on} to {value}"},
	"retry":    {Clojure: "comes too late for {on}, and tries again"},
	"lock":     {Clojure: "lock {on}"},
	"unlock":   {Clojure: "unlock {on}"},
	"dispatch": {Clojure: "send an action to {on}"},
	"restart":  {Clojure: "restart {on} with {value}"},
	"acted":    {Clojure: "end an action of {on}"},
	"begin":    {Clojure: "begin a transaction"},
	"commit":   {Clojure: "commit a transaction of {note}"},
	"ets":      {Clojure: ":{note}: {value}"},
	"counter":  {Clojure: ":counters.{note}: {value}"},
	"count":    {Clojure: "count {value}"},
	"display":  {Clojure: "display {note} as {value}"},
}

// remarks are added to what an event is, the first one that holds.
var remarks = []struct {
	of   func(e *runtime.Event) bool
	text string
}{
	{func(e *runtime.Event) bool { return e.Note == channels.NoteClosed && taking[e.Kind] }, " (closed)"},
	{func(e *runtime.Event) bool { return e.Note == channels.NoteClosed }, " (it is closed)"},
	{func(e *runtime.Event) bool { return e.Note == channels.NoteLost }, " (the buffer is full: a value is lost)"},
	{func(e *runtime.Event) bool { return failed(e) }, ": nobody waits there"},
	{func(e *runtime.Event) bool { return e.Kind == "deliver" && e.Note != "" }, " (it has its value already)"},
}

// failed reports whether an event is an offer or a poll that came to nothing.
func failed(e *runtime.Event) bool {
	return (e.Kind == "offer!" || e.Kind == "poll!") && e.Note == channels.NoteFailed
}

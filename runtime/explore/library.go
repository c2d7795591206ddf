package explore

import (
	_ "embed" // explore.clj, explore.ex
	"strings"
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

//go:embed explore.clj
var text string

//go:embed explore.ex
var elixirText string

// Library is the namespace conc.explore: the explorer as functions of the
// language.
var Library = &runtime.Library{
	Name:    "conc.explore",
	Doc:     "Finds everything that a form can come to.",
	Natives: natives,
	Sources: runtime.Text("conc.explore", text),
}

// elixirNatives are those that the module Explore has besides its text.
var elixirNatives = []*lang.Native{
	{Name: "Explore/call", Min: 2, Max: 2, Run: exploring(lang.NewErlangMap, lang.ListOf), Args: "fun, options",
		Doc: "Finds everything that calling fun can come to, and gives it as a map: :exhaustive, :executions, :behaviours, and :outcomes, each with :kind, :value, :output, :behaviours, :token and, for people, :witness. Options, a map: :executions and :depth bound the search, :seconds its time, :delays or :preemptions what it looks at; :delivery, :async, and :time, :any, let more happen; :invariant is a function that is to give true after each step; :branch_rand, true, branches over random draws of up to 16 values, which are else those of the seed; :random, :pos or :pct, runs at random instead. The world is as it was afterwards. Explore.call(fn -> 1 end, %{}).exhaustive #=> true"},
	{Name: "Explore/replay", Min: 2, Max: 2, Run: replaying(lang.NewErlangMap), Args: "fun, token",
		Doc: "Calls fun by the schedule of a token that Explore.run has given, and gives the outcome as it does. If fun has changed so that the schedule no longer fits, an exception says at which choice."},
}

// Install brings the functions into a world; in the namespace user they need
// no prefix. In the Elixir notation they are the module Explore.
func Install(w *runtime.World) {
	w.Later(func(w *runtime.World) {
		for _, l := range runtime.ElixirLibraries(&lang.Source{Name: "explore.ex", Library: true, Text: elixirText}) {
			w.AddLibrary(l)
		}
		w.AddLibrary(&runtime.Library{Name: "Explore", Natives: elixirNatives})
	})
	ns := w.AddLibrary(Library)
	if len(ns.Uses) == 0 {
		ns.Uses = []runtime.Use{{NS: w.NS("clojure.core")}}
	}
	user := w.NS("user")
	user.Uses = append(user.Uses, runtime.Use{NS: ns})
}

var natives = []*lang.Native{
	{Name: "conc.explore/explore-call", Min: 1, Max: 2, Args: "[f] [f options]", Run: exploring(lang.NewMap, lang.Vec),
		Doc: "Finds everything that calling f can come to, and gives it as a map: :exhaustive, :executions, :behaviours, and :outcomes, each with :kind, :value, :output, :behaviours, :token and, for people, :witness. Options: :executions and :depth bound the search, :seconds its time, :delays or :preemptions what it looks at; :delivery :async and :time :any let more happen; :invariant is a function that is to give true after each step; :retries true lets swap! find that it came too late; :branch-rand true branches over random draws of up to 16 values, which are else those of the seed; :random :pos or :pct runs at random instead. The world is as it was afterwards."},
	{Name: "conc.explore/replay-call", Min: 2, Max: 2, Args: "[f token]", Run: replaying(lang.NewMap),
		Doc: "Calls f by the schedule of a token that explore has given, and gives the outcome as explore does. If f has changed so that the schedule no longer fits, an exception says at which choice."},
}

// mapper makes a map of keys and values, and lister a sequence: those of a notation.
type (
	mapper func(pairs ...lang.Value) *lang.Map
	lister func(items ...lang.Value) lang.Value
)

// replaying gives what runs (replay-call f token).
func replaying(m mapper) func(*runtime.Process, []lang.Value) lang.Value {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		w, f := p.W, args[0]
		token, _ := args[1].AsString()
		if w.Halts() {
			lang.Raise(lang.IllegalStateException, "a replay cannot stand inside of an exploration, nor under the stepper")
		}
		return p.Between(func() (lang.Value, *lang.Exception) {
			r, err := Replay(w, calling(w, f), token, Options{})
			if err != nil {
				return lang.Nil, lang.NewException(lang.IllegalStateException, "%s", err)
			}
			return r.Outcome.data(m), nil
		})
	}
}

// calling begins a call of f in a process of its own.
func calling(w *runtime.World, f lang.Value) Start {
	return func() *runtime.Process {
		return w.Spawn(nil, runtime.Spawn{Kind: runtime.Thread, Fn: f, Name: "main"})
	}
}

// exploring gives what runs (explore-call f options).
func exploring(m mapper, l lister) func(*runtime.Process, []lang.Value) lang.Value {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		w, f := p.W, args[0]
		if w.Halts() {
			lang.Raise(lang.IllegalStateException, "an exploration cannot stand inside of another, nor under the stepper")
		}
		o := callOptions(args[1:])
		return p.Between(func() (lang.Value, *lang.Exception) {
			return Explore(w, calling(w, f), o).data(m, l), nil
		})
	}
}

// callOptions reads the map of options.
func callOptions(args []lang.Value) Options {
	o := Options{MaxExecutions: 10_000, Time: time.Minute, WitnessTime: 500 * time.Millisecond}
	if len(args) == 0 || args[0].IsNil() {
		return o
	}
	m, ok := args[0].Obj().(*lang.Map)
	if !ok {
		panic(lang.CastError(args[0], lang.ClassOf(lang.Obj(lang.EmptyMap))))
	}
	number := func(key string, set func(int)) {
		if v, ok := m.Get(lang.K(key)); ok && v.IsFixed() {
			set(int(v.AsInt()))
		}
	}
	number("executions", func(n int) { o.MaxExecutions = n })
	number("depth", func(n int) { o.MaxDepth = n })
	number("seconds", func(n int) { o.Time = time.Duration(n) * time.Second })
	number("seed", func(n int) { o.Seed = uint64(n) })
	o.callRules(m)
	return o
}

// draws says where random numbers came from.
func (r *Result) draws() string {
	if r.BranchRand {
		return "branches"
	}
	return "seed"
}

// data gives the result as a value of the language.
func (r *Result) data(m mapper, l lister) lang.Value {
	outcomes := make([]lang.Value, len(r.Outcomes))
	for i, o := range r.Outcomes {
		outcomes[i] = o.data(m)
	}
	return lang.Obj(m(lang.K("exhaustive"), lang.Bool(r.Exhaustive), lang.K("executions"), lang.Int(int64(r.Executions)),
		lang.K("behaviours"), lang.Int(int64(r.Behaviours)), lang.K("search"), lang.K(r.Search),
		lang.K("delivery"), lang.K(string(r.Delivery)), lang.K("time"), lang.K(string(r.Timing)), lang.K("draws"), lang.K(r.draws()), lang.K("outcomes"), l(outcomes...)))
}

func (o *Outcome) data(m mapper) lang.Value {
	value := o.Result
	if o.Kind != Value && o.Kind != Leak {
		value = lang.Str(o.Value)
	}
	return lang.Obj(m(lang.K("kind"), lang.K(string(o.Kind)), lang.K("value"), value,
		lang.K("output"), lang.Str(o.Output), lang.K("behaviours"), lang.Int(int64(o.Behaviours)),
		lang.K("token"), lang.Str(o.Token), lang.K("witness"), lang.Str(strings.ReplaceAll(Brief(o.Lines), "\n", `\n`))))
}

package actors

import (
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/clojure"
	"github.com/conc-repl/conc-repl/lang/compile"
	"github.com/conc-repl/conc-repl/runtime"
)

// names is the least that reader and compiler need to know: the vars of this
// package and of a clojure.core with little but its macros.
type names struct{ w *runtime.World }

func (n names) CurrentNS() string                                   { return "user" }
func (n names) Alias(name string) (string, bool)                    { return name, n.w.FindNS(name) != nil }
func (n names) ResolveSymbol(s *lang.Symbol) *lang.Symbol           { return s }
func (n names) NextID() int64                                       { return int64(n.w.NextName()) }
func (n names) Constructor(lang.Value) lang.Value                   { return lang.Nil }
func (n names) Support(lang.Support) lang.Value                     { return lang.Nil }
func (n names) Suggest(*lang.Symbol) []string                       { return nil }
func (n names) Static(lang.Value, string) (_ lang.Value, _, _ bool) { return }

func (n names) Resolve(s *lang.Symbol) lang.Resolution {
	for _, ns := range []string{s.NS, "user", Namespace, "clojure.core"} {
		if found := n.w.FindNS(ns); found != nil && (s.NS == "" || s.NS == ns) {
			if v := found.Var(s.Name); v != nil {
				return lang.Resolution{Found: lang.FoundVar, Value: lang.Obj(v)}
			}
		}
	}
	if c, ok := lang.ClassByName(s.Name); ok {
		return lang.Resolution{Found: lang.FoundClass, Value: lang.Obj(c)}
	}
	return lang.Resolution{}
}

func (n names) Intern(s *lang.Symbol, _ *lang.Map) lang.Value {
	return lang.Obj(n.w.NS("user").Intern(n.w, s.Name))
}

var little = []*lang.Native{
	{Name: "clojure.core/str", Min: 0, Max: -1, Pure: func(a []lang.Value) lang.Value {
		var b strings.Builder
		for _, v := range a {
			b.WriteString(lang.DisplayString(v))
		}
		return lang.Str(b.String())
	}},
	{Name: "clojure.core/vector", Min: 0, Max: -1, Pure: func(a []lang.Value) lang.Value { return lang.Vec(a...) }},
	{Name: "clojure.core/inc", Min: 1, Max: 1, Pure: func(a []lang.Value) lang.Value { return lang.Add(a[0], num(1)) }},
	{Name: "clojure.core/<", Min: 2, Max: 2, Pure: func(a []lang.Value) lang.Value { return lang.Bool(lang.Lt(a[0], a[1])) }},
	{Name: "clojure.core/>", Min: 2, Max: 2, Pure: func(a []lang.Value) lang.Value { return lang.Bool(lang.Lt(a[1], a[0])) }},
	{Name: "clojure.core/list", Min: 0, Max: -1, Pure: func(a []lang.Value) lang.Value { return lang.ListOf(a...) }},
}

func notationWorld(t testing.TB) *runtime.World {
	w := newWorld(t, virtual)
	w.NS("user")
	w.AddLibrary(&runtime.Library{Name: "clojure.core", Natives: append(little, compile.Macros...), Inline: map[string]string{
		"<": "lt", ">": "gt", "inc": "inc",
	}})
	return w
}

// evaluate runs the forms of a text in the shell, each to its end, and gives the last result.
func evaluate(t testing.TB, w *runtime.World, text string) (last string) {
	t.Helper()
	defer func() { // of the compiler's, or of a macro that it called
		if r := recover(); r != nil {
			last = "! " + r.(*lang.Exception).Message()
		}
	}()
	res := names{w}
	forms, err := clojure.New(&lang.Source{Name: "test", Text: text}, res).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for len(forms) > 0 {
		step := compile.Start(forms[0], res)
		for step.Kind == compile.Expand {
			v, e := w.Private(lang.Nil, step.Macro, step.Args...)
			if e != nil {
				return "! " + e.Message()
			}
			step = step.Resume(v)
		}
		if step.Kind == compile.Forms {
			forms = append(append([]lang.Value{}, step.Forms...), forms[1:]...)
			continue
		}
		forms = forms[1:]
		w.Eval(lang.Obj(&lang.Closure{Fn: step.Fn}))
		w.Run(runtime.Limits{Timers: true, Until: func() bool { return w.Shell.Status == runtime.Done }})
		v, e := w.Shell.Result()
		switch {
		case w.Shell.Status != runtime.Done:
			return w.Shell.Waiting().About(w.Shell)
		case e != nil:
			return "! " + e.Error()
		}
		last = lang.PrString(v)
	}
	return last
}

func TestReceiveForms(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`(send (self) [:ok 1]) (receive [:ok v] (inc v))`, "2"},
		{`(send (self) :a) (receive :b 1 _ 2)`, "2"},
		{`(send (self) [:ok 1]) (receive [:ok v] :when (> v 1) :big [:ok v] :small)`, ":small"},
		{`(let [x 2] (send (self) [:ok 1 :a]) (send (self) [:ok 2 :b]) (receive [:ok ~x v] v))`, ":b"},
		{`(receive _ 1 :after 10 :late)`, ":late"},
		{`(receive :after 10 (vector 1) (vector 2))`, "[2]"},
		{`(send (self) [:get 7]) (receive [:put x] (vector x) (list x) [:get x] (vector x) (list x))`, "(7)"},
		{`(send (self) (list 1 2 3)) (receive (x & more) more)`, "(2 3)"},
		{`(send (self) {:a 1 :b 2}) (receive {:a x} x)`, "1"},
		{`(receive x 1 :b 2)`, "! receive: the pattern x takes every message, so what follows it is never reached. " +
			"If it was meant as part of a body, put the body into (do ...)"},
		{`(receive [:a])`, "! receive: the pattern [:a] has no body"},
		{`(receive [:a] :after 3)`, "! receive: the pattern [:a] has no body"},
		{`(send (self) :x) (receive :y 1)`, "receive, 1 message in the mailbox that no clause takes"},
		{`(def parent (self)) (def p (spawn (fn [] (receive [:hello from] (send from [:hi (self)]))))) (send p [:hello parent]) (receive [:hi ~p] :done)`, ":done"},
		{`(let [r (make-ref)] (send (self) [r 1]) (receive [~r v] v :after 0 :none))`, "1"},
		{`(send (self) :old) (let [r (make-ref)] (send (self) :new) (send (self) [r 1]) (vector (receive [~r v] v) (flush-messages)))`, "[1 (:old :new)]"},
		{`(def server (fn [n] (receive [:inc] (recur (inc n)) [:get from] (do (send from n) (recur n)))))
		  (def s (spawn server 0)) (send s [:inc]) (send s [:inc]) (send s [:get (self)]) (receive n n)`, "2"},
	} {
		if got := evaluate(t, notationWorld(t), c.in); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.in, got, c.want)
		}
	}
}

// bench runs a text whose number N is b.N.
func bench(b *testing.B, setup, text string) {
	w := notationWorld(b)
	evaluate(b, w, setup)
	w.NS("user").Intern(w, "N").SetLibrary(num(b.N))
	b.ReportAllocs()
	b.ResetTimer()
	if got := evaluate(b, w, text); got != ":done" {
		b.Fatal(got)
	}
}

func BenchmarkSendReceive(b *testing.B) {
	bench(b, "", `(def me (self)) (loop [i 0] (if (< i N) (do (send me i) (receive _ nil) (recur (inc i))) :done))`)
}

func BenchmarkPingPong(b *testing.B) {
	bench(b, `(def p (spawn (fn [] (loop [] (receive [:ping from] (do (send from :pong) (recur)))))))`,
		`(loop [i 0] (if (< i N) (do (send p [:ping (self)]) (receive :pong nil) (recur (inc i))) :done))`)
}

// BenchmarkOneConsumer has one process send what another takes.
func BenchmarkOneConsumer(b *testing.B) {
	bench(b, "", `(def me (self)) (spawn (fn [] (loop [i 0] (if (< i N) (do (send me i) (recur (inc i)))))))
		(loop [i 0] (if (< i N) (receive _ (recur (inc i))) :done))`)
}

// BenchmarkSpawn has children that send to their parent and end.
func BenchmarkSpawn(b *testing.B) {
	bench(b, "", `(def me (self)) (def child (fn [] (send me :hi))) (spawn (fn [] (loop [i 0] (if (< i N) (do (spawn child) (recur (inc i)))))))
		(loop [i 0] (if (< i N) (receive _ (recur (inc i))) :done))`)
}

const unmatched = `(def me (self)) (loop [i 0] (if (< i 100000) (do (send me :noise) (recur (inc i))) nil))`

// BenchmarkBehind100k takes a message behind 100,000 that do not match.
func BenchmarkBehind100k(b *testing.B) {
	bench(b, unmatched, `(loop [i 0] (if (< i N) (do (send me [:x i]) (receive [:x _] nil) (recur (inc i))) :done))`)
}

// BenchmarkFreshBehind100k does so with a fresh reference, at a constant cost.
func BenchmarkFreshBehind100k(b *testing.B) {
	bench(b, unmatched, `(loop [i 0] (if (< i N) (let [r (make-ref)] (send me [r i]) (receive [~r _] nil) (recur (inc i))) :done))`)
}

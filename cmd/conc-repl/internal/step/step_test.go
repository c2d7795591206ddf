package step

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/record"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// programs do what the stepper shows: hand-overs, choices, messages, timers,
// calls, locks, and waits for ever.
var programs = []string{
	`(let [c (chan)] (thread (>!! c "hello") (println "unblocked")) (thread (println (<!! c))))`,
	`(let [a (chan 1) b (chan 1)] (go (>! a 1)) (go (>! b 2)) [(first (alts!! [a b])) (first (alts!! [a b]))])`,
	`(let [me (self) p (spawn (fn [] (receive [:hi from] (send from :ok) :after 50 :late)))] (send p :other) (send p [:hi me]) (receive x x))`,
	`(defn sum [n] (if (zero? n) 0 (+ n (sum (dec n))))) (let [c (chan 3)] (go (>! c (sum 5))) (go (>! c (sum 6))) (println (+ (<!! c) (<!! c))))`,
	`(let [x (Object.) y (Object.)] (thread (locking x (<!! (timeout 5)) (locking y 1))) (thread (locking y (<!! (timeout 5)) (locking x 2))))`,
	`(let [a (atom 0)] (dotimes [_ 3] (thread (swap! a inc))) (<!! (timeout 10)) @a)`,
}

// elixirPrograms do so in the other notation.
var elixirPrograms = []string{
	`(me = self(); p = spawn(fn -> receive do {:ping, from} -> send(from, :pong) after 50 -> :late end end); send(p, :other); send(p, {:ping, me}); receive do x -> x end)`,
	`(t = Task.async(fn -> Enum.reduce(1..4, 0, fn x, acc -> x * x + acc end) end); IO.puts(Task.await(t)); [a | _] = Enum.map([1, 2], &(&1 + 1)); a)`,
	`(try do raise "no" rescue e -> e.message end |> String.upcase() |> IO.puts(); for x <- 1..3, rem(x, 2) == 1, do: {x, x * x})`,
}

// newStepper gives a stepper in the Clojure notation, and what it shows.
func newStepper() (*Stepper, *bytes.Buffer) { return newStepperIn(lang.ClojureNotation) }

func newStepperIn(n lang.Notation) (*Stepper, *bytes.Buffer) {
	var out bytes.Buffer
	s := session.New(session.Options{Options: runtime.Options{Virtual: true}, Notation: n, Out: &out, Err: &out})
	return &Stepper{S: s, Rec: record.New(s.World), Out: &out}, &out
}

// say says words to the stepper and gives what it shows.
func say(t *testing.T, s *Stepper, out *bytes.Buffer, words ...string) string {
	t.Helper()
	out.Reset()
	for _, w := range words {
		if err := s.Do(w); err != nil {
			t.Fatalf("%s: %v", w, err)
		}
	}
	return out.String()
}

// TestWalk steps programs in random ways, and then goes back and forward at
// random: each stop shows the same screen at each visit.
func TestWalk(t *testing.T) {
	for i, text := range append(slices.Clone(programs), elixirPrograms...) {
		for seed := range uint64(6) {
			t.Run(fmt.Sprintf("%d/%d", i, seed), func(t *testing.T) {
				rng := rand.New(rand.NewPCG(seed, uint64(i)))
				n := lang.ClojureNotation
				if i >= len(programs) {
					n = lang.ElixirNotation
				}
				s, out := newStepperIn(n)
				if err := s.Start(s.S.Typed(text), text); err != nil {
					t.Fatal(err)
				}
				if seed%2 > 0 { // the expressions before the first operation
					s.Do("back")
				}
				for range 40 {
					if rng.IntN(5) == 0 {
						s.Do("by " + unitNames[rng.IntN(len(unitNames))])
					}
					ready := s.Ready()
					word := "step"
					if len(ready) > 0 {
						word = []string{"step", "in", "over", "out", "next"}[rng.IntN(5)] + " " + ready[rng.IntN(len(ready))].Name()
					}
					if s.Do(word) != nil {
						break
					}
				}
				revisit(t, s, out, rng)
			})
		}
	}
}

func revisit(t *testing.T, s *Stepper, out *bytes.Buffer, rng *rand.Rand) {
	t.Helper()
	seen := map[int]string{}
	for range 40 {
		word := []string{"back", "redo"}[rng.IntN(2)]
		if err := s.Do(fmt.Sprintf("%s %d", word, 1+rng.IntN(6))); err != nil {
			continue
		}
		now := say(t, s, out, "show", map[lang.Notation]string{lang.ClojureNotation: "eval (+ 1 2)", lang.ElixirNotation: "eval 1 + 2"}[s.S.ID()])
		m := s.Rec.Moment()
		if was, ok := seen[m]; ok && was != now {
			t.Fatalf("stop %d shows\n%s\nand showed\n%s", m, now, was)
		}
		seen[m] = now
	}
	if len(seen) < 3 {
		t.Errorf("only %d stops were visited", len(seen))
	}
}

// TestSameEnd lets programs go on from the stepper: what is printed is what
// they print by themselves, since the scheduler's choice is theirs.
func TestSameEnd(t *testing.T) {
	for _, text := range programs {
		s, out := newStepper()
		s.Result = func(lang.Value, *lang.Exception) {}
		s.Quiet = true
		if err := s.Start(s.S.Typed(text), text); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if err := s.Do("step"); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Do("goto 0"); err != nil {
			t.Fatal(err)
		}
		out.Reset()
		if err := s.Do("continue"); err != nil {
			t.Fatal(err)
		}
		v, e := s.S.Result()
		if e != nil || s.S.Busy() {
			t.Errorf("%s: %v, busy %v", text, e, s.S.Busy())
		}
		if strings.Contains(text, "println") && !strings.Contains(out.String(), "\n") {
			t.Errorf("%s: nothing was printed: %s", text, s.S.World.Show(v))
		}
	}
}

// TestLookChangesNothing evaluates forms at a stop that would change much.
func TestLookChangesNothing(t *testing.T) {
	s, out := newStepper()
	if err := s.Start(s.S.Typed(programs[0]), ""); err != nil {
		t.Fatal(err)
	}
	before := say(t, s, out, "step", "show")
	for _, form := range []string{"(def x 1)", "(println :printed)", "(spawn (fn [] 1))", "(let [c (chan 1)] (>!! c 1))", "(do (def y (atom 0)) (swap! y inc))"} {
		say(t, s, out, "eval "+form)
	}
	for _, form := range []string{"(throw (Exception. \"no\"))", "(<!! (chan))", "(", "unknown-name", "(loop [] (recur))"} {
		if err := s.Do("eval " + form); err == nil {
			t.Errorf("%s: no error", form)
		}
	}
	if after := say(t, s, out, "show"); after != before[strings.LastIndex(before, "-- event"):] {
		t.Errorf("the stop shows\n%s\nand showed\n%s", after, before)
	}
	if s.S.Lookup("x") != nil {
		t.Error("a var that was only looked at is there")
	}
}

// places gives the marked expressions of the stops that words lead to.
func places(t *testing.T, s *Stepper, out *bytes.Buffer, words ...string) (marks []string) {
	t.Helper()
	for _, w := range words {
		text := say(t, s, out, w)
		mark := ""
		if _, after, ok := strings.Cut(text, "»"); ok {
			mark, _, _ = strings.Cut(after, "«")
		}
		marks = append(marks, mark)
	}
	return marks
}

// TestExpressions follows a computation that does no operation.
func TestExpressions(t *testing.T) {
	for _, c := range []struct {
		n          lang.Notation
		form       string
		words, all []string
	}{
		{lang.ClojureNotation, "(let [f (fn [x] (if (< x 2) x (* x (dec x))))] (+ (f 1) (f (+ 2 1))))",
			[]string{"in", "in", "in", "in", "over", "in", "in", "out", "over"},
			[]string{"(fn [x] (if (< x 2) x (* x (dec x))))", "(f 1)", "(< x 2)", "(+ 2 1)", "(f (+ 2 1))", "(< x 2)", "(dec x)", "(+ (f 1) (f (+ 2 1)))", ""}},
		{lang.ElixirNotation, "(f = fn x when x > 1 -> x * 2; x -> x end; f.(1) + f.(3))",
			[]string{"in", "in", "in", "over", "in", "in", "in", "over"},
			[]string{"fn", "=", ".(1)", ".(3)", ">", "*", "+", ""}},
	} {
		s, out := newStepperIn(c.n)
		if err := s.Start(s.S.Typed(c.form), c.form); err != nil {
			t.Fatal(err)
		}
		if text := out.String(); !strings.Contains(text, "back, and then in") {
			t.Errorf("no word of how to follow it:\n%s", text)
		}
		say(t, s, out, "back")
		if got := places(t, s, out, c.words...); !slices.Equal(got, c.all) {
			t.Errorf("%s:\n%q\nwant\n%q", c.form, got, c.all)
		}
		back := places(t, s, out, slices.Repeat([]string{"back"}, len(c.all)-1)...)
		slices.Reverse(back)
		if !slices.Equal(back, c.all[:len(c.all)-1]) {
			t.Errorf("%s, going back:\n%q\nwant\n%q", c.form, back, c.all)
		}
	}
}

// TestBreakOnMessage stops where a pattern says, with what is pinned in it.
func TestBreakOnMessage(t *testing.T) {
	for _, c := range []struct {
		n             lang.Notation
		form, pattern string
		stops         int
	}{
		{lang.ClojureNotation, "(let [c (chan 5)] (>!! c [:ok 1]) (>!! c [:ok 9]) (>!! c 3) (send (self) [:ok 12]) (<!! c) (receive x x))", "[:ok v] :when (> v 5)", 3},
		{lang.ClojureNotation, "(let [c (chan 5)] (>!! c {:a 1 :b 2}) (>!! c {:a 2}) [(<!! c) (<!! c)])", "{:a 1}", 2},
		{lang.ClojureNotation, "(let [c (chan 5)] (>!! c :x) (>!! c nil))", "[& _]", 0},
		{lang.ClojureNotation, "(let [me (self) c (chan 5)] (>!! c me) (>!! c 1) me)", "~me", 1},
		{lang.ClojureNotation, "(let [c (chan 1)] (>!! c (map #(do (println %) %) [1 2])) (println :end))", "(1 2)", 1},
		{lang.ElixirNotation, "(send(self(), {:ok, 1}); send(self(), {:ok, 7}); receive do {:ok, 7} -> :seven end)", "{:ok, n} when n > 5", 2},
		{lang.ElixirNotation, "(me = self(); send(me, {me, %{a: 1}}); send(me, {1, %{}}))", "{^me, %{a: _}}", 1},
	} {
		s, out := newStepperIn(c.n)
		if err := s.Start(s.S.Typed(c.form), c.form); err != nil {
			t.Fatal(err)
		}
		say(t, s, out, "break on message "+c.pattern)
		n := 0
		for s.Active() && n < 10 {
			if text := say(t, s, out, "continue"); strings.Contains(text, "; stopped: break on message "+c.pattern) {
				n++
			}
		}
		if n != c.stops {
			t.Errorf("%s: %d stops at %s, want %d", c.form, n, c.pattern, c.stops)
		}
	}
}

func TestExtent(t *testing.T) {
	for text, want := range map[string]string{
		`(>!! c "a)") x`:     `(>!! c "a)")`,
		`send(pid, {:a, 1})`: `send(pid, {:a, 1})`,
		`receive do`:         `receive`,
		`[1 [2]] 3`:          `[1 [2]]`,
		`x)`:                 `x`,
		`"open \" (" y`:      `"open \" ("`,
		`(open`:              `(open`,
	} {
		r := []rune(text)
		if got := string(r[:extent(r)]); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestWordsAreRefused(t *testing.T) {
	s, _ := newStepper()
	if err := s.Start(s.S.Typed(programs[0]), ""); err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{
		"step p999":                              "no process p999",
		"back x":                                 "a number",
		"goto 999":                               "nothing is recorded",
		"goto x":                                 "numbers",
		"branch 1":                               "nobody is about to choose",
		"fire 3":                                 "no timer 3",
		"fire x":                                 "numbers",
		"kill shell":                             "the prompt's own",
		"inject p106":                            "inject P MSG",
		"inject zz 1":                            "no process zz",
		"break on zz":                            "no process and no channel zz",
		"break line x":                           "line N",
		"break on message [:ok":                  "REPL:1:5",
		"break on message [:ok v] :when (prn v)": "REPL:1:15",
		"break on message [:ok v] 1":             "PATTERN :when GUARD",
		"break on message":                       "message PATTERN",
		"break on message #{1}":                  "REPL:1:1",
		"by word":                                "by expression",
		"until":                                  "until CONDITION",
		"help me":                                "it is help",
		"redo":                                   "nothing was recorded",
		"until (":                                "",
		"frobnicate":                             "no word frobnicate",
		"suspend p1234":                          "no process",
	} {
		if err := s.Do(word); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %q", word, err, want)
		}
	}
}

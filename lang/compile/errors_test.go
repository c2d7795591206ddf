package compile

import (
	"fmt"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
)

// failure gives the exception that compiling raises, nil if it raises none.
func failure(text string) (e *lang.Exception) {
	defer func() {
		if r := recover(); r != nil {
			e = r.(*lang.Exception)
		}
	}()
	Start(read(text), newFake())
	return nil
}

func TestErrors(t *testing.T) {
	for _, c := range []struct{ text, pos, msg string }{
		{`(f\n  (g zz))`, "test:2:6", "Unable to resolve symbol: zz in this context"},
		{`zz`, "test:1:1", "Unable to resolve symbol: zz in this context"},
		{`(zz 1)`, "test:1:2", "Unable to resolve symbol: zz in this context"},
		{`(nope/zz 1)`, "test:1:2", "No such namespace: nope"},
		{`other/zz`, "test:1:1", "No such var: other/zz"},
		{`other/secret`, "test:1:1", "var: #'other/secret is not public"},
		{`a.b.Cee`, "test:1:1", "a.b.Cee"},
		{`when`, "test:1:1", "Can't take value of a macro: #'clojure.core/when"},
		{`(if)`, "test:1:1", "Too few arguments to if"},
		{`(if 1)`, "test:1:1", "Too few arguments to if"},
		{`(if 1 2 3 4)`, "test:1:1", "Too many arguments to if"},
		{`(def)`, "test:1:1", "Too few arguments to def"},
		{`(def a 1 2)`, "test:1:1", "Too many arguments to def"},
		{`(def 1 2)`, "test:1:1", "First argument to def must be a Symbol"},
		{`(def other/secret 2)`, "test:1:1", "Can't create defs outside of current ns"},
		{`(def other/x 2)`, "test:1:1", "Can't refer to qualified var that doesn't exist"},
		{`(let* [a])`, "test:1:1", "Bad binding form, expected matched symbol expression pairs"},
		{`(let* a)`, "test:1:1", "Bad binding form, expected vector"},
		{`(let* [1 2])`, "test:1:1", "Bad binding form, expected symbol, got: 1"},
		{`(let [a/b 2])`, "test:1:1", "Can't let qualified name: a/b"},
		{`(let [a] 1)`, "test:1:1", "let requires an even number of forms in binding vector"},
		{`(let 1)`, "test:1:1", "let requires a vector for its binding"},
		{`(fn [a] (inc (recur 1)))`, "test:1:14", "Can only recur from tail position"},
		{`(fn [a] (recur 1) 2)`, "test:1:9", "Can only recur from tail position"},
		{`(loop [a 1] (recur 1 2))`, "test:1:13", "Mismatched argument count to recur, expected: 1 args, got: 2"},
		{`(fn [] (try (recur) (catch Exception e 1)))`, "test:1:13", "Cannot recur across try"},
		{`(fn* [1] 2)`, "test:1:1", "fn params must be Symbols"},
		{`(fn [a/b] 2)`, "test:1:1", "Can't use qualified name as parameter: a/b"},
		{`(fn ([a] 1) ([b] 2))`, "test:1:1", "Can't have 2 overloads with same arity"},
		{`(fn ([& a] 1) ([& b] 2))`, "test:1:1", "Can't have more than 1 variadic overload"},
		{`(fn ([a b c] 1) ([a & b] 2))`, "test:1:1", "Can't have fixed arity function with more params than variadic function"},
		{`(fn [a b c d e f g h i j k l m n o p q r s t u] 1)`, "test:1:1", "Can't specify more than 20 params"},
		{`(var zz)`, "test:1:1", "Unable to resolve var: zz in this context"},
		{`(try 1 (catch Foo e 1))`, "test:1:8", "Unable to resolve classname: Foo"},
		{`(try 1 (finally 2) (catch Exception e 1))`, "test:1:8", "finally clause must be last in try expression"},
		{`(try 1 (catch Exception e 1) 2)`, "test:1:1", "Only catch or finally clause can follow catch in try expression"},
		{`(throw)`, "test:1:1", "Too few arguments to throw, throw expects a single Throwable instance"},
		{`(new Foo)`, "test:1:1", "Unable to resolve classname: Foo"},
		{`(Foo. 1)`, "test:1:1", "Unable to resolve classname: Foo"},
		{`(Math/zz 1)`, "test:1:1", "No matching method zz found taking 1 args for class java.lang.Math"},
		{`Math/zz`, "test:1:1", "Unable to find static field: zz in class java.lang.Math"},
		{`(nil 1)`, "test:1:1", "Can't call nil, form: (nil 1)"},
		{`(set! 1 2)`, "test:1:1", "Invalid assignment target"},
		{`(let [a 1] (set! a 2))`, "test:1:12", "Cannot assign to non-mutable: a"},
		{`(cond 1)`, "test:1:1", "cond requires an even number of forms"},
		{`(case 1 2 3 2 4)`, "test:1:1", "Duplicate case test constant: 2"},
		{`(if-let [a 1 b 2] 3)`, "test:1:1", "if-let requires exactly 2 forms in binding vector"},
		{`(let [{:keys 1} 2])`, "test:1:1", "Unsupported binding form, :keys and its like take a vector: 1"},
		{`(match* 1 (x (f x) 1))`, "test:1:14", "A guard can't call clojure.core/f: it may have effects. Test it in the clause's body"},
		{`(match* 1 ([a & b c] true 1))`, "test:1:11", "One pattern belongs behind & in a pattern"},
	} {
		e := failure(strings.ReplaceAll(c.text, `\n`, "\n"))
		switch {
		case e == nil:
			t.Errorf("%s: no error", c.text)
		case e.Message() != c.msg || e.Pos.String() != c.pos:
			t.Errorf("%s: got %s: %s", c.text, e.Pos, e.Message())
		}
	}
}

func TestDeepNesting(t *testing.T) {
	form := lang.Int(1)
	for range 100_000 {
		form = lang.ListOf(lang.Sym("f"), form)
	}
	defer func() {
		if e, ok := recover().(*lang.Exception); !ok || !strings.HasPrefix(e.Message(), "form nested too deeply") {
			t.Errorf("got %v", e)
		}
	}()
	Start(form, newFake())
}

// expansions resumes a compilation to its end, noting the macro calls.
func expansions(t *testing.T, s Step, calls *[]string, expand func(form string) string) *lang.Fn {
	for s.Kind == Expand {
		text := lang.PrString(s.Args[0])
		*calls = append(*calls, text)
		before := s
		s = s.Resume(read(expand(text)))
		before.Resume(lang.Nil) // a second resumption must not disturb the first
	}
	if s.Kind != Done {
		t.Fatalf("step of kind %d", s.Kind)
	}
	if err := Check(s.Fn); err != nil {
		t.Fatal(err)
	}
	return s.Fn
}

func TestMacroOrder(t *testing.T) {
	f := newFake()
	f.slow("m")
	f.slow("definer")
	var calls []string
	fn := expansions(t, Start(read("(fn [x] (f (m 1) (let [y (m 2)] (m y))) (definer) (fresh x) fresh (m 4))"), f), &calls, func(form string) string {
		switch form {
		case "(m 1)":
			return "(g (m 1.1) (m 1.2))"
		case "(definer)":
			return "(def fresh 1)"
		}
		return "(h x)"
	})
	got := strings.Join(calls, " ")
	if want := "(m 1) (m 1.1) (m 1.2) (m 2) (m y) (definer) (m 4)"; got != want {
		t.Errorf("macros were called in the order %s\nwant %s", got, want)
	}
	if text := Disassemble(fn); strings.Count(text, "#'user/fresh") != 3 {
		t.Errorf("fresh is not used twice after its definition:\n%s", text)
	}
}

func TestMacroEnvironment(t *testing.T) {
	f := newFake()
	f.slow("m")
	s := Start(read("(m 1 2)"), f)
	if s.Kind != Expand || len(s.Args) != 4 || !s.Args[1].IsNil() {
		t.Fatalf("at the top: %v", s.Args)
	}
	if s = s.Resume(read("(do (f) (g))")); s.Kind != Forms || len(s.Forms) != 2 {
		t.Fatalf("a do at the top gives a step of kind %d", s.Kind)
	}
	s = Start(read("(let [a 1 b 2] (m))"), f)
	if env := lang.PrString(s.Args[1]); env != "{b b, a a}" && env != "{a a, b b}" {
		t.Errorf("&env is %s", env)
	}
	if s = s.Resume(read("(+ a b)")); s.Kind != Done {
		t.Errorf("an expansion into a call gives a step of kind %d", s.Kind)
	}
}

func TestGoContext(t *testing.T) {
	park, plain := "#'async/park-take", "#'clojure.core/<!"
	for text, want := range map[string]string{
		"(fn* ^:go [] (<! 1))":           plain, // the metadata belongs on fn* or the form
		"^:go (fn* [] (<! 1))":           park,
		"(^:go fn* [] (when 1 (<! 1)))":  park,
		"(^:go fn* [] (fn [] (<! 1)))":   plain,
		"(^:go fn* [] (loop [] (<! 1)))": park,
		"(fn [] (<! 1))":                 plain,
	} {
		if got := Disassemble(compileText(t, newFake(), text)); !strings.Contains(got, want) {
			t.Errorf("%s: no %s in\n%s", text, want, got)
		}
	}
}

func TestMatch(t *testing.T) {
	const form = `(map (fn [x] (match* x
		([:ok v & r] (pos? v) [:pos v r])
		([:ok v] true [:ok v])
		((a b & c) true [:list a b c])
		(() true :empty)
		({:k v, :m [w & _]} true [:map v w])
		([y y] true [:same y])
		([1 ~x] true :never)
		("s" true :str)
		(nil true :nil)
		(_ true :other)))
	 (list1 [:ok 1] [:ok 0] [:ok 2 3 4] '(1 2 3) '() {:k 1 :m [2 3]} {:k 1} [7 7] [7 8] "s" nil 9))`
	m := newMini()
	m.f.add("clojure.core", "list1").val = lang.Obj(&lang.Native{Name: "list1", Max: -1, Pure: func(a []lang.Value) lang.Value { return lang.ListOf(a...) }})
	m.f.vars["clojure.core/pos?"].guard = true
	text := strings.NewReplacer("\n", " ", "\t", " ").Replace(form)
	const want = "([:pos 1 nil] [:ok 0] [:pos 2 (3 4)] [:list 1 2 (3)] :empty [:map 1 2] :other [:same 7] :other :str :nil :other)"
	if got := lang.PrString(m.eval(t, read(text))); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func ExampleDisassemble() {
	step := Start(read("(defn fib [n] (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))"), newFake())
	fmt.Print(Disassemble(step.Fn.Fixed[0].Fns[0]))
	// Output:
	// user/fib/1: 4 registers
	//    0    1  jnlti     r0 2 -> 2
	//    1       ret       r0
	//    2       addi      r2 r0 -1
	//    3       callvar   r1 1             ; #'user/fib
	//    4       addi      r3 r0 -2
	//    5       callvar   r2 1             ; #'user/fib
	//    6       add       r1 r1 r2
	//    7       ret       r1
}

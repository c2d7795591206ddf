package core

import (
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// TestHost holds what Clojure 1.11 on a JVM of version 17 prints for each form.
func TestHost(t *testing.T) {
	for _, c := range []struct{ expr, want string }{
		{`(.foo nil)`, `NullPointerException: Cannot invoke "Object.getClass()" because "target" is null`},
		{`(.foo "a")`, `IllegalArgumentException: No matching field found: foo for class java.lang.String`},
		{`(.foo "a" 1)`, `IllegalArgumentException: No matching method foo found taking 1 args for class java.lang.String`},
		{`(Integer/parseInt "x")`, `NumberFormatException: For input string: "x"`},
		{`(format "%d" 1.5)`, `IllegalFormatConversionException: d != java.lang.Double`},
		{`(format "%d")`, `MissingFormatArgumentException: Format specifier '%d'`},
		{`(format "%q" 1)`, `UnknownFormatConversionException: Conversion = 'q'`},
		{`(format "%5d|%-5d|%05d|%+d|%,d|%(d|% d" 42 42 42 42 1234567 -5 42)`, `"   42|42   |00042|+42|1,234,567|(5)| 42"`},
		{`(format "%.1f %.0f %.2f %.3e %g %g" 0.25 2.5 1.005 12345.678 0.0001 1234567.0)`, `"0.3 3 1.01 1.235e+04 0.000100000 1.23457e+06"`},
		{`(format "%2$s %1$s %<s" 1 2)`, `"2 1 1"`},
		{`(format "%x %08.3f %-5b|" -1 -3.14159 true)`, `"ffffffffffffffff -003.142 true |"`},
		{`(Math/round -2.5)`, `-2`},
		{`(class (.length "abc"))`, `java.lang.Integer`},
		{`(aget (int-array [1 2 3]) 5)`, `ArrayIndexOutOfBoundsException: Index 5 out of bounds for length 3`},
		{`(let [a (long-array 3)] (aset a 1 5) (vec a))`, `[0 5 0]`},
		{`(let [l (java.util.ArrayList.)] (.add l 1) [(.size l) (.get l 0) (vec l) (str l)])`, `[1 1 [1] "[1]"]`},
		{`(let [m (java.util.HashMap.)] (.put m "a" 1) [(.get m "a") (.containsKey m "b") m])`, `[1 false {"a" 1}]`},
		{`(-> (StringBuilder. "abc") .reverse (.append 1) str)`, `"cba1"`},
		{`(let [it (.iterator [1 2])] [(.next it) (.hasNext it) (.next it) (.hasNext it)])`, `[1 true 2 false]`},
		{`(let [r (java.util.Random. 42)] [(.nextInt r) (.nextInt r 100) (.nextDouble r)])`, `[-1170105035 63 0.6832234717598454]`},
		{`(let [a (atom 0) th (Thread. (fn [] (swap! a inc)))] (.start th) (.join th) [@a (.isAlive th)])`, `[1 false]`},
		{`(with-in-str "a b\nc" [(read-line) (read-line) (read-line)])`, `["a b" "c" nil]`},
		{`(with-in-str "(+ 1 2) x" [(read) (read)])`, `[(+ 1 2) x]`},
		{`(read-string "[1 2")`, `RuntimeException: EOF while reading`},
		{`(slurp "/nonexistent/x")`, `FileNotFoundException: /nonexistent/x (No such file or directory)`},
		{`(let [e (IllegalStateException. "x" (Exception. "c"))] [(.getMessage e) (.getMessage (.getCause e))])`, `["x" "c"]`},
		{`(binding [*print-length* 2] (pr-str (range 10)))`, `"(0 1 ...)"`},
		{`(with-out-str (println (map (fn [x] (print x) x) [1 2])))`, `"(121 2)\n"`},
	} {
		w := newWorld(new(strings.Builder))
		v, e := eval(w, c.expr)
		got := lang.PrString(v)
		if e != nil {
			got = e.Class.Simple() + ": " + e.Message()
		}
		if got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.expr, got, c.want)
		}
	}
}

// example finds the example at the end of a doc: (f 1) ;=> 2.
func example(doc string) (expr, want string, ok bool) {
	code, want, ok := strings.Cut(doc, " ;=> ")
	if !ok {
		return "", "", false
	}
	depth := 0
	for i := len(code) - 1; i >= 0; i-- {
		switch code[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth == 0 {
				return code[i:], want, true
			}
		}
	}
	return "", "", false
}

func TestHostExamplesInDocs(t *testing.T) {
	w := newWorld(new(strings.Builder))
	for _, table := range append(append([][]*lang.Native{constructors}, statics...), methods...) {
		for _, n := range table {
			if n.Args == "" || n.Doc == "" || !strings.HasSuffix(strings.TrimSuffix(n.Doc, "\""), ".") && !strings.Contains(n.Doc, " ;=> ") {
				t.Errorf("%s: Args or Doc is missing, or the Doc is no sentence: %q", n.Name, n.Doc)
			}
			expr, want, ok := example(n.Doc)
			if !ok {
				continue
			}
			if v, e := eval(w, expr); e != nil || lang.PrString(v) != want {
				t.Errorf("%s: %s gives %s, %v; its doc says %s", n.Name, expr, lang.PrString(v), e, want)
			}
		}
	}
}

// TestBufferStates rolls a text buffer, an array and a reader back.
func TestBufferStates(t *testing.T) {
	w := newWorld(new(strings.Builder))
	mustEval := func(text, want string) {
		t.Helper()
		if v, e := eval(w, text); e != nil || lang.PrString(v) != want {
			t.Fatalf("%s gives %s, %v; want %s", text, lang.PrString(v), e, want)
		}
	}
	mustEval(`(def sb (StringBuilder. "ab")) (def a (long-array [1 2])) (def l (java.util.ArrayList. [1])) (def r (java.io.StringReader. "x y")) (read r)`, "x")
	n := w.Checkpoint()
	change := `(.append sb "c") (.setLength sb 1) (.append sb "d") (aset a 0 9) (.add l 2) [(str sb) (vec a) (vec l) (read r)]`
	for range 2 {
		mustEval(change, `["ad" [9 2] [1 2] y]`)
		w.Rollback(n)
	}
	w.Release(n)
	mustEval(`[(str sb) (vec a) (vec l)]`, `["ab" [1 2] [1]]`)
}

// TestEndlessPrintGivesWay prints without end while another process counts.
func TestEndlessPrintGivesWay(t *testing.T) {
	w := newWorld(new(strings.Builder))
	if _, e := eval(w, `(def n (atom 0)) (.start (Thread. (fn [] (dotimes [_ 100] (swap! n inc)))))`); e != nil {
		t.Fatal(e)
	}
	w.Eval(lang.Obj(&lang.Native{Name: "test/load", Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
		return Load(p, &lang.Source{Name: "test", Text: "(println (range))"})
	}}))
	out := 0
	w.Out.W = counter(func(n int) { out += n })
	w.Run(runtime.Limits{Until: func() bool { return out > 1<<20 }})
	if v := w.FindNS("user").Lookup("n").Root().Obj().(*Atom).val; v != lang.Int(100) {
		t.Errorf("the other process came to %s", lang.PrString(v))
	}
}

// counter is a writer that tells how much is written.
type counter func(n int)

func (c counter) Write(b []byte) (int, error) { c(len(b)); return len(b), nil }

package core

import (
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
)

// What Clojure 1.11.1 printed, by pr-str, for the values of these forms, or
// the class and message of what they threw.
var semantics = []struct{ form, want string }{
	{`(take 3 (repeat 1))`, `(1 1 1)`},
	{`(subs "abc" 5)`, `java.lang.StringIndexOutOfBoundsException: begin 5, end 3, length 3`},
	{`(conj {} 1)`, `java.lang.IllegalArgumentException: Don't know how to create ISeq from: java.lang.Long`},
	{`(conj {} [1])`, `java.lang.IllegalArgumentException: Vector arg to map conj must be a pair`},
	{`(first (conj {:a 1} [:b (range)]))`, `[:a 1]`},
	{`(symbol 1)`, `java.lang.IllegalArgumentException: no conversion to symbol`},
	{`(Integer/parseInt "99999999999")`, `java.lang.NumberFormatException: For input string: "99999999999"`},
	{`(get (sorted-map-by > 1 :a 2 :b) 2)`, `:b`},
	{`(sorted-set-by (fn [a b] (compare b a)) 1 3 2)`, `#{3 2 1}`},
	{`(let [s (sorted-map-by (fn [a b] (< a b)) 3 1 1 2)] [(assoc s 2 9) (dissoc s 3) (contains? s 1) (find s 3)])`, `[{1 2, 2 9, 3 1} {1 2} true [3 1]]`},
	{`(ex-info "a" nil)`, `java.lang.IllegalArgumentException: Additional data must be non-nil.`},
	{`(let [x (transient [])] (persistent! x) (conj! x 1))`, `java.lang.IllegalAccessError: Transient used after persistent! call`},
	{`(deref (promise) 10 :timeout)`, `:timeout`},
	{`(let [d (delay (throw (Exception. "once")))] [(try @d (catch Exception e 1)) (try @d (catch Exception e (.getMessage e)))])`, `[1 "once"]`},
	{`(let [f (future (throw (Exception. "in f")))] (try @f (catch java.util.concurrent.ExecutionException e (.getMessage e))))`, `"java.lang.Exception: in f"`},
	{`(let [f (future (Thread/sleep 10000))] [(future-cancel f) (future-cancelled? f) (try @f (catch java.util.concurrent.CancellationException e :cancelled))])`, `[true true :cancelled]`},
	{`(let [n (atom 0)] (dorun (pmap (fn [_] (dotimes [_ 100] (swap! n inc))) (range 4))) @n)`, `400`},
	{`(let [a (atom 0 :validator int?)] [(swap-vals! a inc) (reset-vals! a 5) (compare-and-set! a 4 6) @a])`, `[[0 1] [1 5] false 5]`},
	{`(let [a (atom 0 :validator int?)] (reset! a :x))`, `java.lang.IllegalStateException: Invalid reference state`},
	{`(sort (fn [a b] (> a b)) [3 1 2 5 4])`, `(5 4 3 2 1)`},
	{`(sort (fn [a b] (compare (:k a) (:k b))) [{:k 2 :i 0} {:k 1 :i 1} {:k 2 :i 2} {:k 1 :i 3}])`, `({:k 1, :i 1} {:k 1, :i 3} {:k 2, :i 0} {:k 2, :i 2})`},
	{`(macroexpand-1 '(.foo x 1))`, `(. x foo 1)`},
	{`(range 0 1 0.25)`, `(0 0.25 0.5 0.75)`},
	{`(clojure.string/split "a,b,,c,," #",")`, `["a" "b" "" "c"]`},
	{`(clojure.string/split "a,b,,c,," #"," -1)`, `["a" "b" "" "c" "" ""]`},
	{`(clojure.string/replace "abc" #"b" (fn [m] (str m m)))`, `"abbc"`},
	{`(clojure.string/replace "abc" #"(b)" "$1$1")`, `"abbc"`},
	{`(let [x (reify Object (toString [_] "hey") clojure.lang.IDeref (deref [_] 5))] [(str x) @x])`, `["hey" 5]`},
	{`(= (map inc [1 2]) [2 3] (list 2 3))`, `true`},
	{`(= [1 (range)] [2 (range)])`, `false`},
	{`(get {(map inc [1]) :found} '(2))`, `:found`},
	{`(count (apply concat (repeat 3 [1 2])))`, `6`},
	{`(cast String 1)`, `java.lang.ClassCastException: Cannot cast java.lang.Long to java.lang.String`},
	{`(pop [])`, `java.lang.IllegalStateException: Can't pop empty vector`},
	{`(require 'nope.nope)`, `java.io.FileNotFoundException: Could not locate nope/nope__init.class, nope/nope.clj or nope/nope.cljc on classpath.`},
	{`(with-precision 3 (/ 1M 3))`, `0.333M`},
	{`(abs -1/2)`, `1/2`},
	{`(even? 1.5)`, `java.lang.IllegalArgumentException: Argument must be an integer: 1.5`},
	{`(bit-and 1.5 1)`, `java.lang.IllegalArgumentException: bit operation not supported for: class java.lang.Double`},
}

func TestSemantics(t *testing.T) {
	var out strings.Builder
	w := newWorld(&out)
	for _, c := range semantics {
		v, e := eval(w, "(pr-str "+c.form+")")
		got := lang.DisplayString(v)
		if e != nil {
			got = e.Error()
		}
		if got != c.want {
			t.Errorf("%s\n gives %s\n  want %s", c.form, got, c.want)
		}
	}
}

// TestNeverTooMuch asks for what has no end or would fill the memory.
func TestNeverTooMuch(t *testing.T) {
	var out strings.Builder
	w := newWorld(&out)
	for _, form := range []string{`(vec (repeat 1))`, `(count (repeat 1))`, `(apply + 1 (repeat 1))`, `(vec (range))`, `(apply str (range))`} {
		if _, e := eval(w, form); e == nil || e.Class != lang.OutOfMemoryError {
			t.Errorf("%s gives %v", form, e)
		}
	}
}

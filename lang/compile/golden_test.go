package compile

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/golden.txt anew")

// golden lists the forms whose code testdata/golden.txt shows.
var golden = []string{
	`(fn [x] (if (and (f x) (or (< x 5) (nil? x))) 1 2))`,
	`(fn [s] (loop [i 0 acc nil s (seq s)] (if (and s (< i 10)) (recur (inc i) (f acc (first s)) (next s)) acc)))`,
	`(loop [a 1 b 2] (recur b a))`,
	`(let [s (f)] (g + s))`,
	`(fn [a] (g (+ a (f a))))`,
	`(fn [x] (f (fn [] x)) (g))`,
	`(fn me [n] (f (fn [] (me n))) (me 1))`,
	`(fn [n & r] (recur (inc n) r))`,
	`(fn [s] (try (f s) (catch ArithmeticException e (g e)) (catch Exception e (g e s)) (finally (h s))))`,
	`(fn [s] (try (f s) (finally (h))))`,
	`(fn [x] (case x 1 :one (:a "b") :two :other))`,
	`(fn [x] (case x 1 1, 2 2, 3 3, 4 4, 5 5, 6 6, 7 7))`,
	`(fn [x] (match* x ([:ok v & r] (> v 1) (f v r)) ({:k (a & b)} true (g a b)) (_ true 0)))`,
	`(let [v 1] (receive* (100 :timeout) ([:ok ~v y] (h y) (f y)) (:stop true nil)))`,
	`(fn [y] (letfn [(a [x] (b x y)) (b [x] (a x))] (a 1)))`,
	`(def ^{:doc "d"} x (f))`,
	`(fn [x] [x {:k x} #{x} [1 2] '(a)])`,
	`(.foo (Exception. "x") (Math/sqrt 2))`,
	`(fn [x] (set! *out* (not (>= 5 x))))`,
	`(lazy-seq (f 1))`,
}

func TestGolden(t *testing.T) {
	var b strings.Builder
	for _, form := range golden {
		b.WriteString(";; " + form + "\n" + Disassemble(compileText(t, newFake(), form)) + "\n")
	}
	const name = "testdata/golden.txt"
	if *update {
		if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	got, lines := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for i, line := range got {
		if i >= len(lines) || line != lines[i] {
			t.Fatalf("line %d of %s differs:\n%s", i+1, name, line)
		}
	}
}

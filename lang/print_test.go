package lang

import (
	"math"
	"testing"
)

func TestPrinters(t *testing.T) {
	point := &RecordType{Class: &Class{Name: "user.Point"}, Fields: []*Keyword{InternKeyword("", "x"), InternKeyword("", "y")}}
	rec := NewRecord(point, []Value{Int(1), Str("s")}).Assoc(K("z"), Nil)
	re, _ := NewRegex(`a\d+/`)
	inst, _ := ParseInst("2020-01-02T03:04:05.678Z")
	uuid, _ := ParseUUID("01234567-89ab-cdef-0123-456789abcdef")
	chars := func(s string) Value {
		var vs []Value
		for i := range len(s) {
			vs = append(vs, Int(int64(s[i])))
		}
		return ListOf(vs...)
	}
	for _, c := range []struct {
		v                        Value
		clojure, display, elixir string
	}{
		{Nil, "nil", "nil", "nil"},
		{True, "true", "true", "true"},
		{Str("a\"b\\\n\t"), `"a\"b\\\n\t"`, "a\"b\\\n\t", `"a\"b\\\n\t"`},
		{Str("é#{x} #y"), `"é#{x} #y"`, "é#{x} #y", `"é\#{x} #y"`},
		{Str("a\x00"), "\"a\x00\"", "a\x00", "<<97, 0>>"},
		{Str("\xff"), "\"\xff\"", "\xff", "<<255>>"},
		{Char('\n'), `\newline`, "\n", `?\n`},
		{Char('a'), `\a`, "a", "?a"},
		{Char('é'), `\é`, "é", "?é"},
		{K("a"), ":a", ":a", ":a"},
		{K("a b"), ":a b", ":a b", `:"a b"`},
		{K("a?"), ":a?", ":a?", ":a?"},
		{K("foo-bar"), ":foo-bar", ":foo-bar", `:"foo-bar"`},
		{nsKw("a", "b"), ":a/b", ":a/b", `:"a/b"`},
		{K("Elixir.Foo.Bar"), ":Elixir.Foo.Bar", ":Elixir.Foo.Bar", "Foo.Bar"},
		{K("Elixir.foo"), ":Elixir.foo", ":Elixir.foo", `:"Elixir.foo"`},
		{K("+"), ":+", ":+", ":+"},
		{K("1a"), ":1a", ":1a", `:"1a"`},
		{bigOf("2"), "2N", "2N", "2"},
		{decOf("1.50"), "1.50M", "1.50M", "1.50M"},
		{ratio(1, 2), "1/2", "1/2", "1/2"},
		{Float(math.Inf(-1)), "##-Inf", "##-Inf", "-Inf"},
		{Vec(Int(1), Str("a")), `[1 "a"]`, "[1 a]", `{1, "a"}`},
		{ListOf(), "()", "()", "[]"},
		{chars("abc"), "(97 98 99)", "(97 98 99)", "'abc'"},
		{chars("\t\n"), "(9 10)", "(9 10)", `'\t\n'`},
		{chars("\a\b\x1b\x7f"), "(7 8 27 127)", "(7 8 27 127)", "[7, 8, 27, 127]"},
		{chars("a\"b'c"), "(97 34 98 39 99)", "(97 34 98 39 99)", `'a"b\'c'`},
		{ListOf(Vec(K("a"), Int(1)), Vec(K("b c"), Int(2))), "([:a 1] [:b c 2])", "([:a 1] [:b c 2])", `[a: 1, "b c": 2]`},
		{ListOf(Vec(K("a"), Int(1)), Int(2)), "([:a 1] 2)", "([:a 1] 2)", "[{:a, 1}, 2]"},
		{ListOf(Vec(Nil, Int(1))), "([nil 1])", "([nil 1])", "[nil: 1]"},
		{ListOf(Vec(K("Elixir.Foo"), Int(1))), "([:Elixir.Foo 1])", "([:Elixir.Foo 1])", "[{Foo, 1}]"},
		{Obj(NewMap(K("a"), Int(1), K("b"), Str("x"))), `{:a 1, :b "x"}`, "{:a 1, :b x}", `%{a: 1, b: "x"}`},
		{Obj(NewErlangMap(Str("b"), Int(2), K("a"), Int(1))), `{:a 1, "b" 2}`, "{:a 1, b 2}", `%{:a => 1, "b" => 2}`},
		{Obj(NewMap()), "{}", "{}", "%{}"},
		{Obj(NewSet(Int(3), Int(1), Int(2))), "#{1 3 2}", "#{1 3 2}", "MapSet.new([1, 3, 2])"},
		{Obj(NewMap(nsKw("a", "x"), Int(1), nsKw("a", "y"), Int(2))), "{:a/x 1, :a/y 2}", "{:a/x 1, :a/y 2}", `%{"a/x": 1, "a/y": 2}`},
		{Obj(rec), `#user.Point{:x 1, :y "s", :z nil}`, "#user.Point{:x 1, :y s, :z nil}", `%user.Point{x: 1, y: "s", z: nil}`},
		{Obj(re), `#"a\d+/"`, `#"a\d+/"`, `~r/a\d+\//`},
		{Obj(inst), `#inst "2020-01-02T03:04:05.678-00:00"`, `#inst "2020-01-02T03:04:05.678-00:00"`, "~U[2020-01-02 03:04:05.678Z]"},
		{Obj(uuid), `#uuid "01234567-89ab-cdef-0123-456789abcdef"`, `#uuid "01234567-89ab-cdef-0123-456789abcdef"`, `"01234567-89ab-cdef-0123-456789abcdef"`},
		{Obj(LongClass), "java.lang.Long", "java.lang.Long", "java.lang.Long"},
		{NewRange(0, 3, 1), "(0 1 2)", "(0 1 2)", "[0, 1, 2]"},
	} {
		if got := PrString(c.v); got != c.clojure {
			t.Errorf("pr-str: %s, want %s", got, c.clojure)
		}
		if got := DisplayString(c.v); got != c.display {
			t.Errorf("print: %s, want %s", got, c.display)
		}
		if got := Inspect(c.v); got != c.elixir {
			t.Errorf("inspect: %s, want %s", got, c.elixir)
		}
	}
}

func TestPrinterLimits(t *testing.T) {
	nested := Vec(Int(1), Vec(Int(2), Vec(Int(3))))
	for _, c := range []struct {
		v             Value
		length, level int
		want          string
	}{
		{NewRange(0, 10, 1), 3, -1, "(0 1 2 ...)"},
		{NewRange(0, 3, 1), 3, -1, "(0 1 2)"},
		{NewRange(0, 3, 1), 0, -1, "(...)"},
		{Obj(NewMap(K("a"), Int(1), K("b"), Int(2))), 1, -1, "{:a 1, ...}"},
		{nested, -1, 0, "#"},
		{nested, -1, 1, "[1 #]"},
		{nested, -1, 2, "[1 [2 #]]"},
		{NewRepeat(Int(1), -1), 2, -1, "(1 1 ...)"},
	} {
		p := NewPrinter(ClojureNotation, true, c.v)
		p.Length, p.Level = c.length, c.level
		p.Step()
		if got := p.Take(); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
	p := NewPrinter(ClojureNotation, true, NewRepeat(Int(1), -1))
	p.Budget = 10
	for range 3 {
		p.Step()
		if got := p.Take(); p.Done() || len(got) < 10 || len(got) > 12 {
			t.Errorf("a piece of %q", got)
		}
	}
	p.Limit = 40
	p.Budget = 0
	p.Step()
	if !p.Done() || !p.Cut() {
		t.Error("an endless value is not cut")
	}
	p = NewPrinter(ClojureNotation, true, Obj(NewMap(nsKw("a", "x"), Int(1), nsKw("a", "y"), Int(2))))
	p.NSMaps = true
	p.Step()
	if got := p.Take(); got != "#:a{:x 1, :y 2}" {
		t.Error(got)
	}
	p = NewPrinter(ClojureNotation, true, WithMeta(Vec(Int(1)), NewMap(K("m"), True)))
	p.Meta = true
	p.Step()
	if got := p.Take(); got != "^{:m true} [1]" {
		t.Error(got)
	}
}

func TestString(t *testing.T) {
	lazy := Obj(&LazySeq{State: LazyDone, Val: ListOf(Int(2), Int(3))})
	for _, c := range []struct {
		v    Value
		want string
	}{
		{Nil, ""}, {Str("a"), "a"}, {Char('x'), "x"}, {decOf("1.5"), "1.5"}, {bigOf("3"), "3"}, {Float(math.Inf(1)), "Infinity"}, {K("a"), ":a"},
		{Vec(Str("a"), decOf("1.5")), `["a" 1.5M]`}, {lazy, "clojure.lang.LazySeq@402"}, {Obj(LongClass), "class java.lang.Long"}, {Obj(ISeqClass), "interface clojure.lang.ISeq"},
		{Obj(NewException(ArithmeticException, "Divide by zero")), "java.lang.ArithmeticException: Divide by zero"},
	} {
		if got := String(c.v); got != c.want {
			t.Errorf("str gives %s, want %s", got, c.want)
		}
	}
}

func TestClasses(t *testing.T) {
	for _, c := range []struct {
		v    Value
		want string
	}{
		{Int(1), "java.lang.Long"}, {Int32(1), "java.lang.Integer"}, {Float(1), "java.lang.Double"}, {bigOf("1"), "clojure.lang.BigInt"},
		{Vec(), "clojure.lang.PersistentVector"}, {ListOf(), "clojure.lang.PersistentList$EmptyList"}, {ListOf(Nil), "clojure.lang.PersistentList"},
		{Obj(NewMap()), "clojure.lang.PersistentArrayMap"}, {Obj(NewHashMap(Nil, Nil)), "clojure.lang.PersistentHashMap"}, {Obj(NewSet()), "clojure.lang.PersistentHashSet"},
		{First(Obj(NewMap(Nil, Nil))), "clojure.lang.MapEntry"}, {NewRange(0, 1, 1), "clojure.lang.LongRange"}, {VectorSeq(NewVector([]Value{Nil}), 0), "clojure.lang.PersistentVector$ChunkedSeq"},
		{Obj(NewException(IOException, "")), "java.io.IOException"}, {Obj(&Closure{Fn: &Fn{Name: "user/even-er?"}}), "user$even_er_QMARK_"},
	} {
		if got := ClassOf(c.v).Name; got != c.want {
			t.Errorf("class of %s is %s, want %s", PrString(c.v), got, c.want)
		}
	}
	c, ok := ClassByName("ArityException")
	if !ok || !IsA(c, ExceptionClass) || IsA(c, ErrorClass) || c.CanonicalReason().Name != "badarity" || NumberFormatException.CanonicalReason().Name != "badarg" {
		t.Error("the table of exceptions is wrong")
	}
}

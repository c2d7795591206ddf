package elixir_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/lang/compile"
	"github.com/conc-repl/conc-repl/lang/compile/elixir"
	reader "github.com/conc-repl/conc-repl/lang/elixir"
)

// names is a Resolver that knows every function and no module.
type names struct{ counter int64 }

// variable is a function's var: it holds nothing.
type variable struct{ ns, name string }

func (v *variable) VarName() (ns, name string)  { return v.ns, v.name }
func (v *variable) MacroFn() (lang.Value, bool) { return lang.Nil, false }
func (v *variable) IsDynamic() bool             { return false }
func (v *variable) IsPrivate() bool             { return false }
func (v *variable) Inline() string              { return "" }
func (v *variable) GuardSafe() bool             { return strings.HasPrefix(v.name, "is_") }
func (v *variable) GoForm() (lang.Value, bool)  { return lang.Nil, false }

func (r *names) Function(module, name string, _ int) lang.Value {
	return lang.Obj(&variable{strings.TrimPrefix(module, "Elixir."), name})
}

// Macro knows one macro, which the test expands to its argument.
func (r *names) Macro(_, name string, arity int) lang.Value {
	if name == "expanding" && arity == 1 {
		return lang.Obj(identity)
	}
	return lang.Nil
}

func (r *names) Exports(_, name string, _ int) bool {
	return name != "expanding" && !elixir.IsMacro(name)
}
func (r *names) Native(_, _ string) *lang.Native    { return nil }
func (r *names) Loaded(string) bool                 { return true }
func (r *names) Struct(string) (lang.Value, bool)   { return lang.Nil, false }
func (r *names) Variable(string) (lang.Value, bool) { return lang.Nil, false }
func (r *names) Variables() []string                { return nil }
func (r *names) Helper(string) lang.Value           { return lang.Obj(identity) }
func (r *names) Support(lang.Support) lang.Value    { return lang.Obj(identity) }
func (r *names) Text(form lang.Value) string        { return reader.ToString(form) }
func (r *names) Counter() int64                     { r.counter++; return r.counter }

var identity = &lang.Native{Name: "test/identity", Max: -1, Pure: func(args []lang.Value) lang.Value { return args[len(args)-1] }}

// compileText compiles the expressions of a text: each must either be refused
// with an exception, or give code that holds what the machine relies on.
func compileText(t *testing.T, text string) {
	t.Helper()
	src := &lang.Source{Name: "fuzz", Text: text}
	forms, err := reader.New(src).ReadAll()
	if err != nil {
		return
	}
	for _, f := range forms {
		compileForm(t, f, &elixir.Env{Source: src, Top: true}, 0)
	}
}

func compileForm(t *testing.T, form lang.Value, env *elixir.Env, depth int) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(*lang.Exception); !ok {
				panic(r)
			}
		}
	}()
	s := elixir.Start(form, env, &names{})
	for n := 0; s.Kind == elixir.Expand && n < 100; n++ {
		s = s.Resume(identity.Pure(s.Args))
	}
	switch s.Kind {
	case elixir.Forms:
		if depth < 100 {
			for _, f := range s.Forms {
				compileForm(t, f, env, depth+1)
			}
		}
	case elixir.Done:
		if err := compile.Check(s.Fn); err != nil {
			t.Errorf("%s\n%v", lang.Inspect(form), err)
		}
	}
}

var seeds = []string{
	"x = 1; {a, [b | c]} = {x, [2, 3]}; a + b",
	"fn 0 -> :zero; n when n > 1 and is_integer(n) -> n * 2 end",
	"case f(1) do {:ok, %{a: v}} when v > 9 -> v; <<h, t::binary>> -> {h, t}; \"a\" <> r -> r; ^x -> x end",
	"with {:ok, a} <- f(), b = a, true <- b do a else {:error, e} -> e; _ -> nil end",
	"for x <- xs(), <<c <- \"abc\">>, x > c, into: %{}, uniq: true, do: {x, c}",
	"for x <- [1], reduce: 0 do acc -> acc + x end",
	"try do a() rescue e in [A, B] -> e; ArgumentError -> 1 catch :exit, r -> r; t when t > 1 -> t else v -> v after b() end",
	"receive do {^p, x} when x in [1, 2] -> x; {^p, y} -> y after 10 -> :late end",
	"cond do x = a() -> x; true -> 1 end",
	"%{m() | a: 1, b: 2}.c[:d].e.(1).f",
	"%User{name: \"x\", age: 1 + 2}",
	"expanding(1 + expanding(x = 2)); x",
	"&(&1 + &2); &f/1; &Mod.f/2; &{&1, [&2 | &1]}; &\"#{&1}\"",
	"quote do: {unquote(x()), unquote_splicing([1]), y, Foo.Bar, [a: 1]}",
	"defmodule A.B do @x 1; def f(a \\\\ 1, %{b: b} = c) when a > b, do: @x + c; defmacro m(x), do: x; defstruct [:a] end",
	"if a() && b() || !c() do unless d() and not e(), do: 1 else x = 2; x end",
	"<<a::16-little, b::binary-size(a), c::bits>> = <<1::8, \"x\", 2.0::float>>",
	"\"a#{1 + 1}b\" |> f(~w(a b)a) |> then(& &1)",
	"alias A.{B, C}; import B, only: [f: 1]; require C, as: D; D.x(B)",
	"raise ArgumentError, message: \"x\"; raise \"y\"; reraise e(), []",
	"put_in(a().b[:c].d, 1); update_in(a()[:b], & &1); match?({:ok, _} when true, x())",
}

func TestSeeds(t *testing.T) {
	for _, s := range seeds {
		compileText(t, s)
	}
	files, _ := filepath.Glob("../../../runtime/kernel/testdata/programs/*.exs")
	if len(files) == 0 {
		t.Error("no programs")
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		compileText(t, string(b))
	}
}

// FuzzCompile looks for texts that make the compiler panic, or give bad code.
func FuzzCompile(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(compileText)
}

// TestStepsAreImmutable resumes one step twice, with different expansions.
func TestStepsAreImmutable(t *testing.T) {
	forms, err := reader.New(&lang.Source{Name: "t", Text: "{expanding(1), expanding(2)}"}).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	first := elixir.Start(forms[0], &elixir.Env{Top: true}, &names{})
	if first.Kind != elixir.Expand || len(first.Args) != 2 {
		t.Fatalf("the first step is %+v", first)
	}
	result := func(s elixir.Step) lang.Value { return s.Resume(lang.Int(20)).Fn.Fixed[0].Consts[0] }
	a, b := first.Resume(lang.K("a")), first.Resume(lang.K("b"))
	if got := lang.Inspect(lang.Vec(result(a), result(b), result(a))); got != "{{:a, 20}, {:b, 20}, {:a, 20}}" {
		t.Errorf("got %s", got)
	}
}

// TestDeepForms has forms nested without bound be refused.
func TestDeepForms(t *testing.T) {
	form := lang.Int(1)
	for range 100_000 {
		form = lang.Vec(form, lang.Int(2))
	}
	compileForm(t, form, &elixir.Env{Top: true}, 0)
}

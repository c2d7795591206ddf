defmodule M do
  defmacro a, do: quote(do: unquote(1) + 1)
  defmacro unless2(c, do: b), do: quote(do: if(!unquote(c), do: unquote(b)))
  defmacro hyg(v) do
    quote do
      x = 10
      unquote(v) + x
    end
  end
  defmacro dirty(v) do
    quote do
      var!(y) = unquote(v)
    end
  end
  defmacro bq(v) do
    quote bind_quoted: [v: v] do
      v + v
    end
  end
  defmacro spl(args), do: quote(do: [0, unquote_splicing(args), 9])
  defmacro mk(name, do: body) do
    quote do
      def unquote(name)(), do: unquote(body)
    end
  end
  defmacro mk2(names) do
    for {n, v} <- names do
      quote do
        def unquote(n)(), do: unquote(v)
      end
    end
  end
  defmacro call(f, args), do: quote(do: unquote(f).(unquote_splicing(args)))
  defmacro rem_call(m, f, args), do: quote(do: unquote(m).unquote(f)(unquote_splicing(args)))
  defmacro caller, do: quote(do: unquote(Macro.escape(__CALLER__.module)))
  defmacro line, do: __CALLER__.line
  defmacro showargs(a, b), do: {:{}, [], [Macro.escape(a), b]}
  defmacro priv(x), do: helper(x)
  defp helper(x), do: quote(do: unquote(x) * 100)
  defmacro count(x) do
    quote do
      tmp = unquote(x)
      (fn -> tmp * 2 end).()
    end
  end
end
import M
IO.inspect M.a
IO.inspect(a())
IO.inspect(unless2(false, do: :yes))
x = 5
IO.inspect(hyg(x))
IO.inspect(x)
dirty(7)
IO.inspect(y)
IO.inspect(bq((IO.puts("once"); 4)))
IO.inspect(spl([1, 2]))
IO.inspect(call(fn a, b -> a - b end, [5, 3]))
IO.inspect(rem_call(Enum, :sum, [[1, 2, 3]]))
IO.inspect(line())
IO.inspect(priv(3))
IO.inspect(count(x))
defmodule N do
  require M
  import M, only: [mk: 2, mk2: 1]
  mk :hello, do: :world
  mk2 a: 1, b: 2
  for {n, v} <- [one: 1, two: 2] do
    def unquote(n)(), do: unquote(v)
    def unquote(:"#{n}_plus")(x), do: x + unquote(v)
  end
  def c, do: M.caller()
end
IO.inspect({N.hello(), N.a(), N.b(), N.one(), N.two(), N.two_plus(3), N.c()})
IO.inspect(quote do: (x = 1; x))
IO.inspect(quote do: unquote(x) + y)
IO.inspect(quote do: Foo.bar(1))
IO.inspect(quote do: %{a: 1})
IO.inspect(quote do: fn a -> a end)
IO.inspect(quote(do: foo))
IO.inspect(quote unquote: false, do: unquote(x))
IO.inspect(quote(do: [1, unquote_splicing([2, 3]), 4]))
IO.inspect(quote(do: f(unquote_splicing([2, 3]), 4)))
IO.inspect(Macro.prewalk(quote(do: 1 + 2 * 3), fn n when is_integer(n) -> n * 10; o -> o end) |> Macro.to_string())
IO.inspect(Macro.postwalk(quote(do: a + b), [], fn {v, _, c} = n, acc when is_atom(v) and is_atom(c) -> {n, [v | acc]}; n, acc -> {n, acc} end) |> elem(1))
IO.inspect(Macro.camelize("foo_bar/baz"))
IO.inspect(Macro.underscore("FooBar.BazHTTPServer"))
IO.inspect(Macro.underscore(Foo.BarBaz))
IO.inspect(Macro.escape(%{a: {1, 2, 3}}))
IO.inspect(Macro.var(:x, nil))
IO.inspect(Macro.expand(quote(do: M.a()), __ENV__) |> Macro.to_string())
IO.inspect(Macro.expand_once(quote(do: unless2(a, do: b)), __ENV__) |> Macro.to_string())
IO.inspect(Macro.expand(quote(do: Enum), __ENV__))
IO.inspect(Code.string_to_quoted("1 + 2"))
IO.inspect(Code.string_to_quoted("1 +"))
IO.inspect(Code.string_to_quoted("foo(1 2)"))
IO.inspect(Code.string_to_quoted("foo(", columns: true))
IO.inspect(Code.string_to_quoted("\n\nx", line: 10, columns: true))
IO.inspect(try do Code.string_to_quoted!("1 2") rescue e -> Exception.message(e) end)
IO.inspect(Code.eval_string("b = a * 2; b + 1", a: 4))
IO.inspect(Code.eval_quoted(quote(do: x * 2), [{{:x, Elixir}, 4}]))
IO.inspect(Code.eval_quoted({:x, [], nil}, x: 3))
IO.inspect(Macro.pipe(1, quote(do: foo(2)), 0) |> Macro.to_string)
IO.inspect(Macro.decompose_call(quote(do: Foo.bar(1, 2))))
IO.inspect(Macro.generate_arguments(2, __MODULE__))
IO.inspect(Macro.operator?(:+, 2))
IO.inspect(Macro.special_form?(:case, 2))
IO.inspect(Macro.quoted_literal?(quote(do: {1, [a: "b"]})))
IO.inspect(Macro.unpipe(quote(do: a |> b() |> c(1))) |> length)
IO.inspect(Macro.validate({:a, 1, 2}))
IO.inspect(Macro.validate(quote(do: a + b)))
IO.inspect(Macro.traverse(quote(do: f(1, 2)), 0, fn x, a -> {x, a + 1} end, fn x, a -> {x, a} end) |> elem(1))
IO.inspect(Macro.path(quote(do: f(g(1))), &(&1 == 1)) |> length)
IO.inspect(Macro.classify_atom(:foo))
IO.inspect(Macro.classify_atom(Foo))
IO.inspect(Macro.inspect_atom(:key, :"a b"))
IO.inspect(Macro.unescape_string("a\\nb"))
IO.puts(Macro.to_string(quote do
  case x do
    {:ok, v} when v > 1 -> v
    _ -> nil
  end
end))
defmodule QQ do
  defmacro foo(), do: 1
  def foo(_, _, _), do: 2
end
import QQ
IO.inspect(quote do: send(1))
IO.inspect(quote do: self)
IO.inspect(quote do: self())
IO.inspect(quote do: inspect(1))
IO.inspect(quote do: foo)
IO.inspect(quote do: foo(1))
IO.inspect(quote do: foo(1,2,3))
IO.inspect(quote do: if(a, do: b))
IO.inspect(quote do: case(a, do: (b -> c)))
IO.inspect(quote do: &foo/3)
IO.inspect(quote do: &send/2)
IO.inspect(quote do: a |> foo)
IO.inspect(quote do: "a#{b}")
IO.inspect(quote do: ~w(a))
IO.inspect(quote do: x.y)
IO.inspect(quote do: x[1])
IO.inspect(quote do: @foo)
IO.inspect(quote do: def(foo, do: 1))
IO.inspect(quote do: <<a::8>>)
IO.inspect(quote do: Foo.Bar.{A, B})
IO.inspect(quote do: __MODULE__)
IO.inspect(quote do: %Foo{a: 1})
alias Foo.Bar
IO.inspect(quote do: Bar.x)
IO.inspect(quote do: Bar.Baz)
IO.inspect(quote do: alias(A.B, as: C))
IO.inspect(quote(context: Xyz, do: x))
IO.inspect(quote(line: 7, do: x + f()))
IO.inspect(quote(do: quote(do: unquote(x))))
IO.inspect(quote(do: fn x -> x end))
IO.inspect(quote(do: (a; b)))
IO.inspect(quote(do: not a))
IO.inspect(quote(do: -1))
IO.inspect(quote(do: a not in b))
IO.inspect(quote(do: [a | b]))
IO.inspect(quote(do: {a, b, c}))
IO.inspect(quote(do: f.(1)))
IO.inspect(quote(do: unquote(:foo)(1)))
IO.inspect(quote(do: unquote(Foo).bar(1)))
IO.inspect(quote(do: Foo.unquote(:bar)(1)))
IO.inspect(quote(do: Foo.unquote(:bar)))
IO.inspect(quote(do: unquote(:foo)))
IO.inspect(quote(do: var!(a)))
IO.inspect(quote(do: _))
IO.inspect(quote(do: __ENV__))
IO.inspect(quote(do: super(1)))
IO.inspect(quote(do: unquote(1)..2))
IO.inspect(quote(do: [unquote_splicing([1]) | t]))
IO.inspect(quote(do: (unquote_splicing([quote(do: a), 2]))))
IO.inspect(quote(do: fn unquote_splicing([1, 2]) -> 3 end))
IO.inspect(quote(generated: true, do: f(x)))
IO.inspect(quote(do: nil))
IO.inspect(quote(do: :a))
IO.inspect(quote(do: 'abc'))
IO.inspect(quote do
  case x do
    1 -> 2
    unquote([{:->, [], [[3], 4]}])
  end
end)

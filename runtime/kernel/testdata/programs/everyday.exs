# macros, metaprogramming, misc language
defmodule Logd do
  defmacro __using__(_) do
    quote do
      import Logd
      Module.register_attribute(__MODULE__, :rules, accumulate: true)
      @before_compile Logd
    end
  end
  defmacro rule(name, do: body) do
    quote do
      @rules unquote(name)
      def apply_rule(unquote(name), var!(x)), do: unquote(body)
    end
  end
  defmacro __before_compile__(env) do
    quote do
      def rules, do: Enum.reverse(@rules)
      def mod, do: unquote(env.module)
    end
  end
  def noop(_, _, _, _, _, _), do: :ok
end
defmodule Rules do
  use Logd
  rule :double do x * 2 end
  rule :inc do
    x + 1
  end
end
IO.inspect {Rules.rules, Rules.apply_rule(:double, 4), Rules.mod, Rules.apply_rule(:inc, 4)}
defmodule M2 do
  @x 1
  @y @x + 1
  Module.put_attribute(__MODULE__, :z, 9)
  def get, do: {@x, @y, @z}
  @external "a"
  def f(a, b \\ 2, c \\ @x)
  def f(a, b, c) when is_list(a) or is_map(b), do: {:c, a, b, c}
  def f(a, b, c), do: {a, b, c}
  def unquote(:"weird name")(), do: 1
  def a ~> b, do: {a, b}
  def kw(opts \\ [], do: blk), do: {opts, blk}
  defdelegate size(m), to: Map, as: :keys
  defdelegate reverse(l), to: Enum
  def __info2__, do: __MODULE__.__info__(:functions)
  def rec(n) when n in 1..3 and n != 2, do: :in
  def rec(n) when n in [2, 7], do: :two
  def rec(_), do: :out
  def guards(x) when is_binary(x) when is_atom(x), do: :ba
  def guards(%{a: %{b: [h | _]}} = m) when map_size(m) > 0, do: h
  def guards(<<"GET ", path::binary>>), do: path
  def guards({:ok, v} = t) when elem(t, 1) == v, do: v
  def guards([%{id: id}, %{id: id}]), do: {:same, id}
  def guards(_), do: :none
  def pipe(x) do
    x
    |> Kernel.+(1)
    |> case do
      2 -> :two
      n -> n
    end
    |> then(&{:r, &1})
  end
end
IO.inspect M2.get
IO.inspect {M2.f(1), M2.f([1], 5), M2.f(1, %{}, 3)}
IO.inspect apply(M2, :"weird name", [])
IO.inspect M2.~>(1, 2)
IO.inspect(M2.kw do 7 end)
IO.inspect {M2.size(%{a: 1}), M2.reverse([1,2])}
IO.inspect M2.__info2__
IO.inspect Enum.map([1,2,3,7,9], &M2.rec/1)
IO.inspect Enum.map(["a", :a, %{a: %{b: [5]}}, {:ok, 3}, [%{id: 1}, %{id: 1}], [%{id: 1}, %{id: 2}], 5.5], &M2.guards/1)
IO.inspect {M2.pipe(1), M2.pipe(2)}
defmodule E1 do
  defexception message: "default", code: 0
end
defmodule E2 do
  defexception [:field]
  def exception(v) when is_binary(v), do: struct(E2, field: v)
  def exception(o), do: struct(E2, o)
  def message(e), do: "E2 #{e.field}"
end
for f <- [fn -> raise E1 end, fn -> raise E1, code: 3 end, fn -> raise E2, "z" end, fn -> raise E2, field: :q end, fn -> raise struct(E1, message: "m") |> Map.put(:code, 1) end] do
  try do f.() rescue e in [E1] -> IO.inspect({:e1, e.message, e.code}); e -> IO.puts(Exception.message(e)) end
end
r = try do
  case 3 do x when x > 2 -> throw({:v, x}) end
catch
  {:v, n} when n > 5 -> :big
  {:v, n} -> {:caught, n}
else
  _ -> :never
end
IO.inspect r
IO.inspect(try do exit(:a) catch :exit, :b -> 1; kind, v -> {kind, v} end)
IO.inspect(try do :erlang.error({:my, 1}) rescue e in ErlangError -> e.original end)
IO.inspect(try do Map.fetch!(%{}, :a) rescue e in KeyError -> {e.key, e.term} end)
IO.inspect(try do [1] = [] rescue e in MatchError -> e.term end)
f = fn
  0, _ -> :zero
  n, acc when n > 0 -> {n, acc}
end
IO.inspect {f.(0, 1), f.(1, 2)}
%{:a => a, :b => [b | _], "c" => {c, _}} = %{:a => 1, :b => [2, 3], "c" => {4, 5}, d: 6}
IO.inspect {a, b, c}
<<len::8, str::binary-size(len), rest::bits>> = <<3, "abcdef">>
IO.inspect {len, str, rest}
<<r::5, g::6, b::5>> = <<0xF8, 0x1F>>
IO.inspect {r, g, b}
IO.inspect <<1::little-16, -1::signed-8, 2.5::float-32, "é"::utf16>>
<<x::little-unsigned-integer-size(16), _::binary>> = <<1, 2, 3>>
IO.inspect x
key = :k
IO.inspect %{key => 1, {1, 2} => 3}
%{^key => v} = %{k: 7}
IO.inspect v
IO.inspect(for {k, v} when is_integer(v) <- [a: 1, b: "x", c: 3], into: %{}, do: {k, v * v})
IO.inspect(for <<r::8, g::8 <- "abcd">>, do: {r, g})
IO.inspect(for n <- 1..3, sq = n * n, rem(sq, 2) == 1, do: sq)
IO.inspect(with a <- 1, {:ok, b} <- {:ok, a + 1}, do: a + b)
IO.inspect if(x = 5, do: x)
x = if true do
  y = 10
  y + 1
else
  0
end
IO.inspect x
IO.inspect (fn -> :a end).()
IO.inspect ~s{a "b" #{1 + 1}}
IO.inspect ~w[a b #{:c}]
IO.puts ~S"""
  raw #{x}
    in
  """
IO.puts "multi \
line"
IO.inspect 'abc' ++ 'd'
IO.inspect ?\n
IO.inspect 1_000_000
IO.inspect 0.1e3
IO.inspect "\u00e9 \x41 \u{1F600}"
IO.inspect :"quoted atom"
IO.inspect [nil: 1, true: 2, "a b": 3, if: 4, Foo: 5, a?: 6, b!: 7]
IO.inspect {:a?, :b!, :+, :"1a", :<>, :|>, :%{}, :{}, :<<>>, :., :.., :"a-b", :a@b, :"é", Foo, :"Foo"}
IO.inspect %{{1} => [a: 1], nil => nil, 1.0 => "x", "k" => 'c'}
IO.inspect quote(do: fn x, y -> x + y end) |> Macro.to_string
IO.inspect quote(do: (a = 1; b = a |> f(2) |> M.g))  |> Macro.to_string
IO.inspect Code.string_to_quoted!("a.b(1) + @c")
IO.inspect Macro.prewalk(quote(do: 1 + 2 * 3), fn n when is_integer(n) -> n * 10; o -> o end) |> Code.eval_quoted |> elem(0)
IO.inspect Code.eval_string("x = a * 2; x + 1", a: 21)
IO.inspect match?({:ok, x} when x > 1, {:ok, 2})
IO.inspect is_nil(nil)
IO.inspect Enum.map([a: 1], fn {k, v} -> {k, v} end)
IO.inspect "abc" |> String.to_charlist() |> Enum.map(& &1 + 1) |> List.to_string()
IO.inspect Module.concat(Foo, "Bar")
IO.inspect Module.split(Foo.Bar)
IO.inspect Code.ensure_loaded?(Enum)
IO.inspect function_exported?(M2, :get, 0)
IO.inspect __ENV__.line
IO.inspect [1, 2 | [3]]
IO.inspect (case [1, 2, 3] do [_, _] -> 2; [_ | _] = l -> length(l) end)
IO.inspect Enum.reduce([1, 2], %{}, fn x, acc -> Map.put(acc, x, x) end)
IO.inspect 5 |> (&(&1 * 2)).()
IO.inspect Kernel.then(1, & &1 + 1)
IO.inspect get_in(%{"a" => [%{b: 1}, %{b: 2}]}, ["a", Access.filter(&(&1.b > 1)), :b])
IO.inspect update_in([a: [b: 1]][:a][:b], &(&1 + 1))
IO.inspect put_in(%{a: %{}}, [:a, Access.key(:b, %{}), :c], 1)
IO.inspect struct!(E1, message: "z")
IO.inspect inspect({:a, "b"}, structs: false)
IO.inspect Range.new(1, 5) |> Range.disjoint?(7..9)
IO.inspect Enum.zip_with([[1, 2], [3, 4]], &Enum.sum/1)
IO.inspect :erlang.system_info(:process_count) |> is_integer
IO.inspect :erlang.list_to_binary([1, "a"])
IO.inspect Integer.to_string(10, 2) |> String.pad_leading(8, "0")
IO.puts(inspect(%{a: 1, b: %{c: [1, 2, 3], d: "long string here to wrap around the line because it is long", e: {:x, :y}}}, pretty: true, width: 40))
IO.inspect "a" <> "b" == "ab"
IO.write("no newline"); IO.puts ""
IO.puts [?a, "b", ['c']]
IO.inspect String.split("a1b2", ~r/\d/)
IO.inspect Regex.split(~r/,\s*/, "a, b,c")
IO.inspect "foo bar" =~ ~r/^foo/
IO.inspect String.replace("hello", ~r/l+/, &String.upcase/1)
IO.inspect Regex.named_captures(~r/(?<a>.)(?<b>.)/u, "éa")

defmodule Shape do
  @callback area(t :: any) :: number
  @type t :: any
  defmacro __using__(opts) do
    quote do
      @behaviour Shape
      @name unquote(opts[:name])
      def name, do: @name
      def describe(x), do: "#{name()}: #{inspect(area(x))}"
      def area(_), do: 0
      defoverridable area: 1, describe: 1
    end
  end
end
defmodule Circle do
  use Shape, name: "circle"
  def area(r), do: 3 * r * r
  def describe(x), do: "<" <> super(x) <> ">"
end
defmodule Sq do
  use Shape, name: "sq"
end
defmodule M do
  defmacro unless2(c, do: b) do
    quote do
      if unquote(c), do: nil, else: unquote(b)
    end
  end
  defmacro hyg(x) do
    quote do
      y = 10
      y + unquote(x)
    end
  end
  defmacro leak(v) do
    quote do
      var!(leaked) = unquote(v)
    end
  end
  defmacro deff(name, val) do
    quote do
      def unquote(name)(), do: unquote(val)
    end
  end
  defmacro bq(x) do
    quote bind_quoted: [x: x] do
      x * 2
    end
  end
  def sq(x), do: x * x
  defmacro helper_using(x) do
    v = sq(3)
    quote do: unquote(v) + unquote(x)
  end
  defmacro block(do: b) do
    b
  end
  defmacro splice(list) do
    quote do: [0, unquote_splicing(list), 9]
  end
end
defmodule UsesM do
  require M
  import M
  deff(:forty, 40)
  M.deff(:two, 2)
  def t1, do: unless2(false, do: :yes)
  def t2 do
    y = 1
    r = hyg(5)
    {y, r}
  end
  def t3 do
    leak(7)
    leaked
  end
  def t4, do: bq(21)
  def t5, do: helper_using(1)
  def t6, do: block(do: 5)
  def t7, do: splice([1, 2])
end
defmodule Proto do
  defprotocol Size do
    @doc "size"
    def size(x)
    def size2(x, y)
  end
  defimpl Size, for: BitString do
    def size(s), do: byte_size(s)
    def size2(s, y), do: byte_size(s) + y
  end
  defimpl Size, for: List do
    def size(s), do: length(s)
    def size2(s, y), do: helper(s) + y
    defp helper(s), do: length(s)
  end
end
defmodule Deleg do
  defdelegate reverse(l), to: Enum
  defdelegate rev2(l), to: Enum, as: :reverse
end
defmodule Err do
  defexception [:code, message: "dflt"]
end
defmodule Err2 do
  defexception [:x]
  def message(%{x: x}), do: "x is #{x}"
  def exception(x) when is_integer(x), do: %Err2{x: x}
end
defmodule Acc do
  Module.register_attribute(__MODULE__, :items, accumulate: true)
  @items 1
  @items 2
  def items, do: @items
  @moduledoc false
  @compile :inline
  @doc since: "1"
  @spec f(integer) :: integer
  def f(x), do: x
  def __before__, do: 1
end

defmodule Hooked do
  defmacro __before_compile__(_env) do
    quote do
      def hooked, do: @stuff
    end
  end
end
defmodule UsesHook do
  @before_compile Hooked
  @stuff :late
end
defmodule Clauses do
  def kw(opts \\ []), do: Keyword.get(opts, :a, :none)
  def many(%{type: :a, v: v}), do: {:a, v}
  def many(%{type: t} = m) when map_size(m) == 1, do: {:only, t}
  def many([a, b | _] = l) when length(l) > 3, do: {a, b}
  def many({:x, {y, [z]}}), do: {y, z}
  def many("ab" <> r), do: r
  def many(x) when is_float(x) when is_atom(x), do: :fa
  def op(a, b), do: a + b
  def a ~> b, do: {a, b}
  def rescue_else(x) do
    if x == 0, do: raise("zero"), else: x
  rescue
    e in RuntimeError -> {:rescued, e.message}
  else
    v when v > 5 -> :big
    _ -> :small
  after
    send(self(), :after_ran)
  end
  def catch_all(f) do
    f.()
  catch
    kind, v -> {kind, v}
  end
  def private_and_public(1), do: :one
  def private_and_public(n), do: pp(n, 2)
  defp pp(a, b), do: a * b
  def pp(x), do: pp(x, 10)
  def cond_(x) do
    cond do
      y = x[:a] -> y
      true -> :no
    end
  end
end
IO.puts Circle.describe(2)
IO.puts Sq.describe(2)
IO.inspect {Circle.name(), Circle.area(1)}
IO.inspect {UsesM.t1(), UsesM.t2(), UsesM.t3(), UsesM.t4(), UsesM.t5(), UsesM.t6(), UsesM.t7(), UsesM.forty(), UsesM.two()}
IO.inspect {Proto.Size.size("abc"), Proto.Size.size([1, 2]), Proto.Size.size2([1], 5)}
try do Proto.Size.size(%{}) rescue e in Protocol.UndefinedError -> IO.puts Exception.message(e) end
IO.inspect Proto.Size.impl_for("x")
IO.inspect {Deleg.reverse([1, 2]), Deleg.rev2([1, 2])}
try do raise Err, code: 5 rescue e in Err -> IO.inspect {e.code, e.message} end
try do raise Err, "msg" rescue e -> IO.inspect e end
try do raise Err2, 5 rescue e -> IO.puts Exception.message(e) end
IO.inspect Acc.items()
IO.inspect UsesHook.hooked()
IO.inspect {Clauses.kw(), Clauses.kw(a: 1)}
IO.inspect [Clauses.many(%{type: :a, v: 1}), Clauses.many(%{type: :q}), Clauses.many([1, 2, 3, 4]), Clauses.many({:x, {1, [2]}}), Clauses.many("abcd"), Clauses.many(1.5), Clauses.many(:at)]
try do Clauses.many(7) rescue e in FunctionClauseError -> IO.puts Exception.message(e) end
import Clauses, only: [~>: 2]
IO.inspect 1 ~> 2
IO.inspect {Clauses.rescue_else(0), Clauses.rescue_else(9), Clauses.rescue_else(1)}
IO.inspect Process.info(self(), :message_queue_len)
IO.inspect Clauses.catch_all(fn -> throw(:t) end)
IO.inspect Clauses.catch_all(fn -> exit(:e) end)
IO.inspect Clauses.catch_all(fn -> raise "r" end)
IO.inspect Clauses.catch_all(fn -> :erlang.error(:er) end)
IO.inspect {Clauses.private_and_public(3), Clauses.pp(3)}
try do Clauses.pp(1, 2) rescue e -> IO.puts Exception.message(e) end
IO.inspect {Clauses.cond_(a: 5), Clauses.cond_([])}
f = fn
  x, y when x > y -> :gt
  x, x -> :eq
  _, _ -> :lt
end
IO.inspect {f.(2, 1), f.(1, 1), f.(0, 1)}
x = 5
g = fn ^x -> :five; _ -> :other end
IO.inspect {g.(5), g.(6)}
h = &{&1, &2, &1}
IO.inspect h.(1, 2)
IO.inspect Enum.map([a: 1], fn {k, v} -> "#{k}=#{v}" end)
s = "multi
line"
IO.inspect s
IO.inspect "esc \t \x41 \u00e9 \\ \" #{"nested #{1 + 1}"}"
IO.inspect ~S(raw #{x} \n)
IO.inspect ?a
IO.inspect [?a, ?b]
IO.inspect 0xFF + 0b11 + 0o7 + 1_000
IO.inspect 1.0e3
IO.inspect :"quoted atom"
IO.inspect %{"k" => 1, 2 => :two, nil => nil}
IO.inspect %{:a => 1, "b" => 2}
IO.inspect {:ok, [a: 1, b: [c: 2]]}
IO.inspect <<1, 2, 3>>
IO.inspect <<5::3>>
IO.inspect "é" <> <<0>>
IO.inspect for(<<r::8, g::8 <- <<1, 2, 3, 4>> >>, do: {r, g})
IO.inspect for(x <- 1..3, into: "", do: Integer.to_string(x))
IO.inspect for({k, v} <- %{a: 1, b: 2}, into: %{}, do: {v, k})
IO.inspect Enum.with_index(["a", "b"])
case [1, [2, 3]] do
  [a, [b | c]] -> IO.inspect {a, b, c}
end
IO.inspect (case 5 do
  n when n in 1..3 -> :low
  n when n in [4, 5] -> :mid
end)
IO.inspect with(a <- 1, b <- a + 1, do: {a, b})
IO.inspect (with {:ok, x} <- {:error, :bad} do x else {:error, r} when r == :good -> 1; {:error, r} -> r end)
{:ok, v} = {:ok, [1 | [2]]}
IO.inspect v
%{a: %{b: [q | _]}} = %{a: %{b: [9, 8]}}
IO.inspect q
<<a, b, rest::binary>> = "xyz"
IO.inspect {a, b, rest}
<<x::utf8, _::binary>> = "é!"
IO.inspect x
IO.inspect <<x::utf8>>
IO.inspect <<-1::signed-8>>
<<sg::signed-8>> = <<255>>
IO.inspect sg
<<f::float-32>> = <<1.5::float-32>>
IO.inspect f
try do
  try do raise "a" after IO.puts "in after" end
rescue e -> IO.puts "outer " <> e.message end
r = try do
  raise "a"
rescue
  _ -> :r
end
IO.inspect r
IO.inspect (try do 1 rescue _ -> 2 else 1 -> :one end)
try do case 3 do 4 -> 1 end rescue e in CaseClauseError -> IO.puts Exception.message(e) end
try do cond do nil -> 1 end rescue e -> IO.puts Exception.message(e) end
try do (with 1 <- 2 do 1 else 3 -> 4 end) rescue e -> IO.puts Exception.message(e) end
try do (fn :a -> 1 end).(:b) rescue e in FunctionClauseError -> IO.puts "fce" end
try do nil.foo rescue e -> IO.puts Exception.message(e) end
try do nil.foo() rescue e -> IO.puts Exception.message(e) end
try do Nope.foo() rescue e -> IO.puts Exception.message(e) end
try do :lists.nope(1) rescue e -> IO.puts Exception.message(e) end
try do Map.put(1, 2, 3) rescue e -> IO.puts Exception.message(e) end
try do hd([]) rescue e -> IO.puts Exception.message(e) end
try do raise 1 rescue e -> IO.puts Exception.message(e) end
nf = :foo
try do nf.(1) rescue e -> IO.puts Exception.message(e) end
try do String.to_integer("x") rescue e -> IO.puts Exception.message(e) end
try do elem({1}, 5) rescue e -> IO.puts Exception.message(e) end
try do Enum.fetch!([], 0) rescue e -> IO.puts Exception.message(e) end
try do 1 / 0 rescue e -> IO.puts Exception.message(e) end
try do if(1 > :a, do: :erlang.atom_to_binary(1)) rescue e -> IO.puts Exception.message(e) end
IO.inspect is_nil(nil) and is_atom(nil)
IO.inspect (1..10 |> Enum.filter(&(rem(&1, 2) == 0)) |> Enum.map(fn x -> x * x end))
IO.inspect Enum.reduce_while(1..10, 0, fn x, acc -> if x > 3, do: {:halt, acc}, else: {:cont, acc + x} end)
IO.inspect (fn x -> fn y -> x + y end end).(1).(2)
IO.inspect Code.eval_string("1 + 2")
IO.inspect Macro.to_string(quote do: foo(1, x + 2))
defmodule Runtime do
  def go, do: x()
  defp x, do: :x
end
IO.inspect Runtime.go()
a = 1
defmodule SeesOuter do
  @val a + 1
  def val, do: @val
  IO.inspect a
end
IO.inspect SeesOuter.val()
IO.inspect __MODULE__
IO.inspect (quote do: x)
{x, y, z} = {1, 2, 3}; IO.inspect x + y + z
IO.inspect [1, 2, 3] |> (fn [h | _] -> h end).()
IO.inspect if(true, do: 1, else: 2)
IO.inspect Kernel.if(true, do: 1)
IO.inspect not(true)
IO.inspect (true || raise "no")
IO.inspect 5 not in [1, 2]
IO.inspect "a" in ["a"]
IO.inspect [1, 2] == [1, 2] and {1} != {2}
IO.inspect 3 |> Integer.to_string() |> String.pad_leading(3, "0")
IO.inspect Enum.zip([1, 2], [:a, :b])
IO.inspect Enum.at([1, 2, 3], -1)
IO.inspect tap(5, fn x -> IO.puts(x) end)
IO.inspect function_exported?(Clauses, :pp, 1)
IO.inspect function_exported?(Clauses, :pp, 2)
IO.inspect Clauses.__info__(:functions)
IO.inspect inspect(&Clauses.pp/1)

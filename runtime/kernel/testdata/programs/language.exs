defmodule Foo do
  defstruct name: "x", age: 0
  def new(n), do: %__MODULE__{name: n}
  def up(%__MODULE__{age: a} = s), do: %{s | age: a + 1}
  def multi(a, b \\ 2, c \\ 3), do: {a, b, c}
  def guard(x) when is_integer(x) and x > 0 or x == :z, do: true
  def guard(_), do: false
  def rec([h | t], acc), do: rec(t, [h | acc])
  def rec([], acc), do: acc
  defguard is_pos(x) when is_number(x) and x > 0
  def pos(x) when is_pos(x), do: :pos
  def pos(_), do: :neg
  defmacro twice(x), do: quote(do: unquote(x) + unquote(x))
  @attr [1, 2]
  def attr, do: @attr
  @attr [3]
  def attr2, do: @attr
  def div0(x) do
    1 / x
  rescue
    ArithmeticError -> :inf
  end
  for n <- [:one, :two] do
    def unquote(n)(), do: unquote(n)
  end
  def fun_with_fn(list), do: Enum.map(list, fn x -> local(x) end)
  defp local(x), do: x * 10
  def cap, do: Enum.map([1], &local/1)
end
defmodule A.B do
  defmodule C do
    def x, do: __MODULE__
  end
  def y, do: C.x()
end
x = 1
y = if true do
  x = 2
  x + 1
end
IO.inspect {x, y}
z = (w = 5) + 1
IO.inspect {z, w}
IO.inspect [q = 1, 2 | [3]]
<<a::8, b::binary-size(2), rest::binary>> = "abcdef"
IO.inspect {a, b, rest}
<<n::16-little, s::4, t::4>> = <<1, 2, 0xAB>>
IO.inspect {n, s, t}
"pre" <> post = "prefix"
IO.inspect post
IO.inspect <<1, 2::16, "hi", 3.0::float>>
<<len::8, data::binary-size(len), _::binary>> = <<3, "abcdef">>
IO.inspect data
IO.inspect(for <<c <- "abc">>, do: c + 1)
IO.inspect(for x <- 1..3, into: %{}, do: {x, x * x})
IO.inspect(for x <- [1, 2, 3, 4], rem(x, 2) == 0, do: x)
IO.inspect(for {:ok, v} <- [ok: 1, error: 2, ok: 3], do: v)
IO.inspect(for x <- 1..4, reduce: 0 do acc -> acc + x end)
IO.inspect(for x <- [1, 1, 2], uniq: true, do: x)
IO.inspect(for x when x > 1 <- [1, 2, 3], y = x * 2, do: y)
IO.inspect(for x <- 1..2, y <- [:a, :b], do: {x, y})
m = %{a: 1, b: %{c: 2}}
IO.inspect m.b.c
IO.inspect %{m | a: 9}
IO.inspect put_in(m.b.c, 5)
IO.inspect put_in(m[:b][:c], 6)
IO.inspect update_in(m.a, & &1 + 1)
IO.inspect get_in(m, [:b, :c])
IO.inspect pop_in(m[:b][:c])
case {1, 2} do
  {x, ^x} -> IO.puts("same #{x}")
  {_, v} when v in [1, 2, 3] -> IO.puts("in #{v}")
end
r = with {:ok, a} <- {:ok, 1}, b = a + 1, {:ok, c} when c > 1 <- {:ok, b}, do: a + b + c
IO.inspect r
r = with {:ok, a} <- :err do a else :err -> :handled end
IO.inspect r
IO.inspect Foo.new("q")
IO.inspect Foo.up(%Foo{})
IO.inspect {Foo.multi(1), Foo.multi(1, 5), Foo.multi(1, 5, 6)}
IO.inspect {Foo.guard(1), Foo.guard(-1), Foo.guard(:z)}
IO.inspect Foo.rec([1, 2, 3], [])
IO.inspect {Foo.pos(3), Foo.pos(-3)}
require Foo
IO.inspect Foo.twice(4)
IO.inspect {Foo.attr(), Foo.attr2(), Foo.div0(0), Foo.one(), Foo.two(), Foo.fun_with_fn([1, 2]), Foo.cap()}
import Foo, only: [twice: 1]
IO.inspect twice(21)
try do
  raise ArgumentError, "bad"
rescue
  e in [RuntimeError, ArgumentError] -> IO.puts Exception.message(e)
after
  IO.puts "after"
end
IO.inspect(try do :ok else :ok -> :fine end)
IO.inspect(try do exit(:boom) catch :exit, r -> {:exit, r} end)
IO.inspect(try do throw 1 catch x when x > 0 -> x end)
try do Foo.multi() rescue e in UndefinedFunctionError -> IO.puts Exception.message(e) end
try do %{a: 1}.b rescue e in KeyError -> IO.puts Exception.message(e) end
try do {1, 2} = {1, 3} rescue e in MatchError -> IO.puts Exception.message(e) end
try do 1 + "a" rescue e -> IO.inspect e end
try do (fn x -> x end).(1, 2) rescue e -> IO.inspect e.__struct__ end
try do true and 1 and true rescue e -> IO.puts Exception.message(e) end
try do not 1 rescue e -> IO.puts Exception.message(e) end
IO.inspect 5 |> Kernel.+(3) |> then(& &1 * 2)
IO.inspect (fn a -> a end).(3)
IO.inspect Enum.map([1, 2], &(&1 + 1))
IO.inspect Enum.reduce([1, 2, 3], 0, &+/2)
IO.inspect ~w(a b c)a
IO.inspect ~s(x#{1 + 1})
IO.inspect 'abc'
IO.inspect "a" <> "b" <> "c"
IO.inspect 1..3
IO.inspect 7 in 1..10
IO.inspect match?({:ok, _}, {:ok, 1})
IO.inspect !nil
IO.inspect nil || false || 3
IO.inspect 1 && 2
IO.inspect {1 == 1.0, 1 === 1.0, [1] == [1.0], 1 != 2}
IO.inspect [1, 2] ++ [3] -- [2]
IO.inspect 10_000_000_000 * 10_000_000_000
IO.inspect div(7, 2) + rem(7, 2)
IO.inspect 2 ** 10
%Foo{name: nm} = %Foo{name: "zed"}
IO.inspect nm
%{__struct__: mod} = %Foo{}
IO.inspect mod
%sm{} = %Foo{}
IO.inspect sm
IO.inspect is_struct(%Foo{}, Foo)
IO.puts """
  heredoc
    two
  """
alias Foo, as: F
IO.inspect F.new(1).name
IO.inspect {A.B.C.x(), A.B.y()}
IO.inspect (fn -> 1 end).()
g = fn 1 -> :a; _ -> :b end
IO.inspect {g.(1), g.(2)}
IO.inspect (if false, do: 1)
unless false, do: IO.puts("unless")
IO.inspect Enum.map(%{a: 1}, fn {k, v} -> {k, v + 1} end)
IO.inspect [a: 1, b: 2][:b]
[a, b] = [1, 2]; IO.inspect a + b
IO.inspect quote do: 1 + x
IO.inspect(binding()[:nm])
IO.inspect :erlang.length([1, 2])
IO.inspect apply(Foo, :new, ["ap"])
mod = Foo
IO.inspect mod.new("dyn")
IO.inspect Enum.sort([3, 1, 2], &>=/2)
send(self(), {:hi, 1})
receive do {:hi, n} when n > 0 -> IO.inspect n after 10 -> :none end
IO.inspect (receive do _ -> 1 after 5 -> :timeout end)

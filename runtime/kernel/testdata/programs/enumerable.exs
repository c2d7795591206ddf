defmodule Tree do
  defstruct [:l, :v, :r]
  def new(vs), do: Enum.reduce(vs, nil, &insert/2)
  def insert(x, nil), do: %Tree{v: x}
  def insert(x, %Tree{v: v} = t) when x < v, do: %{t | l: insert(x, t.l)}
  def insert(x, t), do: %{t | r: insert(x, t.r)}
end
defimpl Enumerable, for: Tree do
  def reduce(t, acc, fun), do: Enumerable.List.reduce(flat(t), acc, fun)
  def count(_), do: {:error, __MODULE__}
  def member?(_, _), do: {:error, __MODULE__}
  def slice(_), do: {:error, __MODULE__}
  defp flat(nil), do: []
  defp flat(t), do: flat(t.l) ++ [t.v] ++ flat(t.r)
end
defimpl Collectable, for: Tree do
  def into(t) do
    {t, fn acc, {:cont, x} -> Tree.insert(x, acc)
           acc, :done -> acc
           _, :halt -> :ok end}
  end
end
t = Tree.new([3, 1, 2])
IO.inspect Enum.map(t, & &1 * 2)
IO.inspect Enum.count(t)
IO.inspect Enum.member?(t, 2)
IO.inspect Enum.sort(t, :desc)
IO.inspect Enum.take(t, 2)
IO.inspect Enum.zip(t, [:a, :b, :c])
IO.inspect Enum.to_list(Enum.into([5, 0], t))
IO.inspect (for x <- t, do: x)
IO.inspect (for x <- [9, 8], into: t, do: x) |> Enum.to_list()
IO.inspect Stream.map(t, & &1 + 1) |> Enum.to_list()
defmodule Countdown do
  defstruct [:from]
  defimpl Enumerable do
    def reduce(_, {:halt, acc}, _), do: {:halted, acc}
    def reduce(c, {:suspend, acc}, fun), do: {:suspended, acc, &reduce(c, &1, fun)}
    def reduce(%{from: 0}, {:cont, acc}, _), do: {:done, acc}
    def reduce(%{from: n} = c, {:cont, acc}, fun), do: reduce(%{c | from: n - 1}, fun.(n, acc), fun)
    def count(%{from: n}), do: {:ok, n}
    def member?(%{from: n}, x), do: {:ok, x in 1..n}
    def slice(_), do: {:error, __MODULE__}
  end
end
c = struct(Countdown, from: 5)
IO.inspect {Enum.count(c), Enum.member?(c, 3), Enum.sum(c), Enum.reverse(c), Enum.at(c, 1), Enum.zip(c, Stream.cycle([:x, :y]))}
IO.inspect Enum.chunk_every(c, 2)
IO.inspect Enum.with_index(c)
IO.inspect Enum.min_max(c)
IO.inspect Enum.reduce(c, &+/2)
IO.inspect Enum.join(c, "-")
IO.inspect Enum.group_by(c, &rem(&1, 2))
IO.inspect Enum.flat_map(1..2, fn n -> struct(Countdown, from: n) end)
IO.inspect Enum.concat([c, c])
1..3 |> Stream.map(&IO.inspect/1) |> Stream.map(&IO.inspect(&1 * 10)) |> Enum.each(&IO.inspect(&1 + 1))
try do Enum.map(nil, & &1) rescue e -> IO.puts Exception.message(e) end
try do Enum.map(%URI{}, & &1) rescue e -> IO.puts Exception.message(e) end
try do Enum.map(fn x -> x end, & &1) rescue e -> IO.puts String.replace(Exception.message(e), ~r/#Function<.*?> /, "F ") end
IO.inspect Stream.map(1..3, & &1) |> inspect() |> String.starts_with?("#Stream<[enum: 1..3, funs: [#Function<")
r = Stream.resource(fn -> IO.puts("open"); 3 end, fn 0 -> {:halt, 0}; n -> {[n], n - 1} end, fn _ -> IO.puts("close") end)
IO.inspect Enum.take(r, 2)
IO.inspect Enum.to_list(r)
try do Enum.each(r, fn 2 -> raise "boom"; x -> x end) rescue e -> IO.puts e.message end
IO.inspect Enum.zip(r, [:a])
s = Stream.unfold({0, 1}, fn {a, b} -> {a, {b, a + b}} end)
IO.inspect Enum.take(s, 10)
IO.inspect s |> Stream.reject(&(rem(&1, 2) == 0)) |> Stream.take_while(& &1 < 100) |> Enum.to_list
{:suspended, acc, k} = Enumerable.reduce(1..3, {:cont, []}, fn x, acc -> {:suspend, [x | acc]} end)
IO.inspect acc
{:suspended, acc, k} = k.({:cont, acc})
IO.inspect acc
IO.inspect k.({:halt, acc})
IO.inspect Enum.map_reduce(Stream.cycle([1]) |> Stream.take(3), 0, &{&1, &1 + &2})
IO.inspect Range.new(1, 5) |> Enum.slice(1..2)

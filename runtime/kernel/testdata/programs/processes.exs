defmodule Stack do
  use GenServer
  def start_link(init), do: GenServer.start_link(__MODULE__, init, name: __MODULE__)
  def push(x), do: GenServer.cast(__MODULE__, {:push, x})
  def pop, do: GenServer.call(__MODULE__, :pop)
  @impl true
  def init(s), do: {:ok, s}
  @impl true
  def handle_call(:pop, _from, [h | t]), do: {:reply, h, t}
  def handle_call(:pop, _from, []), do: {:reply, nil, []}
  @impl true
  def handle_cast({:push, x}, s), do: {:noreply, [x | s]}
end
defmodule Tree do
  defstruct [:v, left: nil, right: nil]
  def insert(nil, v), do: %Tree{v: v}
  def insert(%Tree{v: x} = t, v) when v < x, do: %{t | left: insert(t.left, v)}
  def insert(%Tree{} = t, v), do: %Tree{t | right: insert(t.right, v)}
  def to_list(nil), do: []
  def to_list(%Tree{v: v, left: l, right: r}), do: to_list(l) ++ [v] ++ to_list(r)
  defimpl Enumerable do
    def count(_), do: {:error, __MODULE__}
    def member?(_, _), do: {:error, __MODULE__}
    def slice(_), do: {:error, __MODULE__}
    def reduce(t, acc, f), do: Enumerable.List.reduce(Tree.to_list(t), acc, f)
  end
  defimpl String.Chars do
    def to_string(t), do: "Tree(#{Enum.join(Tree.to_list(t), ",")})"
  end
  defimpl Inspect do
    import Inspect.Algebra
    def inspect(t, opts), do: concat(["#Tree<", to_doc(Tree.to_list(t), opts), ">"])
  end
end
defmodule Calc do
  def eval({:add, a, b}), do: eval(a) + eval(b)
  def eval({:mul, a, b}), do: eval(a) * eval(b)
  def eval(n) when is_number(n), do: n
  def parse(s), do: s |> String.split() |> Enum.map(&tok/1)
  defp tok(x) do
    case Integer.parse(x) do
      {n, ""} -> n
      _ -> String.to_atom(x)
    end
  end
  def rpn(s) do
    s |> parse() |> Enum.reduce([], fn
      n, st when is_integer(n) -> [n | st]
      :+, [a, b | st] -> [a + b | st]
      :*, [a, b | st] -> [a * b | st]
    end) |> hd()
  end
end
defmodule Log do
  defmacro log(msg) do
    caller = __CALLER__.module
    line = __CALLER__.line
    quote do
      IO.puts("[#{inspect(unquote(caller))}:#{unquote(is_integer(line))}] " <> unquote(msg))
    end
  end
end
defmodule UsesLog do
  require Log
  require Log, as: L
  def go, do: Log.log("hi")
  def go2, do: L.log("hi2")
end
defmodule Fsm do
  @states [:a, :b, :c]
  for {s, i} <- Enum.with_index(@states) do
    def index(unquote(s)), do: unquote(i)
    @doc "is #{s}"
    def unquote(:"is_#{s}?")(x), do: x == unquote(s)
  end
  Enum.each(@states, fn s ->
    def name(unquote(s)), do: unquote(Atom.to_string(s))
  end)
  def all, do: @states
end
defmodule Nested do
  alias Tree, as: T
  def t, do: T.insert(nil, 1)
  defmodule Inner do
    @x 5
    def x, do: @x
    def t, do: T.insert(nil, 2)
  end
  def inner, do: Inner.x()
end
{:ok, _} = Stack.start_link([1])
Stack.push(2)
IO.inspect {Stack.pop(), Stack.pop(), Stack.pop()}
t = Enum.reduce([5, 2, 8, 1], nil, &Tree.insert(&2, &1))
IO.inspect Tree.to_list(t)
IO.inspect Enum.map(t, & &1 * 2)
IO.puts "#{t}"
IO.inspect t
IO.inspect [t]
IO.inspect Enum.max(t)
IO.inspect for x <- t, x > 2, do: x
IO.inspect Calc.eval({:add, 1, {:mul, 2, 3}})
IO.inspect Calc.rpn("1 2 + 3 *")
UsesLog.go()
UsesLog.go2()
IO.inspect {Fsm.index(:c), Fsm.is_b?(:b), Fsm.name(:a), Fsm.all()}
IO.inspect {Nested.t().v, Nested.Inner.t().v, Nested.inner(), Nested.Inner.x()}
task = Task.async(fn -> 1 + 1 end)
IO.inspect Task.await(task)
parent = self()
spawn_link(fn -> send(parent, {:from, self() != parent}) end)
receive do {:from, v} -> IO.inspect v end
{:ok, ag} = Agent.start_link(fn -> %{} end)
Agent.update(ag, &Map.put(&1, :k, 1))
IO.inspect Agent.get(ag, & &1.k)
pid = spawn(fn -> receive do {:add, a, b, from} -> send(from, {:sum, a + b}) end end)
send pid, {:add, 1, 2, self()}
receive do
  {:sum, s} -> IO.puts "sum #{s}"
after 1000 -> IO.puts "late"
end
Process.flag(:trap_exit, true)
p = spawn_link(fn -> exit(:bye) end)
receive do {:EXIT, ^p, r} -> IO.inspect r end
pr = spawn_monitor(fn -> exit({:x, 1}) end)
wait = fn pr -> receive do {:DOWN, r, :process, p, why} when {p, r} == pr -> why end end
IO.inspect wait.(pr)
IO.inspect Stream.iterate(1, & &1 * 2) |> Stream.take_while(& &1 < 50) |> Enum.to_list()
IO.inspect Stream.unfold({0, 1}, fn {a, b} -> {a, {b, a + b}} end) |> Enum.take(10)
IO.inspect 1..3 |> Stream.map(& &1 + 1) |> Stream.filter(&(rem(&1, 2) == 0)) |> Enum.sum()
IO.inspect String.split("a,b,c", ",") |> Enum.join("-")
IO.inspect Regex.run(~r/(\d+)-(\d+)/, "12-34")
IO.inspect "hello world" |> String.split() |> Enum.map(&String.capitalize/1) |> Enum.join(" ")
IO.inspect Enum.group_by(["a", "bb", "cc"], &String.length/1)
IO.inspect Enum.sort_by([%{n: 2}, %{n: 1}], & &1.n)
IO.inspect Enum.chunk_every([1, 2, 3, 4, 5], 2)
IO.inspect Map.new([{:a, 1}]) |> Map.update(:a, 0, & &1 + 1) |> Map.put_new(:b, 2)
IO.inspect Keyword.merge([a: 1], [b: 2])
IO.inspect MapSet.new([1, 2, 2]) |> MapSet.size()
IO.inspect get_in(%{a: [%{b: 1}]}, [:a, Access.at(0), :b])
IO.inspect Integer.digits(123) |> Enum.sum()
IO.puts inspect({:a, "b", 'c', 1.0, nil}, pretty: true)
:ok = IO.puts "done"

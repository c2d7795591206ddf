defmodule G do
  use GenServer
  def init(s), do: {:ok, s}
  def handle_call(:boom, _, _), do: raise("boom")
  def handle_call(:bad, _, _), do: :bad_return
  def handle_call({:exit, r}, _, _), do: exit(r)
  def handle_cast(:throw, _), do: throw(:ball)
  def handle_cast({:stop, r}, s), do: {:stop, r, s}
  def handle_cast(:boom, s), do: {:noreply, 1 + s.a}
end

defmodule Failure do
  defexception [:code]
  def message(e), do: "failed with #{e.code}"
end

try_call = fn p, m -> try do GenServer.call(p, m) catch :exit, {r, _} -> if(is_tuple(r) and is_list(elem(r, 1)), do: elem(r, 0), else: r) end end
wait = fn -> Process.sleep(50) end
{:ok, p} = GenServer.start(G, %{a: 1})
IO.inspect(try_call.(p, :boom))
wait.()
{:ok, p} = GenServer.start(G, %{a: 1}, name: :named)
try_call.(p, :bad)
wait.()
{:ok, p} = GenServer.start(G, %{a: 1})
IO.inspect(try_call.(p, {:exit, :custom}))
wait.()

for message <- [:throw, {:stop, :whatever}, {:stop, {:shutdown, 1}}, {:stop, :normal}, :boom] do
  {:ok, p} = GenServer.start(G, %{a: :not_a_number})
  GenServer.cast(p, message)
  wait.()
end

{:ok, p} = GenServer.start(G, %{})
send(p, :strange)
wait.()

for f <- [
      fn -> raise "plain" end,
      fn -> raise Failure, code: 7 end,
      fn -> throw(:x) end,
      fn -> :erlang.error(:foo) end,
      fn -> exit(:foo) end,
      fn -> 1 / (:rand.uniform(1) - 1) end,
      fn -> %{a: 1}.b end,
      fn -> {:ok, _} = List.first([:error]) end
    ] do
  spawn(f)
  wait.()
end

spawn(String, :nope, [1])
wait.()

for f <- [fn -> raise "in a task" end, fn -> exit(:bad) end, fn -> exit(:shutdown) end, fn -> throw(:ball) end] do
  Task.start(f)
  wait.()
end

Task.start(Kernel, :nope, ["x"])
wait.()
{:ok, a} = Agent.start(fn -> 0 end)
try_call.(a, {:get, fn _ -> raise "in an agent" end})
wait.()
require Logger
Logger.warning("a warning")
Logger.error(a: 1)
wait.()
Logger.configure(level: :none)
spawn(fn -> raise "unheard" end)
wait.()

t = fn name, f ->
  r = try do {:ok, f.()} rescue e -> {e.__struct__, Exception.message(e)} catch k, v -> {k, v} end
  IO.inspect(r, label: name, limit: :infinity, printable_limit: :infinity, width: 200)
end
drain = fn d, ms -> receive do m -> [m | d.(d, ms)] after ms -> [] end end
dr = fn label -> IO.inspect(drain.(drain, 60), label: label, width: 200) end
Logger.configure(level: :none)
Process.flag(:trap_exit, true)
defmodule K do
  use GenServer
  def start_link({n, p}), do: GenServer.start_link(__MODULE__, {n, p}, name: n)
  def init({n, p}), do: (Process.flag(:trap_exit, true); send(p, {:up, n}); {:ok, {n, p}})
  def handle_cast({:exit, r}, _), do: exit(r)
  def handle_cast({:raise, r}, _), do: raise(r)
  def handle_cast({:stop, r}, s), do: {:stop, r, s}
  def handle_info(_, s), do: {:noreply, s}
  def terminate(r, {n, p}) do
    if n == :slow, do: Process.sleep(300)
    send(p, {:down, n, if(is_tuple(r) and is_list(elem(r, 1)), do: :crash, else: r)})
  end
end
me = self()
spec = fn n, o -> Map.merge(%{id: n, start: {K, :start_link, [{n, me}]}}, Map.new(o)) end

{:ok, _} = Supervisor.start_link([spec.(:a, [])], strategy: :one_for_one, max_restarts: 2, max_seconds: 5)
for _ <- 1..4 do
  GenServer.cast(:a, {:exit, :x})
  Process.sleep(20)
end
dr.("three restarts within five seconds are one too many")
{:ok, s} = Supervisor.start_link([spec.(:a, [])], strategy: :one_for_one, max_restarts: 1, max_seconds: 1)
GenServer.cast(:a, {:exit, :x})
Process.sleep(2100)
GenServer.cast(:a, {:exit, :x})
Process.sleep(50)
IO.inspect(Process.alive?(s), label: "alive, as the first was long ago")
Supervisor.stop(s)
dr.("a restart a second")
t.("nested", fn ->
  inner = {Supervisor, :start_link, [[spec.(:i, [])], [strategy: :one_for_one, max_restarts: 0]]}
  {:ok, s} = Supervisor.start_link([%{id: :inner, type: :supervisor, start: inner}, spec.(:o, [])], strategy: :one_for_one)
  GenServer.cast(:i, {:exit, :x})
  Process.sleep(100)
  r = {Process.alive?(s), Supervisor.count_children(s), is_pid(Process.whereis(:i))}
  Supervisor.stop(s)
  r
end)
dr.("the inner supervisor gave up and was started again")

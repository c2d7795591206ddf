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

{:ok, s} = Supervisor.start_link([spec.(:a, []), spec.(:b, [])], strategy: :one_for_one)
Process.exit(s, :kill)
IO.inspect(drain.(drain, 60) |> Enum.map(&{elem(&1, 0), elem(&1, 2 - length(for {:up, _} <- [&1], do: 1))}) |> Enum.sort(), label: "a killed supervisor takes its children along")
IO.inspect({Process.whereis(:a), Process.whereis(:b)})
{:ok, s} = Supervisor.start_link([spec.(:a, [])], strategy: :one_for_one)
Process.exit(s, :other)
dr.("other exit signals end it in order, if they come from its parent")
{:ok, s} = Supervisor.start_link([spec.(:a, [])], strategy: :one_for_one)
spawn(fn -> Process.exit(s, :other) end)
dr.("and are ignored if they do not")
Supervisor.stop(s)
dr.("stopped")
{:ok, p} = GenServer.start_link(K, {:k, self()})
spawn(fn -> Process.link(p) end)
dr.("a normal end passes over a link")
spawn(fn -> Process.link(p); exit(:boom) end)
dr.("a trapped one is a message to handle_info")
Process.exit(p, :shutdown)
dr.("its parent's exit ends a server that traps")
t.("link to a dead process that traps", fn -> Process.link(p) end)
dr.("is a message")
q = spawn(fn -> Process.flag(:trap_exit, false); receive do :go -> Process.link(p) end end)
r = Process.monitor(q)
send(q, :go)
receive do {:DOWN, ^r, _, _, {why, _}} -> IO.inspect(why, label: "without trapping"); {:DOWN, ^r, _, _, why} -> IO.inspect(why, label: "without trapping") end

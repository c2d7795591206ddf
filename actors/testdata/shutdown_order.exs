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

{:ok, s} = Supervisor.start_link([spec.(:a, []), spec.(:b, []), spec.(:c, [])], strategy: :one_for_one)
Supervisor.stop(s)
dr.("the latest first")
{:ok, s} = Supervisor.start_link([spec.(:fast, []), spec.(:slow, shutdown: 100)], strategy: :one_for_one)
Supervisor.stop(s)
dr.("the slow one is killed")
{:ok, s} = Supervisor.start_link([spec.(:fast, []), spec.(:slow, shutdown: :infinity)], strategy: :one_for_one)
Supervisor.stop(s)
dr.("the slow one is waited for")
{:ok, s} = Supervisor.start_link([spec.(:fast, shutdown: :brutal_kill), spec.(:b, [])], strategy: :one_for_one)
Supervisor.stop(s)
dr.("brutal kill runs no terminate")
for strategy <- [:one_for_all, :rest_for_one] do
  {:ok, s} = Supervisor.start_link([spec.(:x, []), spec.(:y, []), spec.(:z, [])], strategy: strategy)
  GenServer.cast(:y, {:exit, :crashed})
  dr.(inspect(strategy))
  Supervisor.stop(s)
  dr.("stopped")
end
IO.inspect(Supervisor.start_link([spec.(:a, []), %{id: :bad, start: {GenServer, :start_link, [K, :x]}}], strategy: :one_for_one) |> elem(1) |> elem(0))
IO.inspect(length(drain.(drain, 60)), label: "up, down, and the supervisor's exit")

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

{:ok, s} = Supervisor.start_link([spec.(:p, []), spec.(:t, restart: :transient), spec.(:m, restart: :temporary)], strategy: :one_for_one, max_restarts: 100)
for n <- [:p, :t, :m], do: GenServer.cast(n, {:stop, :normal})
dr.("normal")
IO.inspect(Supervisor.which_children(s) |> Enum.map(&{elem(&1, 0), is_pid(elem(&1, 1))}))
IO.inspect(Supervisor.restart_child(s, :t) |> elem(0))
for n <- [:p, :t], do: GenServer.cast(n, {:stop, :shutdown})
dr.("shutdown")
IO.inspect(Supervisor.restart_child(s, :t) |> elem(0))
GenServer.cast(:t, {:stop, :bad})
dr.("bad")
IO.inspect(Supervisor.count_children(s))
IO.inspect(Supervisor.start_child(s, spec.(:m, restart: :temporary)) |> elem(0))
IO.inspect(Supervisor.start_child(s, spec.(:p, [])) |> elem(0))
IO.inspect(Supervisor.terminate_child(s, :m))
IO.inspect(Supervisor.terminate_child(s, :p))
IO.inspect(Supervisor.terminate_child(s, :zz))
IO.inspect(Supervisor.delete_child(s, :t))
IO.inspect(Supervisor.delete_child(s, :p))
IO.inspect(Supervisor.restart_child(s, :p))
IO.inspect(Supervisor.start_child(s, %{id: :q, start: {Task, :start_link, [fn -> :ok end]}, restart: :bogus}))
IO.inspect(Supervisor.start_child(s, %{id: :q}))
IO.inspect(Supervisor.start_child(s, %{id: :z, start: {Function, :identity, [:ignore]}}))
IO.inspect(Supervisor.start_child(s, %{id: :y, start: {Kernel, :self, []}}) |> elem(1) |> elem(1) |> Tuple.delete_at(1))
Supervisor.stop(s)
dr.("stopped")
t.("no strategy", fn -> Supervisor.start_link([], []) end)
t.("no such strategy", fn -> Supervisor.start_link([], strategy: :foo) end)
t.("no child", fn -> Supervisor.start_link([1], strategy: :one_for_one) end)
t.("no module", fn -> Supervisor.start_link([Nope], strategy: :one_for_one) end)
dr.("bad specs")
IO.inspect(Supervisor.start_link([spec.(:a, []), spec.(:a, [])], strategy: :one_for_one))
dr.("duplicate")

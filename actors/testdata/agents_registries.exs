t = fn name, f ->
  r = try do {:ok, f.()} rescue e -> {e.__struct__, Exception.message(e)} catch k, v -> {k, v} end
  IO.inspect(r, label: name, limit: :infinity, printable_limit: :infinity, width: 200)
end
drain = fn d, ms -> receive do m -> [m | d.(d, ms)] after ms -> [] end end
dr = fn label -> IO.inspect(drain.(drain, 60), label: label, width: 200) end

Logger.configure(level: :none)
Process.flag(:trap_exit, true)
t.("agent", fn ->
  {:ok, a} = Agent.start(fn -> [1] end)
  bad = fn -> try do Agent.get_and_update(a, fn _ -> 1 end) catch :exit, {r, _} -> r end end
  [Agent.get(a, Enum, :sum, []), Agent.update(a, Kernel, :++, [[2]]), Agent.get_and_update(a, fn x -> {hd(x), tl(x)} end), Agent.get(a, & &1), bad.(), Process.alive?(a)]
end)
t.("agent that raises", fn -> {:error, {e, _}} = Agent.start(fn -> raise "x" end); e end)
{:ok, s} = DynamicSupervisor.start_link(strategy: :one_for_one, max_children: 2, max_restarts: 1)
{:ok, a} = DynamicSupervisor.start_child(s, {Agent, fn -> 1 end})
{:ok, _} = DynamicSupervisor.start_child(s, %{id: 1, start: {Agent, :start_link, [fn -> 2 end]}, restart: :temporary})
IO.inspect(DynamicSupervisor.start_child(s, {Agent, fn -> 3 end}))
Process.exit(a, :boom)
Process.sleep(20)
IO.inspect({DynamicSupervisor.count_children(s), DynamicSupervisor.terminate_child(s, a)})
[{:undefined, a, :worker, [Agent]} | _] = DynamicSupervisor.which_children(s)
Process.exit(a, :boom)
Process.sleep(20)
IO.inspect(DynamicSupervisor.count_children(s).active)
for {_, p, _, _} <- DynamicSupervisor.which_children(s), do: Process.exit(p, :boom)
Process.sleep(20)
IO.inspect(Process.alive?(s), label: "alive")
IO.inspect(length(drain.(drain, 10)))
{:ok, _} = Registry.start_link(keys: :duplicate, name: RD)
{:ok, _} = Registry.start_link(keys: :unique, name: RU)
{:ok, _} = Registry.register(RU, :a, 1)
{:error, {:already_registered, _}} = Registry.register(RU, :a, 2)
{:ok, _} = Registry.register(RD, :a, 1)
{:ok, _} = Registry.register(RD, :a, 2)
p = spawn(fn -> Registry.register(RD, :a, 3); Registry.register(RU, :b, 4); Process.sleep(:infinity) end)
Process.sleep(20)
IO.inspect([length(Registry.lookup(RD, :a)), Registry.lookup(RU, :b) == [{p, 4}], Registry.keys(RD, self()), Registry.count(RD), Registry.update_value(RU, :a, & &1 + 10)])
IO.inspect([Registry.values(RD, :a, self()), Registry.match(RU, :a, 11) |> length, Registry.update_value(RU, :zz, & &1)])
Process.exit(p, :kill)
Process.sleep(20)
IO.inspect([length(Registry.lookup(RD, :a)), Registry.lookup(RU, :b)])
Registry.dispatch(RD, :a, fn es -> for {pid, v} <- es, do: send(pid, {:got, v}) end)
dr.("dispatched")
IO.inspect([Registry.unregister(RD, :a), Registry.lookup(RD, :a), Registry.keys(RD, self()), Registry.put_meta(RU, :x, 1), Registry.meta(RU, :x), Registry.meta(RU, :y)])
t.("unknown", fn -> Registry.lookup(Nope, 1) end)
t.("bad keys", fn -> Registry.start_link(name: A) end)
via = {:via, Registry, {RU, "k"}}
{:ok, p} = Agent.start_link(fn -> 5 end, name: via)
IO.inspect({Agent.get(via, & &1), GenServer.whereis(via) == p, Agent.start_link(fn -> 6 end, name: via) == {:error, {:already_started, p}}, Registry.keys(RU, p)})
Agent.stop(via)
IO.inspect(GenServer.whereis(via))

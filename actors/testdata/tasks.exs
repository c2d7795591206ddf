t = fn name, f ->
  r = try do {:ok, f.()} rescue e -> {e.__struct__, Exception.message(e)} catch k, v -> {k, v} end
  IO.inspect(r, label: name, limit: :infinity, printable_limit: :infinity, width: 200)
end
drain = fn d, ms -> receive do m -> [m | d.(d, ms)] after ms -> [] end end
dr = fn label -> IO.inspect(drain.(drain, 60), label: label, width: 200) end

Logger.configure(level: :none)
Process.flag(:trap_exit, true)
t.("supervised", fn ->
  {:ok, s} = Task.Supervisor.start_link()
  a = Task.Supervisor.async(s, fn -> 1 end) |> Task.await()
  b = Task.Supervisor.async_nolink(s, fn -> exit(:no) end) |> Task.yield()
  {:ok, c} = Task.Supervisor.start_child(s, fn -> Process.sleep(:infinity) end)
  d = Task.Supervisor.children(s) == [c]
  e = Task.Supervisor.terminate_child(s, c)
  f = Task.Supervisor.async_stream_nolink(s, [1, 2, 3], fn 2 -> exit(:two); x -> x end) |> Enum.to_list()
  Supervisor.stop(s)
  {a, b, d, e, f}
end)
t.("kill_task", fn -> Task.async_stream([1, 2, 3], fn 2 -> Process.sleep(1000); x -> x end, timeout: 50, on_timeout: :kill_task) |> Enum.to_list() end)
t.("exit", fn -> Task.async_stream([1, 2, 3], fn 2 -> Process.sleep(1000); x -> x end, timeout: 50) |> Enum.to_list() end)
t.("unordered", fn -> Task.async_stream([60, 10, 30], fn x -> Process.sleep(x); x end, ordered: false, max_concurrency: 3) |> Enum.to_list() end)
t.("zip", fn -> Task.async_stream([1, 2], fn 2 -> Process.sleep(1000); x -> x end, timeout: 50, on_timeout: :kill_task, zip_input_on_exit: true) |> Enum.to_list() end)
t.("endless", fn -> Stream.iterate(1, & &1 + 1) |> Task.async_stream(& &1 * 2, max_concurrency: 2) |> Enum.take(3) end)
t.("bad concurrency", fn -> Task.async_stream([1], & &1, max_concurrency: 0) |> Enum.to_list() end)
IO.inspect(length(drain.(drain, 60)), label: "exits of tasks that were awaited")
t.("await_many", fn ->
  try do
    Task.await_many([Task.async(fn -> 1 end), Task.async(fn -> Process.sleep(1000) end)], 50)
  catch
    :exit, {r, {m, f, [tasks, timeout]}} -> {r, m, f, length(tasks), timeout}
  end
end)
t.("yield_many", fn -> Task.yield_many([Task.async(fn -> 1 end), Task.async(fn -> Process.sleep(1000) end), Task.async(fn -> exit(:foo) end)], 50) |> Enum.map(&elem(&1, 1)) end)
IO.inspect(length(drain.(drain, 60)), label: "exits of linked tasks")
t.("owner", fn ->
  me = self()
  spawn(fn -> send(me, Task.async(fn -> 1 end)) end)
  task = receive do %Task{} = x -> x end
  try do Task.await(task) rescue e in ArgumentError -> e.message |> String.replace(~r/ref: .*?>/, "ref") |> String.replace(~r/#PID<.*?>/, "PID") end
end)
t.("completed", fn -> Task.await(Task.completed(3)) end)
t.("ignore", fn -> Task.ignore(Task.async(fn -> Process.sleep(10000) end)) end)
t.("shutdown", fn -> [Task.shutdown(Task.async(fn -> Process.flag(:trap_exit, true); Process.sleep(1000) end), 20), Task.shutdown(Task.async(fn -> Process.sleep(1000) end), :brutal_kill)] end)
t.("failed", fn -> task = Task.async(fn -> exit(:bad) end); Process.sleep(10); Task.shutdown(task) end)
IO.inspect(Task.child_spec(fn -> 1 end) |> Map.delete(:start))

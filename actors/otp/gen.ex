defmodule :gen do
  @moduledoc "What GenServer, Supervisor and the like share: starting a process that answers once it is ready, and calling it."

  @doc "Starts a process that registers a name and initialises itself, and waits for its word: {:ok, pid}, :ignore or {:error, reason}."
  def start(tie, name, module, init_arg, options) do
    case whereis(name) do
      nil -> launch(tie, name, module, init_arg, Keyword.get(options, :timeout, :infinity))
      pid -> {:error, {:already_started, pid}}
    end
  end

  defp launch(tie, name, module, init_arg, timeout) do
    starter = self()
    ref = make_ref()
    ancestors = ancestors()
    parent = if tie == :link, do: starter, else: :self

    main = fn ->
      Process.put(:"$ancestors", ancestors)
      Process.put(:"$initial_call", {module, :init, 1})
      enter({starter, ref}, parent, name, module, init_arg)
    end

    {pid, monitor} = if tie == :link, do: {spawn_link(main), nil}, else: spawn_monitor(main)
    await_start(pid, monitor, ref, timeout)
  end

  defp ancestors do
    mine = Process.info(self(), :registered_name) |> elem(1)
    me = if is_atom(mine), do: mine, else: self()

    case Process.get(:"$ancestors") do
      list when is_list(list) -> [me | list]
      _ -> [me]
    end
  end

  defp await_start(pid, monitor, ref, timeout) do
    receive do
      {^ref, answer} ->
        if monitor, do: Process.demonitor(monitor, [:flush])
        answer

      {:EXIT, ^pid, reason} ->
        {:error, reason}

      {:DOWN, ^monitor, :process, ^pid, reason} ->
        {:error, reason}
    after
      timeout ->
        abandon(pid, monitor)
        {:error, :timeout}
    end
  end

  defp abandon(pid, monitor) do
    Process.unlink(pid)
    watch = monitor || Process.monitor(pid)
    Process.exit(pid, :kill)

    receive do
      {:DOWN, ^watch, :process, ^pid, _reason} -> :ok
    end

    receive do
      {:EXIT, ^pid, _reason} -> :ok
    after
      0 -> :ok
    end
  end

  # The new process begins here.
  defp enter(starter, parent, name, module, init_arg) do
    case register(name) do
      :yes ->
        result = :gen_server.call_back(module, :init, [init_arg])
        initialised(result, starter, parent, name, module)

      {:no, pid} ->
        answer(starter, {:error, {:already_started, pid}})
    end
  end

  defp initialised({:ok, {:ok, state}}, starter, parent, name, module) do
    answer(starter, {:ok, self()})
    :gen_server.loop(parent, own_name(name), module, state, :infinity)
  end

  defp initialised({:ok, {:ok, state, next}}, starter, parent, name, module) do
    answer(starter, {:ok, self()})
    :gen_server.proceed(next, parent, own_name(name), module, state)
  end

  defp initialised({:ok, {:stop, reason}}, starter, _parent, name, _module) do
    fail(starter, name, {:error, reason}, reason)
  end

  defp initialised({:ok, :ignore}, starter, _parent, name, _module) do
    fail(starter, name, :ignore, :normal)
  end

  defp initialised({:ok, other}, starter, _parent, name, _module) do
    reason = {:bad_return_value, other}
    fail(starter, name, {:error, reason}, reason)
  end

  defp initialised({:raised, kind, value, stack}, starter, _parent, name, _module) do
    reason = exit_reason(kind, value, stack)
    fail(starter, name, {:error, reason}, reason)
  end

  defp fail(starter, name, answer, reason) do
    unregister(name)
    answer(starter, answer)
    exit(reason)
  end

  defp answer({pid, ref}, answer), do: send(pid, {ref, answer})

  @doc "The exit reason of a process that something raised ends."
  def exit_reason(:exit, reason, _stack), do: reason
  def exit_reason(:error, error, stack), do: {error, stack}
  def exit_reason(:throw, value, stack), do: {{:nocatch, value}, stack}

  @doc "Calls a process: sends it {label, from, request} and waits for the reply, or for its end. Gives {:ok, reply} or {:exit, reason}."
  def call(process, label, request, timeout) do
    case destination(process) do
      {:error, reason} -> {:exit, reason}
      pid when pid == self() -> {:exit, :calling_self}
      target -> request(target, label, request, timeout)
    end
  end

  # The monitor's reference is an alias, too: the reply goes to it, and one
  # that comes late is lost rather than left in the mailbox.
  defp request(target, label, request, timeout) do
    ref = :erlang.monitor(:process, target, alias: :reply_demonitor)
    send(target, {label, {self(), [:alias | ref]}, request})

    receive do
      {[:alias | ^ref], reply} ->
        {:ok, reply}

      {:DOWN, ^ref, :process, _object, reason} ->
        {:exit, reason}
    after
      timeout ->
        Process.demonitor(ref, [:flush])

        receive do
          {[:alias | ^ref], reply} -> {:ok, reply}
        after
          0 -> {:exit, :timeout}
        end
    end
  end

  defp destination(pid) when is_pid(pid), do: pid

  defp destination({name, node}) when name != :global and is_atom(node) and node != :nonode@nohost do
    {:error, {:nodedown, node}}
  end

  defp destination(name) do
    case GenServer.whereis(name) do
      nil -> {:error, :noproc}
      {name, _node} -> destination(name)
      pid -> pid
    end
  end

  @doc "Replies to a call."
  def reply({_pid, [:alias | ref] = tag}, reply) do
    send(ref, {tag, reply})
    :ok
  end

  def reply({pid, tag}, reply) do
    send(pid, {tag, reply})
    :ok
  end

  @doc "Asks a process to end for a reason, and waits until it has. Gives :ok or {:exit, reason}."
  def stop(process, reason, timeout) do
    case destination(process) do
      {:error, why} ->
        {:exit, why}

      pid when pid == self() ->
        {:exit, :calling_self}

      pid ->
        ref = Process.monitor(pid)
        send(pid, {:system, {self(), ref}, {:terminate, reason}})

        receive do
          {:DOWN, ^ref, :process, _pid, ^reason} -> :ok
          {:DOWN, ^ref, :process, _pid, other} -> {:exit, other}
        after
          timeout ->
            Process.demonitor(ref, [:flush])
            {:exit, :timeout}
        end
    end
  end

  @doc "Registers the process under a name: :yes, or {:no, pid} if another has it."
  def register(nil), do: :yes

  def register(name) when is_atom(name) do
    Process.register(self(), name)
    :yes
  rescue
    ArgumentError -> {:no, Process.whereis(name)}
  end

  def register({:global, name}), do: register_with(:global, name)
  def register({:via, module, name}), do: register_with(module, name)

  defp register_with(module, name) do
    case module.register_name(name, self()) do
      :yes -> :yes
      :no -> {:no, module.whereis_name(name)}
    end
  end

  @doc "Takes a name away from the process."
  def unregister(nil), do: :ok
  def unregister(name) when is_atom(name), do: Process.unregister(name)
  def unregister({:global, name}), do: :global.unregister_name(name)
  def unregister({:via, module, name}), do: module.unregister_name(name)

  @doc "The process that has a name, or nil."
  def whereis(nil), do: nil
  def whereis(name) when is_atom(name), do: Process.whereis(name)
  def whereis({:global, name}), do: whereis({:via, :global, name})

  def whereis({:via, module, name}) do
    case module.whereis_name(name) do
      pid when is_pid(pid) -> pid
      :undefined -> nil
    end
  end

  # What reports call the process.
  defp own_name(nil), do: self()
  defp own_name({:global, name}), do: name
  defp own_name({:via, _module, name}), do: name
  defp own_name(name), do: name
end

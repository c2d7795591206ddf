defmodule DynamicSupervisor do
  @moduledoc "A supervisor that begins without children; each is started when it is asked for, and is known by its pid."

  @doc "Makes a module a dynamic supervisor, whose init/1 gives what DynamicSupervisor.init makes."
  defmacro __using__(opts) do
    quote do
      @behaviour DynamicSupervisor

      @doc false
      def child_spec(arg) do
        default = %{id: __MODULE__, start: {__MODULE__, :start_link, [arg]}, type: :supervisor}
        Supervisor.child_spec(default, unquote(opts))
      end

      defoverridable child_spec: 1
    end
  end

  @doc "The specification of a dynamic supervisor as a child of another."
  def child_spec(options) when is_list(options) do
    %{id: Keyword.get(options, :name, DynamicSupervisor), start: {DynamicSupervisor, :start_link, [options]}, type: :supervisor}
  end

  @doc "Starts a dynamic supervisor. Options: :name, :strategy, :max_restarts, :max_seconds, :max_children, :extra_arguments."
  def start_link(options) when is_list(options) do
    {flags, options} = Keyword.split(options, [:extra_arguments, :max_children, :max_seconds, :max_restarts, :strategy])
    GenServer.start_with(:link, DynamicSupervisor.Server, {:flags, flags}, options)
  end

  def start_link(module, init_arg, options \\ []) do
    GenServer.start_with(:link, DynamicSupervisor.Server, {:module, module, init_arg}, options)
  end

  @doc "What init/1 of a dynamic supervisor's module gives."
  def init(options) do
    {:ok,
     %{
       strategy: Keyword.get(options, :strategy, :one_for_one),
       intensity: Keyword.get(options, :max_restarts, 3),
       period: Keyword.get(options, :max_seconds, 5),
       max_children: Keyword.get(options, :max_children, :infinity),
       extra_arguments: Keyword.get(options, :extra_arguments, [])
     }}
  end

  @doc "Starts a child: {:ok, pid} or {:error, reason}."
  def start_child(supervisor, child) do
    case Supervisor.Spec.complete(Map.put_new(Supervisor.specify(child), :id, :undefined)) do
      {:ok, spec} -> call(supervisor, {:start_child, spec})
      {:error, reason} -> {:error, reason}
    end
  end

  @doc "Ends a child by its pid, and forgets it."
  def terminate_child(supervisor, pid) when is_pid(pid), do: call(supervisor, {:terminate_child, pid})

  @doc "Gives {:undefined, pid, type, modules} of each child."
  def which_children(supervisor), do: call(supervisor, :which_children)

  @doc "Counts the children: %{active: 1, specs: 1, supervisors: 0, workers: 1}"
  def count_children(supervisor), do: call(supervisor, :count_children)

  @doc "Ends a supervisor and its children."
  def stop(supervisor, reason \\ :normal, timeout \\ :infinity), do: GenServer.stop(supervisor, reason, timeout)

  defp call(supervisor, request), do: GenServer.call(supervisor, request, :infinity)
end

defmodule DynamicSupervisor.Server do
  @moduledoc false

  # The state: the specification of each child by its pid; one that waits to
  # be started again is under a reference.

  def init(arg) do
    Process.flag(:trap_exit, true)

    case described(arg) do
      {:ok, %{strategy: :one_for_one} = flags} -> {:ok, %{flags: flags, children: %{}, restarts: []}}
      {:ok, %{strategy: other}} -> {:stop, {:supervisor_data, {:invalid_strategy, other}}}
      :ignore -> :ignore
      other -> {:stop, {:bad_return, other}}
    end
  end

  defp described({:flags, flags}), do: DynamicSupervisor.init(flags)
  defp described({:module, module, init_arg}), do: module.init(init_arg)

  def handle_call(:which_children, _from, state) do
    {:reply, for({key, c} <- state.children, do: {:undefined, running(key), c.type, c.modules}), state}
  end

  def handle_call(:count_children, _from, %{children: children} = state) do
    counts = %{
      specs: map_size(children),
      active: Enum.count(children, fn {key, _} -> is_pid(key) end),
      supervisors: Enum.count(children, fn {_, c} -> c.type == :supervisor end),
      workers: Enum.count(children, fn {_, c} -> c.type == :worker end)
    }

    {:reply, counts, state}
  end

  def handle_call({:start_child, spec}, _from, %{flags: flags} = state) do
    if map_size(state.children) >= flags.max_children do
      {:reply, {:error, :max_children}, state}
    else
      case start(spec, flags) do
        {:ok, pid} -> {:reply, {:ok, pid}, put(state, pid, spec)}
        {:ok, pid, info} -> {:reply, {:ok, pid, info}, put(state, pid, spec)}
        other -> {:reply, other, state}
      end
    end
  end

  def handle_call({:terminate_child, pid}, _from, state) do
    case state.children[pid] do
      nil ->
        {:reply, {:error, :not_found}, state}

      spec ->
        Supervisor.Spec.shut_down(pid, spec.shutdown)
        {:reply, :ok, without(state, pid)}
    end
  end

  def handle_cast({:try_again, ref}, state) do
    case state.children[ref] do
      nil -> {:noreply, state}
      spec -> restart(ref, spec, state)
    end
  end

  def handle_info({:EXIT, pid, reason}, state) do
    case state.children[pid] do
      nil ->
        {:noreply, state}

      spec ->
        if Supervisor.Spec.restart?(spec.restart, reason) do
          restart(pid, spec, state)
        else
          {:noreply, without(state, pid)}
        end
    end
  end

  def handle_info(message, state) do
    Logger.error("DynamicSupervisor received unexpected message: #{inspect(message)}\n")
    {:noreply, state}
  end

  defp start(%{start: {module, function, args}}, flags) do
    Supervisor.Spec.start(module, function, flags.extra_arguments ++ args)
  end

  defp restart(key, spec, %{flags: flags} = state) do
    case Supervisor.Spec.note_restart(state.restarts, flags.intensity, flags.period) do
      :too_many -> {:stop, :shutdown, without(state, key)}
      {:ok, restarts} -> restarted(start(spec, flags), key, spec, %{state | restarts: restarts})
    end
  end

  defp restarted({:error, _reason}, key, spec, state) do
    ref = make_ref()
    GenServer.cast(self(), {:try_again, ref})
    {:noreply, put(without(state, key), ref, spec)}
  end

  defp restarted(:ignore, key, _spec, state), do: {:noreply, without(state, key)}
  defp restarted(started, key, spec, state), do: {:noreply, put(without(state, key), elem(started, 1), spec)}

  @doc "Ends the children, all at once, and waits for each."
  def terminate(_reason, state) do
    asked = for {pid, spec} <- state.children, is_pid(pid), do: {pid, Supervisor.Spec.ask(pid, spec.shutdown), spec}
    for {pid, ref, spec} <- asked, do: Supervisor.Spec.await_end(pid, ref, spec.shutdown)
  end

  defp running(key) when is_pid(key), do: key
  defp running(_ref), do: :restarting

  defp put(state, key, spec), do: %{state | children: Map.put(state.children, key, spec)}
  defp without(state, key), do: %{state | children: Map.delete(state.children, key)}
end

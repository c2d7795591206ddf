defmodule Supervisor.Server do
  @moduledoc false

  # The state: the children in the order of their start, each a full
  # specification with a :pid, which is nil when it does not run; the
  # supervisor's flags; and when it has restarted children.

  @doc "Starts the children; if one of them fails, ends those that were started."
  def init(arg) do
    Process.flag(:trap_exit, true)

    case described(arg) do
      {:ok, {flags, specs}} -> begin(flags, specs)
      other -> other
    end
  end

  defp described({:ok, {_flags, _specs}} = given), do: given

  defp described({:module, module, init_arg}) do
    case module.init(init_arg) do
      {:ok, {flags, specs}} when is_list(flags) -> {:ok, {Supervisor.flags(flags), specs}}
      {:ok, {flags, specs}} -> {:ok, {Map.merge(%{intensity: 1, period: 5, auto_shutdown: :never}, flags), specs}}
      :ignore -> :ignore
      other -> {:stop, {:bad_return, {module, :init, other}}}
    end
  end

  defp begin(flags, specs) do
    with :ok <- check(flags),
         {:ok, full} <- Supervisor.Spec.complete_all(specs) do
      start_all(full, [], flags)
    else
      {:error, reason} -> {:stop, {:start_spec, reason}}
      reason -> {:stop, {:supervisor_data, reason}}
    end
  end

  defp check(%{strategy: strategy, intensity: intensity, period: period}) do
    cond do
      strategy not in [:one_for_one, :one_for_all, :rest_for_one] -> {:invalid_strategy, strategy}
      not (is_integer(intensity) and intensity >= 0) -> {:invalid_intensity, intensity}
      not (is_integer(period) and period > 0) -> {:invalid_period, period}
      true -> :ok
    end
  end

  defp start_all([], started, flags) do
    {:ok, %{flags: flags, children: Enum.reverse(started), restarts: []}}
  end

  defp start_all([spec | specs], started, flags) do
    case start(spec) do
      {:ok, child} ->
        start_all(specs, [child | started], flags)

      {:error, reason} ->
        Enum.each(started, &stop/1)
        {:stop, {:shutdown, {:failed_to_start_child, spec.id, reason}}}
    end
  end

  # Starts one child: {:ok, spec with its pid} or {:error, reason}.
  defp start(spec) do
    case Supervisor.Spec.start(spec) do
      {:ok, pid} -> {:ok, Map.put(spec, :pid, pid)}
      {:ok, pid, _info} -> {:ok, Map.put(spec, :pid, pid)}
      :ignore -> {:ok, Map.put(spec, :pid, nil)}
      {:error, reason} -> {:error, reason}
    end
  end

  # Ends one child; the result is the child without a pid.
  defp stop(%{pid: pid} = child) when is_pid(pid) do
    Supervisor.Spec.shut_down(pid, child.shutdown)
    %{child | pid: nil}
  end

  defp stop(child), do: child

  def handle_call(:which_children, _from, state) do
    {:reply, for(c <- Enum.reverse(state.children), do: {c.id, c.pid || :undefined, c.type, c.modules}), state}
  end

  def handle_call(:count_children, _from, state) do
    counts = %{
      specs: length(state.children),
      active: Enum.count(state.children, &is_pid(&1.pid)),
      supervisors: Enum.count(state.children, &(&1.type == :supervisor)),
      workers: Enum.count(state.children, &(&1.type == :worker))
    }

    {:reply, counts, state}
  end

  def handle_call({:start_child, spec}, _from, state) do
    with {:ok, full} <- Supervisor.Spec.complete(spec) do
      case find(state, full.id) do
        %{pid: nil} -> {:reply, {:error, :already_present}, state}
        %{pid: pid} -> {:reply, {:error, {:already_started, pid}}, state}
        nil -> add(full, state)
      end
    else
      {:error, reason} -> {:reply, {:error, reason}, state}
    end
  end

  def handle_call({:terminate_child, id}, _from, state) do
    case find(state, id) do
      nil -> {:reply, {:error, :not_found}, state}
      %{restart: :temporary} = child -> {:reply, :ok, without(state, stop(child))}
      child -> {:reply, :ok, replace(state, stop(child))}
    end
  end

  def handle_call({:restart_child, id}, _from, state) do
    case find(state, id) do
      nil -> {:reply, {:error, :not_found}, state}
      %{pid: nil} = child -> start_again(child, state)
      _running -> {:reply, {:error, :running}, state}
    end
  end

  def handle_call({:delete_child, id}, _from, state) do
    case find(state, id) do
      nil -> {:reply, {:error, :not_found}, state}
      %{pid: nil} = child -> {:reply, :ok, without(state, child)}
      _running -> {:reply, {:error, :running}, state}
    end
  end

  defp add(spec, state) do
    case Supervisor.Spec.start(spec) do
      {:ok, pid} -> {:reply, {:ok, pid}, append(state, Map.put(spec, :pid, pid))}
      {:ok, pid, info} -> {:reply, {:ok, pid, info}, append(state, Map.put(spec, :pid, pid))}
      :ignore -> {:reply, {:ok, :undefined}, ignored(spec, state)}
      {:error, reason} -> {:reply, {:error, {reason, record(spec)}}, state}
    end
  end

  # A child as OTP's errors show it.
  defp record(c), do: {:child, :undefined, c.id, c.start, c.restart, c.significant, c.shutdown, c.type, c.modules}

  defp ignored(%{restart: :temporary}, state), do: state
  defp ignored(spec, state), do: append(state, Map.put(spec, :pid, nil))

  defp start_again(child, state) do
    case Supervisor.Spec.start(child) do
      {:ok, pid} -> {:reply, {:ok, pid}, replace(state, %{child | pid: pid})}
      {:ok, pid, info} -> {:reply, {:ok, pid, info}, replace(state, %{child | pid: pid})}
      :ignore -> {:reply, {:ok, :undefined}, state}
      {:error, reason} -> {:reply, {:error, reason}, state}
    end
  end

  def handle_cast({:try_again, id}, state) do
    case find(state, id) do
      %{pid: nil} = child -> restart(child, state)
      _ -> {:noreply, state}
    end
  end

  def handle_info({:EXIT, pid, reason}, state) do
    case Enum.find(state.children, &(&1.pid == pid)) do
      nil -> {:noreply, state}
      child -> ended(%{child | pid: nil}, reason, state)
    end
  end

  def handle_info(message, state) do
    Logger.error("Supervisor received unexpected message: #{inspect(message)}\n")
    {:noreply, state}
  end

  # A child has ended by itself.
  defp ended(child, reason, state) do
    cond do
      Supervisor.Spec.restart?(child.restart, reason) -> restart(child, replace(state, child))
      child.restart == :temporary -> state |> without(child) |> after_end(child)
      true -> state |> replace(child) |> after_end(child)
    end
  end

  # The end of a significant child may be the supervisor's.
  defp after_end(%{flags: %{auto_shutdown: auto}} = state, %{significant: true}) do
    others = Enum.any?(state.children, &(&1.significant and is_pid(&1.pid)))
    if auto == :any_significant or (auto == :all_significant and not others), do: {:stop, :shutdown, state}, else: {:noreply, state}
  end

  defp after_end(state, _child), do: {:noreply, state}

  defp restart(child, %{flags: flags} = state) do
    case Supervisor.Spec.note_restart(state.restarts, flags.intensity, flags.period) do
      :too_many -> {:stop, :shutdown, without_dead(state, child)}
      {:ok, restarts} -> restart(flags.strategy, child, %{state | restarts: restarts})
    end
  end

  defp without_dead(state, %{restart: :temporary} = child), do: without(state, child)
  defp without_dead(state, _child), do: state

  defp restart(:one_for_one, child, state), do: start_these([child], state)

  defp restart(:one_for_all, _child, state) do
    {stopped, state} = stop_these(state.children, state)
    start_these(stopped, state)
  end

  defp restart(:rest_for_one, child, state) do
    {stopped, state} = state.children |> Enum.drop_while(&(&1.id != child.id)) |> stop_these(state)
    start_these(stopped, state)
  end

  # Ends children, the latest first; those that are temporary are forgotten.
  defp stop_these(children, state) do
    stopped = children |> Enum.reverse() |> Enum.map(&stop/1) |> Enum.reverse()
    {gone, kept} = Enum.split_with(stopped, &(&1.restart == :temporary))
    state = Enum.reduce(gone, state, &without(&2, &1))
    {kept, Enum.reduce(kept, state, &replace(&2, &1))}
  end

  # Starts children in their order. If one fails, that counts as a further
  # restart, which comes when the messages that are there have been handled.
  defp start_these([], state), do: {:noreply, state}

  defp start_these([child | rest], state) do
    case start(child) do
      {:ok, started} ->
        start_these(rest, replace(state, started))

      {:error, _reason} ->
        GenServer.cast(self(), {:try_again, child.id})
        {:noreply, state}
    end
  end

  @doc "Ends the children, the latest first."
  def terminate(_reason, state), do: state.children |> Enum.reverse() |> Enum.each(&stop/1)

  defp find(state, id), do: Enum.find(state.children, &(&1.id == id))
  defp append(state, child), do: %{state | children: state.children ++ [child]}
  defp without(state, child), do: %{state | children: Enum.reject(state.children, &(&1.id == child.id))}

  defp replace(state, child) do
    %{state | children: Enum.map(state.children, &if(&1.id == child.id, do: child, else: &1))}
  end
end

defmodule Task.Stream do
  @moduledoc false

  # The state: how to get the next input, the tasks that run by reference,
  # the results that wait for their turn by position, and the positions of
  # the next input and the next result.

  @doc "A stream of the results of tasks, each started by start.(input)."
  def new(enumerable, options, start) do
    options = %{
      max: Keyword.get(options, :max_concurrency, System.schedulers_online()),
      ordered: Keyword.get(options, :ordered, true),
      timeout: Keyword.get(options, :timeout, 5000),
      on_timeout: Keyword.get(options, :on_timeout, :exit),
      zip: Keyword.get(options, :zip_input_on_exit, false),
      start: start
    }

    unless is_integer(options.max) and options.max > 0 do
      raise ArgumentError, ":max_concurrency must be an integer greater than zero"
    end

    Stream.resource(fn -> begin(enumerable, options) end, &next/1, &stop/1)
  end

  defp begin(enumerable, options) do
    inputs = &Enumerable.reduce(enumerable, &1, fn x, _ -> {:suspend, x} end)
    %{inputs: inputs, options: options, running: %{}, results: %{}, taken: 0, given: 0}
  end

  # One step at a time, so that the state is always known to stop.
  defp next(%{running: running, inputs: inputs, options: options} = state) do
    case ready(state) do
      {result, state} -> {[result], state}
      nil when inputs != nil and map_size(running) < options.max -> {[], fill(state)}
      nil when map_size(running) == 0 -> {:halt, state}
      nil -> {[], wait(state)}
    end
  end

  defp fill(state) do
    case state.inputs.({:cont, nil}) do
      {:suspended, input, more} -> started(input, %{state | inputs: more})
      _over -> %{state | inputs: nil}
    end
  end

  defp started(input, %{options: options} = state) do
    task = options.start.(input)
    entry = {task, state.taken, input, Task.Supervised.deadline(options.timeout)}
    %{state | running: Map.put(state.running, task.ref, entry), taken: state.taken + 1}
  end

  # The result whose turn it is.
  defp ready(%{results: results}) when results == %{}, do: nil

  defp ready(%{options: %{ordered: false}} = state) do
    position = state.results |> Map.keys() |> Enum.min()
    {result, results} = Map.pop(state.results, position)
    {result, %{state | results: results}}
  end

  defp ready(%{given: given} = state) do
    case state.results do
      %{^given => result} ->
        {result, %{state | results: Map.delete(state.results, given), given: given + 1}}

      _ ->
        nil
    end
  end

  # Waits until a task is done, has failed, or is late.
  defp wait(%{running: running} = state) do
    receive do
      {ref, reply} when is_map_key(running, ref) ->
        Process.demonitor(ref, [:flush])
        done(ref, {:ok, reply}, state)

      {:DOWN, ref, :process, _pid, reason} when is_map_key(running, ref) ->
        done(ref, failure(ref, reason, state), state)
    after
      patience(running) -> late(state)
    end
  end

  defp done(ref, result, state) do
    {{task, position, _input, _deadline}, running} = Map.pop(state.running, ref)
    Process.unlink(task.pid)
    Supervisor.Spec.forget_exit(task.pid)
    %{state | running: running, results: Map.put(state.results, position, result)}
  end

  defp failure(ref, reason, %{options: %{zip: true}} = state), do: {:exit, {elem(state.running[ref], 2), reason}}
  defp failure(_ref, reason, _state), do: {:exit, reason}

  defp patience(running) do
    running |> Map.values() |> Enum.map(fn {_, _, _, deadline} -> Task.Supervised.time_left(deadline) end) |> Enum.min()
  end

  defp late(%{options: %{on_timeout: :exit, timeout: timeout}}) do
    exit({:timeout, {Task.Supervised, :stream, [timeout]}})
  end

  defp late(state) do
    Enum.reduce(state.running, state, fn {ref, {task, _, _, deadline}}, state ->
      if Task.Supervised.time_left(deadline) == 0 do
        case Task.shutdown(task, :brutal_kill) do
          {:ok, reply} -> done(ref, {:ok, reply}, state)
          _ -> done(ref, failure(ref, :timeout, state), state)
        end
      else
        state
      end
    end)
  end

  # Ends what still runs.
  defp stop(state) do
    for {ref, {task, _, _, _}} <- state.running do
      Process.unlink(task.pid)
      Process.exit(task.pid, :kill)
      Process.demonitor(ref, [:flush])
      Supervisor.Spec.forget_exit(task.pid)

      receive do
        {^ref, _reply} -> :ok
      after
        0 -> :ok
      end
    end
  end
end

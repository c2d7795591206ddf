defmodule :gen_statem do
  @moduledoc "A process that is in one of several states, each of which answers events in its own way. It is a GenServer whose callbacks call the module's."

  @doc "Starts a state machine linked to this process."
  def start_link(module, arg, options), do: GenServer.start_link(:gen_statem, {module, arg}, options)
  def start_link(name, module, arg, options), do: GenServer.start_link(:gen_statem, {module, arg}, [{:name, name(name)} | options])

  @doc "Starts a state machine without a link."
  def start(module, arg, options), do: GenServer.start(:gen_statem, {module, arg}, options)
  def start(name, module, arg, options), do: GenServer.start(:gen_statem, {module, arg}, [{:name, name(name)} | options])

  defp name({:local, name}), do: name
  defp name(name), do: name

  @doc "Sends an event {:call, from} and waits for the reply."
  def call(server, request), do: call(server, request, :infinity)

  def call(server, request, timeout) do
    ms = if is_tuple(timeout), do: elem(timeout, 1), else: timeout

    case :gen.call(server, :"$gen_call", request, ms) do
      {:ok, reply} -> reply
      {:exit, reason} -> exit({reason, {:gen_statem, :call, [server, request, timeout]}})
    end
  end

  @doc "Sends an event :cast."
  def cast(server, message), do: GenServer.cast(server, message)

  @doc "Replies to a call; with a list, to several."
  def reply({:reply, from, reply}), do: reply(from, reply)
  def reply(replies) when is_list(replies), do: Enum.each(replies, fn one -> :gen_statem.reply(one) end)
  def reply(from, reply), do: :gen.reply(from, reply)

  @doc "Ends a state machine, and waits until it has ended."
  def stop(server), do: stop(server, :normal, :infinity)

  def stop(server, reason, timeout) do
    case :gen.stop(server, reason, timeout) do
      :ok -> :ok
      {:exit, why} -> exit({why, {:gen_statem, :stop, [server, reason, timeout]}})
    end
  end

  # What the process is as a server: its state is the machine, which holds the
  # module, its state and data, the timers that run by their kinds, and the
  # events that wait for another state, the latest first.

  @doc false
  def init({module, arg}) do
    modes = List.wrap(module.callback_mode())
    machine = %{module: module, functions: :state_functions in modes, enter: :state_enter in modes, state: nil, data: nil, timers: %{}, postponed: []}

    case returned(fn -> module.init(arg) end) do
      {:ok, state, data} -> {:ok, %{machine | state: state, data: data}, {:continue, []}}
      {:ok, state, data, actions} -> {:ok, %{machine | state: state, data: data}, {:continue, List.wrap(actions)}}
      {:stop, reason} -> {:stop, reason}
      :ignore -> :ignore
      other -> {:stop, {:bad_return_from_init, other}}
    end
  end

  @doc false
  def handle_continue(actions, machine) do
    {machine, events, _postpone} = perform(actions, machine)
    if machine.enter, do: enter(machine, machine.state, events), else: run(machine, events)
  end

  @doc false
  def handle_call(request, from, machine), do: event(machine, {:call, from}, request)

  @doc false
  def handle_cast(message, machine), do: event(machine, :cast, message)

  @doc false
  def handle_info({:timeout, ref, kind} = message, machine) do
    case machine.timers do
      %{^kind => {^ref, content}} -> event(%{machine | timers: Map.delete(machine.timers, kind)}, kind, content)
      _ -> event(machine, :info, message)
    end
  end

  def handle_info(message, machine), do: event(machine, :info, message)

  @doc false
  def terminate(reason, machine) do
    if function_exported?(machine.module, :terminate, 3), do: machine.module.terminate(reason, machine.state, machine.data)
  end

  # Whatever comes ends the time that an event was given to come.
  defp event(machine, type, content), do: machine |> cancel(:timeout) |> run([{type, content}])

  defp run(machine, []), do: {:noreply, machine}

  defp run(machine, [{type, content} = event | rest]) do
    machine |> called(type, content) |> next(machine, event, rest)
  end

  defp called(%{functions: true, module: module} = m, type, content) do
    returned(fn -> apply(module, m.state, [type, content, m.data]) end)
  end

  defp called(m, type, content), do: returned(fn -> m.module.handle_event(type, content, m.state, m.data) end)

  defp returned(fun) do
    fun.()
  catch
    :throw, value -> value
  end

  # What a callback said: the machine goes on with the events that are left.
  defp next({:next_state, state, data}, m, event, rest), do: go(m, state, data, [], event, rest)
  defp next({:next_state, state, data, actions}, m, event, rest), do: go(m, state, data, actions, event, rest)
  defp next({:keep_state, data}, m, event, rest), do: go(m, m.state, data, [], event, rest)
  defp next({:keep_state, data, actions}, m, event, rest), do: go(m, m.state, data, actions, event, rest)
  defp next(:keep_state_and_data, m, event, rest), do: go(m, m.state, m.data, [], event, rest)
  defp next({:keep_state_and_data, actions}, m, event, rest), do: go(m, m.state, m.data, actions, event, rest)
  defp next({:repeat_state, data}, m, event, rest), do: change(%{m | data: data}, m.state, [], event, rest)
  defp next({:repeat_state, data, actions}, m, event, rest), do: change(%{m | data: data}, m.state, actions, event, rest)
  defp next(:repeat_state_and_data, m, event, rest), do: change(m, m.state, [], event, rest)
  defp next({:repeat_state_and_data, actions}, m, event, rest), do: change(m, m.state, actions, event, rest)
  defp next(:stop, m, _event, _rest), do: {:stop, :normal, m}
  defp next({:stop, reason}, m, _event, _rest), do: {:stop, reason, m}
  defp next({:stop, reason, data}, m, _event, _rest), do: {:stop, reason, %{m | data: data}}
  defp next({:stop_and_reply, reason, replies}, m, event, rest), do: next({:stop_and_reply, reason, replies, m.data}, m, event, rest)

  defp next({:stop_and_reply, reason, replies, data}, m, _event, _rest) do
    :gen_statem.reply(List.wrap(replies))
    {:stop, reason, %{m | data: data}}
  end

  defp next(other, _m, _event, _rest), do: :erlang.error({:bad_return_from_state_function, other})

  defp go(%{state: state} = m, new, data, actions, event, rest) when state === new do
    {m, events, postpone} = perform(List.wrap(actions), %{m | data: data})
    m = if postpone, do: %{m | postponed: [event | m.postponed]}, else: m
    run(m, events ++ rest)
  end

  defp go(m, new, data, actions, event, rest), do: change(%{m | data: data}, new, actions, event, rest)

  # In a new state the events that were put off come again.
  defp change(m, new, actions, event, rest) do
    old = m.state
    m = cancel(m, :state_timeout)
    {m, events, postpone} = perform(List.wrap(actions), %{m | state: new})
    put_off = if postpone, do: [event | m.postponed], else: m.postponed
    m = %{m | postponed: []}
    events = events ++ Enum.reverse(put_off) ++ rest
    if m.enter, do: enter(m, old, events), else: run(m, events)
  end

  defp enter(m, old, rest) do
    case called(m, :enter, old) do
      {:next_state, state, data} when state === m.state -> run(%{m | data: data}, rest)
      {:next_state, state, data, actions} when state === m.state -> entered(%{m | data: data}, actions, rest)
      {:keep_state, data} -> run(%{m | data: data}, rest)
      {:keep_state, data, actions} -> entered(%{m | data: data}, actions, rest)
      :keep_state_and_data -> run(m, rest)
      {:keep_state_and_data, actions} -> entered(m, actions, rest)
      {:next_state, _, _} = other -> :erlang.error({:bad_state_enter_return_from_state_function, other})
      other -> next(other, m, {:enter, old}, rest)
    end
  end

  defp entered(m, actions, rest) do
    {m, _events, _postpone} = perform(List.wrap(actions), m)
    run(m, rest)
  end

  # Does what actions say: the machine, the events that they put first, and
  # whether the event at hand is put off.
  defp perform(actions, machine) do
    {machine, events, postpone} = Enum.reduce(actions, {machine, [], false}, &act/2)
    {machine, Enum.reverse(events), postpone}
  end

  defp act({:reply, from, reply}, acc) do
    :gen.reply(from, reply)
    acc
  end

  defp act({:next_event, type, content}, {m, events, postpone}), do: {m, [{type, content} | events], postpone}
  defp act(:postpone, {m, events, _}), do: {m, events, true}
  defp act({:postpone, yes}, {m, events, _}), do: {m, events, yes}
  defp act(:hibernate, acc), do: acc
  defp act({:hibernate, _}, acc), do: acc
  defp act(time, acc) when is_integer(time) or time == :infinity, do: act({:timeout, time, time}, acc)
  defp act({kind, :cancel}, {m, events, postpone}), do: {cancel(m, kind), events, postpone}
  defp act({kind, time, content, _options}, acc), do: act({kind, time, content}, acc)
  defp act({kind, time, content}, {m, events, postpone}), do: {set(cancel(m, kind), kind, time, content), events, postpone}
  defp act(other, _acc), do: :erlang.error({:bad_action_from_state_function, other})

  defp set(m, _kind, :infinity, _content), do: m
  defp set(m, kind, time, content), do: %{m | timers: Map.put(m.timers, kind, {:erlang.start_timer(time, self(), kind), content})}

  defp cancel(m, kind) do
    case m.timers do
      %{^kind => {ref, _content}} ->
        :erlang.cancel_timer(ref)
        dropped(ref)
        %{m | timers: Map.delete(m.timers, kind)}

      _ ->
        m
    end
  end

  # A timer that has run out already has its message in the mailbox.
  defp dropped(ref) do
    receive do
      {:timeout, ^ref, _kind} -> :ok
    after
      0 -> :ok
    end
  end
end

defmodule :gen_server do
  @moduledoc "The loop of a GenServer: it receives, calls the module back, and keeps the state."

  @doc "Receives the next message, at most for timeout milliseconds."
  def loop(parent, name, module, state, timeout) do
    receive do
      message -> handle(message, parent, name, module, state)
    after
      timeout -> handle(:timeout, parent, name, module, state)
    end
  end

  defp handle({:"$gen_call", from, request} = message, parent, name, module, state) do
    result = call_back(module, :handle_call, [request, from, state])
    called(result, from, message, parent, name, module, state)
  end

  defp handle({:"$gen_cast", request} = message, parent, name, module, state) do
    call_back(module, :handle_cast, [request, state]) |> handled(message, parent, name, module, state)
  end

  defp handle({:system, from, request}, parent, name, module, state) do
    :sys.handle(request, from, parent, name, module, state)
  end

  defp handle({:EXIT, pid, reason} = message, parent, name, module, state) when pid == parent do
    finish(:exit, reason, [], message, name, module, state)
  end

  defp handle(message, parent, name, module, state) do
    call_back(module, :handle_info, [message, state]) |> handled(message, parent, name, module, state)
  end

  # What a callback said of a call.
  defp called({:ok, {:reply, reply, state}}, from, _message, parent, name, module, _old) do
    :gen.reply(from, reply)
    loop(parent, name, module, state, :infinity)
  end

  defp called({:ok, {:reply, reply, state, next}}, from, _message, parent, name, module, _old) do
    :gen.reply(from, reply)
    proceed(next, parent, name, module, state)
  end

  defp called({:ok, {:stop, reason, reply, state}}, from, message, _parent, name, module, _old) do
    wind_up(:exit, reason, [], message, name, module, state, fn -> :gen.reply(from, reply) end)
  end

  defp called(result, _from, message, parent, name, module, old) do
    handled(result, message, parent, name, module, old)
  end

  # What a callback said of anything.
  defp handled({:ok, {:noreply, state}}, _message, parent, name, module, _old) do
    loop(parent, name, module, state, :infinity)
  end

  defp handled({:ok, {:noreply, state, next}}, _message, parent, name, module, _old) do
    proceed(next, parent, name, module, state)
  end

  defp handled({:ok, {:stop, reason, state}}, message, _parent, name, module, _old) do
    finish(:exit, reason, [], message, name, module, state)
  end

  defp handled({:ok, other}, message, _parent, name, module, old) do
    finish(:exit, {:bad_return_value, other}, [], message, name, module, old)
  end

  defp handled({:raised, kind, value, stack}, message, _parent, name, module, old) do
    finish(kind, value, stack, message, name, module, old)
  end

  @doc "Goes on after a callback: with a timeout, with :hibernate or with {:continue, term}."
  def proceed({:continue, term}, parent, name, module, state) do
    call_back(module, :handle_continue, [term, state]) |> handled({:continue, term}, parent, name, module, state)
  end

  def proceed(:hibernate, parent, name, module, state), do: loop(parent, name, module, state, :infinity)
  def proceed(timeout, parent, name, module, state), do: loop(parent, name, module, state, timeout)

  @doc "Calls a function of the module: {:ok, result} or {:raised, kind, value, stack}. A thrown value counts as the result."
  def call_back(module, function, args) do
    {:ok, apply(module, function, args)}
  catch
    :throw, value -> {:ok, value}
    kind, value -> {:raised, kind, value, __STACKTRACE__}
  end

  @doc "Ends the process: calls terminate, reports what is no peaceful end, and exits."
  def finish(kind, value, stack, message, name, module, state) do
    wind_up(kind, value, stack, message, name, module, state, fn -> :ok end)
  end

  defp wind_up(kind, value, stack, message, name, module, state, before_exit) do
    reason = :gen.exit_reason(kind, value, stack)

    case terminated(module, reason, state) do
      {:raised, kind, value, stack} ->
        GenServer.Report.terminating(kind, value, stack, message, name, state)
        exit(:gen.exit_reason(kind, value, stack))

      _ ->
        if reportable?(reason), do: GenServer.Report.terminating(kind, value, stack, message, name, state)
        before_exit.()
        exit(reason)
    end
  end

  defp terminated(module, reason, state) do
    if function_exported?(module, :terminate, 2), do: call_back(module, :terminate, [reason, state])
  end

  defp reportable?(:normal), do: false
  defp reportable?(:shutdown), do: false
  defp reportable?({:shutdown, _}), do: false
  defp reportable?(_), do: true

  @doc "Erlang's gen_server:call."
  def call(server, request), do: GenServer.call(server, request)
  def call(server, request, timeout), do: GenServer.call(server, request, timeout)

  @doc "Erlang's gen_server:cast."
  def cast(server, request), do: GenServer.cast(server, request)

  @doc "Erlang's gen_server:reply."
  def reply(from, reply), do: :gen.reply(from, reply)

  @doc "Erlang's gen_server:stop."
  def stop(server), do: GenServer.stop(server)
  def stop(server, reason, timeout), do: GenServer.stop(server, reason, timeout)

  @doc "Erlang's gen_server:start."
  def start(module, arg, options), do: :gen.start(:nolink, nil, module, arg, options)
  def start(name, module, arg, options), do: :gen.start(:nolink, name(name), module, arg, options)

  @doc "Erlang's gen_server:start_link."
  def start_link(module, arg, options), do: :gen.start(:link, nil, module, arg, options)
  def start_link(name, module, arg, options), do: :gen.start(:link, name(name), module, arg, options)

  defp name({:local, name}), do: name
  defp name(name), do: name
end

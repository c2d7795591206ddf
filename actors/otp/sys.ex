defmodule :sys do
  @moduledoc "Looks into servers and holds them, by messages of their own."

  @doc "Gives the state of a server."
  def get_state(server), do: get_state(server, 5000)
  def get_state(server, timeout), do: ask(server, :get_state, timeout, {:sys, :get_state, [server]})

  @doc "Changes the state of a server by a function, and gives the new one."
  def replace_state(server, fun), do: replace_state(server, fun, 5000)
  def replace_state(server, fun, timeout), do: ask(server, {:replace_state, fun}, timeout, {:sys, :replace_state, [server, fun]})

  @doc "Has a server handle nothing but these messages until resume."
  def suspend(server), do: suspend(server, 5000)
  def suspend(server, timeout), do: ask(server, :suspend, timeout, {:sys, :suspend, [server]})

  @doc "Has a server go on."
  def resume(server), do: resume(server, 5000)
  def resume(server, timeout), do: ask(server, :resume, timeout, {:sys, :resume, [server]})

  @doc "Gives what a server is and its state."
  def get_status(server), do: get_status(server, 5000)
  def get_status(server, timeout), do: ask(server, :get_status, timeout, {:sys, :get_status, [server]})

  @doc "Ends a server for a reason."
  def terminate(server, reason), do: terminate(server, reason, 5000)

  def terminate(server, reason, timeout) do
    case :gen.stop(server, reason, timeout) do
      :ok -> :ok
      {:exit, why} -> exit({why, {:sys, :terminate, [server, reason]}})
    end
  end

  defp ask(server, request, timeout, call) do
    case :gen.call(server, :system, request, timeout) do
      {:ok, {:ok, answer}} -> answer
      {:ok, {:raised, class, reason}} -> exit({{:callback_failed, {:gen_server, :system_replace_state}, {class, reason}}, call})
      {:exit, why} -> exit({why, call})
    end
  end

  @doc "What a server does with such a message; it goes on with its loop."
  def handle({:terminate, reason}, from, _parent, name, module, state) do
    :gen_server.finish(:exit, reason, [], {:system, from, {:terminate, reason}}, name, module, state)
  end

  def handle(:suspend, from, parent, name, module, state) do
    reply(from, :ok)
    suspended(parent, name, module, state)
  end

  def handle(request, from, parent, name, module, state) do
    :gen_server.loop(parent, name, module, answer(request, from, name, module, state), :infinity)
  end

  defp suspended(parent, name, module, state) do
    receive do
      {:system, from, :resume} ->
        reply(from, :ok)
        :gen_server.loop(parent, name, module, state, :infinity)

      {:system, from, {:terminate, _reason} = request} ->
        handle(request, from, parent, name, module, state)

      {:system, from, request} ->
        suspended(parent, name, module, answer(request, from, name, module, state))

      {:EXIT, pid, reason} = message when pid == parent ->
        :gen_server.finish(:exit, reason, [], message, name, module, state)
    end
  end

  # Answers a request; the result is the state from then on.
  defp answer(:get_state, from, _name, :gen_statem, machine) do
    reply(from, {machine.state, machine.data})
    machine
  end

  defp answer(:get_state, from, _name, _module, state) do
    reply(from, state)
    state
  end

  defp answer({:replace_state, fun}, from, _name, _module, state) do
    new = fun.(state)
    reply(from, new)
    new
  catch
    class, reason ->
      :gen.reply(from, {:raised, class, reason})
      state
  end

  defp answer(:get_status, from, name, module, state) do
    reply(from, {:status, self(), {:module, :gen_server}, [Process.get(), :running, self(), [], [name, module, state]]})
    state
  end

  defp answer(_request, from, _name, _module, state) do
    reply(from, :ok)
    state
  end

  defp reply(from, answer), do: :gen.reply(from, {:ok, answer})
end

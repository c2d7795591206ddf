defmodule Agent do
  @moduledoc "A process that keeps a state, which functions read and change."

  @doc "Makes a module an agent that a supervisor can start: child_spec/1."
  defmacro __using__(opts) do
    quote do
      @doc false
      def child_spec(arg) do
        Supervisor.child_spec(%{id: __MODULE__, start: {__MODULE__, :start_link, [arg]}}, unquote(opts))
      end

      defoverridable child_spec: 1
    end
  end

  @doc "The specification of an agent as a child of a supervisor."
  def child_spec(arg), do: %{id: Agent, start: {Agent, :start_link, [arg]}}

  @doc "Starts an agent, linked to this process, whose state fun gives. {:ok, pid} = Agent.start_link(fn -> 0 end)"
  def start_link(fun, options \\ []) when is_function(fun, 0) do
    GenServer.start_link(Agent.Server, fun, options)
  end

  def start_link(module, function, args, options \\ []) do
    GenServer.start_link(Agent.Server, {module, function, args}, options)
  end

  @doc "Starts an agent without a link."
  def start(fun, options \\ []) when is_function(fun, 0), do: GenServer.start(Agent.Server, fun, options)
  def start(module, function, args, options \\ []), do: GenServer.start(Agent.Server, {module, function, args}, options)

  @doc "Gives what fun makes of the state. Agent.get(pid, & &1)"
  def get(agent, fun, timeout \\ 5000) when is_function(fun, 1), do: GenServer.call(agent, {:get, fun}, timeout)

  def get(agent, module, function, args, timeout \\ 5000) do
    GenServer.call(agent, {:get, {module, function, args}}, timeout)
  end

  @doc "Changes the state and gives a value: fun gives {value, new state}."
  def get_and_update(agent, fun, timeout \\ 5000) when is_function(fun, 1) do
    GenServer.call(agent, {:get_and_update, fun}, timeout)
  end

  def get_and_update(agent, module, function, args, timeout \\ 5000) do
    GenServer.call(agent, {:get_and_update, {module, function, args}}, timeout)
  end

  @doc "Changes the state, and waits until that is done. Agent.update(pid, &(&1 + 1))"
  def update(agent, fun, timeout \\ 5000) when is_function(fun, 1), do: GenServer.call(agent, {:update, fun}, timeout)

  def update(agent, module, function, args, timeout \\ 5000) do
    GenServer.call(agent, {:update, {module, function, args}}, timeout)
  end

  @doc "Has the state changed, without waiting."
  def cast(agent, fun) when is_function(fun, 1), do: GenServer.cast(agent, {:cast, fun})
  def cast(agent, module, function, args), do: GenServer.cast(agent, {:cast, {module, function, args}})

  @doc "Ends an agent."
  def stop(agent, reason \\ :normal, timeout \\ :infinity), do: GenServer.stop(agent, reason, timeout)
end

defmodule Agent.Server do
  @moduledoc false

  def init(fun) do
    Process.put(:"$initial_call", initial_call(fun))
    {:ok, run(fun, [])}
  end

  defp initial_call({module, function, args}), do: {module, function, length(args)}
  defp initial_call(_fun), do: {:erlang, :apply, 2}

  def handle_call({:get, fun}, _from, state), do: {:reply, run(fun, [state]), state}
  def handle_call({:update, fun}, _from, state), do: {:reply, :ok, run(fun, [state])}

  def handle_call({:get_and_update, fun}, _from, state) do
    case run(fun, [state]) do
      {reply, state} -> {:reply, reply, state}
      other -> {:stop, {:bad_return_value, other}, state}
    end
  end

  def handle_cast({:cast, fun}, state), do: {:noreply, run(fun, [state])}

  def handle_info(_message, state), do: {:noreply, state}

  defp run({module, function, args}, extra), do: apply(module, function, extra ++ args)
  defp run(fun, extra), do: apply(fun, extra)
end

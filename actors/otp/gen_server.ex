defmodule GenServer do
  @moduledoc "A process that keeps a state and answers calls. A module says what it does in its callbacks init, handle_call, handle_cast, handle_info, handle_continue and terminate."

  @doc "Makes a module a GenServer: child_spec/1, and callbacks that do nothing or refuse, until the module has its own."
  defmacro __using__(opts) do
    quote do
      @behaviour GenServer

      @doc false
      def child_spec(init_arg) do
        Supervisor.child_spec(%{id: __MODULE__, start: {__MODULE__, :start_link, [init_arg]}}, unquote(opts))
      end

      @doc false
      def init(init_arg), do: {:ok, init_arg}

      @doc false
      def handle_call(request, _from, state), do: GenServer.Report.refuse("call", :handle_call, 3, request, state)

      @doc false
      def handle_cast(request, state), do: GenServer.Report.refuse("cast", :handle_cast, 2, request, state)

      @doc false
      def handle_info(message, state), do: GenServer.Report.unexpected(__MODULE__, message, state)

      @doc false
      def terminate(_reason, _state), do: :ok

      @doc false
      def code_change(_old, state, _extra), do: {:ok, state}

      defoverridable child_spec: 1, init: 1, handle_call: 3, handle_cast: 2, handle_info: 2, terminate: 2, code_change: 3
    end
  end

  @doc "Starts a server linked to this process, and waits until its init is done. Options: :name and :timeout."
  def start_link(module, init_arg, options \\ []) when is_atom(module) and is_list(options) do
    start_with(:link, module, init_arg, options)
  end

  @doc "Starts a server without a link."
  def start(module, init_arg, options \\ []) when is_atom(module) and is_list(options) do
    start_with(:nolink, module, init_arg, options)
  end

  @doc false
  def start_with(tie, module, init_arg, options) do
    {name, options} = Keyword.pop(options, :name)

    case name do
      name when is_atom(name) -> :ok
      {:global, _term} -> :ok
      {:via, via, _term} when is_atom(via) -> :ok
      other -> raise ArgumentError, GenServer.Report.bad_name(other)
    end

    :gen.start(tie, name, module, init_arg, options)
  end

  @doc "Sends a request to a server and waits for its reply, at most for timeout milliseconds. GenServer.call(pid, :pop)"
  def call(server, request, timeout \\ 5000)
      when (is_integer(timeout) and timeout >= 0) or timeout == :infinity do
    case :gen.call(server, :"$gen_call", request, timeout) do
      {:ok, reply} -> reply
      {:exit, reason} -> exit({reason, {GenServer, :call, [server, request, timeout]}})
    end
  end

  @doc "Sends a request to a server without waiting for anything. GenServer.cast(pid, {:push, 1})"
  def cast(server, request) do
    case server do
      pid when is_pid(pid) -> send(pid, {:"$gen_cast", request})
      server -> cast_to(whereis(server), request)
    end

    :ok
  end

  defp cast_to(nil, _request), do: :ok
  defp cast_to({name, node}, request) when node == :nonode@nohost, do: cast_to(Process.whereis(name), request)
  defp cast_to({_name, _node}, _request), do: :ok
  defp cast_to(pid, request), do: send(pid, {:"$gen_cast", request})

  @doc "Replies to a call, from whatever process. GenServer.reply(from, :done)"
  def reply(from, reply), do: :gen.reply(from, reply)

  @doc "Ends a server for a reason, and waits until it has ended."
  def stop(server, reason \\ :normal, timeout \\ :infinity) do
    case :gen.stop(server, reason, timeout) do
      :ok -> :ok
      {:exit, why} -> exit({why, {GenServer, :stop, [server, reason, timeout]}})
    end
  end

  @doc "Gives the pid of a server by its name, nil if there is none."
  def whereis(server)
  def whereis(nil), do: nil
  def whereis(pid) when is_pid(pid), do: pid
  def whereis(name) when is_atom(name), do: Process.whereis(name)
  def whereis({:global, name}), do: :gen.whereis({:global, name})
  def whereis({:via, module, name}), do: :gen.whereis({:via, module, name})
  def whereis({name, node}) when is_atom(name) and node == :nonode@nohost, do: Process.whereis(name)
  def whereis({name, node} = server) when is_atom(name) and is_atom(node), do: server

  @doc "Casts to the servers of a name on all nodes, of which there is one."
  def abcast(name, request), do: abcast([node()], name, request)

  def abcast(nodes, name, request) when is_list(nodes) and is_atom(name) do
    for node <- nodes, do: cast({name, node}, request)
    :abcast
  end

  @doc "Calls the servers of a name on all nodes, of which there is one; gives {replies, nodes without one}."
  def multi_call(name, request), do: multi_call([node()], name, request, :infinity)
  def multi_call(nodes, name, request), do: multi_call(nodes, name, request, :infinity)

  def multi_call(nodes, name, request, timeout) do
    results = for node <- nodes, do: {node, :gen.call({name, node}, :"$gen_call", request, timeout)}
    {for({node, {:ok, reply}} <- results, do: {node, reply}), for({node, {:exit, _}} <- results, do: node)}
  end
end

defmodule GenServer.Report do
  @moduledoc false

  @doc "Logs that a server ends, of what, and what it was doing."
  def terminating(kind, value, stack, message, name, state) do
    Logger.error(fn ->
      [
        "GenServer ",
        inspect(name),
        " terminating\n",
        reason(kind, value, stack),
        "\nLast message",
        sender(message),
        ": ",
        inspect(shown(message)),
        "\nState: ",
        inspect(state),
        client(message)
      ]
    end)
  end

  @doc "What ended a process, as reports show it."
  def reason(:exit, value, stack), do: ["** (stop) ", Exception.format_exit(value), frames(stack)]
  def reason(:throw, value, stack), do: reason(:exit, {:nocatch, value}, stack)
  def reason(:error, error, stack), do: [Exception.format_banner(:error, error, stack), frames(stack)]

  defp frames(stack), do: for(frame <- stack, do: ["\n    ", Exception.format_stacktrace_entry(frame)])

  defp shown({:"$gen_call", _from, request}), do: request
  defp shown(message), do: message

  defp sender({:"$gen_call", {pid, _tag}, _request}), do: [" (from ", client_name(pid), ")"]
  defp sender(_message), do: []

  defp client({:"$gen_call", {pid, _tag}, _request}) do
    case Process.info(pid, :current_stacktrace) do
      nil -> ["\nClient ", inspect(pid), " is dead"]
      {:current_stacktrace, stack} -> ["\nClient ", client_name(pid), " is alive\n", frames(stack)]
    end
  end

  defp client(_message), do: []

  defp client_name(pid) do
    case Process.info(pid, :registered_name) do
      {:registered_name, name} when is_atom(name) -> inspect(name)
      _ -> inspect(pid)
    end
  end

  @doc "What handle_call and handle_cast do where a module has none."
  def refuse(what, function, arity, _request, _state) do
    raise "attempted to #{what} GenServer #{self_name()} but no #{function}/#{arity} clause was provided"
  end

  @doc "What handle_info does where a module has none."
  def unexpected(module, message, state) do
    Logger.error("#{inspect(module)} #{self_name()} received unexpected message in handle_info/2: #{inspect(message)}\n")
    {:noreply, state}
  end

  defp self_name, do: client_name(self())

  @doc "The complaint about a :name option."
  def bad_name(other) do
    "expected :name option to be one of the following:\n\n  * nil\n  * atom\n  * {:global, term}\n  * {:via, module, term}\n\nGot: #{inspect(other)}\n"
  end
end

defmodule Supervisor do
  @moduledoc "A process that starts others, its children, and starts them again when they end, by a strategy."

  @doc "Makes a module a supervisor, whose init/1 gives what Supervisor.init makes."
  defmacro __using__(opts) do
    quote do
      @behaviour Supervisor

      @doc false
      def child_spec(init_arg) do
        default = %{id: __MODULE__, start: {__MODULE__, :start_link, [init_arg]}, type: :supervisor}
        Supervisor.child_spec(default, unquote(opts))
      end

      defoverridable child_spec: 1
    end
  end

  @doc "Starts a supervisor of children: modules, {module, arg} or maps. Options: :strategy, :max_restarts, :max_seconds, :name."
  def start_link(children, options) when is_list(children) do
    {flags, options} = Keyword.split(options, [:strategy, :max_seconds, :max_restarts, :auto_shutdown])
    start_with(Supervisor.Server, {:children, children, flags}, options)
  end

  def start_link(module, init_arg) when is_atom(module), do: start_link(module, init_arg, [])

  @doc "Starts a supervisor whose children the module's init/1 names."
  def start_link(module, init_arg, options) when is_atom(module) do
    start_with(Supervisor.Server, {:module, module, init_arg}, options)
  end

  defp start_with(server, init_arg, options), do: GenServer.start_with(:link, server, init_arg, options)

  @doc "What init/1 of a supervisor's module gives: the children and the flags."
  def init(children, options) when is_list(children) and is_list(options) do
    unless Keyword.has_key?(options, :strategy), do: raise(ArgumentError, "expected :strategy option to be given")
    {:ok, {flags(options), Enum.map(children, &specify/1)}}
  end

  @doc false
  def flags(options) do
    %{
      strategy: Keyword.get(options, :strategy),
      intensity: Keyword.get(options, :max_restarts, 3),
      period: Keyword.get(options, :max_seconds, 5),
      auto_shutdown: Keyword.get(options, :auto_shutdown, :never)
    }
  end

  @doc "Gives the specification of a child, with some of its fields overridden. Supervisor.child_spec({Agent, fn -> 0 end}, id: :a)"
  def child_spec(module_or_map, overrides) do
    Enum.reduce(overrides, specify(module_or_map), fn
      {key, value}, spec when key in [:id, :start, :restart, :shutdown, :type, :modules, :significant] ->
        Map.put(spec, key, value)

      {key, _value}, _spec ->
        raise ArgumentError, "unknown key #{inspect(key)} in child specification override"
    end)
  end

  @doc false
  def specify(spec) when is_map(spec), do: spec
  def specify({module, arg}) when is_atom(module), do: specify_module(module, arg)
  def specify(module) when is_atom(module), do: specify_module(module, [])

  def specify({id, {_, _, _} = start, restart, shutdown, type, modules}) do
    %{id: id, start: start, restart: restart, shutdown: shutdown, type: type, modules: modules}
  end

  def specify(other) do
    raise ArgumentError,
          "supervisors expect each child to be one of the following:\n\n" <>
            "  * a module\n  * a {module, arg} tuple\n  * a child specification as a map with at least the :id and :start fields\n" <>
            "  * or a tuple with 6 elements {id, mfa, restart, shutdown, type, modules}\n\nGot: #{inspect(other)}\n"
  end

  defp specify_module(module, arg) do
    module.child_spec(arg)
  rescue
    e in UndefinedFunctionError ->
      if e.module == module and e.function == :child_spec do
        raise ArgumentError, Supervisor.Spec.missing(module)
      else
        reraise e, __STACKTRACE__
      end
  end

  @doc "Starts a further child: {:ok, pid} or {:error, reason}."
  def start_child(supervisor, child), do: call(supervisor, {:start_child, specify(child)})

  @doc "Ends a child by its id; its specification stays."
  def terminate_child(supervisor, id), do: call(supervisor, {:terminate_child, id})

  @doc "Starts a child again that has been ended."
  def restart_child(supervisor, id), do: call(supervisor, {:restart_child, id})

  @doc "Forgets a child that has been ended."
  def delete_child(supervisor, id), do: call(supervisor, {:delete_child, id})

  @doc "Gives {id, pid, type, modules} of each child, the latest first."
  def which_children(supervisor), do: call(supervisor, :which_children)

  @doc "Counts the children: %{active: 1, specs: 1, supervisors: 0, workers: 1}"
  def count_children(supervisor), do: call(supervisor, :count_children)

  @doc "Ends a supervisor and its children, the latest first."
  def stop(supervisor, reason \\ :normal, timeout \\ :infinity), do: GenServer.stop(supervisor, reason, timeout)

  defp call(supervisor, request), do: GenServer.call(supervisor, request, :infinity)
end

defmodule Supervisor.Spec do
  @moduledoc false

  @doc "Checks the specification of a child and fills in what it leaves out: {:ok, spec} or {:error, reason}."
  def complete(spec) do
    type = Map.get(spec, :type, :worker)

    full =
      Map.merge(
        %{
          restart: :permanent,
          shutdown: if(type == :supervisor, do: :infinity, else: 5000),
          type: :worker,
          significant: false,
          modules: modules(spec)
        },
        spec
      )

    case problem(full) do
      nil -> {:ok, full}
      reason -> {:error, reason}
    end
  end

  defp modules(%{start: {module, _function, _args}}), do: [module]
  defp modules(_spec), do: []

  defp problem(spec) do
    cond do
      not Map.has_key?(spec, :id) -> :missing_id
      not Map.has_key?(spec, :start) -> :missing_start
      not match?({m, f, a} when is_atom(m) and is_atom(f) and is_list(a), spec.start) -> {:invalid_mfa, spec.start}
      spec.restart not in [:permanent, :transient, :temporary] -> {:invalid_restart_type, spec.restart}
      not shutdown?(spec.shutdown) -> {:invalid_shutdown, spec.shutdown}
      spec.type not in [:worker, :supervisor] -> {:invalid_child_type, spec.type}
      true -> nil
    end
  end

  defp shutdown?(shutdown) when is_integer(shutdown), do: shutdown >= 0
  defp shutdown?(shutdown), do: shutdown in [:brutal_kill, :infinity]

  @doc "Checks a list of specifications: {:ok, full} or {:error, reason}."
  def complete_all(specs), do: complete_all(specs, [], [])

  defp complete_all([], full, _ids), do: {:ok, Enum.reverse(full)}

  defp complete_all([spec | specs], full, ids) do
    case complete(spec) do
      {:error, reason} ->
        {:error, reason}

      {:ok, one} ->
        if one.id in ids do
          {:error, {:duplicate_child_name, one.id}}
        else
          complete_all(specs, [one | full], [one.id | ids])
        end
    end
  end

  @doc "The complaint about a module that is none of a child."
  def missing(module) do
    "The module #{inspect(module)} was given as a child to a supervisor\n" <>
      "but it does not implement child_spec/1.\n\n" <>
      "If you own the given module, please define a child_spec/1 function\n" <>
      "that receives an argument and returns a child specification as a map.\n"
  end

  @doc "Starts a child: {:ok, pid}, {:ok, pid, info}, :ignore or {:error, reason}."
  def start(%{start: {module, function, args}}), do: start(module, function, args)

  def start(module, function, args) do
    case apply(module, function, args) do
      {:ok, pid} when is_pid(pid) -> {:ok, pid}
      {:ok, pid, info} when is_pid(pid) -> {:ok, pid, info}
      :ignore -> :ignore
      {:error, reason} -> {:error, reason}
      other -> {:error, other}
    end
  catch
    kind, value -> {:error, {:EXIT, :gen.exit_reason(kind, value, __STACKTRACE__)}}
  end

  @doc "Ends a child as its specification says, and waits until it has ended."
  def shut_down(pid, shutdown), do: await_end(pid, ask(pid, shutdown), shutdown)

  @doc "Asks a child to end; gives the reference of a monitor."
  def ask(pid, shutdown) do
    ref = Process.monitor(pid)
    Process.unlink(pid)
    Process.exit(pid, if(shutdown == :brutal_kill, do: :kill, else: :shutdown))
    ref
  end

  @doc "Waits until a child that was asked to has ended; kills it when its time is over."
  def await_end(pid, ref, shutdown) do
    receive do
      {:DOWN, ^ref, :process, ^pid, _reason} -> :ok
    after
      if(is_integer(shutdown), do: shutdown, else: :infinity) ->
        Process.exit(pid, :kill)

        receive do
          {:DOWN, ^ref, :process, ^pid, _reason} -> :ok
        end
    end

    forget_exit(pid)
  end

  @doc "Takes the exit of a process out of the mailbox, if it is there."
  def forget_exit(pid) do
    receive do
      {:EXIT, ^pid, _reason} -> :ok
    after
      0 -> :ok
    end
  end

  @doc "Whether a child that ended for a reason is to be started again."
  def restart?(:permanent, _reason), do: true
  def restart?(:temporary, _reason), do: false
  def restart?(:transient, :normal), do: false
  def restart?(:transient, :shutdown), do: false
  def restart?(:transient, {:shutdown, _}), do: false
  def restart?(:transient, _reason), do: true

  @doc "Notes a restart: {:ok, restarts}, or :too_many within the period, which is in seconds."
  def note_restart(restarts, intensity, period) do
    now = System.monotonic_time(:millisecond)
    recent = [now | Enum.filter(restarts, &(&1 >= now - period * 1000))]
    if length(recent) > intensity, do: :too_many, else: {:ok, recent}
  end
end

defmodule Task.Supervisor do
  @moduledoc "A supervisor of tasks, which it does not start again when they end."

  @doc "The specification of a supervisor of tasks as a child of another."
  def child_spec(options) when is_list(options) do
    id = Keyword.get(options, :name, Task.Supervisor)
    %{id: id, start: {Task.Supervisor, :start_link, [options]}, type: :supervisor}
  end

  @doc "Starts a supervisor of tasks. Options are those of DynamicSupervisor."
  def start_link(options \\ []), do: DynamicSupervisor.start_link([strategy: :one_for_one] ++ options)

  @doc "Starts a task whose result the caller awaits, linked to the caller."
  def async(supervisor, fun, options \\ []) when is_function(fun, 0) do
    start_task(supervisor, :link, {:erlang, :apply, [fun, []]}, options)
  end

  def async(supervisor, module, function, args), do: start_task(supervisor, :link, {module, function, args}, [])

  @doc "Starts a task whose result the caller awaits, and whose failure does not end the caller."
  def async_nolink(supervisor, fun, options \\ []) when is_function(fun, 0) do
    start_task(supervisor, :nolink, {:erlang, :apply, [fun, []]}, options)
  end

  def async_nolink(supervisor, module, function, args), do: start_task(supervisor, :nolink, {module, function, args}, [])

  @doc false
  def start_task(supervisor, tie, {module, function, args} = mfa, options) do
    case start(supervisor, {Task.Supervised, :start_link, [self(), mfa]}, options) do
      {:ok, pid} ->
        if tie == :link, do: Process.link(pid)
        Task.Supervised.begin(pid, {module, function, length(args)})

      {:error, :max_children} ->
        raise """
        reached the maximum number of tasks for this task supervisor. The maximum number \
        of tasks that are allowed to run at the same time under this supervisor can be \
        configured with the :max_children option passed to Task.Supervisor.start_link/1
        """
    end
  end

  @doc "Starts a task whose result nobody waits for: {:ok, pid}."
  def start_child(supervisor, fun, options \\ []) when is_function(fun, 0) do
    start(supervisor, {Task.Supervised, :start_child, [self(), {:erlang, :apply, [fun, []]}]}, options)
  end

  def start_child(supervisor, module, function, args) do
    start(supervisor, {Task.Supervised, :start_child, [self(), {module, function, args}]}, [])
  end

  defp start(supervisor, start, options) do
    spec = %{
      id: Task.Supervised,
      start: start,
      restart: Keyword.get(options, :restart, :temporary),
      shutdown: Keyword.get(options, :shutdown, 5000)
    }

    DynamicSupervisor.start_child(supervisor, spec)
  end

  @doc "Gives the pids of the tasks that run."
  def children(supervisor), do: for({_, pid, _, _} <- DynamicSupervisor.which_children(supervisor), is_pid(pid), do: pid)

  @doc "Ends a task by its pid."
  def terminate_child(supervisor, pid), do: DynamicSupervisor.terminate_child(supervisor, pid)

  @doc "A stream like Task.async_stream, of tasks under a supervisor, linked to the caller."
  def async_stream(supervisor, enumerable, fun, options \\ []) when is_function(fun, 1) do
    Task.Stream.new(enumerable, options, &start_task(supervisor, :link, {:erlang, :apply, [fun, [&1]]}, []))
  end

  @doc "A stream like Task.async_stream, of tasks under a supervisor; one that fails gives {:exit, reason}."
  def async_stream_nolink(supervisor, enumerable, fun, options \\ []) when is_function(fun, 1) do
    Task.Stream.new(enumerable, options, &start_task(supervisor, :nolink, {:erlang, :apply, [fun, [&1]]}, []))
  end
end

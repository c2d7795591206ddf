defmodule Task do
  @moduledoc "A process that does one thing, and whose result somebody waits for."

  defstruct [:mfa, :owner, :pid, :ref]

  @doc "Makes a module a task that a supervisor can start: child_spec/1, not restarted when it ends."
  defmacro __using__(opts) do
    quote do
      @doc false
      def child_spec(arg) do
        default = %{id: __MODULE__, start: {__MODULE__, :start_link, [arg]}, restart: :temporary}
        Supervisor.child_spec(default, unquote(opts))
      end

      defoverridable child_spec: 1
    end
  end

  @doc "The specification of a task as a child of a supervisor."
  def child_spec(arg), do: %{id: Task, start: {Task, :start_link, [arg]}, restart: :temporary}

  @doc "Starts a linked task whose result nobody waits for: {:ok, pid}."
  def start_link(fun) when is_function(fun, 0), do: start_link(:erlang, :apply, [fun, []])
  def start_link(module, function, args), do: {:ok, Task.Supervised.spawn(:link, {module, function, args})}

  @doc "Starts a task without a link: {:ok, pid}."
  def start(fun) when is_function(fun, 0), do: start(:erlang, :apply, [fun, []])
  def start(module, function, args), do: {:ok, Task.Supervised.spawn(:nolink, {module, function, args})}

  @doc "Starts a linked task whose result await gives. Task.async(fn -> 1 + 1 end) |> Task.await()"
  def async(fun) when is_function(fun, 0), do: async(:erlang, :apply, [fun, []])

  def async(module, function, args) do
    pid = Task.Supervised.spawn_waiting(:link, self(), {module, function, args})
    Task.Supervised.begin(pid, {module, function, length(args)})
  end

  @doc "Gives a task that is done already, with a result."
  def completed(result) do
    ref = make_ref()
    send(self(), {ref, result})
    %Task{mfa: {Task, :completed, 1}, owner: self(), pid: nil, ref: ref}
  end

  @doc "Waits for the result of a task, at most for timeout milliseconds, and exits if there is none."
  def await(%Task{ref: ref, owner: owner} = task, timeout \\ 5000) do
    if owner != self(), do: raise(ArgumentError, Task.Supervised.not_owner(task))

    receive do
      {^ref, reply} ->
        Process.demonitor(ref, [:flush])
        reply

      {:DOWN, ^ref, :process, _pid, reason} ->
        exit({reason, {Task, :await, [task, timeout]}})
    after
      timeout ->
        Process.demonitor(ref, [:flush])
        exit({:timeout, {Task, :await, [task, timeout]}})
    end
  end

  @doc "Waits for the results of several tasks, in their order, at most for timeout milliseconds in all."
  def await_many(tasks, timeout \\ 5000) when is_list(tasks) do
    deadline = Task.Supervised.deadline(timeout)
    for task <- tasks, do: await_by(task, deadline, tasks, timeout)
  end

  defp await_by(%Task{ref: ref, owner: owner} = task, deadline, tasks, timeout) do
    if owner != self(), do: raise(ArgumentError, Task.Supervised.not_owner(task))

    receive do
      {^ref, reply} ->
        Process.demonitor(ref, [:flush])
        reply

      {:DOWN, ^ref, :process, _pid, reason} ->
        Enum.each(tasks, &ignore/1)
        exit({reason, {Task, :await_many, [tasks, timeout]}})
    after
      Task.Supervised.time_left(deadline) ->
        Enum.each(tasks, &ignore/1)
        exit({:timeout, {Task, :await_many, [tasks, timeout]}})
    end
  end

  @doc "Waits for a task like await, but gives {:ok, result}, {:exit, reason}, or nil when the time is over; the task goes on."
  def yield(%Task{ref: ref, owner: owner} = task, timeout \\ 5000) do
    if owner != self(), do: raise(ArgumentError, Task.Supervised.not_owner(task))

    receive do
      {^ref, reply} ->
        Process.demonitor(ref, [:flush])
        {:ok, reply}

      {:DOWN, ^ref, :process, _pid, reason} ->
        {:exit, reason}
    after
      timeout -> nil
    end
  end

  @doc "Waits for several tasks like yield, at most for timeout milliseconds in all: [{task, {:ok, result}}, ...]"
  def yield_many(tasks, timeout \\ 5000) when is_list(tasks) do
    deadline = Task.Supervised.deadline(timeout)
    for task <- tasks, do: {task, yield(task, Task.Supervised.time_left(deadline))}
  end

  @doc "Ends a task: {:ok, result} if it was done, {:exit, reason} if it had failed, else nil. :brutal_kill does not wait for it to end in peace."
  def shutdown(task, timeout \\ 5000)
  def shutdown(%Task{pid: nil} = task, _timeout), do: yield(task, 0)

  def shutdown(%Task{pid: pid, owner: owner} = task, timeout) do
    if owner != self(), do: raise(ArgumentError, Task.Supervised.not_owner(task))
    Process.unlink(pid)
    Process.exit(pid, if(timeout == :brutal_kill, do: :kill, else: :shutdown))

    case ended(task, if(timeout == :brutal_kill, do: :infinity, else: timeout)) do
      nil ->
        Process.exit(pid, :kill)
        ended(task, :infinity) |> result_of_shutdown(:killed, pid)

      result ->
        result_of_shutdown(result, if(timeout == :brutal_kill, do: :killed, else: :shutdown), pid)
    end
  end

  defp ended(%Task{ref: ref}, timeout) do
    receive do
      {:DOWN, ^ref, :process, _pid, reason} -> {:exit, reason}
      {^ref, reply} -> Process.demonitor(ref, [:flush]) && {:ok, reply}
    after
      timeout -> nil
    end
  end

  defp result_of_shutdown(result, expected, pid) do
    Supervisor.Spec.forget_exit(pid)

    case result do
      {:exit, ^expected} -> nil
      {:exit, reason} when reason in [:noproc, :normal] -> nil
      other -> other
    end
  end

  @doc "Lets go of a task: unlinks it and forgets its result; gives what yield would have given at once."
  def ignore(%Task{ref: ref, pid: pid} = task) do
    result = yield(task, 0)
    if pid, do: Process.unlink(pid)
    Process.demonitor(ref, [:flush])
    result
  end

  @doc "A stream of {:ok, fun.(x)} for each x, computed by tasks of which so many run at a time. Options: :max_concurrency, :ordered, :timeout, :on_timeout, :zip_input_on_exit."
  def async_stream(enumerable, fun, options \\ []) when is_function(fun, 1) and is_list(options) do
    Task.Stream.new(enumerable, options, fn x -> Task.async(:erlang, :apply, [fun, [x]]) end)
  end

  @doc "A stream of {:ok, module.function(x, args...)} for each x."
  def async_stream(enumerable, module, function, args, options) do
    Task.Stream.new(enumerable, options, fn x -> Task.async(module, function, [x | args]) end)
  end
end

defmodule Task.Supervised do
  @moduledoc false

  @doc "Starts a process that does the work at once."
  def spawn(tie, mfa) do
    owner = self()
    launch(tie, owner, mfa, fn -> run(owner, mfa) end)
  end

  @doc "Starts a process that does the work once its owner has told it where the result goes."
  def spawn_waiting(tie, owner, mfa) do
    launch(tie, owner, mfa, fn -> wait(owner, mfa) end)
  end

  @doc "As start function of a supervisor's child."
  def start_link(owner, mfa), do: {:ok, spawn_waiting(:link, owner, mfa)}

  @doc "As start function of a supervisor's child that nobody waits for."
  def start_child(owner, mfa), do: {:ok, launch(:link, owner, mfa, fn -> run(owner, mfa) end)}

  defp launch(tie, owner, mfa, body) do
    callers = [owner | Process.get(:"$callers") || []]
    ancestors = [self() | Process.get(:"$ancestors") || []]

    main = fn ->
      Process.put(:"$ancestors", ancestors)
      Process.put(:"$callers", callers)
      Process.put(:"$initial_call", initial_call(mfa))
      body.()
    end

    if tie == :link, do: spawn_link(main), else: Kernel.spawn(main)
  end

  defp initial_call({:erlang, :apply, [fun, args]}) when is_function(fun), do: {:erlang, :apply, length(args) + 1}
  defp initial_call({module, function, args}), do: {module, function, length(args)}

  @doc "Tells a process that waits where its result goes; gives the task."
  def begin(pid, mfa) do
    ref = :erlang.monitor(:process, pid, alias: :demonitor)
    send(pid, {:begin, self(), ref})
    %Task{mfa: mfa, owner: self(), pid: pid, ref: ref}
  end

  defp wait(owner, mfa) do
    watch = Process.monitor(owner)

    receive do
      {:begin, ^owner, ref} ->
        Process.demonitor(watch, [:flush])
        send(ref, {ref, run(owner, mfa)})

      {:DOWN, ^watch, :process, _pid, reason} ->
        exit({:shutdown, reason})
    end
  end

  defp run(owner, {module, function, args} = mfa) do
    apply(module, function, args)
  catch
    :exit, reason when reason == :normal or reason == :shutdown or (is_tuple(reason) and elem(reason, 0) == :shutdown) ->
      exit(reason)

    kind, value ->
      report(kind, value, __STACKTRACE__, owner, mfa)
      exit(:gen.exit_reason(kind, value, __STACKTRACE__))
  end

  defp report(kind, value, stack, owner, mfa) do
    {fun, args} = called(mfa)

    Logger.error(fn ->
      [
        "Task #{inspect(self())} started from #{inspect(owner)} terminating\n",
        GenServer.Report.reason(kind, value, stack),
        "\nFunction: #{fun}\n    Args: #{inspect(args)}"
      ]
    end)
  end

  defp called({:erlang, :apply, [fun, args]}) when is_function(fun), do: {inspect(fun), args}
  defp called({module, function, args}), do: {"&" <> Exception.format_mfa(module, function, length(args)), args}

  @doc "The complaint of a process that is not a task's owner."
  def not_owner(task) do
    "task #{inspect(task)} must be queried from the owner but was queried from #{inspect(self())}"
  end

  @doc "The moment at which a timeout from now is over."
  def deadline(:infinity), do: :infinity
  def deadline(timeout), do: System.monotonic_time(:millisecond) + timeout

  @doc "The milliseconds until a deadline."
  def time_left(:infinity), do: :infinity
  def time_left(deadline), do: max(deadline - System.monotonic_time(:millisecond), 0)
end

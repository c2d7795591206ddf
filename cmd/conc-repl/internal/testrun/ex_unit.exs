# What test files in the Elixir notation need of ExUnit: cases, assertions that
# show both sides, setup, and a runner that gives each test a process.

defmodule ExUnit do
  def start(_options \\ []), do: :ok
end

defmodule ExUnit.AssertionError do
  defexception message: "assertion failed"
end

defmodule ExUnit.Assertions do
  defmacro assert({:=, _, [pattern, value]} = expr) do
    code = Macro.to_string(expr)

    quote do
      right = unquote(value)

      unless match?(unquote(pattern), right) do
        ExUnit.Assertions.fail("match (=) failed", unquote("assert " <> code), [{"right", right}])
      end

      unquote(pattern) = right
      right
    end
  end

  defmacro assert({op, meta, [left, right]} = expr) when op in [:==, :!=, :===, :!==, :<, :>, :<=, :>=, :=~, :in] do
    code = Macro.to_string(expr)
    test = {op, meta, [{:left, [], __MODULE__}, {:right, [], __MODULE__}]}

    quote do
      unquote({:left, [], __MODULE__}) = unquote(left)
      unquote({:right, [], __MODULE__}) = unquote(right)

      ExUnit.Assertions.check(
        unquote(test),
        unquote("Assertion with #{op} failed"),
        unquote("assert " <> code),
        [{"left", unquote({:left, [], __MODULE__})}, {"right", unquote({:right, [], __MODULE__})}]
      )
    end
  end

  defmacro assert(expr) do
    code = Macro.to_string(expr)

    quote do
      value = unquote(expr)
      ExUnit.Assertions.check(value, "Expected truthy, got #{inspect(value)}", unquote("assert " <> code), [])
    end
  end

  defmacro refute(expr) do
    code = Macro.to_string(expr)

    quote do
      value = unquote(expr)

      ExUnit.Assertions.check(
        !value,
        "Expected false or nil, got #{inspect(value)}",
        unquote("refute " <> code),
        []
      )

      value
    end
  end

  defmacro assert_receive(pattern, timeout \\ 100) do
    code = "assert_receive " <> Macro.to_string(pattern)

    quote do
      received =
        receive do
          unquote(pattern) = message -> message
        after
          unquote(timeout) ->
            ExUnit.Assertions.fail("no message matched after #{unquote(timeout)}ms", unquote(code), [
              {"mailbox", ExUnit.Assertions.mailbox()}
            ])
        end

      unquote(pattern) = received
      received
    end
  end

  defmacro assert_received(pattern), do: quote(do: assert_receive(unquote(pattern), 0))

  defmacro refute_receive(pattern, timeout \\ 100) do
    code = "refute_receive " <> Macro.to_string(pattern)

    quote do
      receive do
        unquote(pattern) = message ->
          ExUnit.Assertions.fail("a message came that matches", unquote(code), [{"message", message}])
      after
        unquote(timeout) -> false
      end
    end
  end

  defmacro refute_received(pattern), do: quote(do: refute_receive(unquote(pattern), 0))

  def assert_raise(exception, fun) do
    error =
      try do
        fun.()
        nil
      rescue
        e -> e
      end

    cond do
      error == nil -> fail("Expected exception #{inspect(exception)} but nothing was raised")
      error.__struct__ == exception -> error
      true -> fail("Expected exception #{inspect(exception)} but got #{inspect(error.__struct__)} (#{Exception.message(error)})")
    end
  end

  def assert_raise(exception, message, fun) do
    error = assert_raise(exception, fun)
    said = Exception.message(error)
    fits = if is_binary(message), do: said == message, else: said =~ message
    check(fits, "Wrong message for #{inspect(exception)}", nil, [{"expected", message}, {"actual", said}])
    error
  end

  # The outcomes of fun, all that there can be, are those of a list: values, and
  # for what is no value its kind, such as :deadlock.
  def assert_explores(fun, expected) do
    result = Explore.run(fun)
    check(result.exhaustive, "The exploration did not come to its end", nil, [{"executions", result.executions}])
    found = Explore.outcomes(result)
    check(found == Enum.sort(Enum.uniq(expected)), "Other outcomes than expected", nil, [{"expected", expected}, {"found", found}])
  end

  def assert_in_delta(a, b, delta) do
    check(abs(a - b) <= delta, "Expected the difference between #{inspect(a)} and #{inspect(b)} to be at most #{inspect(delta)}", nil, [])
  end

  defmacro catch_exit(expr), do: ExUnit.Assertions.catching(:exit, expr)
  defmacro catch_throw(expr), do: ExUnit.Assertions.catching(:throw, expr)
  defmacro catch_error(expr), do: ExUnit.Assertions.catching(:error, expr)

  def catching(kind, expr) do
    quote do
      try do
        unquote(expr)
        flunk("Expected to catch #{unquote(kind)}, got nothing")
      catch
        unquote(kind), reason -> reason
      end
    end
  end

  def flunk(message \\ "Flunked!"), do: fail(message)

  def mailbox do
    {:messages, messages} = Process.info(self(), :messages)
    messages
  end

  def check(ok, message, code, values) do
    if ok, do: ok, else: fail(message, code, values)
  end

  def fail(message, code \\ nil, values \\ []) do
    lines = if code, do: ["code:  " <> code], else: []
    shown = Enum.map(values, fn {name, value} -> String.pad_trailing(name <> ": ", 7) <> inspect(value) end)
    raise ExUnit.AssertionError, message: Enum.join([message | lines ++ shown], "\n")
  end
end

defmodule ExUnit.Case do
  defmacro __using__(_options) do
    quote do
      import ExUnit.Assertions
      import ExUnit.Case
      def __ex_unit__, do: true
    end
  end

  defmacro test(name, context \\ {:_, [], nil}, body) do
    quote bind_quoted: [name: name, context: Macro.escape(context), body: Macro.escape(body, unquote: true)] do
      def unquote(String.to_atom("test " <> name))(unquote(context)), unquote(body)
    end
  end

  # The tests of a describe have its name before theirs, and its setups only
  # go for these.
  defmacro describe(name, do: block) do
    forms =
      case block do
        {:__block__, _, forms} -> forms
        form -> [form]
      end

    {:__block__, [], Enum.map(forms, fn form -> ExUnit.Case.within(form, name) end)}
  end

  def within({:test, meta, [name | rest]}, scope), do: {:test, meta, [{:<>, meta, [scope <> " ", name]} | rest]}
  def within({:setup, meta, [body]}, scope), do: {:setup_in, meta, [scope, {:_, [], nil}, body]}
  def within({:setup, meta, [context, body]}, scope), do: {:setup_in, meta, [scope, context, body]}
  def within(form, _scope), do: form

  defmacro setup(body), do: quote(do: setup_in("", _, unquote(body)))
  defmacro setup(context, body), do: quote(do: setup_in("", unquote(context), unquote(body)))

  defmacro setup_in(scope, context, body) do
    number = String.pad_leading(Integer.to_string(:erlang.unique_integer([:positive, :monotonic])), 10, "0")
    function = String.to_atom("__setup__ " <> number <> " " <> scope)

    quote do
      def unquote(function)(unquote(context)), unquote(body)
    end
  end

  # on_exit's functions are run by the runner, for the test may have died.
  def on_exit(name \\ make_ref(), fun) when is_function(fun, 0) do
    send(Process.get(:ex_unit_runner), {:ex_unit_on_exit, self(), name, fun})
    :ok
  end

  # Children of a supervisor that ends with the test, and before the next one.
  def start_supervised(spec, overrides \\ []) do
    Supervisor.start_child(supervisor(), Supervisor.child_spec(spec, overrides))
  end

  def start_supervised!(spec, overrides \\ []) do
    case start_supervised(spec, overrides) do
      {:ok, pid} -> pid
      {:error, reason} -> raise "failed to start child with the spec #{inspect(spec)}.\nReason: #{inspect(reason)}"
    end
  end

  def stop_supervised(id) do
    with :ok <- Supervisor.terminate_child(supervisor(), id), do: Supervisor.delete_child(supervisor(), id)
  end

  defp supervisor do
    with nil <- Process.get(:ex_unit_supervisor) do
      {:ok, pid} = Supervisor.start_link([], strategy: :one_for_one, max_restarts: 1_000_000, max_seconds: 1)
      Process.put(:ex_unit_supervisor, pid)
      on_exit(fn -> await_end(pid) end)
      pid
    end
  end

  defp await_end(pid) do
    ref = Process.monitor(pid)
    receive do: ({:DOWN, ^ref, _, _, _} -> :ok)
  end

  # Runs the tests of modules; {how many, [failure]}.
  def run(modules) do
    results = for module <- modules, test <- tests(module), do: {module, test, run(module, test)}

    failures = for {module, test, {:failed, text}} <- results, do: {module, test, text}

    Enum.with_index(failures, fn {module, test, text}, i ->
      IO.puts("\n  #{i + 1}) #{test} (#{inspect(module)})")
      IO.puts("     " <> String.replace(text, "\n", "\n     "))
    end)

    {length(results), length(failures)}
  end

  defp named(module, prefix) do
    for {name, 1} <- module.__info__(:functions), String.starts_with?(Atom.to_string(name), prefix), do: name
  end

  defp tests(module), do: named(module, "test ")

  defp run(module, test) do
    runner = self()

    {pid, ref} =
      spawn_monitor(fn ->
        Process.put(:ex_unit_runner, runner)

        context =
          Enum.reduce(named(module, "__setup__ "), %{module: module, test: test}, fn setup, context ->
            scope = String.slice(Atom.to_string(setup), 21, 1000)

            if String.starts_with?(Atom.to_string(test), "test " <> scope),
              do: merge(context, apply(module, setup, [context])),
              else: context
          end)

        result =
          try do
            apply(module, test, [context])
            :passed
          rescue
            e in ExUnit.AssertionError -> {:failed, e.message}
            e -> {:failed, "** (#{inspect(e.__struct__)}) " <> Exception.message(e)}
          catch
            kind, reason -> {:failed, "** (#{kind}) " <> inspect(reason)}
          end

        exit({:ex_unit, result})
      end)

    result =
      receive do
        {:DOWN, ^ref, :process, ^pid, {:ex_unit, result}} -> result
        {:DOWN, ^ref, :process, ^pid, reason} -> {:failed, "** (EXIT from #{inspect(pid)}) " <> inspect(reason)}
      after
        60_000 ->
          Process.exit(pid, :kill)
          {:failed, "** (ExUnit.TimeoutError) not done after 60000ms"}
      end

    finish(pid, [], result)
  end

  # Runs what on_exit was given by a test, the last one first; of two with one name, the later.
  defp finish(pid, callbacks, result) do
    receive do
      {:ex_unit_on_exit, ^pid, name, fun} -> finish(pid, List.keystore(callbacks, name, 0, {name, fun}), result)
    after
      0 -> callbacks |> Enum.reverse() |> Enum.reduce(result, fn {_, fun}, result -> finish(fun, result) end)
    end
  end

  defp finish(fun, result) do
    {pid, ref} = spawn_monitor(fun)

    receive do
      {:DOWN, ^ref, :process, ^pid, :normal} -> result
      {:DOWN, ^ref, :process, ^pid, reason} -> if result == :passed, do: {:failed, "on_exit failed: " <> inspect(reason)}, else: result
    end
  end

  defp merge(context, :ok), do: context
  defp merge(context, {:ok, more}), do: Enum.into(more, context)
  defp merge(context, more), do: Enum.into(more, context)
end

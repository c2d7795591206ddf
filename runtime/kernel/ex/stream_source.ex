# The streams that make their elements themselves: functions of an accumulator
# and a reducer, as the protocol Enumerable has it.
defmodule Stream do
  @doc "Elements of a state: fun gives {element, state}, or nil at the end. Enum.to_list(Stream.unfold(3, fn 0 -> nil; n -> {n, n - 1} end)) #=> [3, 2, 1]"
  def unfold(state, fun), do: &unfold_reduce(state, fun, &1, &2)

  defp unfold_reduce(state, fun, {:suspend, acc}, f), do: {:suspended, acc, &unfold_reduce(state, fun, &1, f)}
  defp unfold_reduce(_, _, {:halt, acc}, _), do: {:halted, acc}

  defp unfold_reduce(state, fun, {:cont, acc}, f) do
    case fun.(state) do
      nil -> {:done, acc}
      {x, state} -> unfold_reduce(state, fun, f.(x, acc), f)
    end
  end

  @doc "start, what fun gives for it, what fun gives for that, and so on. Enum.take(Stream.iterate(1, &(&1 * 2)), 4) #=> [1, 2, 4, 8]"
  def iterate(start, fun) do
    unfold({:first, start}, fn
      {:first, x} ->
        {x, {:then, x}}

      {:then, x} ->
        y = fun.(x)
        {y, {:then, y}}
    end)
  end

  @doc "What fun gives, over and over. Enum.take(Stream.repeatedly(fn -> 1 end), 2) #=> [1, 1]"
  def repeatedly(fun), do: unfold(nil, fn _ -> {fun.(), nil} end)

  @doc "The elements over and over. Enum.take(Stream.cycle([1, 2]), 3) #=> [1, 2, 1]"
  def cycle(enum) do
    if is_list(enum) and Enum.empty?(enum), do: raise(ArgumentError, "cannot cycle over an empty enumerable")

    if is_list(enum) do
      unfold(enum, fn
        [] -> {hd(enum), tl(enum)}
        [x | rest] -> {x, rest}
      end)
    else
      flat_map(repeatedly(fn -> enum end), fn x -> x end)
    end
  end

  @doc "0, 1, 2 and so on, each after n milliseconds. Enum.take(Stream.interval(10), 2) #=> [0, 1]"
  def interval(n) when is_integer(n) and n >= 0 do
    unfold(0, fn count ->
      :timer.sleep(n)
      {count, count + 1}
    end)
  end

  @doc "0, after n milliseconds. Enum.to_list(Stream.timer(10)) #=> [0]"
  def timer(n) when is_integer(n) and n >= 0, do: take(interval(n), 1)

  @doc "The elements of the enumerables that fun gives. Enum.to_list(Stream.flat_map([1, 2], &[&1, &1])) #=> [1, 1, 2, 2]"
  def flat_map(enum, fun), do: transform(enum, nil, fn x, nil -> {fun.(x), nil} end)

  @doc "The elements of all enumerables in one. Enum.to_list(Stream.concat([[1], [2]])) #=> [1, 2]"
  def concat(enums), do: flat_map(enums, fn x -> x end)

  @doc "The elements of two enumerables. Enum.to_list(Stream.concat([1], [2])) #=> [1, 2]"
  def concat(first, second), do: concat([first, second])

  @doc "What fun gives of each element and an accumulator: {enumerable, acc}, or {:halt, acc}. Enum.to_list(Stream.transform(1..3, 0, fn x, sum -> {[x + sum], x + sum} end)) #=> [1, 3, 6]"
  def transform(enum, acc, fun) do
    transform(enum, fn -> acc end, fun, nil, fn _ -> :ok end)
  end

  @doc "transform whose accumulator start_fun makes and after_fun gets in the end."
  def transform(enum, start_fun, fun, after_fun) do
    transform(enum, start_fun, fun, nil, after_fun)
  end

  @doc "transform in which last_fun gives {enumerable, acc} once there are no more elements."
  def transform(enum, start_fun, fun, last_fun, after_fun) do
    start = fn -> {pull(enum), start_fun.()} end

    step = fn
      {:over, acc} ->
        {:halt, {:over, acc}}

      {pull, acc} ->
        case next(pull) do
          {x, pull} ->
            {items, acc} = fun.(x, acc)
            {items, {pull, acc}}

          :over when last_fun == nil ->
            {:halt, {:over, acc}}

          :over ->
            {items, acc} = last_fun.(acc)
            {items, {:over, acc}}
        end
    end

    resource(start, step, fn {pull, acc} ->
      stop(pull)
      after_fun.(acc)
    end)
  end

  # A function that gives the next element of an enumerable, in a tuple, and
  # what gives the one after.
  defp pull(enum), do: &Enumerable.reduce(enum, &1, fn x, _ -> {:suspend, {x}} end)

  defp next(:over), do: :over

  defp next(pull) do
    case pull.({:cont, nil}) do
      {:suspended, {x}, pull} -> {x, pull}
      {_, {x}} -> {x, :over}
      _ -> :over
    end
  end

  defp stop(:over), do: :ok
  defp stop(pull), do: pull.({:halt, nil})

  @doc "Elements of something that is opened by start_fun and closed by after_fun in any case; next_fun gives {enumerable, acc} or {:halt, acc}. Enum.to_list(Stream.resource(fn -> 2 end, fn 0 -> {:halt, 0}; n -> {[n], n - 1} end, fn _ -> :ok end)) #=> [2, 1]"
  def resource(start_fun, next_fun, after_fun) do
    &opened(start_fun, next_fun, after_fun, &1, &2)
  end

  defp opened(start, step, finish, {:suspend, acc}, fun), do: {:suspended, acc, &opened(start, step, finish, &1, fun)}
  defp opened(_, _, _, {:halt, acc}, _), do: {:halted, acc}
  defp opened(start, step, finish, acc, fun), do: generate(start.(), step, finish, acc, fun)

  defp generate(state, step, finish, {:suspend, acc}, fun) do
    {:suspended, acc, &generate(state, step, finish, &1, fun)}
  end

  defp generate(state, _, finish, {:halt, acc}, _) do
    finish.(state)
    {:halted, acc}
  end

  defp generate(state, step, finish, {:cont, acc}, fun) do
    case guarded(state, finish, fn -> step.(state) end) do
      {:halt, state} ->
        finish.(state)
        {:done, acc}

      {[], state} ->
        generate(state, step, finish, {:cont, acc}, fun)

      {[x], state} ->
        generate(state, step, finish, guarded(state, finish, fn -> fun.(x, acc) end), fun)

      {items, state} ->
        inner = fn acc -> Enumerable.reduce(items, acc, until_halted(fun)) end
        within(guarded(state, finish, fn -> inner.({:cont, acc}) end), state, step, finish, fun)
    end
  end

  # A reducer whose halts can be told from those of what it goes through.
  defp until_halted(fun) do
    fn x, acc ->
      case fun.(x, acc) do
        {:halt, acc} -> {:halt, {:halted_by_reducer, acc}}
        other -> other
      end
    end
  end

  # What comes of the elements that one step gave.
  defp within({:suspended, acc, continue}, state, step, finish, fun) do
    {:suspended, acc, fn tagged -> within(guarded(state, finish, fn -> continue.(tagged) end), state, step, finish, fun) end}
  end

  defp within({:halted, {:halted_by_reducer, acc}}, state, step, finish, fun) do
    generate(state, step, finish, {:halt, acc}, fun)
  end

  defp within({_, acc}, state, step, finish, fun) do
    generate(state, step, finish, {:cont, acc}, fun)
  end

  defp guarded(state, finish, fun) do
    try do
      fun.()
    catch
      kind, reason ->
        finish.(state)
        :erlang.raise(kind, reason, __STACKTRACE__)
    end
  end

  @doc "The elements side by side in tuples, as far as the shortest goes. Enum.to_list(Stream.zip([1..3, [:a, :b]])) #=> [{1, :a}, {2, :b}]"
  def zip(enums), do: zip_with(enums, &List.to_tuple/1)

  @doc "The elements of two enumerables side by side. Enum.to_list(Stream.zip(1..3, [:a, :b])) #=> [{1, :a}, {2, :b}]"
  def zip(first, second), do: zip([first, second])

  @doc "What fun gives for the list of the elements side by side. Enum.to_list(Stream.zip_with([[1, 2], [3, 4]], &Enum.sum/1)) #=> [4, 6]"
  def zip_with(enums, fun) do
    resource(
      fn -> Enum.map(enums, &pull/1) end,
      fn pulls ->
        case pull_all(pulls, [], []) do
          {:over, pulls} -> {:halt, pulls}
          {xs, pulls} -> {[fun.(xs)], pulls}
        end
      end,
      fn pulls -> Enum.each(pulls, &stop/1) end
    )
  end

  @doc "What fun gives for the elements of two enumerables side by side. Enum.to_list(Stream.zip_with([1, 2], [3, 4], &(&1 + &2))) #=> [4, 6]"
  def zip_with(first, second, fun) do
    zip_with([first, second], fn [x, y] -> fun.(x, y) end)
  end

  defp pull_all([], xs, pulled), do: {Enum.reverse(xs), Enum.reverse(pulled)}

  defp pull_all([pull | rest], xs, pulled) do
    case next(pull) do
      {x, pull} -> pull_all(rest, [x | xs], [pull | pulled])
      :over -> {:over, Enum.reverse(pulled, rest)}
    end
  end
end

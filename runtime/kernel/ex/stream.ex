# Lazy enumerables. A stream is what it goes through (enum) and the stages
# that each element passes (funs). A stage makes, of the reducer behind it, a
# reducer: it takes an element, the accumulator, and the states of itself, if it
# has one, and of the stages behind it; it gives the tag :cont or :halt, the
# accumulator and the states. What has an end of its own to do (done) does it
# once there are no more elements.
defmodule Stream do
  @moduledoc "Enumerables whose elements are made one after another, as they are asked for."

  defp lazy(%{__struct__: Stream, done: nil} = stream, states, stage) do
    %{stream | funs: stream.funs ++ [stage], accs: stream.accs ++ states}
  end

  defp lazy(enum, states, stage) do
    %{__struct__: Stream, enum: enum, funs: [stage], accs: states, done: nil}
  end

  @doc "What fun gives for each element. Enum.to_list(Stream.map(1..3, &(&1 * 2))) #=> [2, 4, 6]"
  def map(enum, fun) do
    lazy(enum, [], fn next -> fn x, acc, states -> next.(fun.(x), acc, states) end end)
  end

  @doc "Calls fun with each element as it passes. Stream.each(1..3, &IO.puts/1)"
  def each(enum, fun) do
    lazy(enum, [], fn next ->
      fn x, acc, states ->
        fun.(x)
        next.(x, acc, states)
      end
    end)
  end

  @doc "The elements for which fun gives a truthy value. Enum.to_list(Stream.filter(1..4, &(&1 > 2))) #=> [3, 4]"
  def filter(enum, fun) do
    lazy(enum, [], fn next ->
      fn x, acc, states -> if fun.(x), do: next.(x, acc, states), else: {:cont, acc, states} end
    end)
  end

  @doc "The elements for which fun gives false or nil. Enum.to_list(Stream.reject(1..4, &(&1 > 2))) #=> [1, 2]"
  def reject(enum, fun) do
    lazy(enum, [], fn next ->
      fn x, acc, states -> if fun.(x), do: {:cont, acc, states}, else: next.(x, acc, states) end
    end)
  end

  @doc "The first count elements; the last, if it is negative. Enum.to_list(Stream.take(Stream.cycle([1, 2]), 3)) #=> [1, 2, 1]"
  def take(enum, count) when is_integer(count) do
    cond do
      count == 0 -> lazy([], [], fn next -> next end)
      count < 0 -> &Enumerable.reduce(Enum.take(enum, count), &1, &2)
      true -> lazy(enum, [count], &take_stage/1)
    end
  end

  defp take_stage(next) do
    fn x, acc, [left | states] ->
      {tag, acc, states} = next.(x, acc, states)
      if left == 1, do: {:halt, acc, [0 | states]}, else: {tag, acc, [left - 1 | states]}
    end
  end

  @doc "All but the first count elements; but the last, if it is negative. Enum.to_list(Stream.drop(1..4, 2)) #=> [3, 4]"
  def drop(enum, count) when is_integer(count) and count >= 0 do
    lazy(enum, [count], fn next ->
      fn
        x, acc, [0 | states] ->
          {tag, acc, states} = next.(x, acc, states)
          {tag, acc, [0 | states]}

        _, acc, [left | states] ->
          {:cont, acc, [left - 1 | states]}
      end
    end)
  end

  def drop(enum, count) when is_integer(count) do
    lazy(enum, [{0, [], []}], fn next ->
      fn x, acc, [{n, front, back} | states] ->
        back = [x | back]

        if n < -count do
          {:cont, acc, [{n + 1, front, back} | states]}
        else
          {oldest, front, back} = oldest(front, back)
          {tag, acc, states} = next.(oldest, acc, states)
          {tag, acc, [{n, front, back} | states]}
        end
      end
    end)
  end

  defp oldest([x | front], back), do: {x, front, back}

  defp oldest([], back) do
    [x | front] = Enum.reverse(back)
    {x, front, []}
  end

  @doc "The elements before the first for which fun is not truthy. Enum.to_list(Stream.take_while(1..9, &(&1 < 3))) #=> [1, 2]"
  def take_while(enum, fun) do
    lazy(enum, [], fn next ->
      fn x, acc, states -> if fun.(x), do: next.(x, acc, states), else: {:halt, acc, states} end
    end)
  end

  @doc "The elements from the first on for which fun is not truthy. Enum.to_list(Stream.drop_while(1..4, &(&1 < 3))) #=> [3, 4]"
  def drop_while(enum, fun) do
    lazy(enum, [true], fn next ->
      fn x, acc, [dropping | states] ->
        if dropping && fun.(x) do
          {:cont, acc, [true | states]}
        else
          {tag, acc, states} = next.(x, acc, states)
          {tag, acc, [false | states]}
        end
      end
    end)
  end

  @doc "Each nth element, beginning with the first. Enum.to_list(Stream.take_every(1..6, 2)) #=> [1, 3, 5]"
  def take_every(_, 0), do: lazy([], [], fn next -> next end)

  def take_every(enum, nth) when is_integer(nth) and nth > 0 do
    every(enum, nth, fn x, acc, states, next -> next.(x, acc, states) end, fn _, acc, states, _ -> {:cont, acc, states} end)
  end

  @doc "All but each nth element, the first dropped. Enum.to_list(Stream.drop_every(1..6, 2)) #=> [2, 4, 6]"
  def drop_every(enum, 0), do: lazy(enum, [], fn next -> next end)

  def drop_every(enum, nth) when is_integer(nth) and nth > 0 do
    every(enum, nth, fn _, acc, states, _ -> {:cont, acc, states} end, fn x, acc, states, next -> next.(x, acc, states) end)
  end

  @doc "Calls fun with each nth element, beginning with the first. Enum.to_list(Stream.map_every(1..4, 2, &(&1 * 10))) #=> [10, 2, 30, 4]"
  def map_every(enum, 0, _), do: lazy(enum, [], fn next -> next end)

  def map_every(enum, nth, fun) when is_integer(nth) and nth > 0 do
    every(enum, nth, fn x, acc, states, next -> next.(fun.(x), acc, states) end, fn x, acc, states, next -> next.(x, acc, states) end)
  end

  defp every(enum, nth, hit, other) do
    lazy(enum, [0], fn next ->
      fn x, acc, [n | states] ->
        does = if n == 0, do: hit, else: other
        {tag, acc, states} = does.(x, acc, states, next)
        {tag, acc, [rem(n + 1, nth) | states]}
      end
    end)
  end

  @doc "Without elements that equal the one before. Enum.to_list(Stream.dedup([1, 1, 2, 1])) #=> [1, 2, 1]"
  def dedup(enum), do: dedup_by(enum, fn x -> x end)

  @doc "dedup by what fun gives. Enum.to_list(Stream.dedup_by([1, 3, 2], &rem(&1, 2))) #=> [1, 2]"
  def dedup_by(enum, fun) do
    lazy(enum, [nil], fn next ->
      fn x, acc, [last | states] ->
        key = {fun.(x)}

        if key === last do
          {:cont, acc, [last | states]}
        else
          {tag, acc, states} = next.(x, acc, states)
          {tag, acc, [key | states]}
        end
      end
    end)
  end

  @doc "Each element once. Enum.to_list(Stream.uniq([1, 2, 1])) #=> [1, 2]"
  def uniq(enum), do: uniq_by(enum, fn x -> x end)

  @doc "The first element for each value that fun gives. Enum.to_list(Stream.uniq_by([1, 3, 2], &rem(&1, 2))) #=> [1, 2]"
  def uniq_by(enum, fun) do
    lazy(enum, [%{}], fn next ->
      fn x, acc, [seen | states] ->
        key = fun.(x)

        if Map.has_key?(seen, key) do
          {:cont, acc, [seen | states]}
        else
          {tag, acc, states} = next.(x, acc, states)
          {tag, acc, [Map.put(seen, key, true) | states]}
        end
      end
    end)
  end

  @doc "Every accumulator of a reduction that begins with the first element. Enum.to_list(Stream.scan(1..3, &(&1 + &2))) #=> [1, 3, 6]"
  def scan(enum, fun), do: scanned(enum, nil, fun)

  @doc "Every accumulator of a reduction. Enum.to_list(Stream.scan(1..3, 10, &(&1 + &2))) #=> [11, 13, 16]"
  def scan(enum, acc, fun), do: scanned(enum, {acc}, fun)

  defp scanned(enum, first, fun) do
    lazy(enum, [first], fn next ->
      fn x, acc, [last | states] ->
        y =
          case last do
            nil -> x
            {before} -> fun.(x, before)
          end

        {tag, acc, states} = next.(y, acc, states)
        {tag, acc, [{y} | states]}
      end
    end)
  end

  @doc "Each element in a tuple with its index, or what fun gives for the two. Enum.to_list(Stream.with_index([:a, :b])) #=> [a: 0, b: 1]"
  def with_index(enum, fun_or_offset \\ 0) do
    {from, fun} =
      if is_integer(fun_or_offset), do: {fun_or_offset, fn x, i -> {x, i} end}, else: {0, fun_or_offset}

    lazy(enum, [from], fn next ->
      fn x, acc, [i | states] ->
        {tag, acc, states} = next.(fun.(x, i), acc, states)
        {tag, acc, [i + 1 | states]}
      end
    end)
  end

  @doc "The elements with separator between. Enum.to_list(Stream.intersperse([1, 2], 0)) #=> [1, 0, 2]"
  def intersperse(enum, separator) do
    lazy(enum, [:first], fn next ->
      fn
        x, acc, [:first | states] ->
          {tag, acc, states} = next.(x, acc, states)
          {tag, acc, [:later | states]}

        x, acc, [:later | states] ->
          case next.(separator, acc, states) do
            {:cont, acc, states} ->
              {tag, acc, states} = next.(x, acc, states)
              {tag, acc, [:later | states]}

            {tag, acc, states} ->
              {tag, acc, [:later | states]}
          end
      end
    end)
  end

  @doc "Puts each element into a collection as it passes. Stream.into(1..3, [])"
  def into(enum, collectable, transform \\ fn x -> x end) do
    &into_reduce(enum, collectable, transform, &1, &2)
  end

  defp into_reduce(enum, collectable, transform, acc, fun) do
    {initial, collect} = Collectable.into(collectable)

    step = fn x, {coll, acc} ->
      {tag, acc} = fun.(x, acc)
      {tag, {collect.(coll, {:cont, transform.(x)}), acc}}
    end

    {tag, acc} = acc
    collected(Enumerable.reduce(enum, {tag, {initial, acc}}, step), collect)
  end

  defp collected({:suspended, {coll, acc}, continue}, collect) do
    {:suspended, acc, fn {tag, acc} -> collected(continue.({tag, {coll, acc}}), collect) end}
  end

  defp collected({tag, {coll, acc}}, collect) do
    collect.(coll, :done)
    {tag, acc}
  end

  @doc "Goes through a stream for its effects. Stream.run(Stream.each(1..3, &IO.puts/1)) #=> :ok"
  def run(stream) do
    Enum.each(stream, fn _ -> :ok end)
  end

  @doc "Pieces that chunk_fun makes: it gives {:cont, chunk, acc}, {:cont, acc} or {:halt, acc}; after_fun gives the last. Stream.chunk_while(1..3, [], &{:cont, [&1 | &2]}, &{:cont, &1, []})"
  def chunk_while(enum, acc, chunk_fun, after_fun) do
    stream =
      lazy(enum, [acc], fn next ->
        fn x, acc, [chunk | states] ->
          case chunk_fun.(x, chunk) do
            {:cont, piece, chunk} ->
              {tag, acc, states} = next.(piece, acc, states)
              {tag, acc, [chunk | states]}

            {:cont, chunk} ->
              {:cont, acc, [chunk | states]}

            {:halt, chunk} ->
              {:halt, acc, [chunk | states]}
          end
        end
      end)

    %{stream | done: after_fun}
  end

  @doc "Pieces of count elements. Enum.to_list(Stream.chunk_every(1..3, 2)) #=> [[1, 2], [3]]"
  def chunk_every(enum, count), do: chunk_every(enum, count, count, [])

  @doc "Pieces of count elements, each beginning step behind the one before; a last piece that is too short is filled from leftover, or left out for :discard. Enum.to_list(Stream.chunk_every(1..3, 2, 1, :discard)) #=> [[1, 2], [2, 3]]"
  def chunk_every(enum, count, step, leftover \\ []) when is_integer(count) and count > 0 and is_integer(step) and step > 0 do
    chunk_while(
      enum,
      {[], 0, 0},
      fn
        _, {piece, size, skip} when skip > 0 -> {:cont, {piece, size, skip - 1}}
        x, {piece, size, 0} when size + 1 < count -> {:cont, {[x | piece], size + 1, 0}}
        x, {piece, _, 0} -> {:cont, Enum.reverse([x | piece]), behind([x | piece], count, step)}
      end,
      fn
        {_, size, _} = left when size == 0 or leftover == :discard -> {:cont, left}
        {piece, size, _} = left -> {:cont, Enum.reverse(piece, Enum.take(leftover, count - size)), left}
      end
    )
  end

  defp behind(piece, count, step) when step < count, do: {Enum.take(piece, count - step), count - step, 0}
  defp behind(_, count, step), do: {[], 0, step - count}

  @doc "Pieces in which fun gives the same value. Enum.to_list(Stream.chunk_by([1, 3, 2], &rem(&1, 2))) #=> [[1, 3], [2]]"
  def chunk_by(enum, fun) do
    chunk_while(
      enum,
      nil,
      fn x, state ->
        key = fun.(x)

        case state do
          nil -> {:cont, {[x], key}}
          {piece, ^key} -> {:cont, {[x | piece], key}}
          {piece, _} -> {:cont, Enum.reverse(piece), {[x], key}}
        end
      end,
      fn
        nil -> {:cont, nil}
        {piece, _} -> {:cont, Enum.reverse(piece), nil}
      end
    )
  end

  @doc false
  def reduce(stream, {tag, acc}, fun) do
    last = fn x, acc, states ->
      {tag, acc} = fun.(x, acc)
      {tag, acc, states}
    end

    reducer = List.foldr(stream.funs, last, fn stage, next -> stage.(next) end)

    step = fn x, {acc, states} ->
      {tag, acc, states} = reducer.(x, acc, states)
      {tag, {acc, states}}
    end

    reduced(Enumerable.reduce(stream.enum, {tag, {acc, stream.accs}}, step), stream, fun)
  end

  defp reduced({:suspended, {acc, states}, continue}, stream, fun) do
    {:suspended, acc, fn {tag, acc} -> reduced(continue.({tag, {acc, states}}), stream, fun) end}
  end

  defp reduced({:done, {acc, states}}, %{done: after_fun}, fun) when after_fun != nil do
    case after_fun.(List.last(states)) do
      {:cont, piece, _} ->
        case fun.(piece, acc) do
          {:suspend, acc} -> {:suspended, acc, fn {tag, acc} -> {if(tag == :halt, do: :halted, else: :done), acc} end}
          {_, acc} -> {:done, acc}
        end

      {:cont, _} ->
        {:done, acc}
    end
  end

  defp reduced({tag, {acc, _}}, _, _), do: {tag, acc}
end

defmodule Enumerable.Stream do
  @moduledoc false

  @doc false
  def reduce(stream, acc, fun), do: Stream.reduce(stream, acc, fun)

  @doc false
  def count(_), do: {:error, Enumerable.Stream}

  @doc false
  def member?(_, _), do: {:error, Enumerable.Stream}

  @doc false
  def slice(_), do: {:error, Enumerable.Stream}
end

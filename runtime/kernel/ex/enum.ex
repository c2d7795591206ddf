defmodule Enum do
  @moduledoc "Functions that go through enumerables: lists, maps, ranges, sets, streams, and whatever implements Enumerable."

  @doc "Pieces that chunk_fun makes: it gets an element and an accumulator, and gives {:cont, chunk, acc}, {:cont, acc} or {:halt, acc}; after_fun gives {:cont, chunk, acc} or {:cont, acc} in the end. Enum.chunk_while(1..3, [], &{:cont, [&1 | &2]}, &{:cont, &1, []}) #=> [[3, 2, 1]]"
  def chunk_while(enumerable, acc, chunk_fun, after_fun) do
    {chunks, acc} =
      Enum.reduce_while(enumerable, {[], acc}, fn x, {chunks, acc} ->
        case chunk_fun.(x, acc) do
          {:cont, chunk, acc} -> {:cont, {[chunk | chunks], acc}}
          {:cont, acc} -> {:cont, {chunks, acc}}
          {:halt, acc} -> {:halt, {chunks, acc}}
        end
      end)

    case after_fun.(acc) do
      {:cont, _} -> Enum.reverse(chunks)
      {:cont, chunk, _} -> Enum.reverse([chunk | chunks])
    end
  end
end

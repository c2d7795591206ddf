defmodule Collectable do
  @moduledoc "The protocol of what elements can be put into."

  @doc "A first accumulator and a function of it and {:cont, element}, :done or :halt. Collectable.into([])"
  def into(collectable) when is_list(collectable) do
    {[],
     fn
       acc, {:cont, x} -> [x | acc]
       acc, :done -> collectable ++ Enum.reverse(acc)
       _, :halt -> :ok
     end}
  end

  def into(%{__struct__: module} = collectable) when module != MapSet do
    Collectable.impl_for!(collectable).into(collectable)
  end

  def into(%{} = collectable) do
    {collectable,
     fn
       acc, {:cont, x} -> Enum.into([x], acc)
       acc, :done -> acc
       _, :halt -> :ok
     end}
  end

  def into(collectable) when is_binary(collectable) do
    {[],
     fn
       acc, {:cont, x} when is_binary(x) -> [x | acc]
       acc, :done -> collectable <> Enum.join(Enum.reverse(acc))
       _, :halt -> :ok
     end}
  end

  def into(collectable) do
    Collectable.impl_for!(collectable).into(collectable)
  end

  @doc false
  def collect(enumerable, collectable), do: Collectable.collect(enumerable, collectable, fn x -> x end)

  def collect(enumerable, collectable, transform) do
    {initial, fun} = Collectable.into(collectable)

    collected =
      try do
        Enum.reduce(enumerable, initial, fn x, acc -> fun.(acc, {:cont, transform.(x)}) end)
      catch
        kind, reason ->
          fun.(initial, :halt)
          :erlang.raise(kind, reason, __STACKTRACE__)
      end

    fun.(collected, :done)
  end
end

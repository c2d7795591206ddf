defmodule Map do
  @moduledoc "Maps of keys to values."

  @doc "Puts what fun gives for the value of key under it, or default if there is none. Map.update(%{a: 1}, :a, 0, &(&1 + 1)) #=> %{a: 2}"
  def update(map, key, default, fun) when is_function(fun, 1) do
    case map do
      %{^key => value} -> Map.put(map, key, fun.(value))
      %{} -> Map.put(map, key, default)
      other -> :erlang.error({:badmap, other})
    end
  end

  @doc "update; raises KeyError if the map has no such key. Map.update!(%{a: 1}, :a, &(&1 + 1)) #=> %{a: 2}"
  def update!(map, key, fun) when is_function(fun, 1) do
    Map.put(map, key, fun.(Map.fetch!(map, key)))
  end

  @doc "The value of key, or what fun gives if there is none. Map.get_lazy(%{}, :a, fn -> 1 end) #=> 1"
  def get_lazy(map, key, fun) when is_function(fun, 0) do
    case Map.fetch(map, key) do
      {:ok, value} -> value
      :error -> fun.()
    end
  end

  @doc "Puts what fun gives under key, unless the map has key. Map.put_new_lazy(%{}, :a, fn -> 1 end) #=> %{a: 1}"
  def put_new_lazy(map, key, fun) when is_function(fun, 0) do
    if Map.has_key?(map, key), do: map, else: Map.put(map, key, fun.())
  end

  @doc "Puts what fun gives for the value of key under it, if the map has key. Map.replace_lazy(%{a: 1}, :a, &(&1 + 1)) #=> %{a: 2}"
  def replace_lazy(map, key, fun) when is_function(fun, 1) do
    case Map.fetch(map, key) do
      {:ok, value} -> Map.put(map, key, fun.(value))
      :error -> map
    end
  end

  @doc "The value of key, or what fun gives if there is none, and the map without key. Map.pop_lazy(%{}, :a, fn -> 1 end) #=> {1, %{}}"
  def pop_lazy(map, key, fun) when is_function(fun, 0) do
    case Map.fetch(map, key) do
      {:ok, value} -> {value, Map.delete(map, key)}
      :error -> {fun.(), map}
    end
  end

  @doc "Gives a value and changes that of key at once: fun gets the value and gives {value to give, new value}, or :pop. Map.get_and_update(%{a: 1}, :a, &{&1, &1 + 1}) #=> {1, %{a: 2}}"
  def get_and_update(map, key, fun) when is_function(fun, 1) do
    updated(map, key, Map.get(map, key), fun)
  end

  @doc "get_and_update; raises KeyError if the map has no such key."
  def get_and_update!(map, key, fun) when is_function(fun, 1) do
    updated(map, key, Map.fetch!(map, key), fun)
  end

  defp updated(map, key, current, fun) do
    case fun.(current) do
      {get, update} ->
        {get, Map.put(map, key, update)}

      :pop ->
        {current, Map.delete(map, key)}

      other ->
        raise "the given function must return a two-element tuple or :pop, got: #{inspect(other)}"
    end
  end

  @doc "What filter and reject give. Map.split_with(%{a: 1, b: 2}, fn {_, v} -> v > 1 end) #=> {%{b: 2}, %{a: 1}}"
  def split_with(map, fun) when is_function(fun, 1) do
    {yes, no} = Enum.split_with(map, fun)
    {Map.new(yes), Map.new(no)}
  end
end

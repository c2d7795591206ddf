# Erlang's maps, for which the key comes before the map.
defmodule :maps do
  @moduledoc "Functions of maps, with Erlang's order of arguments."

  @doc "The value of key; raises KeyError if there is none, or gives default. :maps.get(:a, %{a: 1}) #=> 1"
  def get(key, map) do
    case map do
      %{^key => value} -> value
      %{} -> raise KeyError, key: key, term: map
      _ -> :erlang.error({:badmap, map})
    end
  end

  def get(key, map, default), do: Map.get(map, key, default)

  @doc "{:ok, value} of key, or :error. :maps.find(:a, %{a: 1}) #=> {:ok, 1}"
  def find(key, map), do: Map.fetch(map, key)

  @doc "The map with key bound to value. :maps.put(:a, 1, %{}) #=> %{a: 1}"
  def put(key, value, map), do: Map.put(map, key, value)

  @doc "put; raises KeyError unless the map has key."
  def update(key, value, map) do
    :maps.get(key, map)
    Map.put(map, key, value)
  end

  @doc "Puts what fun gives for the value of key under it, or init."
  def update_with(key, fun, map), do: Map.put(map, key, fun.(:maps.get(key, map)))
  def update_with(key, fun, init, map), do: Map.update(map, key, init, fun)

  @doc "The map without key."
  def remove(key, map), do: Map.delete(map, key)

  @doc "{value, map without key}, or :error."
  def take(key, map) do
    case Map.fetch(map, key) do
      {:ok, value} -> {value, Map.delete(map, key)}
      :error -> :error
    end
  end

  @doc "Whether the map has key."
  def is_key(key, map), do: Map.has_key?(map, key)

  @doc "The keys."
  def keys(map), do: Map.keys(map)

  @doc "The values."
  def values(map), do: Map.values(map)

  @doc "The entries as tuples."
  def to_list(map), do: Map.to_list(map)

  @doc "A map of tuples."
  def from_list(list), do: Map.new(list)

  @doc "A map with value under each key."
  def from_keys(keys, value), do: Map.from_keys(keys, value)

  @doc "An empty map."
  def new, do: %{}

  @doc "How many entries there are."
  def size(map), do: map_size(map)

  @doc "The entries of both maps, the second's first."
  def merge(first, second), do: Map.merge(first, second)

  @doc "merge in which fun decides."
  def merge_with(fun, first, second), do: Map.merge(first, second, fun)

  @doc "The map with what fun gives for each key and value. :maps.map(fn _, v -> v + 1 end, %{a: 1}) #=> %{a: 2}"
  def map(fun, map), do: Map.new(map, fn {k, v} -> {k, fun.(k, v)} end)

  @doc "The entries for which fun gives true. :maps.filter(fn _, v -> v > 1 end, %{a: 1, b: 2}) #=> %{b: 2}"
  def filter(fun, map), do: Map.filter(map, fn {k, v} -> fun.(k, v) end)

  @doc "Filters and maps: fun gives true, false or {true, value}."
  def filtermap(fun, map) do
    Map.new(
      Enum.flat_map(map, fn {k, v} ->
        case fun.(k, v) do
          true -> [{k, v}]
          false -> []
          {true, w} -> [{k, w}]
        end
      end)
    )
  end

  @doc "Reduces the entries. :maps.fold(fn _, v, acc -> v + acc end, 0, %{a: 1}) #=> 1"
  def fold(fun, acc, map), do: Enum.reduce(map, acc, fn {k, v}, acc -> fun.(k, v, acc) end)

  @doc "Calls fun with each key and value."
  def foreach(fun, map), do: Enum.each(map, fn {k, v} -> fun.(k, v) end)

  @doc "The map with keys alone."
  def with(keys, map), do: Map.take(map, keys)

  @doc "The map without keys."
  def without(keys, map), do: Map.drop(map, keys)

  @doc "The entries of the second map whose keys the first has."
  def intersect(first, second), do: Map.take(second, Map.keys(first))
end

defmodule Access do
  @moduledoc "Access of what maps, keyword lists and structs have under keys; and the functions that get_in and its like take as keys."

  @doc "{:ok, value} of key in a container, or :error. Access.fetch(%{a: 1}, :a) #=> {:ok, 1}"
  def fetch(%{__struct__: module} = container, key) when module != MapSet, do: defined(module, :fetch, 2).fetch(container, key)
  def fetch(%{} = container, key), do: Map.fetch(container, key)
  def fetch(container, key) when is_list(container) and is_atom(key), do: Keyword.fetch(container, key)
  def fetch(container, key) when is_list(container), do: raise(ArgumentError, not_atom(key))
  def fetch(nil, _), do: :error

  @doc "The value of key in a container; raises KeyError if there is none. Access.fetch!([a: 1], :a) #=> 1"
  def fetch!(container, key) do
    case Access.fetch(container, key) do
      {:ok, value} -> value
      :error -> raise KeyError, key: key, term: container
    end
  end

  @doc "The value of key in a container, or default. Access.get(%{a: 1}, :a) #=> 1"
  def get(container, key, default \\ nil) when is_map(container) or is_list(container) or container == nil do
    case Access.fetch(container, key) do
      {:ok, value} -> value
      :error -> default
    end
  end

  @doc "Gives a value and changes that of key at once: fun gets the value and gives {value to give, new value}, or :pop."
  def get_and_update(%{__struct__: module} = container, key, fun), do: defined(module, :get_and_update, 3).get_and_update(container, key, fun)
  def get_and_update(%{} = container, key, fun), do: Map.get_and_update(container, key, fun)
  def get_and_update(container, key, fun) when is_list(container), do: Keyword.get_and_update(container, key, fun)

  def get_and_update(nil, key, _) do
    raise ArgumentError, "could not put/update key #{inspect(key)} on a nil value"
  end

  @doc "The value of key in a container, and the container without it. Access.pop(%{a: 1}, :a) #=> {1, %{}}"
  def pop(%{__struct__: module} = container, key), do: defined(module, :pop, 2).pop(container, key)
  def pop(%{} = container, key), do: Map.pop(container, key)
  def pop(container, key) when is_list(container), do: Keyword.pop(container, key)
  def pop(nil, key), do: raise(ArgumentError, "could not pop key #{inspect(key)} on a nil value")

  defp defined(module, name, arity) do
    unless function_exported?(module, name, arity) do
      reason =
        "#{inspect(module)} does not implement the Access behaviour. If you are using get_in/put_in/update_in, " <>
          "you can specify the field to be accessed using Access.key!/1"

      raise UndefinedFunctionError, module: module, function: name, arity: arity, reason: reason
    end

    module
  end

  defp not_atom(key) do
    "the Access calls for keywords expect the key to be an atom, got: " <> inspect(key)
  end

  @doc "A key of a map or struct, with default if there is none. get_in(%{}, [Access.key(:a, 0)]) #=> 0"
  def key(key, default \\ nil) do
    fn
      :get, data, next ->
        next.(Map.get(to_map(data), key, default))

      :get_and_update, data, next ->
        value = Map.get(to_map(data), key, default)

        case next.(value) do
          {get, update} -> {get, Map.put(to_map(data), key, update)}
          :pop -> {value, Map.delete(to_map(data), key)}
        end
    end
  end

  defp to_map(nil), do: %{}
  defp to_map(data), do: data

  @doc "A key that a map or struct must have. get_in(%{a: 1}, [Access.key!(:a)]) #=> 1"
  def key!(key) do
    fn
      :get, %{} = data, next ->
        next.(Map.fetch!(data, key))

      :get_and_update, %{} = data, next ->
        value = Map.fetch!(data, key)

        case next.(value) do
          {get, update} -> {get, Map.put(data, key, update)}
          :pop -> {value, Map.delete(data, key)}
        end

      _, data, _ ->
        raise "Access.key!/1 expected a map/struct or nil, got: #{inspect(data)}"
    end
  end

  @doc "An element of a tuple. get_in({1, 2}, [Access.elem(1)]) #=> 2"
  def elem(index) when is_integer(index) and index >= 0 do
    fn
      :get, data, next when is_tuple(data) ->
        next.(Kernel.elem(data, index))

      :get_and_update, data, next when is_tuple(data) ->
        value = Kernel.elem(data, index)

        case next.(value) do
          {get, update} -> {get, put_elem(data, index, update)}
          :pop -> raise "cannot pop data from a tuple"
        end

      _, data, _ ->
        raise "Access.elem/1 expected a tuple, got: #{inspect(data)}"
    end
  end

  @doc "All elements of a list. get_in([%{a: 1}, %{a: 2}], [Access.all(), :a]) #=> [1, 2]"
  def all, do: Access.filter(fn _ -> true end)

  @doc "The elements of a list for which fun gives a truthy value. get_in([1, 2], [Access.filter(&(&1 > 1))]) #=> [2]"
  def filter(fun) when is_function(fun, 1) do
    fn
      :get, data, next when is_list(data) -> data |> Enum.filter(fun) |> Enum.map(next)
      :get_and_update, data, next when is_list(data) -> update_where(data, fun, next, [], [])
      _, data, _ -> raise "Access.all/0 expected a list, got: #{inspect(data)}"
    end
  end

  defp update_where([], _, _, gets, updates), do: {Enum.reverse(gets), Enum.reverse(updates)}

  defp update_where([x | rest], fun, next, gets, updates) do
    if fun.(x) do
      case next.(x) do
        {get, update} -> update_where(rest, fun, next, [get | gets], [update | updates])
        :pop -> update_where(rest, fun, next, [x | gets], updates)
      end
    else
      update_where(rest, fun, next, gets, [x | updates])
    end
  end

  @doc "The element of a list at an index. get_in([1, 2], [Access.at(0)]) #=> 1"
  def at(index) when is_integer(index) do
    fn
      :get, data, next when is_list(data) ->
        next.(Enum.at(data, index))

      :get_and_update, data, next when is_list(data) ->
        case Enum.fetch(data, index) do
          {:ok, value} -> update_at(data, index, value, next.(value))
          :error -> {nil, data}
        end

      _, data, _ ->
        raise "Access.at/1 expected a list, got: #{inspect(data)}"
    end
  end

  @doc "The element that a list must have at an index. get_in([1, 2], [Access.at!(0)]) #=> 1"
  def at!(index) when is_integer(index) do
    fn
      :get, data, next when is_list(data) ->
        next.(Enum.fetch!(data, index))

      :get_and_update, data, next when is_list(data) ->
        value = Enum.fetch!(data, index)
        update_at(data, index, value, next.(value))

      _, data, _ ->
        raise "Access.at!/1 expected a list, got: #{inspect(data)}"
    end
  end

  defp update_at(data, index, _, {get, update}), do: {get, List.replace_at(data, index, update)}
  defp update_at(data, index, value, :pop), do: {value, List.delete_at(data, index)}

  @doc "The elements of a list in a range of indices. get_in([1, 2, 3], [Access.slice(0..1)]) #=> [1, 2]"
  def slice(range) do
    fn
      :get, data, next when is_list(data) ->
        data |> Enum.slice(range) |> Enum.map(next)

      :get_and_update, data, next when is_list(data) ->
        wanted = data |> Enum.with_index() |> Enum.slice(range) |> MapSet.new(fn {_, i} -> i end)
        pairs = Enum.with_index(data)
        {gets, updates} = update_where(pairs, fn {_, i} -> MapSet.member?(wanted, i) end, fn {x, i} -> with_place(next.(x), i) end, [], [])
        {Enum.map(gets, &bare/1), Enum.map(updates, fn {x, _} -> x end)}

      _, data, _ ->
        raise "Access.slice/1 expected a list, got: #{inspect(data)}"
    end
  end

  defp with_place(:pop, _), do: :pop
  defp with_place({get, update}, i), do: {{:got, get}, {update, i}}

  defp bare({:got, get}), do: get
  defp bare({x, _}), do: x
end

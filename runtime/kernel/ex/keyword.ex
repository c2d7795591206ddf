defmodule Keyword do
  @moduledoc "Lists of key and value tuples whose keys are atoms, which may occur more than once."

  @doc "Puts what fun gives for the first value of key in its place, or default in the end if there is none. Keyword.update([a: 1], :a, 0, &(&1 + 1)) #=> [a: 2]"
  def update(keywords, key, default, fun) when is_list(keywords) and is_atom(key) and is_function(fun, 1) do
    case keywords do
      [{^key, value} | rest] -> [{key, fun.(value)} | Keyword.delete(rest, key)]
      [other | rest] -> [other | Keyword.update(rest, key, default, fun)]
      [] -> [{key, default}]
    end
  end

  @doc "update; raises KeyError if key does not occur. Keyword.update!([a: 1], :a, &(&1 + 1)) #=> [a: 2]"
  def update!(keywords, key, fun) when is_list(keywords) and is_atom(key) and is_function(fun, 1) do
    Keyword.fetch!(keywords, key)
    Keyword.update(keywords, key, nil, fun)
  end

  @doc "The first value of key, or what fun gives if there is none. Keyword.get_lazy([], :a, fn -> 1 end) #=> 1"
  def get_lazy(keywords, key, fun) when is_list(keywords) and is_atom(key) and is_function(fun, 0) do
    case Keyword.fetch(keywords, key) do
      {:ok, value} -> value
      :error -> fun.()
    end
  end

  @doc "Puts what fun gives in front under key, unless key occurs. Keyword.put_new_lazy([], :a, fn -> 1 end) #=> [a: 1]"
  def put_new_lazy(keywords, key, fun) when is_list(keywords) and is_atom(key) and is_function(fun, 0) do
    if Keyword.has_key?(keywords, key), do: keywords, else: [{key, fun.()} | keywords]
  end

  @doc "Puts what fun gives for the value of key in its place, if key occurs. Keyword.replace_lazy([a: 1], :a, &(&1 + 1)) #=> [a: 2]"
  def replace_lazy(keywords, key, fun) when is_list(keywords) and is_atom(key) and is_function(fun, 1) do
    if Keyword.has_key?(keywords, key), do: Keyword.update!(keywords, key, fun), else: keywords
  end

  @doc "The first value of key, or what fun gives if there is none, and the list without key. Keyword.pop_lazy([], :a, fn -> 1 end) #=> {1, []}"
  def pop_lazy(keywords, key, fun) when is_list(keywords) and is_atom(key) and is_function(fun, 0) do
    case Keyword.fetch(keywords, key) do
      {:ok, value} -> {value, Keyword.delete(keywords, key)}
      :error -> {fun.(), keywords}
    end
  end

  @doc "The second list behind the entries of the first whose keys it does not have. Keyword.merge([a: 1, b: 2], [a: 3]) #=> [b: 2, a: 3]"
  def merge(keywords1, keywords2) when is_list(keywords1) and is_list(keywords2) do
    unless Keyword.keyword?(keywords1), do: merge_error("first", keywords1)
    unless Keyword.keyword?(keywords2), do: merge_error("second", keywords2)
    Keyword.drop(keywords1, Keyword.keys(keywords2)) ++ keywords2
  end

  @doc "merge in which fun gives, for a key that both have and the two values, the value. Keyword.merge([a: 1], [a: 2], fn _, x, y -> x + y end) #=> [a: 3]"
  def merge(keywords1, keywords2, fun) when is_list(keywords1) and is_list(keywords2) and is_function(fun, 3) do
    unless Keyword.keyword?(keywords1), do: merge_error("first", keywords1)
    unless Keyword.keyword?(keywords2), do: merge_error("second", keywords2)
    first_only = Enum.reject(keywords1, fn {key, _} -> Keyword.has_key?(keywords2, key) end)
    first_only ++ merged(keywords2, keywords1, fun)
  end

  defp merged([], _, _), do: []

  defp merged([{key, value} | rest], left, fun) do
    case Enum.split_while(left, fn {k, _} -> k != key end) do
      {_, []} -> [{key, value} | merged(rest, left, fun)]
      {before, [{_, old} | behind]} -> [{key, fun.(key, old, value)} | merged(rest, before ++ behind, fun)]
    end
  end

  defp merge_error(which, value) do
    raise ArgumentError, "expected a keyword list as the #{which} argument, got: #{inspect(value)}"
  end

  @doc "Gives a value and changes that of key at once: fun gets the value and gives {value to give, new value}, or :pop. Keyword.get_and_update([a: 1], :a, &{&1, &1 + 1}) #=> {1, [a: 2]}"
  def get_and_update(keywords, key, fun) when is_list(keywords) and is_atom(key) and is_function(fun, 1) do
    current = Keyword.get(keywords, key)

    case fun.(current) do
      {get, update} ->
        {get, put_in_place(keywords, key, update)}

      :pop ->
        {current, Keyword.delete(keywords, key)}

      other ->
        raise "the given function must return a two-element tuple or :pop, got: #{inspect(other)}"
    end
  end

  defp put_in_place(keywords, key, value) do
    if Keyword.has_key?(keywords, key), do: Keyword.replace(keywords, key, value), else: [{key, value} | keywords]
  end

  @doc "get_and_update; raises KeyError if key does not occur."
  def get_and_update!(keywords, key, fun) when is_list(keywords) and is_atom(key) and is_function(fun, 1) do
    Keyword.fetch!(keywords, key)
    Keyword.get_and_update(keywords, key, fun)
  end

  @doc "Checks that only the given keys occur, which may have defaults: {:ok, list with the defaults} or {:error, unknown keys}. Keyword.validate([a: 1], [:a, b: 2]) #=> {:ok, [b: 2, a: 1]}"
  def validate(keywords, values) when is_list(keywords) and is_list(values) do
    defaults = for {key, _} = entry <- values, not Keyword.has_key?(keywords, key), do: entry
    known = Enum.map(values, fn value -> if is_tuple(value), do: elem(value, 0), else: value end)

    case Enum.reject(Keyword.keys(keywords), fn key -> key in known end) do
      [] -> {:ok, Enum.reverse(defaults) ++ keywords}
      unknown -> {:error, unknown}
    end
  end

  @doc "validate that gives the list, or raises ArgumentError."
  def validate!(keywords, values) do
    case Keyword.validate(keywords, values) do
      {:ok, list} ->
        list

      {:error, unknown} ->
        keys = for value <- values, do: if(is_tuple(value), do: elem(value, 0), else: value)
        raise ArgumentError, "unknown keys #{inspect(unknown)} in #{inspect(keywords)}, the allowed keys are: #{inspect(keys)}"
    end
  end
end

# The functions of Kernel that reach into nested data.
defmodule Kernel do
  @doc "What is found by going into data by one key after another; a key may be a function of Access. get_in(%{a: %{b: 1}}, [:a, :b]) #=> 1"
  def get_in(data, [key]) when is_function(key), do: key.(:get, data, fn x -> x end)
  def get_in(data, [key | rest]) when is_function(key), do: key.(:get, data, &Kernel.get_in(&1, rest))
  def get_in(nil, [_ | _]), do: nil
  def get_in(data, [key]), do: Access.get(data, key)
  def get_in(data, [key | rest]), do: Kernel.get_in(Access.get(data, key), rest)

  @doc "data with value where the keys lead. put_in(%{a: %{b: 1}}, [:a, :b], 2) #=> %{a: %{b: 2}}"
  def put_in(data, [_ | _] = keys, value) do
    Kernel.elem(Kernel.get_and_update_in(data, keys, fn _ -> {nil, value} end), 1)
  end

  @doc "data with what fun gives for what is where the keys lead. update_in(%{a: %{b: 1}}, [:a, :b], &(&1 + 1)) #=> %{a: %{b: 2}}"
  def update_in(data, [_ | _] = keys, fun) when is_function(fun, 1) do
    Kernel.elem(Kernel.get_and_update_in(data, keys, fn x -> {nil, fun.(x)} end), 1)
  end

  @doc "Gives a value and changes data where the keys lead at once: fun gives {value to give, new value}, or :pop. get_and_update_in(%{a: 1}, [:a], &{&1, &1 + 1}) #=> {1, %{a: 2}}"
  def get_and_update_in(data, [key], fun) when is_function(key, 3), do: key.(:get_and_update, data, fun)

  def get_and_update_in(data, [key | rest], fun) when is_function(key, 3) do
    key.(:get_and_update, data, &Kernel.get_and_update_in(&1, rest, fun))
  end

  def get_and_update_in(data, [key], fun), do: Access.get_and_update(data, key, fun)

  def get_and_update_in(data, [key | rest], fun) do
    Access.get_and_update(data, key, &Kernel.get_and_update_in(&1, rest, fun))
  end

  @doc "What is where the keys lead, and data without it. pop_in(%{a: %{b: 1}}, [:a, :b]) #=> {1, %{a: %{}}}"
  def pop_in(nil, [key | _]), do: raise(ArgumentError, "could not pop key #{inspect(key)} on a nil value")
  def pop_in(data, [_ | _] = keys), do: popped(data, keys)

  defp popped(nil, [key | _]) when not is_function(key), do: :pop
  defp popped(data, [key]) when is_function(key), do: key.(:get_and_update, data, fn _ -> :pop end)
  defp popped(data, [key | rest]) when is_function(key), do: key.(:get_and_update, data, &popped(&1, rest))
  defp popped(data, [key]), do: Access.pop(data, key)
  defp popped(data, [key | rest]), do: Access.get_and_update(data, key, &popped(&1, rest))
end

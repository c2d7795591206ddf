# Two servers that call each other while each is in a call.
defmodule Caller do
  use GenServer

  def init(state), do: {:ok, state}
  def handle_call({:ask, other}, _from, state), do: {:reply, GenServer.call(other, :value, :infinity), state}
  def handle_call({:ask_back, other}, _from, state), do: {:reply, GenServer.call(other, {:ask_back, self()}, :infinity), state}
  def handle_call(:value, _from, state), do: {:reply, 1, state}

  def mutual do
    {:ok, a} = GenServer.start(Caller, nil)
    {:ok, b} = GenServer.start(Caller, nil)
    tasks = for {x, y} <- [{a, b}, {b, a}], do: Task.async(fn -> GenServer.call(x, {:ask, y}, :infinity) end)
    Task.await_many(tasks, :infinity)
  end

  # Each is asked, and asks the other for it: the second asks the first, which waits.
  def circle do
    {:ok, a} = GenServer.start(Caller, nil)
    {:ok, b} = GenServer.start(Caller, nil)
    GenServer.call(a, {:ask_back, b}, :infinity)
  end
end

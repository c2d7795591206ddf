# Programs whose behaviours are counted, with shared variables: the keys of a
# public table. The main process waits until the others are done where it checks.
defmodule Vars do
  def new(pairs) do
    t = :ets.new(:vars, [:public])
    for pair <- pairs, do: :ets.insert(t, pair)
    t
  end

  def read(t, key) do
    [{_, value}] = :ets.lookup(t, key)
    value
  end

  def write(t, key, value), do: :ets.insert(t, {key, value})

  def await(pids) do
    for pid <- pids do
      receive do
        {:done, ^pid} -> :ok
      end
    end
  end
end

defmodule Readers do
  def run(n) do
    t = Vars.new([{:x, 0} | for(i <- 1..n, do: {i, 0})])
    spawn(fn -> Vars.write(t, :x, 1) end)

    for i <- 1..n do
      spawn(fn ->
        Vars.read(t, i)
        Vars.read(t, :x)
      end)
    end

    :started
  end
end

defmodule LastZero do
  def scan(t, i), do: if(Vars.read(t, i) != 0, do: scan(t, i - 1))

  def run(n) do
    t = Vars.new(for i <- 0..n, do: {i, 0})
    spawn(fn -> scan(t, n) end)
    for i <- 1..n, do: spawn(fn -> Vars.write(t, i, Vars.read(t, i - 1) + 1) end)
    :started
  end
end

defmodule Popl do
  def run do
    t = Vars.new(x: 0, y: 0, z: 0)
    spawn(fn -> Vars.write(t, :x, 1) end)
    spawn(fn -> Vars.write(t, :y, 1) end)
    spawn(fn -> if Vars.read(t, :y) == 0, do: Vars.write(t, :z, 1) end)
    spawn(fn -> if Vars.read(t, :z) == 1 and Vars.read(t, :y) == 0, do: Vars.write(t, :x, 2) end)
    :started
  end
end

defmodule LostUpdate do
  def run(n) do
    t = Vars.new(x: 0)
    me = self()

    pids =
      for _ <- 1..n do
        spawn(fn ->
          Vars.write(t, :x, Vars.read(t, :x) + 1)
          send(me, {:done, self()})
        end)
      end

    Vars.await(pids)
    ^n = Vars.read(t, :x)
  end
end

defmodule CheckRegister do
  def run(n) do
    for _ <- 1..n do
      spawn(fn ->
        if Process.whereis(:leader) == nil, do: Process.register(self(), :leader)

        receive do
          :never -> nil
        end
      end)
    end

    :started
  end
end

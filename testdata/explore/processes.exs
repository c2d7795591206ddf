# Programs whose behaviours are counted, with plain processes. The main process
# waits until all the others are done, and checks.
defmodule Senders do
  def start(n) do
    me = self()
    for i <- 1..n, do: spawn(fn -> send(me, {:message, i}) end)
  end

  def all(n) do
    start(n)

    for _ <- 1..n do
      receive do
        {:message, i} -> i
      end
    end
  end

  def one(n) do
    start(n)

    receive do
      {:message, i} -> i
    end
  end

  def tagged(n) do
    start(n)

    receive do
      {:message, 2} -> 2
    end
  end
end

defmodule Forks do
  def fork do
    receive do
      {:acquire, from} -> send(from, {:ok, self()})
    end

    receive do
      :release -> fork()
    end
  end

  def take(fork) do
    send(fork, {:acquire, self()})

    receive do
      {:ok, ^fork} -> :ok
    end
  end

  def philosophers(n) do
    forks = for _ <- 1..n, do: spawn(&fork/0)
    me = self()

    for i <- 0..(n - 1) do
      spawn(fn ->
        left = Enum.at(forks, i)
        right = Enum.at(forks, rem(i + 1, n))
        take(left)
        take(right)
        send(right, :release)
        send(left, :release)
        send(me, {:done, i})
      end)
    end

    for i <- 0..(n - 1) do
      receive do
        {:done, ^i} -> i
      end
    end
  end
end

defmodule Counter do
  def loop(value) do
    receive do
      {:get, from} ->
        send(from, {:value, value})
        loop(value)

      {:set, value} ->
        loop(value)

      {:incr, _} ->
        loop(value + 1)
    end
  end

  def read(server) do
    send(server, {:get, self()})

    receive do
      {:value, value} -> value
    end
  end

  def run(n, change) do
    server = spawn(fn -> loop(0) end)
    me = self()

    for i <- 1..n do
      spawn(fn ->
        change.(server, i)
        send(me, {:done, i})
      end)
    end

    for i <- 1..n do
      receive do
        {:done, ^i} -> i
      end
    end

    ^n = read(server)
  end

  def get_set(n), do: run(n, fn server, _ -> send(server, {:set, read(server) + 1}) end)
  def incr(n), do: run(n, fn server, i -> send(server, {:incr, i}) end)
end

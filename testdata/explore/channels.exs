# Programs whose behaviours are counted, with channels. Threads give their
# values by channels of their own, from which the main process takes them.
defmodule Channels do
  def putters(n, c) do
    for i <- 1..n, do: Chan.thread(fn -> Chan.put(c, i) end)
    for _ <- 1..n, do: Chan.take(c)
  end

  def pipeline(capacity) do
    c = if capacity == 0, do: Chan.new(), else: Chan.new(capacity)

    for p <- [:a, :b] do
      Chan.thread(fn ->
        Chan.put(c, {p, 1})
        Chan.put(c, {p, 2})
      end)
    end

    for _ <- 1..2 do
      Chan.thread(fn ->
        Chan.take(c)
        Chan.take(c)
      end)
    end

    :started
  end

  def alts(cs) do
    for {c, i} <- Enum.with_index(cs), do: Chan.thread(fn -> Chan.put(c, i) end)
    {value, _} = Chan.alts(cs)
    value
  end

  def counter(n) do
    c = Chan.new(1)
    Chan.put(c, 0)
    done = for _ <- 1..n, do: Chan.thread(fn -> Chan.put(c, Chan.take(c) + 1) end)
    Enum.each(done, &Chan.take/1)
    Chan.take(c)
  end

  def forgotten_close(close) do
    c = Chan.new()

    Chan.thread(fn ->
      Chan.put(c, 1)
      Chan.put(c, 2)
      if close, do: Chan.close(c)
    end)

    [Chan.take(c), Chan.take(c), Chan.take(c)]
  end

  def philosophers(n) do
    forks = for _ <- 1..n, do: Chan.new(1)

    all =
      for i <- 0..(n - 1) do
        left = Enum.at(forks, i)
        right = Enum.at(forks, rem(i + 1, n))

        Chan.thread(fn ->
          Chan.take(left)
          Chan.take(right)
          Chan.put(right, :fork)
          Chan.put(left, :fork)
          i
        end)
      end

    for fork <- forks, do: Chan.thread(fn -> Chan.put(fork, :fork) end)
    for eaten <- all, do: Chan.take(eaten)
  end
end

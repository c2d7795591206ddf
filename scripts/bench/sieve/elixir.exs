defmodule Bench do
  def stage(me) do
    p = (receive do n -> n end)
    send(me, {:prime, p})
    next = spawn(fn -> stage(me) end)
    filter(p, next)
  end
  def filter(p, next) do
    receive do
      n when rem(n, p) == 0 -> filter(p, next)
      n -> send(next, n); filter(p, next)
    end
  end
  def nth(2000), do: (receive do {:prime, p} -> p end)
  def nth(n), do: (receive do {:prime, _} -> nth(n + 1) end)
  def run do
    me = self()
    first = spawn(fn -> stage(me) end)
    for i <- 2..17_501, do: send(first, i)
    17389 = nth(1)
  end
end

ms = fn -> {t, _} = :timer.tc(fn -> Bench.run() end); t / 1000 end
IO.puts("first #{ms.()}")
for _ <- 1..3, do: ms.()
IO.puts("warm #{ms.()}")

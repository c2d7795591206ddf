defmodule Bench do
  def skynet(parent, n, 1), do: send(parent, n)
  def skynet(parent, n, size) do
    me = self()
    part = div(size, 10)
    for i <- 0..9, do: spawn(fn -> skynet(me, n + i * part, part) end)
    send(parent, sum(10, 0))
  end
  def sum(0, s), do: s
  def sum(n, s), do: (receive do x -> sum(n - 1, s + x) end)
  def run do
    me = self()
    spawn(fn -> skynet(me, 0, 1_000_000) end)
    499999500000 = (receive do x -> x end)
  end
end

ms = fn -> {t, _} = :timer.tc(fn -> Bench.run() end); t / 1000 end
IO.puts("first #{ms.()}")
for _ <- 1..3, do: ms.()
IO.puts("warm #{ms.()}")

defmodule Bench do
  def loop(i) when i < 100_000_000, do: loop(i + 1)
  def loop(i), do: i
  def run, do: 100_000_000 = loop(0)
end

ms = fn -> {t, _} = :timer.tc(fn -> Bench.run() end); t / 1000 end
IO.puts("first #{ms.()}")
for _ <- 1..3, do: ms.()
IO.puts("warm #{ms.()}")

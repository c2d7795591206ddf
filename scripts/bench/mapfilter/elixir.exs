defmodule Bench do
  def run, do: 250000500000 = 0..999_999 |> Enum.map(&(&1 + 1)) |> Enum.filter(&(rem(&1, 2) == 0)) |> Enum.sum()
end

ms = fn -> {t, _} = :timer.tc(fn -> Bench.run() end); t / 1000 end
IO.puts("first #{ms.()}")
for _ <- 1..3, do: ms.()
IO.puts("warm #{ms.()}")

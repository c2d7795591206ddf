defmodule Bench do
  def fib(n) when n < 2, do: n
  def fib(n), do: fib(n - 1) + fib(n - 2)
  def run, do: 832040 = fib(30)
end

ms = fn -> {t, _} = :timer.tc(fn -> Bench.run() end); t / 1000 end
IO.puts("first #{ms.()}")
for _ <- 1..3, do: ms.()
IO.puts("warm #{ms.()}")

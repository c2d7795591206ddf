defmodule Bench do
  def echo, do: (receive do {from, n} -> send(from, n); echo(); :stop -> nil end)
  def ping(_, _, 0), do: :ok
  def ping(p, me, n) do
    send(p, {me, n})
    receive do _ -> ping(p, me, n - 1) end
  end
  def run do
    p = spawn(&echo/0)
    ping(p, self(), 1_000_000)
    send(p, :stop)
  end
end

ms = fn -> {t, _} = :timer.tc(fn -> Bench.run() end); t / 1000 end
IO.puts("first #{ms.()}")
for _ <- 1..3, do: ms.()
IO.puts("warm #{ms.()}")

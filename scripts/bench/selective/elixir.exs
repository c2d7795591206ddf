defmodule Bench do
  def run do
    me = self()
    for i <- 1..100_000, do: send(me, {:junk, i})
    {t, _} = :timer.tc(fn -> for _ <- 1..10 do send(me, :wanted); receive do :wanted -> nil end end end)
    IO.puts("receive behind 100k, us: #{t / 10}")
    drain()
  end
  def drain, do: (receive do _ -> drain() after 0 -> :ok end)
end

ms = fn -> {t, _} = :timer.tc(fn -> Bench.run() end); t / 1000 end
IO.puts("first #{ms.()}")
for _ <- 1..3, do: ms.()
IO.puts("warm #{ms.()}")

defmodule Bench do
  def relay(to), do: (receive do :stop -> send(to, :stop); n -> send(to, n); relay(to) end)
  def laps(head) do
    receive do
      999 -> :ok
      n -> send(head, n + 1); laps(head)
    end
  end
  def run do
    head = Enum.reduce(1..999, self(), fn _, to -> spawn(fn -> relay(to) end) end)
    send(head, 0)
    laps(head)
    send(head, :stop)
    receive do :stop -> :ok end
  end
end

ms = fn -> {t, _} = :timer.tc(fn -> Bench.run() end); t / 1000 end
IO.puts("first #{ms.()}")
for _ <- 1..3, do: ms.()
IO.puts("warm #{ms.()}")

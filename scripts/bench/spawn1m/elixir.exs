defmodule Bench do
  def sum(0, s), do: s
  def sum(n, s), do: (receive do x -> sum(n - 1, s + x) end)
  def spawn_all(_, 1_000_000), do: :ok
  def spawn_all(parent, i) do
    spawn(fn -> send(parent, i) end)
    spawn_all(parent, i + 1)
  end
  def run do
    Process.flag(:message_queue_data, :off_heap)
    spawn_all(self(), 0)
    499999500000 = sum(1_000_000, 0)
  end
end

ms = fn -> {t, _} = :timer.tc(fn -> Bench.run() end); t / 1000 end
IO.puts("first #{ms.()}")
for _ <- 1..3, do: ms.()
IO.puts("warm #{ms.()}")

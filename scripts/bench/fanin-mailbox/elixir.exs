defmodule Bench do
  def recv(0), do: :ok
  def recv(n), do: (receive do _ -> recv(n - 1) end)
  def send_all(_, 0), do: :ok
  def send_all(to, n) do
    send(to, n)
    send_all(to, n - 1)
  end
  def run do
    Process.flag(:message_queue_data, :off_heap)
    me = self()
    for _ <- 1..10, do: spawn(fn -> send_all(me, 100_000) end)
    recv(1_000_000)
  end
end

ms = fn -> {t, _} = :timer.tc(fn -> Bench.run() end); t / 1000 end
IO.puts("first #{ms.()}")
for _ <- 1..3, do: ms.()
IO.puts("warm #{ms.()}")

defmodule Bench do
  def stage(me, tag) do
    p = (receive do n -> n end)
    send(me, {tag, p})
    next = spawn(fn -> stage(me, tag) end)
    filter(p, next)
  end
  def filter(p, next) do
    receive do
      n when rem(n, p) == 0 -> filter(p, next)
      n -> send(next, n); filter(p, next)
    end
  end
  def nth(2000, tag), do: (receive do {^tag, p} -> p end)
  def nth(n, tag), do: (receive do {^tag, _} -> nth(n + 1, tag) end)
  def run do
    me = self()
    tag = make_ref()
    first = spawn(fn -> stage(me, tag) end)
    for i <- 2..17_501, do: send(first, i)
    17389 = nth(1, tag)
  end
end

ms = fn -> {t, _} = :timer.tc(fn -> Bench.run() end); t / 1000 end
IO.puts("first #{ms.()}")
for _ <- 1..3, do: ms.()
IO.puts("warm #{ms.()}")

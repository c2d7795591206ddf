defmodule D do
  def f(x) do
    dbg(x + 1)
    x |> Kernel.*(2) |> dbg()
  end
end
D.f(3)
x = 5
dbg(x, charlists: :as_lists)
dbg([1,2,3] |> Enum.map(fn x -> x * 2 end) |> Enum.sum)
dbg(%{a: String.duplicate("x", 70), b: String.duplicate("y", 70)})
dbg("abc")
dbg()

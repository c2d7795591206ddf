t = fn f -> try do IO.inspect(f.()) rescue e -> IO.puts(Exception.message(e)) end end
defmodule C do
  def j(a, b), do: a <> b
  def k(a, b, c), do: "#{a}" <> b <> c
  def l(a, b), do: a ++ b
end
t.(fn -> C.j("a", 1) end)
t.(fn -> C.j(:a, "b") end)
t.(fn -> C.k("a", "b", 'c') end)
t.(fn -> C.l([1], 2) end)
t.(fn -> C.l([], 2) end)
t.(fn -> C.l([1], [2 | 3]) end)
t.(fn -> C.l([1, 2], C.l([3], :x)) end)

defmodule OneClause do
  def run, do: (fn 1 -> 1 end).(2)
end

t.(&OneClause.run/0)

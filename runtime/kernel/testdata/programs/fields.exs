defmodule T3 do
  def f, do: 1
end
x = 1
try do x.foo rescue e -> IO.inspect e end
try do x.foo() rescue e -> IO.inspect e end
x = nil
try do x.foo rescue e -> IO.inspect e end
try do x.foo() rescue e -> IO.inspect e end
x = :abc
try do x.foo rescue e -> IO.inspect e end
x = "s"
try do x.foo rescue e -> IO.inspect e end
x = %{a: fn -> 1 end}
IO.inspect x.a.()
IO.inspect x.a().()
try do %{nil | a: 1} rescue e -> IO.inspect e end

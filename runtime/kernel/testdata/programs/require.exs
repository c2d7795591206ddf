defmodule RM do
  defmacro a, do: quote(do: 1)
  def b, do: 2
end
r = try do RM.a() rescue e -> Exception.message(e) end
IO.inspect(r)
import RM, only: :functions
IO.inspect(b())
r = try do Code.eval_string("a()", [], __ENV__) rescue e -> e.__struct__ end
IO.inspect(r)
require RM
IO.inspect(RM.a())

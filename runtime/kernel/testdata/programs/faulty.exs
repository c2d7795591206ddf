for s <- ["q", "foo(1)", "^x = 1", "defmodule A do def f, do: nope(1) end", "def x, do: 1", "%Nope{}", "case 1 do 1 end", "&(1 + 2)", "&1", "import Nope", "require Nope", "alias", "1 |> 2", "if 1", "defmodule B do def f(x), do: x; def f(x, y) when y, do: foo.bar end", "_ + 1", "unquote(1)", "__CALLER__", "@foo", "case 1 do x when foo(x) -> 1 end", "defmodule D do\n def g(x) when h(x), do: 1\n def h(x), do: x\nend", "for x <- [1]", "cond do 1 end", "receive do 1 end", "%User{a: 1}", "{1, 2} = x = 3 + y", "try do 1 rescue 1 -> 2 end", "raise \"x\"", "<<1::foo>>", "f(1) = 2", "1 = x", "quote do unquote(z) end", "defmodule G do def f(1), do: 1; def g, do: 2; def f(2), do: 3 end; G.f(2)", "defmodule H do use Nope end", "Enum.map([1])", "Enum.mapp([1], 2)"] do
  r = try do
    {v, _} = Code.eval_string(s, [], file: "iex", line: 1)
    {:value, inspect(v)}
  rescue
    e -> {e.__struct__, Exception.message(e)}
  end
  IO.inspect {s, r}, width: 10000
end

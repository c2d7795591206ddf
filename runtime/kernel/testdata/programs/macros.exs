defmodule Plug2 do
  defmacro __using__(opts) do
    quote bind_quoted: [opts: opts] do
      @opts opts
      @before_compile Plug2
      import Plug2, only: [step: 1]
      Module.register_attribute(__MODULE__, :steps, accumulate: true)
      def opts, do: @opts
    end
  end
  defmacro step(name) do
    quote do
      @steps unquote(name)
    end
  end
  defmacro __before_compile__(env) do
    steps = Module.get_attribute(env.module, :steps)
    quote do
      def steps, do: unquote(Enum.reverse(steps))
      def mod, do: unquote(env.module)
    end
  end
end
defmodule App do
  use Plug2, a: 1, b: [2]
  step :one
  step :two
end
IO.inspect({App.opts(), App.steps(), App.mod()})

defmodule Ctl do
  defmacro while(cond, do: body) do
    quote do
      try do
        for _ <- Stream.cycle([:ok]) do
          if unquote(cond), do: unquote(body), else: throw(:break)
        end
      catch
        :break -> :done
      end
    end
  end
  defmacro my_if(c, do: t, else: e) do
    quote do
      case unquote(c) do
        x when x in [false, nil] -> unquote(e)
        _ -> unquote(t)
      end
    end
  end
  defmacro my_and(a, b) do
    quote do
      my_if(unquote(a), do: unquote(b), else: false)
    end
  end
  defmacro sum([]), do: 0
  defmacro sum([h | t]), do: quote(do: unquote(h) + sum(unquote(t)))
  defmacro swap(a, b) do
    quote do
      tmp = unquote(a)
      unquote(a) = unquote(b)
      unquote(b) = tmp
      {unquote(a), unquote(b)}
    end
  end
  defmacro assert({op, _, [l, r]} = expr) do
    code = Macro.to_string(expr)
    quote do
      left = unquote(l)
      right = unquote(r)
      if unquote(op)(left, right), do: :ok, else: {:failed, unquote(code), left, right}
    end
  end
  defmacro fn_of(args, do: body) do
    {:fn, [], [{:->, [], [args, body]}]}
  end
  defmacro get_env, do: quote(do: __ENV__.module)
  defmacro here, do: quote(do: {__MODULE__, __ENV__.line})
  defmacro with_default(opts \\ []), do: quote(do: unquote(Keyword.get(opts, :n, 0)))
end
import Ctl
x = 1
tmp = 99
y = 2
IO.inspect(swap(x, y))
IO.inspect({x, y, tmp})
IO.inspect(my_if(nil, do: 1, else: 2))
IO.inspect(my_and(true, 3))
IO.inspect(sum([1, 2, 3]))
IO.inspect(Ctl.assert(1 + 1 == 3))
IO.inspect(Ctl.assert(1 < 2))
IO.inspect(fn_of([a, b], do: a * b).(3, 4))
IO.inspect(with_default())
IO.inspect(with_default(n: 5))
IO.inspect(get_env())
{:ok, pid} = Agent.start_link(fn -> 0 end)
IO.inspect(while(Agent.get(pid, & &1) < 3, do: Agent.update(pid, &(&1 + 1))))
IO.inspect(Agent.get(pid, & &1))

defmodule Outer do
  defmacro defgetters(fields) do
    for f <- fields do
      quote do
        def unquote(:"get_#{f}")(%{unquote(f) => v}), do: v
      end
    end
  end

  def go(x), do: x * 2
end
IO.inspect(Outer.go(4))
defmodule P do
  require Outer
  Outer.defgetters([:name, :age])
end
IO.inspect(P.get_name(%{name: "n"}))
IO.inspect(P.get_age(%{age: 3}))

defmodule Al do
  alias Enum, as: E
  defmacro total(l), do: quote(do: E.sum(unquote(l)))
  defmacro mine(l), do: quote(do: helper(unquote(l)))
  def helper(l), do: {:helped, l}
  defmacro pvt(l), do: quote(do: Al.helper(unquote(l)))
end
require Al
IO.inspect(Al.total([1, 2]))
IO.inspect(Al.pvt(1))
defmodule Al2 do
  import Al
  def a, do: mine(2)
end
IO.inspect(Al2.a())
require Al, as: Bl
IO.inspect(Bl.total([5]))
r = try do
  Code.eval_string("foo_undefined(1)")
rescue
  e in CompileError -> Exception.message(e)
end
IO.inspect(r)
IO.inspect(try do Code.eval_string("x + 1") rescue e in CompileError -> Exception.message(e) end)
defmodule Guards do
  defguard is_small(x) when is_integer(x) and x < 10
  defmacro is_big(x), do: quote(do: is_integer(unquote(x)) and unquote(x) >= 10)
  def f(x) when is_small(x), do: :small
  def f(x) when is_big(x), do: :big
  def f(_), do: :other
end
IO.inspect(Enum.map([1, 20, :a], &Guards.f/1))
import Guards
IO.inspect(case 50 do n when is_big(n) -> :b; _ -> :s end)
defmodule Pat do
  defmacro ok(v), do: quote(do: {:ok, unquote(v)})
end
import Pat
ok(q) = {:ok, 8}
IO.inspect(q)
IO.inspect(case {:ok, 3} do ok(n) -> n end)
defmodule Rec do
  defmacro unroll(n, body) when is_integer(n) and n > 0 do
    quote do
      unquote(body)
      Rec.unroll(unquote(n - 1), unquote(body))
    end
  end
  defmacro unroll(0, _), do: :end
end
require Rec
IO.inspect(Rec.unroll(3, IO.write("u ")))
ast = quote do
  a = 1
  a + 2
end
IO.inspect(Code.eval_quoted(ast))
IO.inspect(Macro.to_string(ast))
defmodule Cnt do
  @x 1
  defmacro read, do: @x
  @x 2
  def r, do: @x
end
require Cnt
IO.inspect({Cnt.read(), Cnt.r()})
defmodule Dyn do
  Enum.each([a: 1, b: 2], fn {k, v} ->
    def unquote(k)(), do: unquote(v)
  end)
  @names ~w(x y)a
  for n <- @names do
    @doc "d"
    def get(unquote(n)), do: unquote(Atom.to_string(n))
  end
  def get(_), do: nil
end
IO.inspect({Dyn.a(), Dyn.b(), Dyn.get(:x), Dyn.get(:z)})
m = Macro.escape({1, %{a: [b: 2]}})
IO.inspect(m)
IO.inspect(quote(do: unquote(m)))
defmacro_err = try do Code.eval_string("defmodule E do\n def f, do: unquote(1 + 1)\nend\nE.f()") rescue e -> e end
IO.inspect(defmacro_err)
defmodule TestCase do
  defmacro test(name, do: body) do
    quote do
      def unquote(:"test #{name}")(), do: unquote(body)
    end
  end
end
defmodule T1 do
  import TestCase
  test "adds" do
    1 + 1
  end
end
IO.inspect(apply(T1, :"test adds", []))
IO.inspect(T1."test adds"())
x = 3
IO.inspect(quote do: unquote(x) + unquote(y))
IO.inspect(binding() |> Keyword.take([:x, :y]))

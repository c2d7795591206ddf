defmodule TestCase3 do
  defmacro __using__(_opts) do
    quote do
      import TestCase3
      @tests []
      @before_compile TestCase3
    end
  end
  defmacro test(description, do: block) do
    function_name = String.to_atom("test " <> description)
    quote do
      @tests [unquote(function_name) | @tests]
      def unquote(function_name)(), do: unquote(block)
    end
  end
  defmacro __before_compile__(_env) do
    quote do
      def run do
        Enum.each(@tests, fn name ->
          IO.puts("Running #{name}")
          apply(__MODULE__, name, [])
        end)
      end
    end
  end
end
defmodule MyTest3 do
  use TestCase3
  test "arithmetic operations" do
    4 = 2 + 2
  end
  test "more" do
    [1 | _] = [1, 2]
  end
end
MyTest3.run()

defmodule Hygiene do
  defmacro no_interference, do: quote(do: a = 1)
  defmacro interference, do: quote(do: var!(a) = 1)
  defmacro initialize_to_char_count(vars) do
    Enum.map(vars, fn var ->
      name = elem(var, 0)
      n = name |> Atom.to_string() |> String.length()
      quote do
        unquote(Macro.var(name, nil)) = unquote(n)
      end
    end)
  end
  defmacro write, do: quote(do: a = 3)
  defmacro read, do: quote(do: a)
end
defmodule HygieneTest do
  require Hygiene
  def go do
    a = 13
    Hygiene.no_interference()
    a
  end
  def bad do
    a = 13
    Hygiene.interference()
    a
  end
  def counts do
    Hygiene.initialize_to_char_count([red, green, yellow])
    [red, green, yellow]
  end
end
IO.inspect({HygieneTest.go(), HygieneTest.bad(), HygieneTest.counts()})

defmodule Sample do
  for {name, val} <- [foo: 1, bar: 2] do
    def unquote(name)(), do: unquote(val)
  end
  defmacro defkv(kv) do
    quote bind_quoted: [kv: kv] do
      Enum.each(kv, fn {k, v} ->
        def unquote(k)(), do: unquote(v)
      end)
    end
  end
end
defmodule UsesKv do
  require Sample
  kv = [aa: 1, bb: 2]
  Sample.defkv(kv)
end
IO.inspect({Sample.foo(), UsesKv.aa(), UsesKv.bb()})

defmodule Unless do
  def fun_unless(clause, do: expression) do
    if(!clause, do: expression)
  end
  defmacro macro_unless(clause, do: expression) do
    quote do
      if(!unquote(clause), do: unquote(expression))
    end
  end
end
require Unless
IO.inspect(Unless.macro_unless(true, do: IO.puts("this should never be printed")))
IO.inspect(Unless.fun_unless(false, do: 3))
expr = quote do: Unless.macro_unless(true, do: IO.puts("x"))
IO.puts(expr |> Macro.expand_once(__ENV__) |> Macro.to_string())
defmodule Sample2 do
  def hello do
    quote do: 1
  end
  defmacrop two, do: 2
  def four, do: two() + two()
end
IO.inspect({Sample2.hello(), Sample2.four()})
defmodule Loud do
  defmacro __using__(opts) do
    name = Keyword.fetch!(opts, :name)
    quote location: :keep do
      @behaviour Loud
      @name unquote(name)
      def name, do: @name
      def shout(x), do: String.upcase(x)
      defoverridable shout: 1
    end
  end
  @callback shout(String.t()) :: String.t()
end
defmodule L1 do
  use Loud, name: "l1"
  def shout(x), do: super(x) <> "!"
end
IO.inspect({L1.name(), L1.shout("a")})
defmodule Env1 do
  defmacro info do
    env = __CALLER__
    {env.module, env.function, is_integer(env.line)} |> Macro.escape()
  end
  defmacro al(m), do: Macro.expand(m, __CALLER__)
  defmacro als, do: __CALLER__.aliases |> Macro.escape()
end
defmodule Env2 do
  require Env1
  alias String, as: S
  def go(_), do: Env1.info()
  def al, do: Env1.al(S)
  def als, do: Env1.als()
end
IO.inspect({Env2.go(1), Env2.al(), Env2.als()})
defmodule Piper do
  defmacro a ~> b, do: quote(do: unquote(b).(unquote(a)))
  defmacro left <|> right, do: quote(do: unquote(left) || unquote(right))
  def a +++ b, do: [a, b]
end
import Piper
IO.inspect(3 ~> (fn x -> x + 1 end))
IO.inspect(nil <|> 4)
IO.inspect(1 +++ 2)
defmodule NoKernel do
  import Kernel, except: [+: 2]
  def a + b, do: {:plus, a, b}
  def go, do: 1 + 2
end
IO.inspect(NoKernel.go())
defmodule Tmp do
  defmacro m(x) do
    IO.inspect(x |> Macro.to_string())
    x
  end
end
require Tmp
Tmp.m(fn x -> x + 1 end)
Tmp.m(if true do 1 else 2 end)
Tmp.m([1, a: 2, b: {3, 4, 5}])
Tmp.m(%{"a" => 1})
Tmp.m("x#{1}y")
{r, b, _env} = Code.eval_quoted_with_env(quote(do: z = 3), [], Code.env_for_eval([]))
IO.inspect({r, b})
IO.inspect(Macro.expand(quote(do: __MODULE__), __ENV__))
IO.inspect(__ENV__.module)
IO.inspect(__ENV__.file |> is_binary)
IO.inspect(Macro.Env.location(__ENV__) |> Keyword.keys())
IO.inspect(quote do: import(Foo))
IO.inspect(Macro.to_string({:foo, [], [1]}))
IO.inspect(Macro.to_string(1 + 1))
IO.inspect(Macro.to_string(%{a: 1}))
IO.inspect(Macro.to_string([a: self() |> is_pid]))
IO.inspect(Code.format_string!("foo( 1,2 )") |> IO.iodata_to_binary())

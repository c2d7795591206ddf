defmodule T5 do
  @moduledoc false
  def kw(a, opts \\ [x: 1]), do: {a, opts}
  def dm(%{a: a, b: %{c: [h | _]}} = m, {:t, x} = t), do: {a, h, m, x, t}
  def bin(<<"GET ", path::binary-size(3), " ", _::binary>>), do: path
  def bin(<<a, b::binary>>) when a > ?z, do: b
  def bin(<<x::integer-size(4)-unit(1), y::4>>), do: {x, y}
  def bin(_), do: :other
  def count(<<>>), do: 0
  def count(<<_::utf8, r::binary>>), do: 1 + count(r)
  def nested_fn, do: fn a -> fn b -> fn c -> a + b + c end end end
  def rec_fn do
    f = fn f, n -> if n == 0, do: :done, else: f.(f, n - 1) end
    f.(f, 100_000)
  end
  def deep(n) when n > 0, do: 1 + deep(n - 1)
  def deep(0), do: 0
  def tail_in_case(n, acc) do
    case n do
      0 -> acc
      n when rem(n, 2) == 0 -> tail_in_case(n - 1, acc + 1)
      _ -> if n > 0, do: tail_in_case(n - 1, acc), else: acc
    end
  end
  def tail_with(n) do
    with true <- n > 0, m <- n - 1 do
      tail_with(m)
    end
  end
  def tail_cond(n), do: (cond do n == 0 -> :ok; true -> tail_cond(n - 1) end)
  def tail_and(n), do: n == 0 or tail_and(n - 1)
  def try_in_loop(0), do: :ok
  def try_in_loop(n) do
    try do
      if rem(n, 2) == 0, do: raise("x")
      :fine
    rescue
      _ -> :rescued
    end
    try_in_loop(n - 1)
  end
  def shadow(x) do
    x = x + 1
    y = fn -> x end
    x = x * 10
    {x, y.()}
  end
  def multi_assign do
    {a, b} = c = {1, 2}
    [d, e | f] = [a, b, a, b]
    %{k: g} = %{k: d}
    {a, b, c, d, e, f, g}
  end
  def guards(a, b) when is_list(a) and length(a) > 1 and hd(a) == b, do: :first
  def guards(a, _) when is_map(a) and is_map_key(a, :k), do: :map
  def guards(a, b) when a === b, do: :same
  def guards(a, _) when is_binary(a) and byte_size(a) in 1..3, do: :short
  def guards(a, b) when not is_nil(a) and (a > b or b == :x), do: :cmp
  def guards(%{f: f}, _) when is_function(f, 2), do: :fun
  def guards(_, _), do: :none
  def mapg(m) when m.a > 1, do: :big
  def mapg(m) when is_map(m), do: :small
  def unused(_a, _b), do: nil
  def default_calls(a \\ div(10, 2), b \\ length([1, 2])), do: a + b
  def q?(x), do: x
  def b!(x), do: x
  defmacrop priv(x), do: quote(do: unquote(x) * 2)
  def use_priv, do: priv(4) + priv(priv(1))
  def stack do
    raise "st"
  rescue
    _ -> __STACKTRACE__ |> hd() |> elem(1)
  end
  def env, do: {__MODULE__, __ENV__.function, __ENV__.line > 0}
  def receive_loop(acc) do
    receive do
      {:add, n} -> receive_loop(acc + n)
      :get -> acc
    after
      0 -> :empty
    end
  end
end
IO.inspect {T5.kw(1), T5.kw(1, y: 2)}
IO.inspect T5.dm(%{a: 1, b: %{c: [5]}}, {:t, 9})
IO.inspect {T5.bin("GET abc d"), T5.bin("~xy"), T5.bin(<<0xAB>>), T5.bin("")}
IO.inspect T5.count("héllo")
IO.inspect T5.nested_fn().(1).(2).(3)
IO.inspect {T5.rec_fn(), T5.deep(50_000), T5.tail_in_case(100_001, 0), T5.tail_with(100_000), T5.tail_cond(100_000), T5.tail_and(100_000)}
IO.inspect T5.try_in_loop(1000)
IO.inspect {T5.shadow(1), T5.multi_assign()}
IO.inspect [T5.guards([1, 2], 1), T5.guards(%{k: 1}, 1), T5.guards(1, 1), T5.guards("ab", 1), T5.guards(5, 1), T5.guards(%{f: fn _, _ -> 1 end}, :a), T5.guards(nil, 1)]
IO.inspect {T5.mapg(%{a: 2}), T5.mapg(%{a: 0}), T5.mapg(%{b: 1})}
IO.inspect {T5.default_calls(), T5.default_calls(1), T5.q?(1), T5.b!(2), T5.use_priv(), T5.stack(), T5.env()}
send(self(), {:add, 1}); send(self(), {:add, 2}); send(self(), :get)
IO.inspect T5.receive_loop(0)
IO.inspect T5.receive_loop(0)
IO.inspect ~U[2024-01-02 03:04:05Z]
IO.inspect {~D[2024-01-02], ~T[01:02:03], ~N[2024-01-02 03:04:05]}
IO.inspect ~w(a\tb c)
IO.inspect ~s(a "quoted" \n line)
IO.inspect ~c(abc)
IO.inspect ~r/a.b/i
x = 3
IO.inspect ~w(a#{x} b)
IO.inspect 'a#{x}'
IO.inspect :"a#{x}"
IO.inspect """
a
  #{x}
"""
IO.inspect [{:a, 1}, {:b, 2}] == [a: 1, b: 2]
IO.inspect 1..10//3 |> Enum.to_list()
IO.inspect [1, 2, 3 | [4]]
IO.inspect for(x <- 1..3, y <- 1..x, rem(x + y, 2) == 0, do: {x, y})
IO.inspect for(%{n: n} <- [%{n: 1}, %{m: 2}], do: n)
IO.inspect for(<<b <- "hi">>, into: <<>>, do: <<b + 1>>)
IO.inspect Enum.reduce([1, 2], %{}, fn x, acc -> Map.put(acc, x, x) end)
IO.inspect with({:ok, a} <- {:ok, 1}, {:ok, b} <- {:error, :e}, do: a + b)
IO.inspect with([a, b] <- [1, 2], c = a + b, true <- c > 2, do: c, else: (_ -> :no))
IO.inspect (case {1, :a} do {n, a} when is_integer(n) and a in [:a, :b] -> {a, n} end)
f = fn
  %{type: :circle, r: r} -> 3 * r * r
  %{type: :rect, w: w, h: h} -> w * h
  {:pt, _, _} -> 0
end
IO.inspect Enum.map([%{type: :circle, r: 1}, %{type: :rect, w: 2, h: 3}, {:pt, 1, 2}], f)
IO.inspect (fn -> :ok end) |> is_function(0)
g = &Enum.map(&1, fn x -> x + &2 end)
IO.inspect g.([1], 2)
IO.inspect (&(&1)).(5)
IO.inspect Enum.map([1, 2], & &1 > 1)
IO.inspect (if x > 2 and x < 5, do: "in", else: "out")
IO.inspect x == 3 && "yes" || "no"
IO.inspect unless(x == 3, do: 1, else: 2)
a = if x == 3 do
  :three
else
  :other
end
IO.inspect a
res = case x do
  3 ->
    y = x * 2
    y + 1
  _ -> 0
end
IO.inspect res
IO.inspect (try do
  throw({:val, 5})
catch
  {:val, v} -> v
end)
IO.inspect String.to_atom("hello world")
IO.inspect {:"foo bar", :Foo, Foo, :"Elixir.Foo", Elixir.Foo, :a@b, :nil?}
IO.inspect %{"a b" => 1, "c" => %{d: [1, {2, 3}]}}
IO.inspect {nil, true, false}
IO.inspect -5 |> abs()
IO.inspect 10 / 4
IO.inspect {7 |> div(2), rem(-7, 3), 2 ** 3}
IO.inspect 1_000_000 * 1.5
IO.inspect "a" < "b" and :a < :b
IO.inspect [3, 1, 2] |> Enum.sort() |> Enum.reverse() |> hd
IO.inspect Macro.to_string(quote do: (fn x -> x + 1 end).(2))
IO.inspect Code.eval_string("a + b", [a: 1, b: 2])
IO.inspect is_struct(1..2)
IO.inspect (1..3).first
IO.inspect inspect(fn -> 1 end) =~ "#Function"
IO.inspect apply(&+/2, [1, 2])
IO.inspect Function.capture(String, :upcase, 1).("a")
m = String
IO.inspect m.upcase("dyn")
fun = :downcase
IO.inspect apply(String, fun, ["ABC"])
IO.inspect Kernel.apply(IO, :iodata_to_binary, [["a", "b"]])
IO.inspect :erlang.system_info(:otp_release) |> is_list()
IO.inspect Enum.map_reduce(1..3, 0, fn x, acc -> {x * 2, acc + x} end)
IO.inspect Enum.flat_map([1, 2], &[&1, &1])

IO.inspect("abc" |> String.to_charlist() |> Enum.map(&(&1 + 1)) |> List.to_string())
IO.inspect(for <<r::8, g::8, b::8 <- <<1, 2, 3, 4, 5, 6>> >>, do: {r, g, b})
IO.inspect(String.split("one two  three") |> Enum.map(&String.capitalize/1) |> Enum.join(" "))
IO.inspect("hello world" |> String.graphemes() |> Enum.frequencies() |> Enum.sort_by(fn {k, v} -> {-v, k} end) |> Enum.take(3))
IO.inspect(Integer.parse("42 apples"))
IO.inspect({Float.parse("3.14abc"), Integer.parse("x")})
IO.inspect(Enum.map(~w(1 2 3), &String.to_integer/1))
IO.inspect("Elixir" =~ ~r/ix/)
IO.inspect(String.replace("2024-01-02", ~r/(\d+)-(\d+)-(\d+)/, "\\3.\\2.\\1"))
IO.inspect(Regex.named_captures(~r/(?<k>\w+)=(?<v>\w+)/, "a=b"))
IO.puts(String.pad_trailing("name", 10, ".") <> String.pad_leading("42", 6))
IO.puts("#{1 + 1} #{:a} #{1.5} #{'chars'} #{nil} #{true}")
IO.puts(Enum.map_join([1, 2, 3], ", ", &"#{&1}!"))
IO.puts(inspect(%{a: [1, 2], b: {:c, "d"}}, pretty: true))
IO.puts(Integer.to_string(255, 2))
IO.inspect(Bitwise.bsl(1, 10) |> Bitwise.bor(1))
import Bitwise
IO.inspect({5 &&& 3, 5 ||| 3, bxor(5, 3), ~~~5, 1 <<< 4, 16 >>> 2})
IO.inspect(Date.diff(~D[2024-03-01], ~D[2024-02-01]))
IO.inspect(Date.add(~D[2024-01-31], 1))
IO.inspect(~D[2024-01-01] < ~D[2024-01-02])
IO.inspect(Enum.sort([~D[2024-03-01], ~D[2024-01-01]], Date))
IO.inspect(~U[2024-01-01 00:00:00Z] |> DateTime.add(90, :minute))
IO.inspect(DateTime.to_string(~U[2024-01-01 00:00:00.123Z]))
%{year: y, month: m} = ~D[2024-05-06]
IO.inspect({y, m})
IO.inspect(%{~D[2024-05-06] | day: 7})
IO.inspect(Time.diff(~T[12:00:00], ~T[11:30:00], :minute))
IO.inspect({to_string(~T[01:02:03]), "#{~D[2024-01-01]}"})
case File.read("/nope") do
  {:ok, _} -> IO.puts("?")
  {:error, reason} -> IO.inspect(reason)
end
try do
  File.read!("/nope")
rescue
  e in File.Error -> IO.puts(Exception.message(e))
end
defmodule Temp do
  @moduledoc "x"
  def f(c) when is_number(c), do: c * 9 / 5 + 32
  def safe(x) do
    {:ok, f(x)}
  rescue
    e in FunctionClauseError -> {:error, Exception.message(e)}
  end
end
IO.inspect({Temp.f(100), Temp.safe("x")})
try do
  raise ArgumentError
rescue
  e in [RuntimeError, ArgumentError] -> IO.inspect(e)
end
try do
  :erlang.error(:badarg)
rescue
  ArgumentError -> IO.puts("badarg rescued")
end
try do
  Enum.fetch!([1], 4)
rescue
  e -> IO.inspect(e)
end
try do
  raise "oops"
rescue
  e -> IO.puts(Exception.format(:error, e))
end
IO.inspect(try do 1 / 0 rescue ArithmeticError -> :inf end)
IO.inspect(try do throw(:a) catch :throw, v -> v end)
IO.inspect(try do raise "x" rescue _ -> :r after IO.puts("after") end)
IO.inspect(try do :ok else :ok -> :else end)
IO.inspect(with {:ok, a} <- {:ok, 1}, {:error, b} <- {:error, 2}, do: a + b)
IO.inspect(Kernel.apply(String, :upcase, ["a"]))
IO.inspect(Function.info(&String.upcase/1)[:name])
IO.inspect({System.get_env("NOPE_X"), System.get_env("NOPE_X", "d")})
IO.inspect(is_binary(System.version()))
IO.inspect(:io_lib.format("~3..0B", [7]) |> to_string())
:io.format("~s has ~p items~n", ["cart", 3])
IO.inspect(:erlang.float_to_binary(3.14159, decimals: 2))
IO.inspect({trunc(3.7), round(3.5), ceil(3.1), floor(-3.1), rem(7, 3), div(-7, 2)})
IO.inspect(Integer.digits(12345) |> Enum.sum())
IO.inspect(<<"abc"::binary, 0, 1::16>>)
<<len::8, str::binary-size(len), _::binary>> = <<3, "abc", "rest">>
IO.inspect({len, str})
IO.inspect(<<1::4, 2::4>>)
IO.inspect(Base.encode16(<<1, 255>>))
IO.inspect(String.to_existing_atom("ok"))
IO.inspect(URI.encode_query(a: 1, b: "x y"))
IO.inspect(Path.join(["a", "b", "c.txt"]) |> Path.extname())
IO.inspect(Version.compare("1.0.0", "1.0.1"))
IO.inspect([1, [2, [3]]] |> List.flatten() |> Enum.sum())
IO.inspect(inspect(nil) <> inspect(:a))
IO.inspect(Exception.message(%RuntimeError{}))
IO.inspect(get_in(%{a: %{b: 1}}, [:a, :b]))
IO.inspect(update_in(%{a: %{b: 1}}, [:a, :b], &(&1 + 1)))
IO.inspect(put_in(%{a: %{b: 1}}.a.b, 5))
IO.inspect(Module.concat(A, B))
IO.inspect(tap(1, fn x -> IO.puts("tap #{x}") end))
IO.inspect(then(2, &(&1 * 3)))
IO.inspect(max("a", :b))
IO.inspect(String.valid?(<<0xFFFF::16>>))
IO.inspect(Enum.map(["é", "日本", "👨‍👩‍👧", "🇩🇪🇫🇷"], &{String.length(&1), byte_size(&1)}))
IO.inspect(String.reverse("👨‍👩‍👧é日"))

defmodule Division do
  def d(a, b), do: div(a, b)
  def r(a, b), do: rem(a, b)
  def even(n) when rem(n, 2) == 0, do: :even
  def even(_), do: :other
  def try(f) do
    try do f.() rescue e -> {e.__struct__, Exception.message(e)} end
  end
end
IO.inspect Division.d(-7, 2)
IO.inspect Division.d(7, -1)
IO.inspect Division.r(-7, 2)
IO.inspect Division.r(7, -1)
IO.inspect Division.d(-9223372036854775808, -1)
IO.inspect Division.d(36893488147419103232, 18446744073709551616)
IO.inspect Division.r(36893488147419103235, 18446744073709551616)
IO.inspect Division.try(fn -> Division.d(1, 0) end)
IO.inspect Division.try(fn -> Division.r(1, 0) end)
IO.inspect Division.try(fn -> Division.r(1.5, 2) end)
IO.inspect Division.try(fn -> Division.d(:a, 2) end)
IO.inspect Enum.map([1, 2, 2.0, :a, -4], &Division.even/1)

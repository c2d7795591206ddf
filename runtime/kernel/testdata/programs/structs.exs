defmodule User do
  defstruct name: "x", age: 3, b: nil
end
IO.inspect(%User{})
IO.inspect([%User{name: "a"}, %User{age: 4}])
defmodule Secret do
  @derive {Inspect, only: [:a, :b]}
  defstruct [:a, :b, :password]
end
IO.inspect(%Secret{a: 1, password: "x"})
defmodule Secret2 do
  @derive {Inspect, except: [:password]}
  defstruct [:a, :b, :password]
end
IO.inspect(%Secret2{a: 1, password: "x"})
defmodule Money do
  defstruct [:amount, :currency]
  defimpl Inspect do
    def inspect(m, _opts), do: "#Money<#{m.amount} #{m.currency}>"
  end
  defimpl String.Chars do
    def to_string(m), do: "#{m.amount}#{m.currency}"
  end
end
IO.inspect(%Money{amount: 1, currency: "EUR"})
IO.inspect(%{m: [%Money{amount: 1, currency: "EUR"}]}, label: "l")
IO.puts("#{%Money{amount: 1, currency: "EUR"}}")
IO.puts(%Money{amount: 2, currency: "EUR"})
defmodule Box do
  defstruct [:items]
  defimpl Inspect do
    import Inspect.Algebra
    def inspect(b, opts) do
      concat(["#Box<", to_doc(b.items, opts), ">"])
    end
  end
end
IO.inspect(%Box{items: [1, 2, %Money{amount: 1, currency: "X"}]})
IO.inspect(%Box{items: Enum.to_list(1..40)})
defmodule Tree do
  defstruct [:kids]
  defimpl Inspect do
    import Inspect.Algebra
    def inspect(t, opts), do: container_doc("#Tree<", t.kids, ">", opts, &to_doc/2)
  end
end
IO.inspect(%Tree{kids: [%Tree{kids: []}, %Tree{kids: [1]}]})
IO.inspect(%Tree{kids: Enum.map(1..10, &String.duplicate("a", &1))})
IO.inspect(%{%User{} | name: "zed"} |> Map.from_struct())
defmodule E1 do
  defexception message: "def", code: 1
end
IO.inspect(%E1{})
defmodule E2 do
  defexception [:what]
  def message(e), do: "what: #{inspect(e.what)}"
end
try do raise E2, what: %User{} rescue e -> IO.puts(Exception.message(e)); IO.inspect(e) end
try do raise E1, "hi" rescue e in E1 -> IO.inspect(e) end
try do Map.fetch!(%{u: %Money{amount: 1, currency: 2}}, :x) rescue e -> IO.puts(Exception.message(e)) end
try do (case %Money{amount: 1, currency: 2} do 1 -> 1 end) rescue e -> IO.puts(Exception.message(e)) end
IO.inspect({:error, %E1{}}, pretty: true, width: 10)
IO.inspect(%User{name: String.duplicate("long", 20), age: 1})
IO.inspect(fn x -> x end |> is_function())
IO.inspect(&User.__struct__/0)
IO.inspect(User.__struct__())
IO.inspect(struct(User, name: "q"))
IO.puts(inspect(%User{}, structs: false))
IO.inspect(~w(a b c), width: 5)
IO.inspect(%{list: Enum.to_list(1..30), name: "something"}, limit: 5)
IO.inspect("é" <> <<255>>)
IO.inspect(nil)
IO.puts(nil)
IO.puts([?h, "i", [32, "x"]])
IO.write(["a", 98, "\n"])
IO.inspect(1, label: :lab)
IO.inspect(Exception.format(:error, %RuntimeError{message: "x"}, []))
IO.puts(Exception.format(:exit, :normal, []))
x = try do raise "a" rescue e -> __STACKTRACE__ |> is_list() end
IO.inspect(x)
IO.inspect(binding() |> Keyword.keys() |> length())
IO.inspect(quote do: a + 1)
IO.inspect(1..3, label: "r")

IO.inspect({~c"abc", ~S(a#{b}), ~s(q"q)})

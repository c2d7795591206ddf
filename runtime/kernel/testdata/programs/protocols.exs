defmodule T do
  def run(name, f) do
    r = try do f.() rescue e -> {:raised, e.__struct__, Exception.message(e)} catch k, v -> {k, v} end
    IO.puts("#{name}: #{inspect r}")
  end
end
defprotocol Size do
  @moduledoc "size"
  @fallback_to_any true
  @doc "the size"
  def size(x)
end
defimpl Size, for: Any do
  def size(_), do: 0
end
defimpl Size, for: [BitString, List] do
  def size(x), do: {:impl, @for, @protocol, x}
end
defmodule Foo do
  @derive Size
  defstruct [:a]
end
defmodule Bar do
  defstruct [:a]
end
T.run("any", fn -> {Size.size(%Foo{}), Size.size(%Bar{}), Size.size(1), Size.size("a"), Size.size([1])} end)
T.run("impl_for", fn -> {Size.impl_for(1), Size.impl_for("x"), Size.impl_for(%Foo{}), Size.impl_for(%Bar{})} end)
defprotocol Der do
  def der(x)
end
defimpl Der, for: Any do
  defmacro __deriving__(module, struct, options) do
    quote do
      defimpl Der, for: unquote(module) do
        def der(x), do: {:derived, unquote(module), unquote(Macro.escape(struct)), unquote(options), x}
      end
    end
  end
  def der(_), do: :any
end
defmodule Baz do
  @derive {Der, x: 1}
  defstruct [:a]
end
defmodule Plain do
  defstruct [:a]
end
T.run("deriving", fn -> Der.der(%Baz{a: 2}) end)
T.run("noderiving", fn -> Der.der(%Plain{a: 2}) end)
T.run("no int", fn -> Der.der(1) end)
T.run("impl_for!", fn -> Der.impl_for!(1) end)
T.run("impl_for!2", fn -> Der.impl_for!(%Baz{}) end)
T.run("assert_impl", fn -> Protocol.assert_impl!(Der, Integer) end)
T.run("assert_impl2", fn -> Protocol.assert_impl!(Der, Baz) end)
T.run("assert_protocol", fn -> {Protocol.assert_protocol!(Der), Protocol.assert_protocol!(Enumerable)} end)
T.run("assert_protocol2", fn -> Protocol.assert_protocol!(Foo) end)
T.run("impl", fn -> {Der.Baz.__impl__(:for), Der.Baz.__impl__(:protocol), Der.Baz.__impl__(:target)} end)
T.run("derive fn", fn -> require Protocol; Protocol.derive(Der, Plain, y: 2); Der.der(%Plain{a: 1}) end)
T.run("inspect any", fn -> Enumerable.impl_for!(1) end)
T.run("enum err", fn -> Enum.count(1) end)
T.run("string.chars err", fn -> to_string(%Foo{}) end)
T.run("string.chars err", fn -> to_string({1}) end)
T.run("functions", fn -> {Der.__protocol__(:consolidated?), Der.__protocol__(:functions), Der.__protocol__(:module), Der.__protocol__(:impls)} end)
T.run("own", fn -> {Enumerable.impl_for([]), Enumerable.impl_for(%{}), Enumerable.impl_for(1), String.Chars.impl_for(1), Collectable.impl_for([])} end)
T.run("exported", fn -> {macro_exported?(Der.Any, :__deriving__, 3), macro_exported?(Der.Any, :__deriving__, 2), macro_exported?(Der.Any, :der, 1)} end)
T.run("derive an unknown", fn ->
  defmodule Bad do
    @derive Enumerable
    defstruct [:a]
  end
end)
T.run("MapSet", fn -> {%MapSet{}, MapSet.put(%MapSet{}, 1), match?(%MapSet{}, MapSet.new([1]))} end)

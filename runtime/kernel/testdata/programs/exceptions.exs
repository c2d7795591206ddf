defmodule E2 do
  defexception [:field, message: "plain"]
  def exception(v) when is_binary(v), do: super(field: v)
  def exception(o), do: super(o)
  def message(e), do: "#{e.field}: " <> super(e)
end

for args <- ["z", [field: :q, message: "m"], []] do
  try do
    raise E2, args
  rescue
    e -> IO.inspect({Exception.message(e), e})
  end
end

IO.inspect(E2.__info__(:functions))

defmodule T do
  def run(name, f) do
    r = try do f.() rescue e -> {:raised, e.__struct__, Exception.message(e)} catch k, v -> {k, v} end
    IO.puts("#{name}: #{inspect r}")
  end
end
T.run("when or", fn -> f = fn x when hd(x) == 1 when is_atom(x) -> :ok; _ -> :no end; {f.(:a), f.([1]), f.([2]), f.(3)} end)
T.run("guard truthy", fn -> f = fn x when x -> :ok; _ -> :no end; {f.(1), f.(true), f.(nil)} end)
T.run("guard truthy2", fn -> f = fn x when x and true -> :ok; _ -> :no end; {f.(1), f.(true), f.(nil)} end)
T.run("guard truthy3", fn -> f = fn x when true and x -> :ok; _ -> :no end; {f.(1), f.(true), f.(nil)} end)
T.run("guard truthy4", fn -> case 1 do x when :erlang.+(x, 1) -> :ok; _ -> :no end end)
T.run("guard orelse", fn -> f = fn x when hd(x) or is_atom(x) -> :ok; _ -> :no end; {f.(:a), f.([true]), f.([1]), f.(3)} end)
T.run("order", fn -> try do raise "a" catch :error, _ -> :catch1 rescue _ -> :rescue1 end end)
T.run("order2", fn -> try do raise "a" rescue _ -> :rescue1 catch :error, _ -> :catch1 end end)
T.run("order3", fn -> try do throw 1 rescue _ -> :rescue1 catch x -> {:catch1, x} else _ -> :e after IO.puts("after") end end)
T.run("order4", fn -> try do 1 else 1 -> :one after IO.puts("after") end end)

defmodule Chan do
  @moduledoc "Channels, as core.async has them, in Elixir notation."

  @doc "A stream of what is taken from a channel until it is closed. Chan.stream(c) |> Enum.take(3)"
  def stream(chan) do
    Stream.resource(
      fn -> chan end,
      fn chan ->
        case Chan.take(chan) do
          nil -> {:halt, chan}
          value -> {[value], chan}
        end
      end,
      fn _chan -> :ok end
    )
  end

  @doc "Puts each element into a channel, waiting where it must, and closes it; gives :ok."
  def put_all(chan, enumerable) do
    Enum.each(enumerable, &Chan.put(chan, &1))
    Chan.close(chan)
  end
end

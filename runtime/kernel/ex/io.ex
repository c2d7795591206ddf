defmodule IO do
  @doc "The lines of the input, as a stream. IO.stream() |> Enum.map(&String.trim/1)"
  def stream(device \\ :stdio, _line_or_codepoints \\ :line) do
    Stream.resource(
      fn -> device end,
      fn device ->
        case IO.gets(device, "") do
          :eof -> {:halt, device}
          line -> {[line], device}
        end
      end,
      fn _ -> :ok end
    )
  end
end

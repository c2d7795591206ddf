# Writes what Elixir makes of the snippets beside this file:
#
#     elixir record.exs snippets.txt recorded.txt
#     elixir record.exs --strings snippets.txt strings.txt
#     elixir record.exs --sums ../../../testdata/conformance/elixir/*.exs > programs.txt
#
# Snippets, and the records, are separated by lines of dashes. Of metadata the
# line and the column are kept.
defmodule Recorder do
  def dump({head, meta, args}) when is_list(meta) do
    at = if meta[:line], do: "@#{meta[:line]}:#{meta[:column]}", else: "@"
    "(" <> dump(head) <> at <> " " <> dump(args) <> ")"
  end

  def dump(nil), do: "nil"
  def dump(a) when is_boolean(a), do: Atom.to_string(a)
  def dump(a) when is_atom(a), do: ":" <> quoted(Atom.to_string(a))
  def dump(n) when is_number(n), do: inspect(n)
  def dump(s) when is_binary(s), do: quoted(s)
  def dump(l) when is_list(l), do: "[" <> Enum.map_join(l, " ", &dump/1) <> "]"
  def dump({a, b}), do: "{" <> dump(a) <> " " <> dump(b) <> "}"

  def text(text) do
    case Code.string_to_quoted(text, columns: true, emit_warnings: false) do
      {:ok, form} -> Macro.to_string(form)
      {:error, _} -> ""
    end
  rescue
    _ -> ""
  end

  defp quoted(s), do: "\"" <> for(<<b <- s>>, into: "", do: byte(b)) <> "\""

  defp byte(b) when b in 0x20..0x7E and b not in [?", ?\\], do: <<b>>
  defp byte(b), do: "\\x" <> String.pad_leading(Integer.to_string(b, 16), 2, "0")

  def read(text) do
    case Code.string_to_quoted(text, columns: true, emit_warnings: false) do
      {:ok, form} -> dump(form)
      {:error, _} -> error(text)
    end
  rescue
    e -> "#{inspect(e.__struct__)}"
  end

  defp error(text) do
    Code.string_to_quoted!(text, columns: true)
  rescue
    e ->
      [message | _] = String.split(Exception.message(e), "\n    |\n")
      "#{inspect(e.__struct__)} #{message}"
  end
end

case System.argv() do
  ["--sums" | programs] ->
    for name <- programs do
      sum = name |> File.read!() |> Recorder.read() |> :erlang.md5() |> Base.encode16(case: :lower)
      IO.puts("#{Path.basename(name)} #{sum}")
    end

  ["--strings", from, to] ->
    snippets = from |> File.read!() |> String.split("\n----\n")
    File.write!(to, Enum.map_join(snippets, "\n----\n", &Recorder.text/1))

  [from, to] ->
    snippets = from |> File.read!() |> String.split("\n----\n")
    File.write!(to, Enum.map_join(snippets, "\n----\n", &Recorder.read/1))
end
